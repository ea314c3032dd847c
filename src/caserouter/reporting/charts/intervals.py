"""Charts of estimates with their intervals: service levels against targets, loads of specialists, differences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from textwrap import fill
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from caserouter.reporting.charts.canvas import BLUE, GREEN, INK, MUTED, ORANGE, RED, bare, draw
from caserouter.reporting.units import axis_unit, shown_share

Tone = Literal["good", "bad", "open", ""]
_COLOUR = {"good": GREEN, "bad": RED, "open": ORANGE, "": BLUE}
_ROW = 0.36
"""Inches per row."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An estimate to draw.

    Parameters
    ----------
    label
        Of its row.
    value, low, high
        Estimate and its interval; NaN where there is none.
    unit
        Of the three.
    bound
        What it has to reach, if anything.
    tone
        ``good``, ``bad``, ``open``, or empty for neither.
    """

    label: str
    value: float
    low: float
    high: float
    unit: str
    bound: float | None = None
    tone: Tone = ""

    def scaled(self, factor: float) -> "Mark":
        """The same in a unit so many times smaller."""
        return replace(self, value=self.value * factor, low=self.low * factor, high=self.high * factor)


def level_chart(panels: Sequence[tuple[str, Sequence[Mark]]]) -> str:
    """Shares as points with intervals from 0 to 100 %, and a mark at each bound; panels side by side, with the same rows in each."""
    num_rows = len(panels[0][1])

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained", wspace=0.07)
        for axes, (title, rows) in zip(figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True):
            _points(axes, rows)
            axes.set_title(title, loc="left", fontsize=10, color=INK)
            axes.set_xlim(0, 1)
            axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: shown_share(value)))

    return draw(paint, height=0.8 + _ROW * num_rows)


def ranked_chart(rows: Sequence[Mark], *, label: str, reference: float | None = None) -> str:
    """Values as bars with intervals, in the order given; a line at `reference`, if there is one."""

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        positions = range(len(rows))
        axes.barh(positions, [row.value for row in rows], color=BLUE, height=0.62)
        _whiskers(axes, rows, colour=INK)
        if reference is not None:
            axes.axvline(reference, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        _name_rows(axes, rows)
        axes.set_xlabel(label)

    return draw(paint, height=0.8 + 0.26 * len(rows))


def forest_chart(panels: Sequence[tuple[str, Sequence[Mark]]]) -> str:
    """Differences from the base: one panel per measure with an axis of its own, one row per variant, a line at no difference."""
    num_rows = max(len(rows) for _, rows in panels)
    num_lines = -(-len(panels) // 2)

    def paint(figure: Figure) -> None:
        grid = figure.subplots(num_lines, 2, sharey=True, squeeze=False).ravel()
        for axes, (title, rows) in zip(grid, panels, strict=False):
            factor, unit = axis_unit(rows[0].unit, [end for row in rows for end in (row.value, row.low, row.high)])
            axes.axvline(0, color=MUTED, linewidth=1)
            _points(axes, [row.scaled(factor) for row in rows])
            axes.set_title(fill(f"{title}, {unit}" if unit else title, 44), loc="left", fontsize=10, color=INK)
            axes.xaxis.set_major_locator(MaxNLocator(6))
        for axes in grid[len(panels) :]:
            axes.set_axis_off()

    return draw(paint, height=0.3 + num_lines * (0.75 + _ROW * num_rows))


def _points(axes: Axes, rows: Sequence[Mark]) -> None:
    """One row each: interval, estimate, bound."""
    for position, row in enumerate(rows):
        colour = _COLOUR[row.tone]
        if isfinite(row.low) and isfinite(row.high):
            axes.plot([row.low, row.high], [position, position], color=colour, linewidth=5, alpha=0.35, clip_on=False)
        axes.plot([row.value], [position], marker="o", color=colour, markersize=6, linestyle="", clip_on=False)
        if row.bound is not None:
            axes.plot([row.bound], [position], marker="|", color=INK, markersize=16, markeredgewidth=2, linestyle="")
    _name_rows(axes, rows)


def _whiskers(axes: Axes, rows: Sequence[Mark], *, colour: str) -> None:
    """The intervals as thin lines."""
    for position, row in enumerate(rows):
        if isfinite(row.low) and isfinite(row.high):
            axes.plot([row.low, row.high], [position, position], color=colour, linewidth=1.2)


def _name_rows(axes: Axes, rows: Sequence[Mark]) -> None:
    """Labels on the left, the first row on top."""
    axes.set_yticks(range(len(rows)), [row.label for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    bare(axes)

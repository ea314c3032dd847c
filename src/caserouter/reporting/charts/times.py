"""A chart of how long something takes: the share that is done by each moment."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from caserouter.reporting.charts.canvas import INK, MUTED, SERIES, bare, draw
from caserouter.reporting.units import shown_share

FloatArray = NDArray[np.float64]
_HOURS_PER_DAY = 24.0
_LONG = 72.0
"""Axes longer than this, in hours, are in days."""


def shares_chart(curves: Mapping[str, tuple[FloatArray, FloatArray]], *, until: float) -> str:
    """Steps from 0 up to 100 %: by when which share is done; the first curve is drawn strongest.

    Parameters
    ----------
    curves
        Hours, ascending, and the share done by then, by name.
    until
        Last hour that is shown.
    """
    scale, unit = (_HOURS_PER_DAY, "days") if until > _LONG else (1.0, "hours")

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for position, (name, (hours, share)) in enumerate(curves.items()):
            colour, width = (INK, 2.2) if position == 0 else (SERIES[(position - 1) % len(SERIES)], 1.3)
            axes.step(hours / scale, share, where="post", color=colour, linewidth=width, label=name)
        for level in (0.5, 0.9):
            axes.axhline(level, color=MUTED, linewidth=0.8, linestyle=(0, (1, 3)))
        axes.set_xlim(0, until / scale)
        axes.set_ylim(0, 1.01)
        axes.set_xlabel(f"{unit} since arrival")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: shown_share(value)))
        bare(axes, grid="y")
        figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=5, fontsize=9)

    return draw(paint, height=3.2)

"""Charts of parts that add up: what cases wait for, and how old the open ones are."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.dates import ConciseDateFormatter
from matplotlib.figure import Figure
from numpy.typing import NDArray

from caserouter.reporting.charts.canvas import INK, SERIES, bare, draw

FloatArray = NDArray[np.float64]
_DATES = ("%Y", "%b %Y", "%d %b", "%d %b %H:%M", "%H:%M", "%S.%f")
"""How ticks at years, months, days, hours, minutes and seconds are written."""


def parts_chart(labels: Sequence[str], parts: Mapping[str, Sequence[float]], *, unit: str) -> str:
    """One bar per label, made of its parts; the sum is written at its end.

    Parameters
    ----------
    labels
        Of the bars, the first on top.
    parts
        Lengths by name of the part, each in the order of the labels.
    unit
        What the axis counts.
    """
    total = np.sum([np.asarray(values, dtype=float) for values in parts.values()], axis=0)

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        left = np.zeros(len(labels))
        for (name, values), colour in zip(parts.items(), SERIES, strict=False):
            axes.barh(range(len(labels)), values, left=left, color=colour, height=0.62, label=name)
            left = left + np.asarray(values, dtype=float)
        for position, length in enumerate(total):
            axes.annotate(f"{length:,.1f}", (length, position), xytext=(4, 0), textcoords="offset points", va="center", color=INK)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.set_xlim(0, max(float(total.max(initial=0.0)) * 1.08, 1e-9))
        axes.set_xlabel(unit)
        bare(axes)
        figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=4, fontsize=9)

    return draw(paint, height=1.3 + 0.36 * len(labels))


def bands_chart(
    moments: NDArray[np.datetime64], bands: Mapping[str, FloatArray], *, interval: tuple[FloatArray, FloatArray]
) -> str:
    """Open cases over time as stacked areas, the oldest at the bottom in the darkest tone.

    Parameters
    ----------
    moments
        Local times; shape (num_moments,).
    bands
        Mean number of open cases by age, the youngest first; each of that shape.
    interval
        Lower and upper end for their sum, NaN where there is none; each of that shape.
    """
    names = list(bands)[::-1]
    tones = colormaps["YlGnBu"](np.linspace(0.95, 0.3, len(names)))

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.stackplot(moments, *(bands[name] for name in names), labels=names, colors=tones, linewidth=0)
        for end in interval:
            axes.plot(moments, end, color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
        axes.set_ylabel("open cases")
        axes.set_xlim(moments[0], moments[-1])
        axes.xaxis.set_major_formatter(
            ConciseDateFormatter(axes.xaxis.get_major_locator(), formats=_DATES, zero_formats=_DATES, show_offset=False)
        )
        axes.set_ylim(bottom=0)
        bare(axes, grid="y")
        handles, labels = axes.get_legend_handles_labels()
        figure.legend(handles[::-1], labels[::-1], loc="outside upper left", ncols=6, fontsize=9)

    return draw(paint, height=3.4)

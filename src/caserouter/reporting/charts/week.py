"""A chart of the hours of a week as a heat map."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from caserouter.domain.shift_text import DAYS
from caserouter.reporting.charts.canvas import GRID, draw


def week_chart(share: NDArray[np.float64]) -> str:
    """Shares by hour of the week, a row per day; each cell holds its value in per cent, hours without one stay empty.

    Parameters
    ----------
    share
        Shape (168,), from Monday 00:00; NaN for none.
    """
    cells = share.reshape(7, 24)
    hours = np.flatnonzero(np.isfinite(cells).any(axis=0))
    first, last = (int(hours[0]), int(hours[-1])) if hours.size else (0, 23)
    shown = cells[:, first : last + 1]

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.pcolormesh(np.ma.masked_invalid(shown), cmap="YlOrBr", vmin=0, vmax=1, edgecolors=GRID, linewidth=0.6)
        for (day, hour), value in np.ndenumerate(shown):
            if np.isfinite(value):
                ink = "#20150c" if value < 0.62 else "#fffaf2"
                axes.text(hour + 0.5, day + 0.5, f"{100 * value:.0f}", ha="center", va="center", fontsize=8, color=ink)
        axes.set_yticks(np.arange(7) + 0.5, DAYS)
        axes.set_xticks(np.arange(last - first + 1), [f"{hour:02d}" for hour in range(first, last + 1)])
        axes.invert_yaxis()
        axes.grid(visible=False)
        axes.tick_params(length=0)
        axes.set_xlabel("hour of the day, local time; per cent")
        axes.spines[["left", "bottom"]].set_visible(False)

    return draw(paint, height=2.7)

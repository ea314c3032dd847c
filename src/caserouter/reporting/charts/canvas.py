"""What every chart shares: its looks, and the way from a figure to SVG.

Text stays text, so that it can be searched, read aloud and set in the page's own font. Inside the page the colours of ink and grid
give way to those of the page's light or dark theme.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from io import StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, MUTED, GRID, PAPER = "#1f2a37", "#5b6675", "#dde2e8", "#ffffff"
BLUE, ORANGE, GREEN, RED, SKY, PURPLE, SAND, GREY = (
    "#2f6fb3",
    "#e08a1e",
    "#2e9a72",
    "#cf4b3b",
    "#6bb3dd",
    "#9a6fb0",
    "#c9b458",
    "#8f99a6",
)
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, SAND, GREY)
"""Colours that people with any colour vision tell apart, in the order of their use."""

_THEME = {INK: "--ink", MUTED: "--muted", GRID: "--grid", PAPER: "--paper"}
_LOOKS: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GRID,
    "axes.grid": True,
    "axes.labelcolor": MUTED,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 10,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "caserouter",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
}
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and what it says.

    Parameters
    ----------
    name
        Of its file, without a suffix.
    title
        What it shows.
    finding
        What there is to see, in a sentence; also its description for people who do not see it.
    svg
        A complete SVG document on white.
    """

    name: str
    title: str
    finding: str
    svg: str = field(repr=False)

    def inline(self) -> str:
        """The picture as part of an HTML page: with names for screen readers, ids of its own, and the page's colours."""
        body = self.svg[self.svg.index("<svg") :]
        body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
        for name in dict.fromkeys(_ID.findall(body)):
            body = _owned(body, name, f"{self.name}-{name}")
        for colour, variable in _THEME.items():
            body = body.replace(colour, f"var({variable})")
        names = (
            f'<title id="{self.name}-title">{escape(self.title)}</title><desc id="{self.name}-desc">{escape(self.finding)}</desc>'
        )
        opening = re.sub(r' (width|height)="[^"]*"', "", body[: body.index(">")])
        return f'{opening} role="img" aria-labelledby="{self.name}-title {self.name}-desc">{names}{body[body.index(">") + 1 :]}'


def _owned(body: str, name: str, new: str) -> str:
    """`body` with the id `name`, and what refers to it, renamed."""
    for before, after in (('id="', '"'), ("url(#", ")"), ('href="#', '"')):
        body = body.replace(f"{before}{name}{after}", f"{before}{new}{after}")
    return body


def draw(paint: Callable[[Figure], None], *, width: float = 9.0, height: float = 3.2) -> str:
    """An SVG document of what `paint` puts on a figure of so many inches; the same input gives the same text."""
    with rc_context(_LOOKS):
        figure = Figure(figsize=(width, height), layout="constrained")
        paint(figure)
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def bare(axes: Axes, *, grid: str = "x") -> None:
    """Leave the grid lines of one axis, and no marks on either."""
    axes.grid(visible=False, axis="y" if grid == "x" else "x")
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)

"""What a page of a report is made of, and how it becomes HTML: one file, without scripts, that needs no network."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from caserouter import __version__
from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.estimates import Estimate
from caserouter.reporting.manifest import Manifest
from caserouter.reporting.stress import CITATION, stress_sections
from caserouter.reporting.units import NONE

_QUANTITY = re.compile(r"(\d) (%|min|h|d|pts|[A-Z]{3})(?!\w)")
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text
        What it says.
    note
        In small print below, such as an interval.
    tone
        ``good``, ``bad`` or empty.
    """

    text: str
    note: str = ""
    tone: str = ""

    @classmethod
    def of(cls, estimate: Estimate | None) -> "Cell":
        """An estimate with its interval."""
        if estimate is None:
            return cls(NONE)
        return cls(estimate.text, estimate.interval_text if estimate.has_interval else "")


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table.

    Parameters
    ----------
    caption
        What it shows.
    columns
        Names; the first is that of the rows.
    rows
        Cells, as many as columns.
    folded
        Whether it opens on demand.
    is_text
        Whether its cells hold words, not numbers.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: bool = True
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section: what it says, shows and lists.

    Parameters
    ----------
    id, title
        Its anchor and its heading.
    texts, charts, tables
        In this order.
    """

    id: str
    title: str
    texts: Sequence[str] = ()
    charts: Sequence[Chart] = ()
    tables: Sequence[PageTable] = ()


def render(template: str, manifest: Manifest, *, sections: Sequence[Section], **more: Any) -> str:
    """The page of a run as HTML.

    Parameters
    ----------
    template
        Name of the template.
    manifest
        Of the run; the last section is filled from it.
    sections
        The results.
    more
        What the template shows beside them: title, kind, description, facts, notices and its own.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            sections=[section for section in sections if section.charts or section.tables or section.texts],
            stress=stress_sections(manifest),
            citation=CITATION,
            version=__version__,
            made=f"{manifest.started:%Y-%m-%d %H:%M} UTC",
            **more,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=_unbroken,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _unbroken(value: Any) -> Any:
    """Text in which no line ends between a number and its unit."""
    return _QUANTITY.sub("\\1\N{NO-BREAK SPACE}\\2", value) if type(value) is str else value

"""The report of a comparison as a page: what changes, by how much, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.estimates import Estimates
from caserouter.reporting.manifest import Manifest
from caserouter.reporting.measure_words import LABELS, label_in_full, label_of
from caserouter.reporting.page import Cell, PageTable, Section, render
from caserouter.reporting.scenario_text import changes
from caserouter.reporting.simulation_page import run_facts
from caserouter.reporting.units import NONE, shown_interval, shown_value
from caserouter.simulation.comparison import ComparisonAnswer
from caserouter.simulation.differences import TARGETS

TONES = {"better": "good", "worse": "bad"}
"""How a verdict looks; the others look like nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A difference in a few words.

    Parameters
    ----------
    text, note
        The difference, and its interval in small print.
    tone
        ``good``, ``bad`` or empty.
    """

    text: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class Card:
    """A variant and the differences that are larger than chance.

    Parameters
    ----------
    name, description
        Of the variant.
    lines
        Its differences.
    """

    name: str
    description: str
    lines: Sequence[Line]


def render_comparison(answer: ComparisonAnswer, manifest: Manifest, drawn: Sequence[Chart], notices: Sequence[str] = ()) -> str:
    """The report as HTML; the parameters are those of `render_simulation`."""
    by_name = {chart.name: chart for chart in drawn}
    base = answer.base.scenario
    return render(
        "comparison.html.j2",
        manifest,
        sections=_sections(answer, by_name),
        title=" against ".join((", ".join(answer.names[1:]), answer.names[0])),
        kind="Comparison report",
        description=base.description,
        facts=[*run_facts(manifest), "the same customers meet every scenario"],
        notices=notices,
        cards=[
            Card(name, one.scenario.description, _lines(answer, name))
            for name, one in zip(answer.names[1:], answer.variants, strict=True)
        ],
    )


def difference_rows(answer: ComparisonAnswer, variant: str) -> list[dict[str, Any]]:
    """Rows of the frame of differences of one variant in which anything was observed."""
    frame = answer.differences
    found = frame[(frame["variant"] == variant) & frame["difference"].notna()]
    return [dict(row) for row in found.to_dict("records")]


def fewer_runs_text(row: dict[str, Any]) -> str:
    """How many times more replications the same interval would take without pairing."""
    factor = row["variance_reduction"]
    return f"{shown_value(factor, 'ratio')} ×" if isfinite(factor) else NONE


def _lines(answer: ComparisonAnswer, variant: str) -> list[Line]:
    """The differences that are shown not to be chance."""
    return [
        Line(
            f"{label_of(row['measure'], row['group'])} {shown_value(row['difference'], row['unit'], sign=True)}",
            f"({shown_interval(row['low'], row['high'], row['unit'], sign=True)})",
            TONES.get(row["verdict"], ""),
        )
        for row in difference_rows(answer, variant)
        if row["verdict"] in {"better", "worse", "higher", "lower"}
    ]


def _sections(answer: ComparisonAnswer, drawn: dict[str, Chart]) -> list[Section]:
    def chart(name: str) -> list[Chart]:
        return [drawn[name]] if name in drawn else []

    paired = (
        "Each replication of a variant is paired with the base's, which met the same customers with the same needs at the "
        "same times. All intervals of targets hold at once with 95 %, and so do all those of the other measures. The last "
        "column says how many times more replications it would have taken without the pairing."
    )
    names = answer.names[1:]
    return [
        Section("differences", "Differences", [paired], chart("differences"), [_differences(answer, name) for name in names]),
        Section("changes", "What was changed", tables=[_changes(answer, number) for number in range(len(names))]),
        Section("service", "Service level", charts=chart("service_levels")),
        Section("waits", "Why cases wait", charts=chart("waits_by_cause")),
        Section("times", "How long it takes", charts=chart("time_to_resolution")),
        Section("everything", "All measures", tables=[_everything(answer)]),
    ]


def _differences(answer: ComparisonAnswer, variant: str) -> PageTable:
    rows = []
    for row in difference_rows(answer, variant):
        unit = row["unit"]
        rows.append(
            [
                Cell(label_of(row["measure"], row["group"]), "target" if row["family"] == TARGETS else ""),
                Cell(shown_value(row["base"], unit)),
                Cell(shown_value(row["value"], unit)),
                Cell(shown_value(row["difference"], unit, sign=True), tone=TONES.get(row["verdict"], "")),
                Cell(shown_interval(row["low"], row["high"], unit, sign=True)),
                Cell(row["verdict"], tone=TONES.get(row["verdict"], "")),
                Cell(fewer_runs_text(row)),
            ]
        )
    columns = ("measure", answer.names[0], variant, "difference", "interval", "verdict", "fewer runs")
    return PageTable(f"{variant} against {answer.names[0]}", columns, rows, folded=False)


def _changes(answer: ComparisonAnswer, number: int) -> PageTable:
    found = changes(answer.base.scenario, answer.variants[number].scenario)
    rows = [[Cell(change.key), Cell(change.before or NONE), Cell(change.after or NONE)] for change in found]
    return PageTable(
        f"{answer.names[number + 1]}: what differs from {answer.names[0]}",
        ("setting", "base", "variant"),
        rows,
        folded=len(rows) > 12,
        is_text=True,
    )


def _everything(answer: ComparisonAnswer) -> PageTable:
    """Every measure of every scenario over everything."""
    found = [Estimates(one.summary) for one in answer.answers]
    rows = [
        [Cell(label_in_full(name)), *(Cell.of(one.get(name)) for one in found)]
        for name in LABELS
        if any(one.get(name) for one in found)
    ]
    return PageTable("All measures over everything, each with its own interval", ("measure", *answer.names), rows)

"""The report of a simulation as a page."""

from collections.abc import Sequence

from caserouter.files.problems import plural
from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.estimates import Estimates
from caserouter.reporting.manifest import Manifest
from caserouter.reporting.measure_words import LABELS, label_in_full
from caserouter.reporting.page import Cell, PageTable, Section, render
from caserouter.reporting.verdicts import STATE_WORDS, TOGETHER, headline, read_verdicts
from caserouter.simulation.answer import SimulationAnswer

FIGURES = (
    "cases",
    "time_to_resolution_p50",
    "time_to_resolution_p90",
    "waiting_time_p90",
    "backlog_mean",
    "occupancy",
    "chases_per_case",
    "cost_per_resolved_case",
)
"""Key figures at the top."""

CASE_MEASURES = (
    "cases",
    "service_level_first_response",
    "service_level_resolution",
    "waiting_time_mean",
    "waiting_time_p90",
    "time_to_resolution_p50",
    "time_to_resolution_p90",
    "reopen_rate",
    "commitments_kept",
    "chases_per_case",
    "abandonment_rate",
)
STAFF_MEASURES = (
    "occupancy",
    "caseload_share",
    "cases",
    "time_to_resolution_p50",
    "hand_offs_per_case",
    "shrinkage",
    "overtime_share",
    "cost",
    "cost_per_resolved_case",
)
TIER_MEASURES = (*CASE_MEASURES[:-1], "accounts_at_risk", "revenue_at_risk")


def render_simulation(answer: SimulationAnswer, manifest: Manifest, drawn: Sequence[Chart], notices: Sequence[str] = ()) -> str:
    """The report as HTML.

    Parameters
    ----------
    answer
        The results.
    manifest
        Of the run.
    drawn
        Its charts, from `draw_simulation`.
    notices
        What a reader has to know first, such as that the run was interrupted.
    """
    estimates = Estimates(answer.summary)
    found = read_verdicts(answer.targets)
    return render(
        "simulation.html.j2",
        manifest,
        sections=_sections(estimates, {chart.name: chart for chart in drawn}),
        title=answer.scenario.name,
        kind="Simulation report",
        description=answer.scenario.description,
        facts=run_facts(manifest),
        notices=notices,
        headline=headline(found),
        verdicts=found,
        together=TOGETHER if len(found) > 1 and answer.num_replications > 1 else "",
        words=STATE_WORDS,
        figures=[
            (LABELS[name], cell.text, cell.note)
            for name in FIGURES
            if (cell := Cell.of(estimates.get(name))).text != Cell.of(None).text
        ],
    )


def run_facts(manifest: Manifest) -> list[str]:
    """What was run, in a few words each."""
    window = manifest.scenarios[0].scenario.window
    weeks = f"{window.length / 168:g} weeks measured" if window.length % 168 == 0 else f"{window.length / 24:g} days measured"
    return [plural(manifest.replications, "replication"), weeks, f"seed {manifest.seed}", "intervals at 95 %"]


def _sections(estimates: Estimates, drawn: dict[str, Chart]) -> list[Section]:
    """The results in the order in which they are asked about."""

    def chart(name: str) -> list[Chart]:
        return [drawn[name]] if name in drawn else []

    return [
        Section(
            "service",
            "Service level",
            charts=chart("service_level"),
            tables=_by_group(estimates, "case_type", CASE_MEASURES, "By case type"),
        ),
        Section("waits", "Why cases wait", charts=chart("waits_by_cause")),
        Section("times", "How long it takes", charts=chart("time_to_resolution")),
        Section("backlog", "Backlog", charts=chart("backlog")),
        Section(
            "team",
            "The team",
            charts=[*chart("occupancy"), *chart("caseload")],
            tables=[
                *_by_group(estimates, "staff_group", STAFF_MEASURES, "By staff group"),
                *_by_group(estimates, "specialist", STAFF_MEASURES, "By specialist"),
            ],
        ),
        Section("accounts", "Accounts", tables=_by_group(estimates, "account_tier", TIER_MEASURES, "By account tier")),
        Section("everything", "All measures", tables=[_overall(estimates)]),
    ]


def _by_group(estimates: Estimates, group_by: str, measures: Sequence[str], caption: str) -> list[PageTable]:
    """A table with a row per group, if the scenario has such groups; measures that no group has are left out."""
    groups = estimates.groups(group_by)
    shown = [name for name in measures if any(estimates.get(name, group_by, group) for group in groups)]
    if not groups or not shown:
        return []
    rows = [[Cell(group), *(Cell.of(estimates.get(name, group_by, group)) for name in shown)] for group in groups]
    return [PageTable(caption, (group_by.replace("_", " "), *(LABELS[name] for name in shown)), rows)]


def _overall(estimates: Estimates) -> PageTable:
    """Every measure over everything."""
    found = [one for name in LABELS if (one := estimates.get(name))]
    rows = [[Cell(label_in_full(one.measure)), Cell(one.text), Cell(one.interval_text)] for one in found]
    return PageTable("All measures over everything", ("measure", "estimate", "95 % interval"), rows)

"""The results of a simulation as tables in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from caserouter.files.problems import plural
from caserouter.reporting.estimates import Estimates
from caserouter.reporting.measure_words import LABELS, WAIT_MEASURES
from caserouter.reporting.units import NONE, shown_share
from caserouter.reporting.verdicts import STATE_WORDS, TOGETHER, Verdict, headline, read_verdicts
from caserouter.simulation.answer import SimulationAnswer

_BY_TYPE = (
    "cases",
    "service_level_first_response",
    "service_level_resolution",
    "waiting_time_mean",
    "waiting_time_p90",
    "time_to_resolution_mean",
    "time_to_resolution_p90",
)
"""Measures per case type."""

_SHORT = {
    "cases": "cases",
    "service_level_first_response": "response in time",
    "service_level_resolution": "resolved in time",
    "waiting_time_mean": "wait",
    "waiting_time_p90": "P90",
    "time_to_resolution_mean": "to resolution",
    "time_to_resolution_p90": "P90",
}
_STYLE = {"met": "green", "missed": "bold red", "open": "yellow"}


def print_simulation(console: Console, answer: SimulationAnswer) -> None:
    """All of it: targets, measures, waits, case types."""
    estimates = Estimates(answer.summary)
    window = answer.scenario.window
    done = plural(answer.num_replications, "replication")
    console.print(f"{answer.scenario.name}: {done} of {window.length / 24:g} days, seed {answer.seed}", style="bold")
    _print_targets(console, read_verdicts(answer.targets), answer.num_replications)
    for show in (_print_measures, _print_waits, _print_case_types):
        console.print()
        show(console, estimates)


def _print_targets(console: Console, found: Sequence[Verdict], num_replications: int) -> None:
    """Each target with its estimate, its interval and how it stands."""
    console.print(headline(found))
    if not found:
        return
    table = plain_table(("target", "bound", "estimate", "95 % interval", "verdict"), left=("target", "bound", "verdict"))
    for verdict in found:
        table.add_row(
            verdict.label,
            verdict.bound_text,
            verdict.estimate.text,
            verdict.estimate.interval_text,
            STATE_WORDS[verdict.state],
            style=_STYLE[verdict.state],
        )
    console.print(table)
    if len(found) > 1 and num_replications > 1:
        console.print(TOGETHER, soft_wrap=True)
    for reason in dict.fromkeys(verdict.why_open for verdict in found if verdict.why_open):
        console.print(f"not settled: {reason}", soft_wrap=True)


def _print_measures(console: Console, estimates: Estimates) -> None:
    """Every measure over everything, with its interval."""
    table = plain_table(("measure", "estimate", "95 % interval"), title="Overall")
    for name, label in LABELS.items():
        if name not in WAIT_MEASURES and (found := estimates.get(name)):
            table.add_row(label, found.text, found.interval_text)
    console.print(table)


def _print_waits(console: Console, estimates: Estimates) -> None:
    """What a case waits for, in the mean."""
    waits = [one for name in WAIT_MEASURES if (one := estimates.get(name))]
    total = sum(one.value for one in waits)
    table = plain_table(("waiting for", "per case", "95 % interval", "share"), title="What cases wait for")
    for one in waits:
        table.add_row(LABELS[one.measure], one.text, one.interval_text, shown_share(one.value / total) if total else NONE)
    console.print(table)


def _print_case_types(console: Console, estimates: Estimates) -> None:
    """The chief measures of each case type."""
    table = plain_table(("case type", *(_SHORT[name] for name in _BY_TYPE)), title="By case type")
    for group in estimates.groups("case_type"):
        table.add_row(group, *(estimates.text(name, "case_type", group) for name in _BY_TYPE))
    console.print(table)


def plain_table(columns: Sequence[str], *, title: str = "", left: Sequence[str] = ()) -> Table:
    """A table without lines; numbers are set to the right, the first column and those named `left` are not."""
    table = Table(box=None, pad_edge=False, header_style="bold", title=title or None, title_justify="left", title_style="bold")
    for position, name in enumerate(columns):
        table.add_column(name, justify="left" if position == 0 or name in left else "right", no_wrap=position > 0)
    return table

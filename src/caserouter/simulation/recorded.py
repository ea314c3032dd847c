"""Recorded histories: a CSV file as the arrivals of a stream.

A history settles when cases arrived and whatever it has a column for; what it has no column for is drawn as for any other stream.
"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from caserouter.domain.errors import Finding
from caserouter.files.documents import refusal
from caserouter.files.header import our_columns
from caserouter.files.problems import Report, shown_path
from caserouter.files.sources import open_source
from caserouter.files.text import require_file
from caserouter.routing.clock import Clock
from caserouter.simulation.accounts import Accounts
from caserouter.simulation.arrivals import Arrivals, Replication
from caserouter.simulation.language.case_type import CaseType
from caserouter.simulation.language.demand import Stream, aware
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.recorded_cells import HistoryColumns, KnownNames
from caserouter.simulation.recorded_rows import HistoryRows
from caserouter.simulation.vocabulary import Vocabulary


def recorded_arrivals(stream: Stream, run: Replication, folder: Path | None = None) -> Arrivals:
    """The arrivals of a stream with a recorded history, up to the horizon.

    Parameters
    ----------
    stream, run
        The stream, with a `trace`, and the replication that it is part of.
    folder
        Where the scenario file lies; None for the current folder.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If anything is wrong with it; its findings are every error and warning.
    """
    arrivals, findings = _history(stream, run.scenario, folder)
    if any(finding.severity == "error" for finding in findings):
        raise refusal(list(findings), f"{stream.trace}: not a recorded history")
    return arrivals.where(arrivals.hours < run.horizon)


def check_history(stream: Stream, scenario: Scenario, folder: Path | None = None) -> list[Finding]:
    """Every error and warning of a stream's recorded history.

    Parameters
    ----------
    stream, scenario
        The stream, with a `trace`, and the scenario that it is part of.
    folder
        Where the scenario file lies; None for the current folder.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is a directory or may not be read.
    """
    return list(_history(stream, scenario, folder)[1])


def _history(stream: Stream, scenario: Scenario, folder: Path | None) -> tuple[Arrivals, tuple[Finding, ...]]:
    path = (folder or Path()) / (stream.trace or "")
    require_file(path)
    stamp = path.stat()
    types = tuple((name, case_type) for name, case_type in scenario.case_types.items() if name in stream.types)
    start = aware(scenario.start, ZoneInfo(scenario.time_zone))
    names = Vocabulary.of(scenario), Accounts.of(scenario).ids
    return _read(path, (stamp.st_mtime_ns, stamp.st_size), types, *names, start, scenario.time_zone)


@lru_cache(maxsize=16)
def _read(
    path: Path,
    stamp: tuple[int, int],  # noqa: ARG001 - tells versions of the file apart
    types: tuple[tuple[str, CaseType], ...],
    vocabulary: Vocabulary,
    accounts: tuple[str, ...],
    start: datetime,
    time_zone: str,
) -> tuple[Arrivals, tuple[Finding, ...]]:
    """The arrivals of a file, and what is wrong with it; remembered, since each replication asks for it."""
    report = Report(shown_path(path))
    source = open_source(path, "recorded cases", report)
    if source.header is None and not report.findings:
        report.error("", "not a CSV file", "save the history as .csv")
    found = our_columns(source.header, HistoryColumns(), report) if source.header is not None else {}
    number_by_account = {name: number for number, name in enumerate(accounts)}
    known = {name: KnownNames.of(name, case_type, vocabulary, number_by_account) for name, case_type in types}
    rows = HistoryRows({column: name for name, column in found.items()}, known, Clock(start), time_zone, report)
    for record in source.records:
        rows.add(record)
    rows.warn_of_silence()
    return rows.arrivals(), tuple(report.findings)

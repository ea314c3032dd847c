"""All files of one routing job, read together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.files.checks import check_queue
from caserouter.files.crm_map import CrmMap, load_map
from caserouter.files.documents import refusal
from caserouter.files.mentions import Problem, Tables
from caserouter.files.problems import Report
from caserouter.files.readers import BadRow, Loaded, read_accounts, read_cases, read_specialists
from caserouter.files.records import Progress
from caserouter.files.settings_file import find_settings
from caserouter.files.tables import T
from caserouter.files.text import require_file

AnyTable = Loaded[Case] | Loaded[Specialist] | Loaded[Account]


@dataclass(frozen=True, slots=True)
class LoadedQueue:
    """A queue, its roster, its accounts and its policy, with all that was found on the way.

    Parameters
    ----------
    cases, specialists, accounts
        Good rows, in the order of their files; empty where no file was given.
    settings
        The policy; the defaults where no file was given.
    findings
        Errors and warnings of all files, file by file in the order of lines.
    bad_rows
        Rows set aside, with their findings.
    fatal
        Those errors of `findings` that setting rows aside does not cure, such as an unknown column.
    """

    cases: tuple[Case, ...]
    specialists: tuple[Specialist, ...]
    accounts: tuple[Account, ...]
    settings: Settings
    findings: tuple[Finding, ...]
    bad_rows: tuple[BadRow, ...]
    fatal: tuple[Finding, ...]

    @property
    def errors(self) -> Sequence[Finding]:
        """Findings that stop the work."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self) -> Sequence[Finding]:
        """Findings that do not."""
        return [finding for finding in self.findings if finding.severity == "warning"]


def read_queue(
    cases: str | Path | None = None,
    specialists: str | Path | None = None,
    accounts: str | Path | None = None,
    policy: str | Path | None = None,
    *,
    crm_map: CrmMap | str | Path | None = None,
    at: datetime | None = None,
    time_zone: str | None = None,
    progress: Progress | None = None,
) -> LoadedQueue:
    """Read whichever files are given and report everything that is wrong with them, each and together.

    Rows with an error, be it one that only the tables together show, are in `LoadedQueue.bad_rows`. While the policy file
    is broken, amounts are read in any currency, and the tables are not compared, so that nothing is reported wrongly.

    Parameters
    ----------
    cases, specialists, accounts, policy
        Files.
    crm_map
        A map, its name or its file, for cases exported by another system.
    at
        The moment to judge by, such as whether a credential has lapsed; by default now.
    time_zone
        IANA zone of times that name none; else the map's, else the one that the policy file names.
    progress
        Called now and then while cases are read.

    Raises
    ------
    NotFound
        If a file or the map does not exist.
    InvalidInput
        If a file cannot be opened, or the map is wrong.
    """
    for path in (cases, specialists, accounts, policy):
        if path is not None:
            require_file(Path(path))
    chosen = load_map(crm_map) if crm_map is not None and not isinstance(crm_map, CrmMap) else crm_map
    report = Report(str(policy))
    settings = find_settings(Path(policy), report) if policy is not None else Settings()
    currency, zone = _defaults(settings, chosen, time_zone)
    loaded_cases = cases and read_cases(cases, crm_map=chosen, currency=currency, time_zone=zone, progress=progress)
    loaded_specialists = specialists and read_specialists(specialists, currency=currency)
    loaded_accounts = accounts and read_accounts(accounts)
    tables = Tables(
        loaded_cases or None,
        loaded_specialists or None,
        loaded_accounts or None,
        settings or Settings(),
        at or datetime.now(UTC),
    )
    return _assemble(tables, report, check_queue(_sound(tables)) if settings else [])


def _sound(tables: Tables) -> Tables:
    """The tables to compare: one with an error in its header or its syntax would make the others look wrong."""
    return replace(
        tables,
        cases=None if tables.cases and tables.cases.fatal else tables.cases,
        specialists=None if tables.specialists and tables.specialists.fatal else tables.specialists,
        accounts=None if tables.accounts and tables.accounts.fatal else tables.accounts,
    )


def load_queue(
    cases: str | Path,
    specialists: str | Path,
    accounts: str | Path | None = None,
    policy: str | Path | None = None,
    *,
    crm_map: CrmMap | str | Path | None = None,
    at: datetime | None = None,
    time_zone: str | None = None,
    skip_bad: bool = False,
    progress: Progress | None = None,
) -> LoadedQueue:
    """The queue of a routing job, or every reason why it cannot be read.

    Parameters are those of `read_queue`, and:

    Parameters
    ----------
    skip_bad
        Whether to go on without the rows that have errors; they are in `LoadedQueue.bad_rows`.

    Raises
    ------
    NotFound
        If a file or the map does not exist.
    InvalidInput
        If anything is wrong that `skip_bad` does not set aside; `findings` has everything, warnings included.
    """
    queue = read_queue(
        cases,
        specialists,
        accounts,
        policy,
        crm_map=crm_map,
        at=at,
        time_zone=time_zone,
        progress=progress,
    )
    if queue.fatal or (queue.errors and not skip_bad):
        raise refusal(list(queue.findings), "the files cannot be routed")
    return queue


def _defaults(settings: Settings | None, crm_map: CrmMap | None, time_zone: str | None) -> tuple[str | None, str | None]:
    """Currency and time zone for cells that name none; the zone of the policy counts if the file names it."""
    if settings is None:
        return None, time_zone or (crm_map and crm_map.time_zone) or "UTC"
    of_policy = settings.time_zone if "time_zone" in settings.model_fields_set else None
    return settings.currency, time_zone or (crm_map and crm_map.time_zone) or of_policy


def _assemble(tables: Tables, report: Report, problems: list[Problem]) -> LoadedQueue:
    """All tables and findings; rows that a problem across tables makes wrong join the bad ones."""
    loaded = [table for table in (tables.cases, tables.specialists, tables.accounts) if table is not None]
    bad_rows = [row for table in loaded for row in table.bad_rows]
    fatal = [finding for finding in report.findings if finding.severity == "error"]
    fatal += [finding for table in loaded for finding in table.fatal]
    findings = list(report.findings)
    for table in loaded:
        across = [problem.finding for problem in problems if problem.table is table]
        findings += sorted([*table.findings, *across], key=lambda finding: finding.line or 0)
        bad_rows += _set_aside(table, _wrong(table, problems))
    return LoadedQueue(
        _good(tables.cases, problems),
        _good(tables.specialists, problems),
        _good(tables.accounts, problems),
        tables.settings,
        tuple(findings),
        tuple(bad_rows),
        tuple(fatal),
    )


def _wrong(table: AnyTable, problems: Sequence[Problem]) -> Mapping[str, list[Finding]]:
    """Errors that only the tables together show, by id of the row."""
    found: dict[str, list[Finding]] = {}
    for problem in problems:
        if problem.table is table and problem.finding.severity == "error":
            for name in problem.ids:
                found.setdefault(name, []).append(problem.finding)
    return found


def _good(table: Loaded[T] | None, problems: Sequence[Problem]) -> tuple[T, ...]:
    """The rows of a table without those set aside."""
    if table is None:
        return ()
    wrong = _wrong(table, problems)
    return tuple(item for item in table.items if item.id not in wrong) if wrong else table.items


def _set_aside(table: AnyTable, wrong: Mapping[str, list[Finding]]) -> list[BadRow]:
    """The bad rows that `wrong` makes of good ones."""
    return [
        BadRow(table.file, table.lines[item.id], item.model_dump(exclude_unset=True), tuple(wrong[item.id]))
        for item in (table.items if wrong else ())
        if item.id in wrong
    ]

"""All files of one routing job, read together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.files.crm_map import CrmMap
from caserouter.files.readers import BadRow, Progress


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
    """Read whichever files are given and report what is wrong with them: `caserouter check`.

    Raises NotFound for a file or map that does not exist; bad content is in the findings.
    """
    raise NotImplementedError


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
    """Read the files of a routing job; raises InvalidInput(findings=…) unless only bad rows, with `skip_bad`, stand in the way."""
    raise NotImplementedError

"""The errors of caserouter, and the findings that they carry.

::

    CaserouterError            exit status 1
    ├── InvalidInput           exit status 2: a file, an option or a value breaks a stated rule
    ├── NotFound               exit status 3: an id, a file or a name that does not exist
    ├── Conflict               exit status 4: the request contradicts the present state
    ├── StoreError             exit status 5: durable state could not be read or written
    └── SolverError            exit status 6: a problem that the solver cannot represent

Infeasible, unassigned and timed out are results, not errors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or doubtful, in an input: value, rule, remedy, and where it stands.

    Parameters
    ----------
    value
        The offending value, as the user wrote it.
    rule
        The rule that it breaks, as a phrase.
    remedy
        What to do about it, as a phrase; empty when the rule says it all.
    file, line, column
        Where it stands: file name, 1-based line, and the name of the column or key.
    severity
        ``error`` stops the work, ``warning`` is reported and the work goes on.
    """

    value: str
    rule: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    column: str | None = None
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        where = ", ".join(part for part in (place, self.column) if part)
        message = f"{self.value}: {self.rule}" if self.value else self.rule
        message = f"{message}; {self.remedy}" if self.remedy else message
        return f"{where}: {message}" if where else message


class CaserouterError(Exception):
    """The root of every error that caserouter raises on purpose.

    Parameters
    ----------
    message
        Value, rule and remedy in one sentence.
    ids
        The ids of the cases, specialists or other objects concerned.
    """

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1

    def __init__(self, message: str, *, ids: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.ids = tuple(ids)


class InvalidInput(CaserouterError):
    """An input breaks a stated rule; ``findings`` lists every breach, in the order of the input."""

    code = "invalid_input"
    exit_status = 2

    def __init__(self, message: str, *, ids: Iterable[str] = (), findings: Iterable[Finding] = ()) -> None:
        super().__init__(message, ids=ids)
        self.findings = tuple(findings)


class NotFound(CaserouterError):
    """Something was named that does not exist."""

    code = "not_found"
    exit_status = 3


class Conflict(CaserouterError):
    """A request contradicts the present state."""

    code = "conflict"
    exit_status = 4


class StoreError(CaserouterError):
    """Durable state could not be read or written.

    ``retryable`` says whether the same request may succeed in a moment: the database was busy, or the connection to it was lost.
    """

    code = "store_error"
    exit_status = 5

    def __init__(self, message: str, *, ids: Iterable[str] = (), retryable: bool = False) -> None:
        super().__init__(message, ids=ids)
        self.retryable = retryable


class SolverError(CaserouterError):
    """A problem that the solver cannot represent, such as costs beyond the range of 64-bit integers."""

    code = "solver_error"
    exit_status = 6

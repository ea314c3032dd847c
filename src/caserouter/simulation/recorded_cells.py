"""The cells of recorded histories: what each column may hold, and the numbers that it becomes in the trace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite, nan

from caserouter.domain.jurisdictions import canonical
from caserouter.files.cells import Context, money
from caserouter.files.problems import CellError, did_you_mean, listed
from caserouter.simulation.language.case_type import CaseType
from caserouter.simulation.vocabulary import NONE, RISK_FLAGS, Vocabulary


@dataclass(frozen=True, slots=True)
class HistoryColumns:
    """The columns of a history.

    Parameters
    ----------
    singular
        What a row is called.
    columns, required
        Those that it may have, and those that it must have.
    """

    singular: str = "recorded case"
    columns: tuple[str, ...] = (
        *("arrived_at", "type", "account", "jurisdiction", "language", "amount", "root_cause", "risk_flags", "effort"),
    )
    required: tuple[str, ...] = ("arrived_at", "type")


@dataclass(frozen=True, slots=True, eq=False)
class KnownNames:
    """What the rows of one case type may name, with the numbers of the trace.

    Parameters
    ----------
    case_type
        Number of the case type.
    accounts, jurisdictions, languages, root_causes
        Number by name: every account, and what the case type lists.
    flags
        Bit by risk flag that the case type lists.
    currency
        Of its amounts; None if it has none.
    """

    case_type: int
    accounts: Mapping[str, int]
    jurisdictions: Mapping[str, int]
    languages: Mapping[str, int]
    root_causes: Mapping[str, int]
    flags: Mapping[str, int]
    currency: str | None

    @classmethod
    def of(cls, name: str, case_type: CaseType, vocabulary: Vocabulary, accounts: Mapping[str, int]) -> "KnownNames":
        """What rows of the case type `name` may name."""
        return cls(
            case_type=vocabulary.case_types.index(name),
            accounts=accounts,
            jurisdictions={place: vocabulary.jurisdictions.index(place) for place in case_type.jurisdictions},
            languages={language: vocabulary.languages.index(language) for language in case_type.languages},
            root_causes={cause: vocabulary.root_causes.index(cause) for cause in case_type.root_causes},
            flags={flag.value: RISK_FLAGS.index(flag) for flag in case_type.risk_flags},
            currency=case_type.amount.mean.currency if case_type.amount else None,
        )


def number_of(text: str, numbers: Mapping[str, int], what: str) -> int:
    """The number of a name.

    Raises
    ------
    CellError
        If it is not among the known ones.
    """
    if text not in numbers:
        remedy = did_you_mean(text, numbers, f"known are {listed(numbers, 10)}" if numbers else "there are none")
        raise CellError(f"no {what}", remedy)
    return numbers[text]


def _account(text: str, known: KnownNames) -> int:
    return number_of(text, known.accounts, "account of this scenario")


def _jurisdiction(text: str, known: KnownNames) -> int:
    return number_of(canonical(text), known.jurisdictions, "jurisdiction of this case type")


def _language(text: str, known: KnownNames) -> int:
    return number_of(text.lower().replace("_", "-"), known.languages, "language of this case type")


def _root_cause(text: str, known: KnownNames) -> int:
    return number_of(text, known.root_causes, "root cause of this case type")


def _amount(text: str, known: KnownNames) -> float:
    if known.currency is None:
        raise CellError("an amount of a case type that has none", "give the type an action and an amount, or leave this empty")
    return float(money(text, Context(currency=known.currency)).minor)


def _flags(text: str, known: KnownNames) -> int:
    parts = [part for part in map(str.strip, text.lower().split(";")) if part]
    return sum(1 << bit for bit in {number_of(part, known.flags, "risk flag of this case type") for part in parts})


def _effort(text: str, _: KnownNames) -> float:
    try:
        factor = float(text)
    except ValueError:
        factor = nan
    if not (isfinite(factor) and factor > 0.0):
        raise CellError("not a number above 0", "write the case's handle times ÷ what its handler usually takes, such as 1.25")
    return factor


@dataclass(frozen=True, slots=True)
class Cell:
    """A column that a history need not have.

    Parameters
    ----------
    into
        The trace's column.
    read
        A cell that is not empty, given what the row may name; raises CellError.
    empty
        What an empty cell means.
    """

    into: str
    read: Callable[[str, KnownNames], float]
    empty: float

    def value(self, known: KnownNames, text: str) -> float:
        """What the cell holds; raises CellError."""
        return self.read(text, known) if text else self.empty


CELLS: Mapping[str, Cell] = {
    "account": Cell("account", _account, NONE),
    "jurisdiction": Cell("jurisdiction", _jurisdiction, NONE),
    "language": Cell("language", _language, NONE),
    "amount": Cell("amount", _amount, nan),
    "root_cause": Cell("root_cause", _root_cause, NONE),
    "risk_flags": Cell("flags", _flags, 0),
    "effort": Cell("effort", _effort, 1.0),
}
"""By the history's column."""

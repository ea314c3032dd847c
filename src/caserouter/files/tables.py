"""The three tables: their columns and what each column's cells may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.specialist import Specialist
from caserouter.files import cells

T = TypeVar("T", Case, Specialist, Account)


@dataclass(frozen=True)
class Table(Generic[T]):
    """A kind of row.

    Parameters
    ----------
    singular, plural
        What a row is called.
    model
        The domain object of a row; its fields are the columns.
    parsers
        How a cell is read, by column; a column without a parser is plain text, a number or a truth value.
    """

    singular: str
    plural: str
    model: type[T]
    parsers: Mapping[str, cells.Parser]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column, in the order of the domain object."""
        return tuple(self.model.model_fields)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Columns that every row must fill."""
        return tuple(name for name, field in self.model.model_fields.items() if field.is_required())


CASES: Table[Case] = Table(
    "case",
    "cases",
    Case,
    {
        "created": cells.moment,
        "required_skills": cells.skills_needed,
        "preferred_skills": cells.names,
        "required_credentials": cells.credentials_needed,
        "amount": cells.money,
        "risk_flags": cells.names,
        "first_response_due": cells.moment,
        "resolution_due": cells.moment,
        "commitments": cells.commitments,
        "linked_cases": cells.names,
        "separated_cases": cells.names,
        "excluded_specialists": cells.names,
        "preferred_specialists": cells.names,
    },
)

SPECIALISTS: Table[Specialist] = Table(
    "specialist",
    "specialists",
    Specialist,
    {
        "skills": cells.skills_held,
        "credentials": cells.credentials_held,
        "authority": cells.authority,
        "languages": cells.names,
        "held_cases": cells.held_cases,
        "shifts": cells.shifts,
        "blocks": cells.shifts,
        "leave": cells.leave,
        "intake": cells.intake,
        "cost_per_hour": cells.money,
    },
)

ACCOUNTS: Table[Account] = Table("account", "accounts", Account, {})

"""What a replication leaves behind: flat tables, one row per case and one per contact, and the hours of each specialist.

Times are hours since the scenario's start. Rows are appended to flat buffers of doubles while the replication runs, which is compact and
quick; categories are numbers that `Labels` puts names to. The tables below say what each column holds.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class ContactKind(IntEnum):
    """Why a contact took place."""

    STAGE = 0
    STATUS = 1
    CHASE = 2
    APPROVAL = 3
    CONFIRMATION = 4


CASE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "stream": "number of the demand stream",
        "ordinal": "number of the case within its stream, from 0",
        "case_type": "number of the case type",
        "account": "number of the account, -1 for none",
        "priority": "1 (highest) to 5",
        "weight": "units of capacity that it takes",
        "amount": "what is asked for, in major units; NaN for nothing",
        "root_cause": "number of the root cause, -1 for none",
        "measured": "1 if it arrived in the measured window, else 0",
        "arrival": "when it arrived",
        "assigned": "when somebody was first given it; NaN for never",
        "first_contact": "start of the first contact of any kind; NaN for none",
        "first_response": "start of the first customer-facing contact; NaN for none",
        "resolved": "when it was resolved for the last time; NaN while open or abandoned",
        "abandoned": "when the customer gave up; NaN for never",
        "first_specialist": "number of the first holder, or of who was given the first contact where each is routed on its own; -1 for none",
        "specialist": "the same of the last",
        "first_response_due": "when the first response was due; infinite without a target",
        "resolution_due": "when the resolution was due, pauses so far included; infinite without a target",
        "first_response_met": "1 or 0; NaN without a target, or undecided at the end; abandoned cases as the scenario counts them",
        "resolution_met": "1 or 0; NaN without a target, or undecided at the end; abandoned cases as the scenario counts them",
        "wait_unassigned": "hours on the queue, or waiting for somebody to route a contact to",
        "wait_in_book": "hours ready in the book of a specialist on shift, or offered to one",
        "wait_off_shift": "hours ready, suspended or offered while the specialist was off shift",
        "wait_department": "hours waiting on departments",
        "wait_customer": "hours waiting on the customer",
        "wait_approval": "hours waiting for an approver",
        "wait_review": "hours waiting for a review",
        "contact_hours": "hours of the walk's own contacts, documentation included",
        "closed_hours": "hours between a resolution and the reopening",
        "num_contacts": "contacts of every kind but approvals",
        "hand_offs": "times that it passed from one holder to the queue",
        "reopens": "times that it was reopened",
        "commitments": "commitments made to the customer that have come due, or were kept",
        "commitments_kept": "of them, those kept",
        "chases": "times that the customer had to follow up",
        "approvals": "approvals that it needed",
    }
)
"""Columns of the table of cases, in order, and what each holds."""

CASE_COLUMN: Mapping[str, int] = MappingProxyType({name: number for number, name in enumerate(CASE_COLUMNS)})
"""Number of each column of the table of cases."""

CONTACT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "stream": "number of the demand stream",
        "ordinal": "number of the case within its stream, from 0",
        "number": "number of the contact within its case and kind, from 0",
        "kind": "a `ContactKind`",
        "case_type": "number of the case type",
        "stage": "number of the stage within the type, -1 for contacts that are not of a stage",
        "specialist": "who worked on it",
        "measured": "1 if its case arrived in the measured window, else 0",
        "ready": "when it became ready to be worked",
        "start": "when it began",
        "end": "when it ended, documentation included",
        "handle": "handle time in hours, documentation aside",
        "documentation": "documentation time in hours",
        "suspended": "hours between start and end that the specialist was off shift",
        "in_book": "hours from ready to start in the book of a specialist on shift",
        "off_shift": "hours from ready to start while the specialist was off shift",
        "customer_facing": "1 or 0",
    }
)
"""Columns of the table of contacts, in order, and what each holds."""


class Buffer:
    """A growing table of doubles.

    Parameters
    ----------
    columns
        Names of the columns; each call of `append` gives one value per column.
    """

    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = tuple(columns)
        self._values = array("d")
        self._pack = Struct(f"{len(self.columns)}d").pack
        self._extend = self._values.frombytes

    def append(self, row: Sequence[float]) -> None:
        """Append one row, in the order of the columns."""
        self._extend(self._pack(*row))

    def table(self) -> "Table":
        """What has been appended so far."""
        rows = np.frombuffer(self._values, dtype=np.float64) if self._values else np.zeros(0)
        return Table(self.columns, rows.reshape(-1, len(self.columns)))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Named columns of doubles.

    Parameters
    ----------
    columns
        Names.
    data
        Shape (num_rows, num_columns).
    """

    columns: tuple[str, ...]
    data: FloatArray

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, name: str) -> FloatArray:
        """One column; shape (num_rows,)."""
        column: FloatArray = self.data[:, self.columns.index(name)]
        return column

    def sorted_by(self, *names: str) -> "Table":
        """The rows in the order of these columns, the first one first."""
        return Table(self.columns, self.data[np.lexsort([self[name] for name in reversed(names)])])

    def take(self, rows: NDArray[np.bool_]) -> "Table":
        """The rows where the mask, shape (num_rows,), is true."""
        return Table(self.columns, self.data[rows])


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of the numbers in the tables; the same for every replication of a scenario.

    Parameters
    ----------
    streams, case_types, root_causes
        By number.
    stages
        By case type, then stage number.
    specialists, groups
        Ids of the specialists, and the staff group of each.
    accounts, tiers
        Ids of the accounts, and the tier of each, empty for none.
    account_revenue
        Yearly revenue of each account, in major units.
    """

    streams: tuple[str, ...]
    case_types: tuple[str, ...]
    root_causes: tuple[str, ...]
    stages: tuple[tuple[str, ...], ...]
    specialists: tuple[str, ...]
    groups: tuple[str, ...]
    accounts: tuple[str, ...]
    tiers: tuple[str, ...]
    account_revenue: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StaffHours:
    """The measured window in each specialist's hours; shape (num_specialists,) unless it says otherwise.

    Parameters
    ----------
    paid
        Hours on shift, blocks and sick days included, and overtime beyond them.
    blocks
        Hours on shift that are not for cases.
    sick
        Hours on shift missed.
    staffed
        Hours for cases: on shift less blocks and sick days.
    busy
        Hours in contacts of every kind, documentation included.
    overtime
        Hours of contacts that were finished after the end of a shift, or into a block; part of `busy`, not of `staffed`.
    cost
        Money for the paid hours, in major units.
    caseload
        Mean units of weight in the book over the window.
    capacity
        Units that the book may hold.
    staffed_by_hour, busy_by_hour
        `staffed`, and `busy` less overtime, by hour of the week (0 is Monday 00:00 to 01:00 local time); shape (num_specialists, 168).
    """

    paid: FloatArray
    blocks: FloatArray
    sick: FloatArray
    staffed: FloatArray
    busy: FloatArray
    overtime: FloatArray
    cost: FloatArray
    caseload: FloatArray
    capacity: FloatArray
    staffed_by_hour: FloatArray
    busy_by_hour: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Everything that one replication leaves behind.

    Parameters
    ----------
    replication
        Its number, from 0.
    window
        First and last hour of the measured window.
    end
        Hour at which the replication stopped.
    cases, contacts
        See `CASE_COLUMNS` and `CONTACT_COLUMNS`; sorted by arrival and by end.
    staff
        The specialists' hours.
    num_events
        Events that the loop processed.
    """

    replication: int
    window: tuple[float, float]
    end: float
    cases: Table
    contacts: Table
    staff: StaffHours
    num_events: int

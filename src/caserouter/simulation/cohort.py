"""The cases of several replications in one table, and the groups that they fall into.

Case measures go to the specialist who held the case last. Hours of the week are those of the arrival, in the scenario's time zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.shift_text import DAYS
from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.records import FloatArray, Labels, Records

IntArray = NDArray[np.int64]

GROUPINGS = ("all", "case_type", "staff_group", "specialist", "account_tier", "hour_of_week")
"""Groupings of cases, in the order of the tables."""

EVERYTHING = "all"
NO_NAME = "none"
"""Group of the cases without an account, and of the accounts without a tier."""

HOURS_OF_WEEK = tuple(f"{day} {hour:02d}:00" for day in DAYS for hour in range(24))
"""Names of the hours of the week: the first is Monday from midnight to one, local time."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Which group each row belongs to.

    Parameters
    ----------
    name
        One of `GROUPINGS`.
    groups
        Names of the groups.
    code
        Number of each row's group, -1 for none; shape (num_rows,).
    """

    name: str
    groups: tuple[str, ...]
    code: IntArray

    def sums(self, values: FloatArray, replication: IntArray, num_replications: int) -> FloatArray:
        """Sum of `values`, shape (num_rows,), in each group and replication; shape (num_groups, num_replications)."""
        inside = self.code >= 0
        cell = (self.code * num_replications + replication)[inside]
        return sums_of(cell, values[inside], len(self.groups) * num_replications).reshape(-1, num_replications)


class Cohort:
    """The cases of several replications, one after another.

    Parameters
    ----------
    records
        The replications, at least one.
    labels
        Names of the numbers in them.
    local_time
        For the hour of the week.
    measured
        Whether to take only the cases that arrived in the measured window.
    """

    def __init__(self, records: Sequence[Records], labels: Labels, local_time: LocalTime, *, measured: bool = True) -> None:
        self.records = records
        self.labels = labels
        self.local_time = local_time
        chosen = [one.cases["measured"] == 1.0 if measured else np.ones(len(one.cases), dtype=bool) for one in records]
        self._chosen = [None if rows.all() else rows for rows in chosen]
        self.num_replications = len(records)
        self.replication = np.repeat(np.arange(len(records)), [int(rows.sum()) for rows in chosen])
        self._columns: dict[str, FloatArray] = {}

    def __len__(self) -> int:
        return len(self.replication)

    def __getitem__(self, name: str) -> FloatArray:
        """A column of the table of cases; shape (num_cases,)."""
        if name not in self._columns:
            parts = [
                one.cases[name] if rows is None else one.cases[name][rows]
                for one, rows in zip(self.records, self._chosen, strict=True)
            ]
            self._columns[name] = np.concatenate(parts)
        return self._columns[name]

    @cached_property
    def end(self) -> FloatArray:
        """Hour at which each case's replication stopped; shape (num_cases,)."""
        return np.array([one.end for one in self.records])[self.replication]

    @cached_property
    def groupings(self) -> dict[str, Grouping]:
        """Every grouping that the scenario has, by name: without accounts there are no tiers."""
        found = (
            Grouping(EVERYTHING, (EVERYTHING,), np.zeros(len(self), dtype=np.int64)),
            Grouping("case_type", self.labels.case_types, self._numbers("case_type")),
            Grouping("staff_group", *_held(self.labels.groups, self._numbers("specialist"))),
            Grouping("specialist", self.labels.specialists, self._numbers("specialist")),
            self._by_tier(),
            Grouping("hour_of_week", HOURS_OF_WEEK, self.local_time.hours_of_week(self["arrival"])),
        )
        return {one.name: one for one in found if one.groups}

    def _numbers(self, column: str) -> IntArray:
        return self[column].astype(np.int64)

    def _by_tier(self) -> Grouping:
        if not self.labels.accounts:
            return Grouping("account_tier", (), np.full(len(self), -1))
        # The account of number -1 is the last of the list: nobody's account, without a tier.
        return Grouping("account_tier", *numbered((*self.labels.tiers, ""), self._numbers("account")))


def staff_groupings(labels: Labels) -> dict[str, Grouping]:
    """The groupings of specialists, by name: all, each group, each one."""
    numbers = np.arange(len(labels.specialists))
    found = (
        Grouping(EVERYTHING, (EVERYTHING,), np.zeros(len(numbers), dtype=np.int64)),
        Grouping("staff_group", *_held(labels.groups, numbers)),
        Grouping("specialist", labels.specialists, numbers),
    )
    return {one.name: one for one in found if one.groups}


def sums_of(code: IntArray, values: FloatArray, size: int) -> FloatArray:
    """Sum of the values of each code, from 0 to `size` - 1; shape (size,)."""
    return np.bincount(code, weights=values, minlength=size).astype(np.float64, copy=False)


def numbered(names: tuple[str, ...], rows: IntArray) -> tuple[tuple[str, ...], IntArray]:
    """Distinct names in the order of their first mention, and the number of the one that each row stands for.

    Parameters
    ----------
    names
        At least one; an empty name is `NO_NAME`.
    rows
        Indices of `names`; shape (num_rows,).
    """
    code_by_name: dict[str, int] = {}
    code = np.array([code_by_name.setdefault(name or NO_NAME, len(code_by_name)) for name in names])
    return tuple(code_by_name), code[rows]


def _held(names: tuple[str, ...], holder: IntArray) -> tuple[tuple[str, ...], IntArray]:
    """As `numbered`, -1 for rows without a holder."""
    if not names:
        return (), np.full(len(holder), -1)
    groups, code = numbered(names, holder)
    return groups, np.where(holder >= 0, code, -1)

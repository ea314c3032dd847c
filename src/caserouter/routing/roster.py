"""The specialists of one moment, compiled into arrays that every decision reads."""

from collections.abc import Hashable, Iterable, Mapping
from copy import copy
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.account import Account
from caserouter.domain.calendar import SEARCH_DAYS
from caserouter.domain.case import Case
from caserouter.domain.errors import InvalidInput
from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import Specialist
from caserouter.routing.authority import AuthorityTable
from caserouter.routing.cache import ArrayCache, Sized
from caserouter.routing.clock import Clock
from caserouter.routing.columns import Entries, columns_by_name, with_entries, with_entry
from caserouter.routing.coverage import CredentialTable
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile, profile_of
from caserouter.routing.staffing import Staffing

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_CACHE_BYTES = 256 * 2**20


class Roster:
    """Specialists, sorted by id, as arrays; `Roster.compile` builds it and nothing but `resize` changes it afterwards.

    What moves with every decision (books, intake, the time) lives in `RoutingState`; what a case asks for in `CaseProfile`.

    Attributes
    ----------
    specialists, index_by_id
        The people in order of id, and each one's index.
    accounts
        Accounts by id.
    settings, clock, horizon_days
        The policy, the clock on which all hours here are counted, and how many days of calendars are laid out.
    capacity, caseload
        Largest and present book in units of weight; shape (num_specialists,).
    intake_left
        New cases that each may still take at the start, -1 for no limit; shape (num_specialists,).
    role
        `Role` as a number; shape (num_specialists,).
    cost_per_hour
        Money per hour of handling; shape (num_specialists,).
    teams, team
        Names of the teams, sorted, and each one's team index, -1 for none; shape (num_specialists,).
    capacity_by_index, team_by_index
        The same as lists, which are quicker to read one number from.
    backup
        Index of each one's backup, -1 for none; shape (num_specialists,).
    authority, credentials, staffing
        What each may decide alone, when credentials are valid, and when people work.
    """

    def __init__(
        self,
        specialists: tuple[Specialist, ...],
        accounts: dict[str, Account],
        settings: Settings,
        clock: Clock,
        horizon_days: int,
    ) -> None:
        self.specialists = specialists
        self.accounts = accounts
        self.settings = settings
        self.clock = clock
        self.horizon_days = horizon_days
        self.index_by_id = {one.id: j for j, one in enumerate(specialists)}
        self.capacity: IntArray = np.array([one.capacity for one in specialists], dtype=np.int64)
        self.caseload: IntArray = np.array([one.caseload for one in specialists], dtype=np.int64)
        self.intake_left: IntArray = np.array([_intake_left(one) for one in specialists], dtype=np.int64)
        self.role: NDArray[np.int8] = np.array([int(one.role) for one in specialists], dtype=np.int8)
        self.cost_per_hour = _costs_per_hour(specialists, settings)
        self.teams = tuple(sorted({one.team for one in specialists if one.team}))
        self.team = _indices([one.team for one in specialists], {name: k for k, name in enumerate(self.teams)})
        self.capacity_by_index: list[int] = self.capacity.tolist()
        self.team_by_index: list[int] = self.team.tolist()
        self.backup = _indices([one.backup for one in specialists], self.index_by_id)
        self.authority = AuthorityTable(specialists)
        self.credentials = CredentialTable(specialists, settings.credentials, clock)
        self.staffing = Staffing(specialists, settings, clock, horizon_days)
        self._proficiency = columns_by_name(specialists, _skills, np.int8)
        self._speaks = columns_by_name(specialists, _languages, np.bool_)
        self._cache = ArrayCache(_CACHE_BYTES)

    @classmethod
    def compile(
        cls,
        specialists: Iterable[Specialist],
        accounts: Iterable[Account] = (),
        settings: Settings | None = None,
        *,
        clock: Clock,
        horizon_days: int = SEARCH_DAYS,
    ) -> Self:
        """Sort and check the specialists and build the arrays.

        Parameters
        ----------
        specialists, accounts
            In any order: the order of the input changes nothing.
        settings
            The routing policy; the default one if None.
        clock
            Its start is hour 0; calendars are laid out from there.
        horizon_days
            How many days of calendars to lay out: later ones are unknown to the roster.

        Raises
        ------
        InvalidInput
            If two specialists or two accounts share an id.
        """
        people = tuple(sorted(specialists, key=lambda one: one.id))
        sorted_accounts = sorted(accounts, key=lambda one: one.id)
        check_unique([one.id for one in people], "specialist")
        check_unique([one.id for one in sorted_accounts], "account")
        return cls(people, {one.id: one for one in sorted_accounts}, settings or Settings(), clock, horizon_days)

    def repriced(self, prices: Prices) -> Self:
        """The same roster under other prices; what is derived from it is shared, since no eligibility depends on a price."""
        other = copy(self)
        other.settings = self.settings.model_copy(update={"prices": prices})
        other.cost_per_hour = _costs_per_hour(other.specialists, other.settings)
        return other

    def with_specialists(self, stated: Mapping[int, Specialist]) -> Self:
        """The same roster with some specialists stated anew: what compiling everybody would give, for a small part of the work.

        Parameters
        ----------
        stated
            What is true now of whom, by index; id, team and authority stay, since whole columns are laid out by those.
        """
        other: Self = copy(self)
        other.specialists = tuple(stated.get(j, one) for j, one in enumerate(self.specialists))
        for index, one in stated.items():
            other._restate(index, one, self.specialists[index])
        other.capacity_by_index = other.capacity.tolist()
        changed = [(self.specialists[index], one) for index, one in stated.items()]
        if any(_calendar(before) != _calendar(one) for before, one in changed):
            other.staffing = Staffing(other.specialists, self.settings, self.clock, self.horizon_days)
        if any(_abilities(before) != _abilities(one) for before, one in changed):
            other._cache = ArrayCache(_CACHE_BYTES)
        return other

    def _restate(self, index: int, one: Specialist, before: Specialist) -> None:
        """Put copies of this roster's columns in their place that hold what is true of one specialist now."""
        m = self.num_specialists
        self.capacity = with_entry(self.capacity, index, one.capacity)
        self.caseload = with_entry(self.caseload, index, one.caseload)
        self.intake_left = with_entry(self.intake_left, index, _intake_left(one))
        self.role = with_entry(self.role, index, int(one.role))
        self.cost_per_hour = with_entry(self.cost_per_hour, index, _cost_per_hour(one, self.settings))
        self.backup = with_entry(self.backup, index, self.index_by_id.get(one.backup or "", -1))
        self._proficiency = with_entries(self._proficiency, index, _skills(one), np.zeros(m, dtype=np.int8))
        self._speaks = with_entries(self._speaks, index, _languages(one), np.zeros(m, dtype=np.bool_))
        if (one.credentials, one.time_zone) != (before.credentials, before.time_zone):
            self.credentials = self.credentials.with_holder(index, one)

    def resize(self, specialist: int, capacity: int) -> None:
        """Give `specialist` (an index) a book of another size, here and in every state of this roster.

        Nothing that is kept depends on capacity; `RoutingState.resize` counts the room again as well.
        """
        one = self.specialists[specialist].model_copy(update={"capacity": capacity})
        self.specialists = (*self.specialists[:specialist], one, *self.specialists[specialist + 1 :])
        self.capacity[specialist] = capacity
        self.capacity_by_index[specialist] = capacity

    @property
    def num_specialists(self) -> int:
        """Number of specialists."""
        return len(self.specialists)

    def profile(self, case: Case) -> CaseProfile:
        """Compile a case for this roster."""
        return profile_of(case, self)

    def proficiency(self, skill: str) -> NDArray[np.int8]:
        """Proficiency 1 to 5 in `skill`, 0 for those without it; shape (num_specialists,)."""
        return self._proficiency.get(skill, np.zeros(self.num_specialists, dtype=np.int8))

    def speaks(self, language: str) -> BoolArray:
        """Who speaks `language`; shape (num_specialists,)."""
        return self._speaks.get(language, np.zeros(self.num_specialists, dtype=np.bool_))

    def cached(self, key: Hashable) -> Any:
        """What `remember` stored under `key`, or None."""
        return self._cache.get(key)

    def remember(self, key: Hashable, value: Sized) -> None:
        """Keep an array derived from the roster, or an object of several; the oldest go once they are too large together."""
        self._cache.put(key, value)


def check_unique(sorted_ids: list[str], kind: str) -> None:
    """Refuse ids that occur twice.

    Raises
    ------
    InvalidInput
        If one does; the message names up to five.
    """
    twice = sorted({first for first, second in pairwise(sorted_ids) if first == second})
    if twice:
        raise InvalidInput(f"{kind} {', '.join(twice[:5])}: the id occurs more than once; ids are unique", ids=twice)


def _costs_per_hour(specialists: tuple[Specialist, ...], settings: Settings) -> FloatArray:
    return np.array([_cost_per_hour(one, settings) for one in specialists], dtype=np.float64)


def _cost_per_hour(one: Specialist, settings: Settings) -> float:
    return one.cost_per_hour.amount if one.cost_per_hour else settings.prices.hour


def _calendar(one: Specialist) -> tuple[object, ...]:
    return one.shifts, one.blocks, one.leave, one.time_zone


def _abilities(one: Specialist) -> tuple[object, ...]:
    """All that what is kept on a roster depends on, authority aside."""
    return one.skills, one.languages, one.role, one.credentials, one.time_zone


def _intake_left(one: Specialist) -> int:
    return one.intake.left if one.intake else -1


def _indices(names: list[str | None], index_by_name: dict[str, int]) -> IntArray:
    return np.array([index_by_name.get(name, -1) if name else -1 for name in names], dtype=np.int64)


def _skills(one: Specialist) -> Entries:
    return one.skills.items()


def _languages(one: Specialist) -> Entries:
    return ((name, True) for name in one.languages)

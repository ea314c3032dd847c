"""The specialists of one moment, compiled into arrays that every decision reads."""

from collections.abc import Hashable, Iterable
from copy import copy
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.account import Account
from caserouter.domain.calendar import SEARCH_DAYS
from caserouter.domain.case import Case
from caserouter.domain.errors import InvalidInput
from caserouter.domain.money import Money
from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import Specialist
from caserouter.routing.cache import ArrayCache, Sized
from caserouter.routing.clock import Clock
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
    settings, clock
        The policy, and the clock on which all hours here are counted.
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
    credentials, staffing
        When credentials are valid, and when people work.
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
        self.index_by_id = {one.id: j for j, one in enumerate(specialists)}
        self.capacity: IntArray = np.array([one.capacity for one in specialists], dtype=np.int64)
        self.caseload: IntArray = np.array([one.caseload for one in specialists], dtype=np.int64)
        self.intake_left: IntArray = np.array([one.intake.left if one.intake else -1 for one in specialists], dtype=np.int64)
        self.role: NDArray[np.int8] = np.array([int(one.role) for one in specialists], dtype=np.int8)
        self.cost_per_hour = _cost_per_hour(specialists, settings)
        self.teams = tuple(sorted({one.team for one in specialists if one.team}))
        self.team = _indices([one.team for one in specialists], {name: k for k, name in enumerate(self.teams)})
        self.capacity_by_index: list[int] = self.capacity.tolist()
        self.team_by_index: list[int] = self.team.tolist()
        self.backup = _indices([one.backup for one in specialists], self.index_by_id)
        self.credentials = CredentialTable(specialists, settings.credentials, clock)
        self.staffing = Staffing(specialists, settings, clock, horizon_days)
        self._proficiency = _rows(specialists, lambda one: one.skills.items(), np.int8)
        self._speaks = _rows(specialists, lambda one: ((name, True) for name in one.languages), np.bool_)
        self._limit = _rows(specialists, _limits, np.float64, fill=-1.0)
        self._unlimited = _rows(specialists, _unlimited, np.bool_)
        self._levels: dict[tuple[str, str], FloatArray] = {}
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
        other.cost_per_hour = _cost_per_hour(other.specialists, other.settings)
        return other

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

    def authority(self, action: str, currency: str) -> FloatArray:
        """Highest amount that each may decide alone, in minor units, infinite or -1 for none; shape (num_specialists,)."""
        limit = self._limit.get((action, currency), np.full(self.num_specialists, -1.0))
        return np.where(self._unlimited[action], np.inf, limit) if action in self._unlimited else limit

    def level_needed(self, case: Case) -> int:
        """Index, among the distinct limits that people hold, of the lowest that covers the case's amount; -1 if unchecked."""
        if case.action is None or case.amount is None or case.amount.minor == 0:
            return -1
        return int(np.searchsorted(self._distinct_limits(case.action, case.amount.currency), case.amount.minor))

    def covers(self, action: str, currency: str, level: int) -> BoolArray:
        """Whose own authority reaches `level` of `level_needed`; shape (num_specialists,)."""
        levels = self._distinct_limits(action, currency)
        if level >= len(levels):
            return np.zeros(self.num_specialists, dtype=np.bool_)
        reached: BoolArray = self.authority(action, currency) >= levels[level]
        return reached

    def _distinct_limits(self, action: str, currency: str) -> FloatArray:
        if (action, currency) not in self._levels:
            limits = self.authority(action, currency)
            self._levels[action, currency] = np.unique(limits[limits >= 0])
        return self._levels[action, currency]

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


def _cost_per_hour(specialists: tuple[Specialist, ...], settings: Settings) -> FloatArray:
    default = settings.prices.hour
    return np.array([one.cost_per_hour.amount if one.cost_per_hour else default for one in specialists], dtype=np.float64)


def _indices(names: list[str | None], index_by_name: dict[str, int]) -> IntArray:
    return np.array([index_by_name.get(name, -1) if name else -1 for name in names], dtype=np.int64)


def _limits(one: Specialist) -> Iterable[tuple[tuple[str, str], float]]:
    held = one.authority.items()
    return (((action, limit.currency), float(limit.minor)) for action, limit in held if isinstance(limit, Money))


def _unlimited(one: Specialist) -> Iterable[tuple[str, bool]]:
    return ((action, True) for action, limit in one.authority.items() if limit == "unlimited")


def _rows(specialists: tuple[Specialist, ...], entries: Any, dtype: Any, fill: Any = 0) -> dict[Any, NDArray[Any]]:
    """One array of shape (num_specialists,) per name that `entries` gives for a specialist."""
    rows: dict[Any, NDArray[Any]] = {}
    for j, one in enumerate(specialists):
        for name, value in entries(one):
            if name not in rows:
                rows[name] = np.full(len(specialists), fill, dtype=dtype)
            rows[name][j] = value
    return rows

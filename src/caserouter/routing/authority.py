"""What everybody may decide alone, over arrays: limits by action and currency, and the levels between which amounts are alike."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.case import Case
from caserouter.domain.money import Money
from caserouter.domain.specialist import Specialist
from caserouter.routing.columns import Entries, columns_by_name

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class AuthorityTable:
    """The authority of every specialist of a roster.

    Parameters
    ----------
    specialists
        In the order of the roster.
    """

    def __init__(self, specialists: Sequence[Specialist]) -> None:
        self._num_specialists = len(specialists)
        self._limit = columns_by_name(specialists, _limits, np.float64, fill=-1.0)
        self._unlimited = columns_by_name(specialists, _unlimited, np.bool_)
        self._levels: dict[tuple[str, str], FloatArray] = {}

    def limits(self, action: str, currency: str) -> FloatArray:
        """Highest amount that each may decide alone, in minor units, infinite or -1 for none; shape (num_specialists,)."""
        limit = self._limit.get((action, currency), np.full(self._num_specialists, -1.0))
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
            return np.zeros(self._num_specialists, dtype=np.bool_)
        reached: BoolArray = self.limits(action, currency) >= levels[level]
        return reached

    def _distinct_limits(self, action: str, currency: str) -> FloatArray:
        if (action, currency) not in self._levels:
            limits = self.limits(action, currency)
            self._levels[action, currency] = np.unique(limits[limits >= 0])
        return self._levels[action, currency]


def _limits(one: Specialist) -> Entries:
    held = one.authority.items()
    return (((action, limit.currency), float(limit.minor)) for action, limit in held if isinstance(limit, Money))


def _unlimited(one: Specialist) -> Entries:
    return ((action, True) for action, limit in one.authority.items() if limit == "unlimited")

"""The books as routing sees them, with a log of every change, from which mean caseloads are worked out afterwards."""

from array import array

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState

FloatArray = NDArray[np.float64]


class Books:
    """Puts cases into books and takes them out again.

    Parameters
    ----------
    state
        What routing decides on.
    """

    __slots__ = ("_log", "state")

    def __init__(self, state: RoutingState) -> None:
        self.state = state
        self._log = array("d")

    def hold(self, profile: CaseProfile, specialist: int, now: float) -> None:
        """Put a case into a book."""
        self.state.apply(profile, specialist)
        self._log.extend((specialist, now, profile.weight))

    def release(self, profile: CaseProfile, now: float) -> int:
        """Take a case out of its book; whose that was."""
        specialist = self._holder(profile)
        self.state.release(profile)
        self._log.extend((specialist, now, -profile.weight))
        return specialist

    def park(self, profile: CaseProfile, units: int, now: float) -> None:
        """Count a case `units` less while it waits elsewhere."""
        self.state.park(profile, units)
        self._log.extend((self._holder(profile), now, -units))

    def unpark(self, profile: CaseProfile, units: int, now: float) -> None:
        """Count a parked case in full again."""
        self.state.unpark(profile, units)
        self._log.extend((self._holder(profile), now, units))

    def holder_of(self, profile: CaseProfile) -> int:
        """Who holds a case or contact that somebody holds."""
        return self._holder(profile)

    def mean_caseload(self, start: float, end: float) -> FloatArray:
        """Mean units in each book from `start` to `end`; shape (num_specialists,)."""
        log = np.frombuffer(self._log, dtype=np.float64).reshape(-1, 3) if self._log else np.zeros((0, 3))
        present = np.clip(end - np.maximum(log[:, 1], start), 0.0, None)
        m = self.state.roster.num_specialists
        area = np.bincount(log[:, 0].astype(np.int64), weights=log[:, 2] * present, minlength=m)
        return np.asarray(area / (end - start), dtype=np.float64)

    def _holder(self, profile: CaseProfile) -> int:
        holder = self.state.ties.holder_of(profile.id)
        assert holder is not None
        return holder

"""The hours during which anybody on a roster works: the clock by which the policy measures its reach."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class TeamHours:
    """The union of everybody's staffed time, as a piecewise linear function of the hour.

    Parameters
    ----------
    intervals
        Start and end of every staffed interval of every calendar, in hours, in any order; shape (num_intervals, 2).
    """

    def __init__(self, intervals: FloatArray) -> None:
        borders, worked = [0.0], [0.0]
        for start, end in intervals[np.lexsort((intervals[:, 1], intervals[:, 0]))]:
            begin = max(start, borders[-1])
            if end > begin:
                borders += [begin, end]
                worked += [worked[-1], worked[-1] + end - begin]
        self._borders: FloatArray = np.array(borders)
        self._worked: FloatArray = np.array(worked)

    def between(self, now: float, until: FloatArray) -> FloatArray:
        """Hours that the team works from `now` to each of `until`; shape of `until`."""
        return np.interp(until, self._borders, self._worked) - np.interp(now, self._borders, self._worked)

    def within(self, moment: FloatArray, reach: float) -> FloatArray:
        """Earliest hour from which no more than `reach` hours of the team's work pass before each `moment`; shape of `moment`."""
        hours = np.interp(moment, self._borders, self._worked) - reach
        at = np.searchsorted(self._worked, hours, side="left")
        return self._borders[at] - np.maximum(self._worked[at] - hours, 0.0)

"""Estimates over replications, and how far to trust them: leave each replication out in turn, and see how much the answer moves.

A ratio of sums and a pooled quantile are no means of replications, so their spread between replications is not the spread of the
estimate. The jackknife gives every replication a *pseudo-value*, R · θ − (R − 1) · θ₋ᵢ, where θ₋ᵢ is the estimate without replication i;
these behave like independent observations of θ, and Student's t gives the interval [1]_. For a plain mean the pseudo-values are the
replications' own values. Replications hold many cases each, so quantiles may be left out this way too [2]_.

.. [1] Tukey, J. W. (1958). Bias and confidence in not-quite large samples. *Annals of Mathematical Statistics* 29, 614.
.. [2] Shao, J., and Wu, C. F. J. (1989). A general theory for jackknife variance estimation. *Annals of Statistics* 17, 1176–1197.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from caserouter.simulation.records import FloatArray

CONFIDENCE = 0.95
"""Probability with which an interval covers; of several intervals that are read together, with which all of them do."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """One measure in each group of a grouping, over R replications.

    Parameters
    ----------
    measure, group_by
        Names of the measure and of the grouping.
    groups
        Name of each group.
    value
        Estimate from all replications; NaN where nothing was observed; shape (num_groups,).
    left_out
        Estimate without each replication; shape (num_groups, R).
    own
        Value in each replication alone; NaN where it has none; shape (num_groups, R).
    present
        Whether the replication holds observations of the group; shape (num_groups, R).
    """

    measure: str
    group_by: str
    groups: tuple[str, ...]
    value: FloatArray
    left_out: FloatArray
    own: FloatArray
    present: NDArray[np.bool_]

    @property
    def num_replications(self) -> NDArray[np.int64]:
        """How many replications hold observations of each group; shape (num_groups,)."""
        counts: NDArray[np.int64] = self.present.sum(axis=-1)
        return counts

    @property
    def pseudo_values(self) -> FloatArray:
        """See the module; shape (num_groups, R)."""
        count = self.left_out.shape[-1]
        values: FloatArray = count * self.value[:, None] - (count - 1) * self.left_out
        return values

    def half_width(self, confidence: float = CONFIDENCE) -> FloatArray:
        """Half the width of the interval around `value`; NaN with fewer than two replications; shape (num_groups,)."""
        return half_width_of(self.pseudo_values, self.num_replications, confidence)

    def only(self, group: str) -> Self:
        """The same for one of the groups.

        Raises
        ------
        ValueError
            If there is no such group.
        """
        row = [self.groups.index(group)]
        parts = (self.value[row], self.left_out[row], self.own[row], self.present[row])
        return type(self)(self.measure, self.group_by, (group,), *parts)


def estimate_ratio(
    measure: str, group_by: str, groups: tuple[str, ...], numerator: FloatArray, denominator: FloatArray
) -> Estimate:
    """A ratio of sums over replications.

    Parameters
    ----------
    measure, group_by, groups
        As of `Estimate`.
    numerator, denominator
        Sums within each replication; a denominator of 1 throughout makes it the mean over replications; shape (num_groups, R).
    """
    num_total, den_total = numerator.sum(axis=-1), denominator.sum(axis=-1)
    return Estimate(
        measure,
        group_by,
        groups,
        value=divide(num_total, den_total),
        left_out=divide(num_total[:, None] - numerator, den_total[:, None] - denominator),
        own=divide(numerator, denominator),
        present=denominator > 0,
    )


def half_width_of(pseudo_values: FloatArray, num_replications: NDArray[np.int64], confidence: float = CONFIDENCE) -> FloatArray:
    """T · s ÷ √R, where s is the standard deviation of the pseudo-values.

    Parameters
    ----------
    pseudo_values
        Shape (num_groups, R).
    num_replications
        Replications that hold observations, one more than the degrees of freedom: a group that is seldom seen is known less well
        than R suggests; shape (num_groups,).
    confidence
        Between 0 and 1.

    Returns
    -------
    array
        NaN with fewer than two replications; shape (num_groups,).
    """
    count = pseudo_values.shape[-1]
    if count < 2:
        return np.full(len(pseudo_values), np.nan)
    quantile = stats.t.ppf((1.0 + confidence) / 2.0, np.maximum(num_replications - 1, 1))
    width = quantile * pseudo_values.std(axis=-1, ddof=1) / np.sqrt(count)
    return np.where(num_replications >= 2, width, np.nan)


def shared_confidence(num_intervals: int, confidence: float = CONFIDENCE) -> float:
    """Confidence of each of several intervals so that all of them cover at once with `confidence` (Bonferroni)."""
    return 1.0 - (1.0 - confidence) / max(num_intervals, 1)


def divide(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Quotient, NaN where the denominator is 0: nothing was observed there."""
    empty = denominator <= 0
    return np.where(empty, np.nan, numerator / np.where(empty, 1.0, denominator))

"""Estimates from replications, and what it takes for one to agree with a reference."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

NUM_COMPARISONS = 60
"""No fewer than the comparisons in this folder, for a family-wise level of 99.9 % (Bonferroni)."""

PRECISION = 0.02
"""Largest half-width of a 95 % interval, as a share of the reference."""


@dataclass(frozen=True)
class Estimate:
    """A mean over independent replications.

    Parameters
    ----------
    value, error
        The mean and its standard error.
    freedom
        Degrees of freedom of the error.
    """

    value: float
    error: float
    freedom: int

    @classmethod
    def of(cls, values: ArrayLike) -> Self:
        """The mean of one value per replication."""
        found = np.asarray(values, dtype=float)
        return cls(float(found.mean()), float(found.std(ddof=1) / len(found) ** 0.5), len(found) - 1)

    @classmethod
    def controlled(cls, values: ArrayLike, controls: ArrayLike, expected: ArrayLike) -> Self:
        """The regression on control variates, at their expectations.

        Parameters
        ----------
        values
            One per replication; shape (num_replications,).
        controls, expected
            What the controls came to, shape (num_replications, num_controls), and their expectations, shape (num_controls,).
        """
        found = np.asarray(values, dtype=float)
        deviations = np.asarray(controls, dtype=float) - np.asarray(expected, dtype=float)
        deviations /= deviations.std(axis=0)
        design = np.column_stack([np.ones(len(found)), deviations])
        fit = np.linalg.lstsq(design, found, rcond=None)[0]
        freedom = len(found) - design.shape[1]
        variance = float(((found - design @ fit) ** 2).sum()) / freedom
        return cls(float(fit[0]), float((variance * np.linalg.inv(design.T @ design)[0, 0]) ** 0.5), freedom)

    @property
    def half_width(self) -> float:
        """Of the 95 % interval."""
        return float(student.ppf(0.975, self.freedom)) * self.error

    def assert_agrees(self, reference: float, *, reference_error: float = 0.0) -> None:
        """Fail unless the estimate is precise, and no further from the reference than chance explains.

        Parameters
        ----------
        reference, reference_error
            A theory's value, or a published estimate with its standard error.
        """
        assert self.half_width <= PRECISION * abs(reference), f"{self} is too rough: ± {self.half_width / abs(reference):.2%}"
        critical = float(student.ppf(1.0 - 0.0005 / NUM_COMPARISONS, self.freedom))
        tolerance = critical * float(np.hypot(self.error, reference_error))
        assert abs(self.value - reference) <= tolerance, f"{self} is not {reference:.6g}: {self.value / reference - 1.0:+.2%}"

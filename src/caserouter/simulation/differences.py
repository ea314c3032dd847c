"""How scenarios differ, replication by replication: paired under common random numbers.

Replication i of a variant meets the same demand as replication i of the base, so that what differs is the change, not the luck. The
interval is that of the paired differences of pseudo-values. Pairing pays where the two move together; the variance reduction reports
it as (Var A + Var B) ÷ Var(B − A), the factor by which independent replications would have to be more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan

import pandas as pd

from caserouter.simulation.frames import unit_of, with_categories
from caserouter.simulation.jackknife import Estimate, shared_confidence
from caserouter.simulation.measures import MEASURES

TARGETS, OTHERS = "targets", "other measures"
"""The two families of differences; in each, all intervals hold at once with 95 %."""


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One measure of a variant less that of the base.

    Parameters
    ----------
    base, variant
        Estimates of the same measure and the same single group, over the same replications.
    """

    base: Estimate
    variant: Estimate

    @property
    def estimate(self) -> Estimate:
        """Variant less base, replication by replication."""
        base, variant = self.base, self.variant
        return Estimate(
            base.measure,
            base.group_by,
            base.groups,
            value=variant.value - base.value,
            left_out=variant.left_out - base.left_out,
            own=variant.own - base.own,
            present=variant.present & base.present,
        )

    @property
    def variance_reduction(self) -> float:
        """See the module; NaN with fewer than two replications or where neither varies, infinite where the difference does not."""
        if self.base.left_out.shape[-1] < 2:
            return nan
        apart = sum(float(one.pseudo_values.var(ddof=1)) for one in (self.base, self.variant))
        paired = float(self.estimate.pseudo_values.var(ddof=1))
        if paired > 0:
            return apart / paired
        return inf if apart > 0 else nan


def differences_frame(
    names: Sequence[str], families: Sequence[tuple[str, Sequence[Sequence[Difference]]]], currency: str
) -> pd.DataFrame:
    """One row per family, variant and measure.

    Columns: ``variant``, ``family`` (``targets``, or ``other measures`` for context; in each family all intervals hold at once with
    95 %, by Bonferroni), ``measure``, ``group_by``, ``group``, ``base`` and ``value`` (the two estimates), ``difference`` (value less
    base), ``low``, ``high``, ``half_width`` (NaN with fewer than two replications), ``num_replications``, ``variance_reduction``,
    ``verdict`` (``better``, ``worse``, or ``higher``, ``lower`` for measures of which neither is better, where the interval excludes 0;
    ``same`` where nothing changes in any replication; else ``unclear``) and ``unit``.

    Parameters
    ----------
    names
        Of the variants.
    families
        Name of each, and its differences by variant.
    currency
        Unit of money.
    """
    rows = []
    for family, by_variant in families:
        confidence = shared_confidence(sum(map(len, by_variant)))
        for name, differences in zip(names, by_variant, strict=True):
            rows += [{"variant": name, "family": family} | _row(one, confidence, currency) for one in differences]
    return with_categories(pd.DataFrame(rows), "variant", "family", "measure", "group_by", "verdict", "unit")


def _row(difference: Difference, confidence: float, currency: str) -> dict[str, object]:
    found = difference.estimate
    value, width = float(found.value[0]), float(found.half_width(confidence)[0])
    return {
        "measure": found.measure,
        "group_by": found.group_by,
        "group": found.groups[0],
        "base": float(difference.base.value[0]),
        "value": float(difference.variant.value[0]),
        "difference": value,
        "low": value - width,
        "high": value + width,
        "half_width": width,
        "num_replications": int(found.num_replications[0]),
        "variance_reduction": difference.variance_reduction,
        "verdict": _verdict(found.measure, value, width),
        "unit": unit_of(found.measure, currency),
    }


def _verdict(measure: str, value: float, width: float) -> str:
    if value == 0 and width == 0:
        return "same"
    if not abs(value) > width:
        return "unclear"
    direction, better = "higher" if value > 0 else "lower", MEASURES[measure].better
    return direction if not better else "better" if direction == better else "worse"

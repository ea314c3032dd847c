"""What each case asks for: categories and amounts by inversion, from uniforms that are keyed by the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caserouter.simulation.draws import Draws, FloatArray, IntArray, unit_mean
from caserouter.simulation.language.case_type import CaseType
from caserouter.simulation.vocabulary import NONE, RISK_FLAGS


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Some cases of a stream, for which to draw.

    Parameters
    ----------
    draws, stream
        The replication's draws, and the stream's name.
    ordinals
        Of the cases; shape (num_cases,).
    """

    draws: Draws
    stream: str
    ordinals: IntArray

    def uniforms(self, purpose: str) -> FloatArray:
        """The uniform of each case; shape (num_cases,)."""
        return self.draws.at(self.stream, purpose, self.ordinals)

    def choices(self, purpose: str, share_by_name: Mapping[str, float], names: Sequence[str]) -> IntArray:
        """One of the `names` by its share, as its number; shape (num_cases,). Where there are no shares, none."""
        numbers = np.array([names.index(name) for name, share in share_by_name.items() if share > 0], dtype=np.int64)
        if len(numbers) <= 1:
            return np.full(len(self.ordinals), numbers[0] if len(numbers) else NONE)
        upper = np.cumsum([share for share in share_by_name.values() if share > 0])
        chosen: IntArray = numbers[np.searchsorted(upper / upper[-1], self.uniforms(purpose), side="right")]
        return chosen

    def amounts(self, case_type: CaseType) -> FloatArray:
        """Amounts in whole minor units; NaN where the type has none; shape (num_cases,)."""
        amount = case_type.amount
        if amount is None:
            return np.full(len(self.ordinals), np.nan)
        if amount.shape == "constant":
            return np.full(len(self.ordinals), float(amount.mean.minor))
        return np.rint(amount.mean.minor * unit_mean(amount.shape, amount.cv, self.uniforms("amount")))

    def flags(self, case_type: CaseType) -> IntArray:
        """Risk flags as a bit mask over `RISK_FLAGS`; shape (num_cases,)."""
        mask = np.zeros(len(self.ordinals), dtype=np.int64)
        for bit, flag in enumerate(RISK_FLAGS):
            probability = case_type.risk_flags.get(flag, 0.0)
            if probability > 0:
                mask |= (self.uniforms(f"flag/{flag}") < probability).astype(np.int64) << bit
        return mask

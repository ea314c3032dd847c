"""Money into the whole cost units that exact algorithms need, at a resolution chosen per problem."""

import math

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.errors import SolverError
from caserouter.routing.problem import MAX_COST, IntArray

FloatArray = NDArray[np.float64]

_USUAL_UNIT = 0.01
_FEWEST_UNITS = 10_000
_HEAVIEST_CASE = 12
_ROUNDING = 1e-6


def choose_unit(pair_cost: FloatArray, waiting_cost: FloatArray, load_price: FloatArray) -> float:
    """Money that one cost unit stands for: 0.01, or the power of ten that the costs of this problem ask for.

    Coarser where the largest cost would pass `MAX_COST` units, so that nothing overflows; finer where it would be less than
    10,000 units, so that cheap cases still differ.

    Parameters
    ----------
    pair_cost, waiting_cost, load_price
        All costs of the problem, in money; any shapes.

    Raises
    ------
    SolverError
        If a cost is infinite, not a number or negative.
    """
    largest = 0.0
    for name, values in (("pair", pair_cost), ("waiting", waiting_cost), ("load", load_price)):
        if not np.isfinite(values).all() or np.min(values, initial=0.0) < 0:
            wrong = values[~np.isfinite(values) | (values < 0)][0]
            raise SolverError(f"{name} cost {wrong}: a cost is a finite number, 0 or more; check the policy's prices and factors")
        largest = max(largest, float(np.max(values, initial=0.0)) * (_HEAVIEST_CASE if name == "load" else 1))
    if largest > MAX_COST * _USUAL_UNIT:
        return float(10.0 ** math.ceil(math.log10(largest / MAX_COST)))
    if 0 < largest < _FEWEST_UNITS * _USUAL_UNIT:
        return max(float(10.0 ** math.floor(math.log10(largest / _FEWEST_UNITS))), 1e-300)
    return _USUAL_UNIT


def in_units(money: FloatArray, unit: float) -> IntArray:
    """Whole units, rounded down: a bound in units is then a bound in money too; shape of `money`.

    What lies within a millionth of a unit of the next whole one counts as that one, so that 0.29 is 29 cents.
    """
    return np.floor(money / unit + _ROUNDING).astype(np.int64)

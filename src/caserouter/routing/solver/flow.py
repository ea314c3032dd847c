"""The linear relaxation as a transportation problem, solved by OR-Tools' min-cost flow.

A case's weight is the same whoever takes it, so the linear relaxation sends ``weight[i]`` units from row *i*, each at
``cost[i, j] / weight[i]``, to specialists who absorb ``capacity[j]`` units [1]_. Costs are scaled to integers and rounded
*down*, so the flow's optimum never exceeds the relaxation's, and its ceiling is a bound on the integer objective.

References
----------
.. [1] Martello, S. and Toth, P. (1990). *Knapsack Problems*, chapter 7: the generalised assignment problem.
"""

from dataclasses import dataclass
from math import lcm

import numpy as np
from numba import njit
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from caserouter.domain.errors import SolverError
from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.solver.instance import Instance, build_instance

_RANGE = 2**61
"""The largest scaled cost × nodes², and the sum of scaled costs, stay within this: the flow computes in 64 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """The optimum of the linear relaxation over an instance's rows.

    Parameters
    ----------
    bound
        No assignment costs less, in cost units.
    flow
        Units of each row that each pair carries; shape (num_pairs,).
    unit_price
        Price of a unit of each specialist's capacity in cost units, the least optimal one; shape (num_specialists,).
    """

    bound: int
    flow: IntArray
    unit_price: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FlowBound:
    """The linear relaxation of a problem, for callers outside the solver.

    Parameters
    ----------
    bound
        No assignment costs less, in cost units.
    unit_price
        What one more unit of each specialist's capacity would save in the relaxation, in cost units, before what that unit of
        load itself costs: an estimate, valid in the direction of more capacity only, for the pairs that fit today; shape
        (num_specialists,).
    """

    bound: int
    unit_price: NDArray[np.float64]


def flow_bound(problem: RoutingProblem) -> FlowBound:
    """Bound and capacity prices of `problem` from its linear relaxation.

    Raises
    ------
    SolverError
        If the problem is malformed or its costs exceed the solver's range.
    """
    problem.validate()
    relaxation = relax(build_instance(problem))
    return FlowBound(relaxation.bound, relaxation.unit_price)


def choose_scale(instance: Instance) -> tuple[int, int]:
    """Numerator and denominator of the factor from cost units to flow costs.

    The least common multiple of the weights makes the flow exact. Where that leaves the range that OR-Tools allows (cost ×
    nodes² below 2^62) the factor falls, and rounding down keeps the bound valid.
    """
    exact = lcm(*(int(weight) for weight in np.unique(instance.weight)), 1)
    nodes = instance.num_rows + instance.num_specialists + 2
    largest = max(
        int(instance.cost.max(initial=0)), int(instance.waiting_cost.max(initial=0)), int(instance.load_cost.max(initial=0)), 1
    )
    total = int(instance.waiting_cost.sum()) + int(instance.load_cost.max(initial=0)) * instance.num_specialists + 1
    room = min(_RANGE // (largest * nodes * nodes), _RANGE // total)
    if room >= 1:
        return min(exact, room), 1
    return 1, -(-largest * nodes * nodes // _RANGE)


def relax(instance: Instance) -> Relaxation:
    """Solve the linear relaxation of `instance`."""
    numerator, denominator = choose_scale(instance)
    row = instance.pair_row
    unit_cost = instance.cost * numerator // (instance.weight[row] * denominator)
    unit_waiting = instance.waiting_cost * numerator // (instance.weight * denominator)
    load_unit, load_amount, load_specialist = _load_arcs(instance, numerator, denominator)
    solver = _network(instance, row, unit_cost, unit_waiting, load_unit, load_amount, load_specialist)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise SolverError(f"min-cost flow ended as {status.name}: costs beyond its range; choose a coarser cost unit")
    flow = np.asarray(solver.flows(np.arange(len(row))), dtype=np.int64)
    load = np.bincount(instance.specialist, weights=flow, minlength=instance.num_specialists).astype(np.int64)
    last_price = _last_unit_price(load, load_unit, load_amount, load_specialist)
    scaled = _least_prices(instance.row_ptr, instance.specialist, unit_cost, instance.weight, unit_waiting, flow, last_price)
    return Relaxation(
        bound=-(-solver.optimal_cost() * denominator // numerator), flow=flow, unit_price=scaled * (denominator / numerator)
    )


def _load_arcs(instance: Instance, numerator: int, denominator: int) -> tuple[IntArray, IntArray, IntArray]:
    """Unit cost, units and specialist of each arc to the sink: one per run of equal load prices."""
    if not instance.has_load_price:
        m = instance.num_specialists
        return np.zeros(m, dtype=np.int64), instance.capacity, np.arange(m, dtype=np.int64)
    steps = np.diff(instance.load_cost)
    owner = np.repeat(np.arange(instance.num_specialists), np.diff(instance.load_ptr))
    position = np.arange(len(owner)) - instance.load_ptr[owner]
    usable = (position[1:] > 0) & (position[1:] <= instance.capacity[owner[1:]])
    steps, owner = steps[usable], owner[1:][usable]
    if not len(steps):
        return (np.zeros(0, dtype=np.int64),) * 3
    new = np.concatenate([[True], (np.diff(steps) != 0) | (np.diff(owner) != 0)])
    starts = np.flatnonzero(new)
    return steps[starts] * numerator // denominator, np.diff(np.append(starts, len(steps))), owner[starts]


def _network(
    instance: Instance,
    row: IntArray,
    unit_cost: IntArray,
    unit_waiting: IntArray,
    load_unit: IntArray,
    load_amount: IntArray,
    load_specialist: IntArray,
) -> min_cost_flow.SimpleMinCostFlow:
    """Rows → specialists → sink, and rows → sink for waiting; pairs come first, in their own order."""
    n, m = instance.num_rows, instance.num_specialists
    rows = np.arange(n)
    tail = np.concatenate([row, rows, n + load_specialist])
    head = np.concatenate([n + instance.specialist, np.full(n + len(load_specialist), n + m)])
    capacity = np.concatenate([instance.weight[row], instance.weight, load_amount])
    cost = np.concatenate([unit_cost, unit_waiting, load_unit])
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    supply = np.concatenate([instance.weight, np.zeros(m, dtype=np.int64), [-int(instance.weight.sum())]])
    solver.set_nodes_supplies(np.arange(n + m + 1), supply)
    return solver


def _last_unit_price(load: IntArray, unit: IntArray, amount: IntArray, specialist: IntArray) -> IntArray:
    """Scaled load price of the last unit in use at each specialist, 0 where none is; shape (num_specialists,)."""
    price = np.zeros(len(load), dtype=np.int64)
    before = np.cumsum(amount) - amount
    first = np.searchsorted(specialist, specialist)
    before = before - before[first] if len(first) else before
    used = load[specialist] > before
    np.maximum.at(price, specialist[used], unit[used])
    return price


@njit(cache=True)
def _least_prices(
    row_ptr: IntArray,
    specialist: IntArray,
    unit_cost: IntArray,
    weight: IntArray,
    unit_waiting: IntArray,
    flow: IntArray,
    last_price: IntArray,
) -> IntArray:
    """Least optimal dual price of each specialist's capacity, by label correction over the residual network.

    ``detour[j, k]`` is the least extra cost of moving a unit that *j* serves to *k*. Optimality of the flow asks
    ``price[k] >= price[j] - detour[j, k]``, and ``price[k] >= waiting - cost`` for whatever waits; the least such prices
    are a longest-path problem over specialists alone, without positive cycles since the flow is optimal.
    """
    m = len(last_price)
    far = np.int64(1) << 60
    detour = np.full((m, m), far)
    price = last_price.copy()
    for i in range(len(weight)):
        served = np.int64(0)
        for a in range(row_ptr[i], row_ptr[i + 1]):
            if flow[a] > 0:
                served += flow[a]
                j = specialist[a]
                for b in range(row_ptr[i], row_ptr[i + 1]):
                    detour[j, specialist[b]] = min(detour[j, specialist[b]], unit_cost[b] - unit_cost[a])
        if served < weight[i]:
            for b in range(row_ptr[i], row_ptr[i + 1]):
                price[specialist[b]] = max(price[specialist[b]], unit_waiting[i] - unit_cost[b])
    active = np.ones(m, np.bool_)
    for _ in range(m + 1):
        if not active.any():
            break
        raised = np.zeros(m, np.bool_)
        for j in np.flatnonzero(active):
            for k in range(m):
                if price[j] - detour[j, k] > price[k]:
                    price[k] = price[j] - detour[j, k]
                    raised[k] = True
        active = raised
    return price

"""What one more unit of each specialist's capacity is worth to a queue: the dual prices of its linear relaxation."""

from dataclasses import dataclass, replace

import numpy as np

from caserouter.routing.build import RoutingQueue, price_pairs
from caserouter.routing.fairness import unit_prices
from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.solver.flow import relax
from caserouter.routing.solver.instance import build_instance
from caserouter.routing.units import in_units


@dataclass(frozen=True, slots=True)
class CapacityWorth:
    """What one more unit of a specialist's capacity would save.

    Parameters
    ----------
    specialist, name
        Id, and name for people.
    worth
        Money, an estimate from the linear relaxation that holds for more capacity only: what one unit less would cost is
        another number. 0 where the book is not filled.
    """

    specialist: str
    name: str
    worth: float


def capacity_worth(queue: RoutingQueue) -> tuple[CapacityWorth, ...]:
    """Everybody for whom one more unit is worth something, the most valuable first.

    The relaxation divides cases between people and leaves out intake limits, team caps and separations; those whose intake is
    closed are left out. Unlike in the problem that is solved, a pair counts even where the book is too full for the case, or else a full
    book would seem worth nothing. The price of a unit in the relaxation, less what that unit of load costs in fairness, is
    the worth.
    """
    problem, usable = _roomy(queue)
    if not problem.num_pairs:
        return ()
    instance = build_instance(problem)
    dual = relax(replace(instance, capacity=np.minimum(instance.capacity, usable))).unit_price
    next_unit = np.zeros(problem.num_specialists)
    if len(problem.load_price):
        next_unit = problem.load_price[problem.load_indptr[:-1] + usable].astype(np.float64)
    worth = np.maximum(dual - next_unit, 0.0) * problem.unit
    worth[usable != queue.state.free] = 0.0  # not filled by all who could come, or overfull even with one more
    people = queue.state.roster.specialists
    order = sorted(np.flatnonzero(worth >= 0.5 * problem.unit).tolist(), key=lambda j: (-worth[j], people[j].id))
    return tuple(CapacityWorth(people[j].id, people[j].name, float(worth[j])) for j in order)


def _roomy(queue: RoutingQueue) -> tuple[RoutingProblem, IntArray]:
    """The problem as if every book had room for any one group more, and the units that each has in truth."""
    state, base = queue.state, queue.problem
    indptr, specialist, cost = price_pairs(queue.profiles, state, queue.unit_price, with_room=False)
    case = np.repeat(np.arange(base.num_cases), np.diff(indptr))
    opened = state.intake_left[specialist] != 0
    case, specialist, cost = case[opened], specialist[opened], cost[opened]
    wanted = np.bincount(specialist, weights=base.weight[case], minlength=base.num_specialists).astype(np.int64)
    usable = np.minimum(np.maximum(state.free, 0), wanted)
    heaviest = max((int(base.weight[list(group)].sum()) for group in base.linked), default=int(base.weight.max(initial=0)))
    capacity = usable + max(heaviest, int(base.weight.max(initial=0)))
    fairness = state.roster.settings.prices.fairness
    load_indptr, price = unit_prices(state.caseload, capacity, state.roster.capacity, fairness)
    problem = RoutingProblem(
        indptr=np.concatenate([[0], np.cumsum(np.bincount(case, minlength=base.num_cases))]).astype(np.int64),
        specialist=specialist,
        cost=in_units(cost, base.unit),
        weight=base.weight,
        waiting_cost=base.waiting_cost,
        capacity=capacity,
        unit=base.unit,
        linked=base.linked,
        load_indptr=load_indptr if fairness > 0 else base.load_indptr[:0],
        load_price=in_units(price, base.unit) if fairness > 0 else base.load_price[:0],
    )
    return problem, usable

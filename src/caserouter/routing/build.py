"""From cases and a roster to the problem that the solvers see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.case import Case
from caserouter.routing.costs import pair_cost, pair_terms, waiting_cost
from caserouter.routing.fairness import unit_prices
from caserouter.routing.limits import binding_intake, binding_teams, linked_groups, separated_pairs
from caserouter.routing.pairs import Pairs
from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.profile import CaseProfile
from caserouter.routing.roster import Roster, check_unique
from caserouter.routing.scarcity import CaseMix, case_mix, scarcity_price
from caserouter.routing.state import RoutingState
from caserouter.routing.units import choose_unit, in_units

FloatArray = NDArray[np.float64]

_BLOCK = 4_000_000
"""Cases × specialists priced at a time, so that the arrays of a large queue stay within the processor's cache and a few hundred MB."""
_IN_LOAD_PRICE = frozenset({"fairness"})


@dataclass(frozen=True, slots=True, eq=False)
class RoutingQueue:
    """A queue as an assignment problem, with what is needed to speak of its answer in money and names.

    Parameters
    ----------
    problem
        What the solvers see; cases in the order of `profiles`, specialists in that of the roster.
    profiles
        The cases, sorted by id.
    state
        The books and the time at which it was built.
    pair_cost
        Money per pair, fairness aside; shape (num_pairs,).
    waiting_cost
        Money for leaving each case unassigned; shape (num_cases,).
    unit_price
        Scarcity price per unit of each specialist's capacity, in money; shape (num_specialists,).
    """

    problem: RoutingProblem
    profiles: tuple[CaseProfile, ...]
    state: RoutingState
    pair_cost: FloatArray
    waiting_cost: FloatArray
    unit_price: FloatArray

    def terms(self, i: int, *, with_room: bool = False) -> tuple[IntArray, dict[str, FloatArray]]:
        """Eligible specialists of case `i`, and every cost term of each in money, at the books before the assignment.

        Parameters
        ----------
        i
            Index of the case.
        with_room
            Whether to leave out those whose books have no room for it even before anything is assigned.
        """
        pairs = Pairs.of(self.profiles[i : i + 1], self.state, with_room=with_room)
        return pairs.specialist, pair_terms(pairs, self.state, self.unit_price)


def build_problem(cases: Iterable[Case], roster: Roster, state: RoutingState, *, mix: CaseMix | None = None) -> RoutingQueue:
    """The assignment problem of `cases`, in any order.

    Parameters
    ----------
    cases
        Cases that wait; the result holds them sorted by id.
    roster, state
        The people, and their books at the moment of the decision.
    mix
        Cases to come, for the scarcity price; from the policy's mix and the queue itself if None.

    Raises
    ------
    InvalidInput
        If two cases share an id.
    SolverError
        If a cost is not a finite number.
    """
    ordered = sorted(cases, key=lambda case: case.id)
    check_unique([case.id for case in ordered], "case")
    return build_queue([roster.profile(case) for case in ordered], state, mix=mix)


def build_queue(
    profiles: Sequence[CaseProfile], state: RoutingState, *, mix: CaseMix | None = None, specialists: IntArray | None = None
) -> RoutingQueue:
    """The assignment problem of `profiles`: `build_problem` for cases that are compiled already.

    A pair is left out where its weight exceeds the free capacity, or where book, intake or team admit nothing at all; what is left of those
    limits becomes constraints. Fairness is a price per unit of load, the other terms are the pair's cost. Unless the policy
    reserves, waiting costs more than any pair of the problem, its load included (`_raise_waiting`).

    Parameters
    ----------
    profiles
        The cases, in any order.
    state
        The books and the time.
    mix
        As for `build_problem`.
    specialists
        Indices of those who may be given a case; everybody if None.
    """
    ordered = tuple(sorted(profiles, key=lambda profile: profile.id))
    roster = state.roster
    prices = roster.settings.prices
    mix = case_mix(ordered, roster, state.now) if mix is None else mix
    unit_price = scarcity_price(mix, state.free, prices.scarcity)
    indptr, specialist, cost = _price_pairs(ordered, state, unit_price, specialists)
    weight = np.array([profile.weight for profile in ordered], dtype=np.int64)
    pair_weight = np.repeat(weight, np.diff(indptr))
    capacity = _usable_capacity(state, specialist, pair_weight)
    load_indptr, load_price = unit_prices(state.caseload, capacity, roster.capacity, prices.fairness)
    waiting = np.array([waiting_cost(profile, roster.settings) for profile in ordered], dtype=np.float64)
    if not roster.settings.reserve:
        dearest = np.append(load_price, 0.0)[np.where(capacity > 0, load_indptr[1:] - 1, -1)]
        waiting = _raise_waiting(waiting, cost + pair_weight * dearest[specialist])
    unit = choose_unit(cost, waiting, load_price)
    team, team_capacity = binding_teams(state, capacity)
    problem = RoutingProblem(
        indptr=indptr,
        specialist=specialist,
        cost=in_units(cost, unit),
        weight=weight,
        waiting_cost=in_units(waiting, unit),
        capacity=capacity,
        unit=unit,
        intake=binding_intake(state, specialist, pair_weight, capacity),
        team=team,
        team_capacity=team_capacity,
        linked=linked_groups(ordered),
        separated=separated_pairs(ordered),
        load_indptr=load_indptr if prices.fairness else np.zeros(0, dtype=np.int64),
        load_price=in_units(load_price, unit) if prices.fairness else np.zeros(0, dtype=np.int64),
    )
    problem.validate()
    return RoutingQueue(problem, ordered, state, cost, waiting, unit_price)


def _price_pairs(
    profiles: Sequence[CaseProfile], state: RoutingState, unit_price: FloatArray, specialists: IntArray | None
) -> tuple[IntArray, IntArray, FloatArray]:
    """Start of each case's pairs, specialist and cost of each pair, in money and without fairness."""
    size = max(_BLOCK // max(state.roster.num_specialists, 1), 1)
    counts, people, costs = [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for first in range(0, len(profiles), size):
        block = profiles[first : first + size]
        pairs = Pairs.of(block, state)
        if specialists is not None:
            pairs = pairs.take(np.isin(pairs.specialist, specialists))
        counts.append(np.bincount(pairs.case, minlength=len(block)))
        people.append(pairs.specialist)
        costs.append(pair_cost(pairs, state, unit_price, without=_IN_LOAD_PRICE))
    return np.cumsum(np.concatenate(counts)), np.concatenate(people), np.concatenate(costs)


def _usable_capacity(state: RoutingState, specialist: IntArray, pair_weight: IntArray) -> IntArray:
    """Units free in each book, and no more than all the cases that its owner may take add up to; shape (num_specialists,)."""
    wanted = np.bincount(specialist, weights=pair_weight, minlength=state.roster.num_specialists).astype(np.int64)
    return np.minimum(np.maximum(state.free, 0), wanted)


def _raise_waiting(waiting: FloatArray, pair_total: FloatArray) -> FloatArray:
    """Waiting costs above the dearest pair of the problem, in the same proportion to one another; shape (num_cases,).

    `pair_total` is each pair's cost with scarcity, and its load at the dearest unit of the book. All waiting costs are multiplied by the one factor
    that lifts the lowest of them 1 % above the highest pair, so that priorities keep their meaning: then no case waits for the price of
    any single pair, though a case may still wait where taking it would move several others to dearer people.
    """
    top = float(np.max(pair_total, initial=0.0)) * 1.01 + 0.01
    lowest = float(np.min(waiting, initial=np.inf))
    if lowest > top:
        return waiting
    lifted = waiting * (top / lowest) if lowest > 0 else waiting
    return np.maximum(lifted, top)

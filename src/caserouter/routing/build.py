"""From cases and a roster to the problem that the solvers see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.case import Case
from caserouter.routing.costs import pair_cost, pair_terms, waiting_cost
from caserouter.routing.fairness import unit_prices
from caserouter.routing.limits import binding_intake, binding_teams, linked_cases, separated_pairs
from caserouter.routing.pairs import Pairs
from caserouter.routing.problem import IntArray, RoutingProblem
from caserouter.routing.profile import CaseProfile
from caserouter.routing.roster import Roster, check_unique
from caserouter.routing.scarcity import CaseMix, case_mix, scarcity_price
from caserouter.routing.state import RoutingState
from caserouter.routing.units import choose_unit, in_units

FloatArray = NDArray[np.float64]

_BLOCK = 4_000_000
"""Cases × specialists priced at a time, so that the working arrays of a large queue stay small."""
_IN_LOAD_PRICE = frozenset({"fairness"})
_NO_LOAD = np.zeros(0, dtype=np.int64)


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

    A pair is left out where its weight exceeds the free capacity, or where book, intake or team admit nothing at all; what is
    left of those limits becomes constraints. Fairness is a price per unit of load, the other terms are the pair's cost. Unless
    the policy reserves, waiting costs more than any pair of the problem, its load included (`_raise_waiting`).

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
    settings = state.roster.settings
    mix = case_mix(ordered, state.roster, state.now) if mix is None else mix
    unit_price = scarcity_price(mix, state.free, settings.prices.scarcity)
    indptr, specialist, cost = price_pairs(ordered, state, unit_price, specialists)
    pair_weight = np.repeat([profile.weight for profile in ordered], np.diff(indptr)).astype(np.int64)
    load = _price_load(state, _usable_capacity(state, specialist, pair_weight))
    waiting = np.array([waiting_cost(profile, settings) for profile in ordered], dtype=np.float64)
    if not settings.reserve:
        waiting = _raise_waiting(waiting, cost + pair_weight * load.dearest[specialist])
    problem = _assemble(ordered, state, _Costs(indptr, specialist, cost, pair_weight, waiting), load)
    problem.validate()
    return RoutingQueue(problem, ordered, state, cost, waiting, unit_price)


class _Costs(NamedTuple):
    """The pairs and what they and waiting cost, in money."""

    indptr: IntArray
    specialist: IntArray
    pair: FloatArray
    pair_weight: IntArray
    waiting: FloatArray


class _Load(NamedTuple):
    """Units that each book may take and what each of them costs in fairness, in money."""

    capacity: IntArray
    indptr: IntArray
    price: FloatArray

    @property
    def dearest(self) -> FloatArray:
        """Price of the last unit of each book; shape (num_specialists,)."""
        last: FloatArray = np.append(self.price, 0.0)[np.where(self.capacity > 0, self.indptr[1:] - 1, -1)]
        return last


def _price_load(state: RoutingState, capacity: IntArray) -> _Load:
    price = state.roster.settings.prices.fairness
    return _Load(capacity, *unit_prices(state.caseload, capacity, state.roster.capacity, price))


def _assemble(profiles: Sequence[CaseProfile], state: RoutingState, costs: _Costs, load: _Load) -> RoutingProblem:
    """Everything in whole units, with the limits that can bind."""
    unit = choose_unit(costs.pair, costs.waiting, load.price)
    team, team_capacity = binding_teams(state, load.capacity)
    fair = state.roster.settings.prices.fairness > 0
    return RoutingProblem(
        indptr=costs.indptr,
        specialist=costs.specialist,
        cost=in_units(costs.pair, unit),
        weight=np.array([profile.weight for profile in profiles], dtype=np.int64),
        waiting_cost=in_units(costs.waiting, unit),
        capacity=load.capacity,
        unit=unit,
        intake=binding_intake(state, costs.specialist, costs.pair_weight, load.capacity),
        team=team,
        team_capacity=team_capacity,
        linked=linked_cases(profiles),
        separated=separated_pairs(profiles),
        load_indptr=load.indptr if fair else _NO_LOAD,
        load_price=in_units(load.price, unit) if fair else _NO_LOAD,
    )


def price_pairs(
    profiles: Sequence[CaseProfile],
    state: RoutingState,
    unit_price: FloatArray,
    specialists: IntArray | None = None,
    *,
    with_room: bool = True,
) -> tuple[IntArray, IntArray, FloatArray]:
    """Start of each case's pairs, specialist and cost of each pair, in money and without fairness.

    Parameters
    ----------
    profiles, state, specialists
        As for `build_queue`.
    unit_price
        Scarcity price per unit of each specialist's capacity, in money; shape (num_specialists,).
    with_room
        Whether to leave out those whose book, intake or team has no room.
    """
    size = max(_BLOCK // max(state.roster.num_specialists, 1), 1)
    counts, people, costs = [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for first in range(0, len(profiles), size):
        block = profiles[first : first + size]
        pairs = Pairs.of(block, state, with_room=with_room)
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

    `pair_total` is each pair's cost with scarcity, and its load at the dearest unit of the book. All waiting costs are
    multiplied by the one factor that lifts the lowest of them 1 % above the highest pair, so that priorities keep their
    meaning: then no case waits for the price of any single pair, though a case may still wait where taking it would move
    several others to dearer people.
    """
    top = float(np.max(pair_total, initial=0.0)) * 1.01 + 0.01
    lowest = float(np.min(waiting, initial=np.inf))
    if lowest > top:
        return waiting
    lifted = waiting * (top / lowest) if lowest > 0 else waiting
    return np.maximum(lifted, top)

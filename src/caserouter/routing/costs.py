"""What a pair costs: one function per term, each in expected money, over any number of pairs at once.

Every term takes the pairs, the state and the price per unit of each specialist's capacity, and returns shape (num_pairs,).
`TERMS` is the whole list: a pair costs their sum, online and in a batch alike, and explanations show them one by one.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.settings import Settings
from caserouter.routing.fairness import load_cost
from caserouter.routing.pairs import Pairs
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState

FloatArray = NDArray[np.float64]
Term = Callable[[Pairs, RoutingState, FloatArray], FloatArray]


def handling(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """Effort × cost per hour: the case's mean hours at this specialist's proficiency."""
    return pairs.effort * state.roster.cost_per_hour[pairs.specialist]


def lateness(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """Breach × priority factor × (P(first response missed) + P(resolution missed)).

    P(miss) = exp(−slack ÷ W): W is the ready work in the specialist's book, slack the staffed hours of that specialist until
    the target is due; before a resolution the case's own effort has to fit as well, so it comes off the slack. A target that is
    due already is missed whoever takes the case.
    """
    price = state.roster.settings.prices.breach
    ahead = state.ready_hours[pairs.specialist]
    missed = np.zeros(len(pairs.case))
    for due, own_effort in ((pairs.first_response_due, 0.0), (pairs.resolution_due, pairs.effort)):
        slack = state.roster.staffing.staffed_between(pairs.specialist, state.now, due) - own_effort
        missed += np.where(np.isfinite(due), probability_of_missing(slack, ahead), 0.0)
    return price * pairs.factor * missed


def hand_off(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """hand-off × (the account belongs to another owner, whose backup stands in during an absence)."""
    return state.roster.settings.prices.hand_off * pairs.hand_offs.astype(np.float64)


def approval(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """Approval × (the amount is beyond the specialist's own authority)."""
    return state.roster.settings.prices.approval * pairs.short.astype(np.float64)


def preferred_skill(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """Missing preferred skill × preferred skills that the specialist lacks."""
    return state.roster.settings.prices.missing_preferred_skill * pairs.missing_preferred.astype(np.float64)


def preference(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """Not preferred × (the case prefers others)."""
    return state.roster.settings.prices.not_preferred * pairs.not_preferred.astype(np.float64)


def lapse(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """hand-off × P(still open when a required credential lapses).

    P = exp(−s ÷ (W + effort)): s is the specialist's staffed hours until the lapse, W the ready work ahead in the book, so that
    the case is done after W + effort staffed hours in the mean.
    """
    lapses = np.isfinite(pairs.covered_until)
    cost = np.zeros(len(pairs.case))
    if lapses.any():
        who = pairs.specialist[lapses]
        left = state.roster.staffing.staffed_between(who, state.now, pairs.covered_until[lapses])
        needed = state.ready_hours[who] + pairs.effort[lapses]
        cost[lapses] = state.roster.settings.prices.hand_off * probability_of_missing(left, needed)
    return cost


def relaxation(pairs: Pairs, _state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """Sum of the policy's prices of the relaxed rules that the pair breaks."""
    return pairs.relaxation


def fairness(pairs: Pairs, state: RoutingState, _unit_price: FloatArray) -> FloatArray:
    """L(caseload + weight) − L(caseload), with L the convex cost of a book's load (`routing.fairness`)."""
    load = state.caseload[pairs.specialist]
    capacity = state.roster.capacity[pairs.specialist]
    price = state.roster.settings.prices.fairness
    return load_cost(load + pairs.weight, capacity, price) - load_cost(load, capacity, price)


def scarcity(pairs: Pairs, _state: RoutingState, unit_price: FloatArray) -> FloatArray:
    """Weight × what a unit of the specialist's capacity is worth to future arrivals (`routing.scarcity`)."""
    return pairs.weight * unit_price[pairs.specialist]


TERMS: Mapping[str, Term] = MappingProxyType(
    {
        "handling": handling,
        "lateness": lateness,
        "hand_off": hand_off,
        "approval": approval,
        "preferred_skill": preferred_skill,
        "preference": preference,
        "lapse": lapse,
        "relaxation": relaxation,
        "fairness": fairness,
        "scarcity": scarcity,
    }
)
"""Every cost term by name, in the order in which explanations list them."""


def pair_terms(pairs: Pairs, state: RoutingState, unit_price: FloatArray) -> dict[str, FloatArray]:
    """Every term of every pair, in money.

    Parameters
    ----------
    pairs
        The pairs to price.
    state
        Time and books.
    unit_price
        Price per unit of each specialist's capacity; shape (num_specialists,).

    Returns
    -------
    dict
        Name of the term → shape (num_pairs,).
    """
    return {name: term(pairs, state, unit_price) for name, term in TERMS.items()}


def pair_cost(pairs: Pairs, state: RoutingState, unit_price: FloatArray, *, without: frozenset[str] = frozenset()) -> FloatArray:
    """Sum of all terms but those named in `without`, in money; shape (num_pairs,)."""
    cost = np.zeros(len(pairs.case))
    for name, term in TERMS.items():
        if name not in without:
            cost += term(pairs, state, unit_price)
    return cost


def waiting_cost(profile: CaseProfile, settings: Settings) -> float:
    """Waiting × priority factor: what leaving the case on the queue costs, in money, before `build_problem` raises it."""
    return settings.prices.waiting * profile.factor


def probability_of_missing(slack: FloatArray, ahead: FloatArray) -> FloatArray:
    """exp(−slack ÷ ahead): 1 where there is no slack, 0 where nothing is ahead; both in staffed hours, same shape."""
    ratio = np.divide(slack, ahead, out=np.full(len(slack), np.inf), where=ahead > 0)
    return np.where(slack <= 0, 1.0, np.exp(-np.maximum(ratio, 0.0)))

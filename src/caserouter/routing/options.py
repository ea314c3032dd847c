"""What one case would cost with each of those who may take it, beside the other cases of the decision."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.fairness import load_cost
from caserouter.routing.problem import IntArray
from caserouter.routing.surroundings import Surroundings

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Those who may take a case as far as the rules go, room aside.

    Parameters
    ----------
    who
        Their indices, rising; shape (num_options,).
    is_pair
        Whether the books before the decision had room, so that the pair was part of the problem; shape (num_options,).
    terms
        Every cost term of the case in money; each of shape (num_options,).
    total
        Sum of the terms; shape (num_options,).
    group_cost
        The same for all the cases that go together, infinite where one of them may not go there; shape (num_options,).
    group_waiting
        What it costs to leave them all waiting, in money.
    """

    who: IntArray
    is_pair: NDArray[np.bool_]
    terms: dict[str, FloatArray]
    total: FloatArray
    group_cost: FloatArray
    group_waiting: float

    @classmethod
    def of(cls, around: Surroundings) -> Self:
        """Price the case of `around`, and those that go with it, wherever they may go."""
        queue, i = around.queue, around.case
        who, terms = queue.terms(i)
        terms["fairness"] = load_costs(around, who, int(queue.problem.weight[i]))
        pairs = np.isin(who, queue.problem.specialist[queue.problem.indptr[i] : queue.problem.indptr[i + 1]])
        asked = pairs | ~np.isin(who, queue.terms(i, with_room=True)[0])
        who, pairs, terms = who[asked], pairs[asked], {name: values[asked] for name, values in terms.items()}
        waiting = float(queue.waiting_cost[list(around.group)].sum())
        return cls(who, pairs, terms, np.sum(list(terms.values()), axis=0), _group_cost(around, who), waiting)

    def at(self, specialist: int) -> int:
        """Position of `specialist`, who is one of the options."""
        return int(np.searchsorted(self.who, specialist))


def load_costs(around: Surroundings, who: IntArray, weight: int) -> FloatArray:
    """What the last `weight` units of the group add to the books of `who`, beside all other cases; money, shape of `who`."""
    roster = around.state.roster
    full, capacity, price = around.load[who] + around.weight, roster.capacity[who], roster.settings.prices.fairness
    return load_cost(full, capacity, price) - load_cost(full - weight, capacity, price)


def cost_where_placed(around: Surroundings) -> float:
    """What the group of `around` costs with the specialist who takes it, in money."""
    queue, j = around.queue, around.chosen
    indptr, specialist = queue.problem.indptr, queue.problem.specialist
    pairs = [indptr[i] + np.searchsorted(specialist[indptr[i] : indptr[i + 1]], j) for i in around.group]
    return float(queue.pair_cost[pairs].sum() + load_costs(around, np.array([j]), around.weight)[0])


def _group_cost(around: Surroundings, who: IntArray) -> FloatArray:
    cost = load_costs(around, who, around.weight)
    for i in around.group:
        people, terms = around.queue.terms(i)
        own = np.full(around.state.roster.num_specialists, np.inf)
        own[people] = np.sum([values for name, values in terms.items() if name != "fairness"], axis=0)
        cost = cost + own[who]
    return cost

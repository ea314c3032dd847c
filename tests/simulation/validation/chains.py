"""Markov chains given by their rules, and solved numerically."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

Rule = Callable[[tuple[int, ...]], Iterable[tuple[float, tuple[int, ...]]]]
"""Rate of each change from a state, and the state that follows."""


def stationary(rule: Rule, start: tuple[int, ...]) -> dict[tuple[int, ...], float]:
    """Long-run share of time in each state that can be reached from `start`; the rule has to leave finitely many.

    The balance equations πQ = 0 with one of them replaced by Σπ = 1.
    """
    number = _reachable(rule, start)
    rows, columns, rates = [], [], []
    for state, i in number.items():
        for rate, following in rule(state):
            rows += [number[following], i]
            columns += [i, i]
            rates += [rate, -rate]
    # Relative to the start, whose equation is the one left out, the others are a regular system.
    balance = csc_matrix((rates, (rows, columns)), shape=(len(number), len(number)))
    weights = np.ones(len(number))
    weights[1:] = splu(balance[1:, 1:]).solve(-balance[1:, 0].toarray()[:, 0])
    return dict(zip(number, weights / weights.sum(), strict=True))


def mean_of(shares: Mapping[tuple[int, ...], float], measure: Callable[[tuple[int, ...]], float]) -> float:
    """Long-run mean of a measure of the state."""
    return sum(share * measure(state) for state, share in shares.items())


def _reachable(rule: Rule, start: tuple[int, ...]) -> dict[tuple[int, ...], int]:
    number: dict[tuple[int, ...], int] = {start: 0}
    found = [start]
    for state in found:
        for _, following in rule(state):
            if following not in number:
                number[following] = len(found)
                found.append(following)
    return number

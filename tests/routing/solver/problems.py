"""Random routing problems for hypothesis, from empty ones to ones whose costs are as large as a problem may hold."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from caserouter.routing.problem import MAX_COST, RoutingProblem

SIZES = {"small": 9, "usual": 5_000, "huge": MAX_COST}
"""Largest cost of a problem; small ones give ties and zeros, huge ones the ends of the range."""


def problem_of(cost: Sequence[Sequence[int | None]], **fields: Any) -> RoutingProblem:
    """A problem from a matrix of costs; lists become arrays, and load prices are given as one list per specialist."""
    basic = {name: fields.pop(name) for name in ("weight", "capacity", "waiting_cost")}
    problem = RoutingProblem.from_matrix(cost, **basic)
    if "load" in fields:
        load = fields.pop("load")
        fields["load_indptr"] = np.concatenate([[0], np.cumsum([len(prices) for prices in load])]).astype(np.int64)
        fields["load_price"] = np.array([price for prices in load for price in prices], dtype=np.int64)
    for name in ("intake", "team", "team_capacity"):
        if name in fields:
            fields[name] = np.array(fields[name], dtype=np.int64)
    return replace(problem, **fields)


@st.composite
def problems(
    draw: st.DrawFn, *, max_cases: int = 5, max_specialists: int = 3, max_weight: int = 12, side: bool = True, load: bool = True
) -> RoutingProblem:
    """Any valid problem of these sizes.

    Parameters
    ----------
    side
        Whether it may have intake limits, team caps, linked and separated cases.
    load
        Whether load may have a price.
    """
    n, m = draw(st.integers(0, max_cases)), draw(st.integers(0, max_specialists))
    largest = SIZES[draw(st.sampled_from(sorted(SIZES)))]
    price = st.integers(0, largest) | st.sampled_from([0, largest])
    pair = price if draw(st.booleans()) else st.none() | price
    weight = st.integers(1, draw(st.sampled_from([1, 2, max_weight])) if max_weight > 1 else 1)
    capacity = draw(st.lists(st.integers(0, 2 * max_weight), min_size=m, max_size=m))
    fields: dict[str, Any] = draw(_side_constraints(n, m)) if side else {}
    if load and draw(st.booleans()):
        fields["load"] = [sorted(draw(st.lists(price, min_size=units, max_size=units))) for units in capacity]
    return problem_of(
        [draw(st.lists(pair, min_size=m, max_size=m)) for _ in range(n)],
        weight=draw(st.lists(weight, min_size=n, max_size=n)),
        waiting_cost=draw(st.lists(price, min_size=n, max_size=n)),
        capacity=capacity,
        **fields,
    )


@st.composite
def _side_constraints(draw: st.DrawFn, n: int, m: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if draw(st.booleans()):
        fields["intake"] = draw(st.lists(st.integers(-1, 3), min_size=m, max_size=m))
    if draw(st.booleans()):
        fields["team"] = draw(st.lists(st.integers(-1, 1), min_size=m, max_size=m))
        fields["team_capacity"] = draw(st.lists(st.integers(0, 24), min_size=2, max_size=2))
    if n >= 2 and draw(st.booleans()):
        group = draw(st.lists(st.integers(0, n - 1), min_size=2, max_size=3, unique=True))
        rest = [i for i in range(n) if i not in group]
        fields["linked"] = (tuple(group), tuple(rest[:2])) if len(rest) >= 2 and draw(st.booleans()) else (tuple(group),)
    if n >= 2 and draw(st.booleans()):
        both = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
        fields["separated"] = tuple(draw(st.lists(both, min_size=1, max_size=3)))
    return fields


def random_problem(
    num_cases: int,
    num_specialists: int,
    *,
    density: float = 0.2,
    tightness: float = 1.05,
    weights: Sequence[int] = (1, 2, 3, 5),
    seed: int = 0,
) -> RoutingProblem:
    """A larger problem without side constraints: total weight is `tightness` × total capacity; everybody may take case 0."""
    random = np.random.default_rng(seed)
    eligible = random.random((num_cases, num_specialists)) < density
    eligible[0] = True
    row, specialist = np.nonzero(eligible)
    weight = random.choice(np.array(weights, dtype=np.int64), num_cases)
    share = random.uniform(0.5, 1.5, num_specialists)
    cost = random.integers(1_000, 10_000, len(row)) * weight[row]
    return RoutingProblem(
        indptr=np.concatenate([[0], np.cumsum(np.bincount(row, minlength=num_cases))]).astype(np.int64),
        specialist=specialist.astype(np.int64),
        cost=cost.astype(np.int64),
        weight=weight,
        waiting_cost=random.integers(20_000, 60_000, num_cases) * weight,
        capacity=np.ceil(share / share.sum() * weight.sum() / tightness).astype(np.int64),
    )


def with_side_constraints(problem: RoutingProblem, *, seed: int = 0) -> RoutingProblem:
    """`problem` with links, separations, intake limits, team caps and a load price that bind here and there."""
    random = np.random.default_rng(seed)
    n, m = problem.num_cases, problem.num_specialists
    order = [int(i) for i in random.permutation(np.arange(1, n))]
    team = random.integers(-1, 3, m)
    room = [int(0.9 * problem.capacity[team == t].sum()) for t in range(3)]
    load = [sorted(random.integers(0, 400, units).tolist()) for units in problem.capacity]
    return replace(
        problem,
        intake=np.where(random.random(m) < 0.3, problem.capacity // 3, -1),
        team=team,
        team_capacity=np.array(room, dtype=np.int64),
        linked=tuple((a, b) for a, b in zip(order[: n // 20 : 2], order[1 : n // 20 : 2], strict=False)),
        separated=tuple((a, b) for a, b in zip(order[n // 2 : -1 : 3], order[n // 2 + 1 :: 3], strict=False)),
        load_indptr=np.concatenate([[0], np.cumsum(problem.capacity)]).astype(np.int64),
        load_price=np.array([price for prices in load for price in prices], dtype=np.int64),
    )

"""What an answer has to satisfy and what it costs, in plain Python: a second opinion that shares no code with the solver."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from caserouter.routing.problem import RoutingProblem

WAITS = -1


def pairs_of(problem: RoutingProblem) -> list[dict[int, int]]:
    """Cost by specialist, for each case."""
    starts = problem.indptr.tolist()
    people, costs = problem.specialist.tolist(), problem.cost.tolist()
    return [dict(zip(people[a:b], costs[a:b], strict=True)) for a, b in pairwise(starts)]


def cost_of(problem: RoutingProblem, assignment: Sequence[int]) -> int:
    """Pairs, waiting and load, added up one by one."""
    pairs, waiting = pairs_of(problem), problem.waiting_cost.tolist()
    total = sum(waiting[i] if j == WAITS else pairs[i][j] for i, j in enumerate(assignment))
    if len(problem.load_price):
        price, start = problem.load_price.tolist(), problem.load_indptr.tolist()
        total += sum(sum(price[start[j] : start[j] + load]) for j, load in enumerate(_loads(problem, assignment)))
    return int(total)


def _loads(problem: RoutingProblem, assignment: Sequence[int]) -> list[int]:
    loads = [0] * problem.num_specialists
    for i, j in enumerate(assignment):
        if j != WAITS:
            loads[j] += int(problem.weight[i])
    return loads


def broken_rules(problem: RoutingProblem, assignment: Sequence[int]) -> list[str]:
    """One sentence per rule that `assignment` breaks."""
    if len(assignment) != problem.num_cases:
        return [f"{len(assignment)} cases instead of {problem.num_cases}"]
    return [*_broken_by_case(problem, assignment), *_broken_by_book(problem, assignment)]


def _broken_by_case(problem: RoutingProblem, assignment: Sequence[int]) -> Iterator[str]:
    pairs = pairs_of(problem)
    for i, j in enumerate(assignment):
        if j != WAITS and j not in pairs[i]:
            yield f"case {i} is with {j}, who is not eligible"
    for group in problem.linked:
        if len({assignment[i] for i in group}) > 1:
            yield f"linked cases {group} are apart"
    for a, b in problem.separated:
        if assignment[a] == assignment[b] != WAITS:
            yield f"separated cases {a} and {b} are together"


def _broken_by_book(problem: RoutingProblem, assignment: Sequence[int]) -> Iterator[str]:
    loads = _loads(problem, assignment)
    by_team = [0] * len(problem.team_capacity)
    for j, load in enumerate(loads):
        if load > problem.capacity[j]:
            yield f"specialist {j} holds {load} units"
        if len(problem.intake) and 0 <= problem.intake[j] < list(assignment).count(j):
            yield f"specialist {j} takes too many new cases"
        if by_team and problem.team[j] >= 0:
            by_team[problem.team[j]] += load
    for team, load in enumerate(by_team):
        if load > problem.team_capacity[team]:
            yield f"team {team} holds {load} units"


def best_cost(problem: RoutingProblem) -> int:
    """The optimum, by trying every assignment of whole cases that capacity allows."""
    return min(cost_of(problem, answer) for answer in every_answer(problem))


def every_answer(problem: RoutingProblem) -> Iterator[tuple[int, ...]]:
    """Every assignment that breaks no rule."""
    choices = [[WAITS, *pairs] for pairs in pairs_of(problem)]
    weight, room = problem.weight.tolist(), problem.capacity.tolist()

    def extend(start: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        i = len(start)
        if i == len(choices):
            yield start
            return
        for j in choices[i]:
            if j == WAITS:
                yield from extend((*start, j))
            elif weight[i] <= room[j]:
                room[j] -= weight[i]
                yield from extend((*start, j))
                room[j] += weight[i]

    return (answer for answer in extend(()) if not broken_rules(problem, answer))

"""Each constraint of the model where it binds and where it is slack, the optimum proved by hand."""

from tests.routing.solver.problems import problem_of

from caserouter.routing.problem import RoutingProblem
from caserouter.routing.result import WAITING, Status
from caserouter.routing.solver import solve


def _optimum(problem: RoutingProblem) -> tuple[int, list[int]]:
    """Objective and assignment, which must be proved."""
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert result.bound == result.objective
    return result.objective, result.assignment.tolist()


def test_capacity_binds() -> None:
    """Both prefer specialist 0, at 1, who holds one unit. Only one may go there, and going to 1 costs case 0 one more than case 1."""
    problem = problem_of([[1, 4], [1, 3]], weight=[1, 1], capacity=[1, 1], waiting_cost=[50, 50])
    assert _optimum(problem) == (1 + 3, [0, 1])


def test_capacity_is_slack() -> None:
    """With two units at specialist 0, each case has its cheapest pair: no answer costs less than 1 + 1."""
    problem = problem_of([[1, 4], [1, 3]], weight=[1, 1], capacity=[2, 1], waiting_cost=[50, 50])
    assert _optimum(problem) == (2, [0, 0])


def test_capacity_binds_on_whole_cases() -> None:
    """Two cases of weight 2 and three units: one fits, the other waits, though half of it would fit. The dearer one is served."""
    problem = problem_of([[2], [2]], weight=[2, 2], capacity=[3], waiting_cost=[40, 30])
    assert _optimum(problem) == (2 + 30, [0, WAITING])


def test_an_intake_limit_binds() -> None:
    """Three units are free but one new case may come: one pair at 1, and the cheapest two to leave, 20 + 10, wait."""
    problem = problem_of([[1], [1], [1]], weight=[1, 1, 1], capacity=[3], waiting_cost=[10, 30, 20], intake=[1])
    assert _optimum(problem) == (1 + 20 + 10, [WAITING, 0, WAITING])


def test_an_intake_limit_is_slack() -> None:
    """Three new cases may come, and there are three: every one has its only pair."""
    problem = problem_of([[1], [1], [1]], weight=[1, 1, 1], capacity=[3], waiting_cost=[10, 30, 20], intake=[3])
    assert _optimum(problem) == (3, [0, 0, 0])


def test_an_intake_limit_counts_cases_and_not_units() -> None:
    """One new case may come, of any weight: the one of weight 5 saves 49, the others 9 each."""
    problem = problem_of([[1], [1], [1]], weight=[1, 1, 5], capacity=[5], waiting_cost=[10, 10, 50], intake=[1])
    assert _optimum(problem) == (1 + 10 + 10, [WAITING, WAITING, 0])


def test_no_intake_at_all_leaves_everybody_waiting() -> None:
    """Intake 0 admits nothing, whatever the room."""
    problem = problem_of([[1], [1]], weight=[1, 1], capacity=[2], waiting_cost=[10, 30], intake=[0])
    assert _optimum(problem) == (40, [WAITING, WAITING])


def test_a_team_cap_binds() -> None:
    """Specialists 0 and 1 have room for one each, their team for one in all; specialist 2, of no team, asks 9.

    One of the two cases stays in the team at 1, the other goes to 2 at 9: nothing cheaper than 10 splits them so.
    """
    problem = problem_of(
        [[1, 2, 9], [2, 1, 9]],
        weight=[1, 1],
        capacity=[1, 1, 1],
        waiting_cost=[50, 50],
        team=[0, 0, -1],
        team_capacity=[1],
    )
    objective, assignment = _optimum(problem)
    assert objective == 1 + 9
    assert sorted(assignment) in ([0, 2], [1, 2])


def test_a_team_cap_is_slack() -> None:
    """With two units for the team each case has its cheapest pair."""
    problem = problem_of(
        [[1, 2, 9], [2, 1, 9]],
        weight=[1, 1],
        capacity=[1, 1, 1],
        waiting_cost=[50, 50],
        team=[0, 0, -1],
        team_capacity=[2],
    )
    assert _optimum(problem) == (2, [0, 1])


def test_a_link_binds() -> None:
    """Apart, 1 + 1. Linked, both go to 0 at 1 + 6 or to 1 at 7 + 1, or wait at 100: 7 is the least."""
    problem = problem_of([[1, 7], [6, 1]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 50], linked=((0, 1),))
    assert _optimum(problem) == (1 + 6, [0, 0])


def test_a_link_is_slack() -> None:
    """Both prefer specialist 0 anyway."""
    problem = problem_of([[1, 7], [1, 6]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 50], linked=((0, 1),))
    assert _optimum(problem) == (2, [0, 0])


def test_linked_cases_wait_together_where_nobody_may_take_both() -> None:
    """Each has one specialist, but not the same one: 50 + 60, where 2 would do without the link."""
    problem = problem_of([[1, None], [None, 1]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 60], linked=((0, 1),))
    assert _optimum(problem) == (110, [WAITING, WAITING])


def test_linked_cases_wait_together_where_no_book_has_room_for_both() -> None:
    """Two units each: either case would fit alone, at 1, the two of weight 2 together nowhere."""
    problem = problem_of([[1, 1], [1, 1]], weight=[2, 2], capacity=[2, 2], waiting_cost=[50, 60], linked=((1, 0),))
    assert _optimum(problem) == (110, [WAITING, WAITING])


def test_a_separation_binds() -> None:
    """Both prefer specialist 0. Apart, 1 + 4 or 3 + 1: case 0 moves, since it loses less."""
    problem = problem_of([[1, 3], [1, 4]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 50], separated=((0, 1),))
    assert _optimum(problem) == (3 + 1, [1, 0])


def test_a_separation_is_slack() -> None:
    """They prefer different specialists."""
    problem = problem_of([[1, 3], [4, 1]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 50], separated=((0, 1),))
    assert _optimum(problem) == (2, [0, 1])


def test_separated_cases_may_both_wait() -> None:
    """A separation is about specialists: nobody is free, both wait at 50 + 60."""
    problem = problem_of([[1], [1]], weight=[1, 1], capacity=[0], waiting_cost=[50, 60], separated=((0, 1),))
    assert _optimum(problem) == (110, [WAITING, WAITING])


def test_cases_linked_and_separated_at_once_wait() -> None:
    """They may be neither together nor apart."""
    problem = problem_of(
        [[1, 1], [1, 1]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 60], linked=((0, 1),), separated=((1, 0),)
    )
    assert _optimum(problem) == (110, [WAITING, WAITING])


def test_a_load_price_binds() -> None:
    """Units at specialist 0 cost 0 and then 5: both there is 1 + 1 + 5 = 7; moving case 1 to 1, whose first is free, 1 + 3 = 4."""
    problem = problem_of([[1, 4], [1, 3]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 50], load=[[0, 5], [0, 5]])
    assert _optimum(problem) == (1 + 3, [0, 1])


def test_a_load_price_is_slack() -> None:
    """The second unit at specialist 0 costs 1, less than the 2 that case 1 would lose by moving: 1 + 1 + 1."""
    problem = problem_of([[1, 4], [1, 3]], weight=[1, 1], capacity=[2, 2], waiting_cost=[50, 50], load=[[0, 1], [0, 1]])
    assert _optimum(problem) == (1 + 1 + 1, [0, 0])


def test_a_load_price_counts_every_unit_of_a_case() -> None:
    """Three units at 0, 2 and 6 cost 8 on top of the pair's 1: less than waiting at 10."""
    problem = problem_of([[1]], weight=[3], capacity=[4], waiting_cost=[10], load=[[0, 2, 6, 6]])
    assert _optimum(problem) == (9, [0])


def test_a_case_waits_where_that_is_cheaper() -> None:
    """The only pair costs 5, waiting 4, and room there is."""
    problem = problem_of([[5]], weight=[1], capacity=[1], waiting_cost=[4])
    assert _optimum(problem) == (4, [WAITING])


def test_a_case_does_not_wait_where_a_pair_is_cheaper() -> None:
    """The only pair costs 5, waiting 6."""
    problem = problem_of([[5]], weight=[1], capacity=[1], waiting_cost=[6])
    assert _optimum(problem) == (5, [0])


def test_reserve_for_a_dearer_case() -> None:
    """One unit: the case that costs 30 to leave is served at 8, the one at 20 waits, though its pair costs only 1.

    8 + 20 = 28 against 1 + 30 = 31.
    """
    problem = problem_of([[1], [8]], weight=[1, 1], capacity=[1], waiting_cost=[20, 30])
    assert _optimum(problem) == (28, [WAITING, 0])

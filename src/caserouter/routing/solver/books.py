"""Books being filled, as compiled code sees them: what each row takes, and what is left of every limit."""

from typing import NamedTuple

from numba import njit

from caserouter.routing.problem import IntArray
from caserouter.routing.solver.instance import Instance


class Rows(NamedTuple):
    """What each row takes wherever it goes; the arrays of an `Instance`."""

    weight: IntArray
    num_cases: IntArray
    waiting: IntArray
    conflict_ptr: IntArray
    conflict_row: IntArray

    @classmethod
    def of(cls, instance: Instance) -> "Rows":
        """The rows of `instance`."""
        return cls(instance.weight, instance.count, instance.waiting_cost, instance.conflict_ptr, instance.conflict_row)


class Books(NamedTuple):
    """What is left of every limit; `take` and `give_back` change it in place.

    Parameters
    ----------
    room, intake
        Units and new cases that each specialist may still take; shape (num_specialists,).
    team, team_room
        Team of each specialist, and units left in each.
    load_base
        Where the prices of each specialist's further load begin in `load_cost`; shape (num_specialists,).
    load_cost
        As in `Instance`.
    """

    room: IntArray
    intake: IntArray
    team: IntArray
    team_room: IntArray
    load_base: IntArray
    load_cost: IntArray

    @classmethod
    def empty(cls, instance: Instance) -> "Books":
        """The books of `instance` before any row is placed."""
        return cls(
            instance.capacity.copy(),
            instance.intake.copy(),
            instance.team,
            instance.team_capacity.copy(),
            instance.load_ptr[:-1].copy(),
            instance.load_cost,
        )


@njit(cache=True)
def may_take(i: int, j: int, assignment: IntArray, rows: Rows, books: Books) -> bool:
    """Whether specialist *j* has room, intake and team room for row *i*, and holds no row separated from it."""
    weight = rows.weight[i]
    if weight > books.room[j] or rows.num_cases[i] > books.intake[j] or weight > books.team_room[books.team[j]]:
        return False
    for c in range(rows.conflict_ptr[i], rows.conflict_ptr[i + 1]):
        if assignment[rows.conflict_row[c]] == j:
            return False
    return True


@njit(cache=True)
def take(i: int, j: int, rows: Rows, books: Books) -> None:
    """Enter row *i* in the book of specialist *j*."""
    books.room[j] -= rows.weight[i]
    books.intake[j] -= rows.num_cases[i]
    books.team_room[books.team[j]] -= rows.weight[i]
    books.load_base[j] += rows.weight[i]


@njit(cache=True)
def give_back(i: int, j: int, rows: Rows, books: Books) -> None:
    """Strike row *i* out of the book of specialist *j*."""
    books.room[j] += rows.weight[i]
    books.intake[j] += rows.num_cases[i]
    books.team_room[books.team[j]] += rows.weight[i]
    books.load_base[j] -= rows.weight[i]


@njit(cache=True)
def load_step(j: int, before: int, after: int, books: Books) -> int:
    """Change of the load price of *j* when its load changes from `before` to `after` units beyond the present one."""
    return int(books.load_cost[books.load_base[j] + after] - books.load_cost[books.load_base[j] + before])

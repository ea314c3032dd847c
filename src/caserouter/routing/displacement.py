"""What it would take to make room: the cases that hold a full book, and the cheapest of them to let wait instead."""

from collections.abc import Sequence
from typing import NamedTuple

from caserouter.routing.explanation import FullBook, RoomHolder
from caserouter.routing.options import Options, cost_where_placed
from caserouter.routing.surroundings import Obstacle, Surroundings


class _Move(NamedTuple):
    """Cases of the decision that would have to wait together, what that frees and what it adds in money."""

    cases: tuple[int, ...]
    frees: int
    price: float


def full_book(specialist: int, around: Surroundings, options: Options) -> FullBook | None:
    """Who holds the room of `specialist` (an index), and at what price; None if there is room."""
    obstacle = around.obstacle(specialist)
    if obstacle is None:
        return None
    holders, moves = _holders(obstacle, around)
    displaced = cheapest_cover([move.frees for move in moves], [move.price for move in moves], obstacle.needed)
    gain = options.group_waiting - float(options.group_cost[options.at(specialist)])
    ids = sorted(around.queue.profiles[i].id for k in displaced or () for i in moves[k].cases)
    return FullBook(
        specialist=around.state.roster.specialists[specialist].id,
        obstacle=obstacle.sentence,
        lacking=obstacle.lacking,
        holders=(*holders, *_held_before(specialist, around)),
        displaced=tuple(ids),
        price=None if displaced is None else sum(moves[k].price for k in displaced),
        gain=gain,
    )


def cheapest_cover(frees: Sequence[int], price: Sequence[float], needed: int) -> tuple[int, ...] | None:
    """The items of least total price that free at least `needed`; None if all of them together do not.

    Parameters
    ----------
    frees
        What each item frees, 1 or more.
    price
        What each costs.
    needed
        How much has to be freed, 1 or more.
    """
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ())] + [None] * needed
    for k, (freed, cost) in enumerate(zip(frees, price, strict=True)):
        for have in range(needed - 1, -1, -1):
            known = best[have]
            if known is None:
                continue
            reached = min(have + freed, needed)
            found, before = (known[0] + cost, (*known[1], k)), best[reached]
            if before is None or found < before:
                best[reached] = found
    return None if (last := best[needed]) is None else last[1]


def _holders(obstacle: Obstacle, around: Surroundings) -> tuple[list[RoomHolder], list[_Move]]:
    """The blockers as rows, the cheapest first, and as moves: linked cases are let wait together."""
    freed = dict(zip(obstacle.blockers, obstacle.frees, strict=True))
    rows, moves, seen = [], [], set[int]()
    for i in obstacle.blockers:
        there = Surroundings(around.queue, around.others, i)
        cost = cost_where_placed(there)
        price = float(around.queue.waiting_cost[list(there.group)].sum()) - cost
        profile = around.queue.profiles[i]
        rows.append(RoomHolder(profile.id, profile.weight, cost, price))
        if i not in seen:
            seen.update(there.group)
            moves.append(_Move(there.group, sum(freed.get(k, 0) for k in there.group), price))
    return sorted(rows, key=lambda row: (row.price or 0.0, row.case)), moves


def _held_before(specialist: int, around: Surroundings) -> list[RoomHolder]:
    """Cases that were in the book before the decision."""
    weight = {held.id: held.weight for held in around.state.roster.specialists[specialist].held_cases}
    ids = sorted(case for case, holder in around.state.ties.holder.items() if holder == specialist)
    return [RoomHolder(case, weight.get(case)) for case in ids]

"""Why a case waits: nobody may take it whatever their load, others hold the room, or waiting is cheaper."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from caserouter.domain.rules import Rule, listed
from caserouter.routing.counterfactual import in_money, in_words
from caserouter.routing.displacement import full_book
from caserouter.routing.explanation import Conflict, FullBook, Unassigned, Wait
from caserouter.routing.options import Options
from caserouter.routing.reasons import (
    DECLINED,
    LINKED_CASE,
    NOT_ASKED,
    SEPARATED_CASE,
    TEAM_CAP,
    Inquiry,
    Room,
    eligible_together,
)
from caserouter.routing.surroundings import Surroundings

_ORDER = (*map(str, Rule), DECLINED, TEAM_CAP, LINKED_CASE, SEPARATED_CASE, NOT_ASKED)

_NAMED = 5
"""Names that a sentence gives before it counts the rest."""


def why_unassigned(around: Surroundings, options: Options, inquiries: Sequence[Inquiry]) -> Unassigned:
    """The reason of a case that waits.

    Parameters
    ----------
    around
        The decision, seen from the case.
    options
        What it would cost where.
    inquiries
        Of the cases that go together, the first with the weight of them all.
    """
    room = Room.at_best(around.state)
    whole = options.who[np.isfinite(options.group_cost)].tolist()
    eligible = [] if around.torn else [j for j in whole if not any(one.reasons(j, room) for one in inquiries)]
    if not eligible:
        return _nobody(around, inquiries, room)
    books = [full_book(j, around, options) for j in eligible]
    free = [j for j, book in zip(eligible, books, strict=True) if book is None]
    if free:
        return _left_free(min(free, key=lambda j: options.group_cost[options.at(j)]), around, options)
    return _outbid([book for book in books if book is not None], around)


def _nobody(around: Surroundings, inquiries: Sequence[Inquiry], room: Room) -> Unassigned:
    """The smallest sets of rules in the way of anybody, and the first moment at which they end by themselves."""
    people = around.state.roster.specialists
    admits: dict[tuple[str, ...], list[str]] = defaultdict(list)
    first: tuple[datetime, str] | None = None
    for j, person in enumerate(people):
        reasons = [reason for one in inquiries for reason in one.reasons(j, room)]
        codes = {reason.code for reason in reasons} | ({SEPARATED_CASE} if around.torn else set()) or {NOT_ASKED}
        admits[tuple(sorted(codes, key=_ORDER.index))].append(person.id)
        if codes.isdisjoint({NOT_ASKED, SEPARATED_CASE}) and all(reason.until for reason in reasons):
            moment = eligible_together(inquiries, j, room)
            first = first if moment is None or (first and first <= (moment, person.id)) else (moment, person.id)
    fewest = min((len(codes) for codes in admits), default=0)
    smallest = sorted((codes for codes in admits if len(codes) == fewest), key=_in_order)
    conflicts = tuple(Conflict(codes, tuple(admits[codes])) for codes in smallest)
    moment, by = first or (None, None)
    return Unassigned(Wait.NOBODY_ELIGIBLE, _nobody_in_words(around, conflicts, moment, by), conflicts, moment, by)


def _in_order(codes: tuple[str, ...]) -> list[int]:
    return [_ORDER.index(code) for code in codes]


def _nobody_in_words(around: Surroundings, conflicts: Sequence[Conflict], moment: datetime | None, by: str | None) -> str:
    if not conflicts:
        return "nobody may take it: the roster is empty"
    with_it = f" together with {listed(around.together)}" if around.together else ""
    ways = "; ".join(f"without {listed(one.rules)} {_counted(one.admits)} could" for one in conflicts)
    alone = f"{by} may from {in_words(moment)} on" if moment and by else "time alone does not help"
    return f"nobody may take it{with_it}, whatever their load: {ways}; {alone}"


def _counted(ids: Sequence[str]) -> str:
    return listed(ids) if len(ids) <= _NAMED else f"{len(ids)} people ({', '.join(ids[:_NAMED])}, …)"


def _left_free(specialist: int, around: Surroundings, options: Options) -> Unassigned:
    """Somebody has room: the policy keeps it free on purpose, or the assignment is not the best."""
    roster = around.state.roster
    cost, currency = float(options.group_cost[options.at(specialist)]), roster.settings.currency
    name, price = roster.specialists[specialist].id, in_money(cost, currency)
    waiting = in_money(options.group_waiting, currency)
    if cost >= options.group_waiting:
        return Unassigned(Wait.RESERVED, f"waiting costs {waiting}, {name}, who has room, {price}")
    return Unassigned(
        Wait.OVERLOOKED, f"{name} has room and would cost {price}, waiting {waiting}: the assignment is not the best"
    )


def _outbid(books: Sequence[FullBook], around: Surroundings) -> Unassigned:
    """Every eligible book is full: the one in which room costs least, in words, and all of them."""
    ordered = tuple(sorted(books, key=lambda one: (one.price is None, one.price or 0.0, one.specialist)))
    first, currency = ordered[0], around.state.roster.settings.currency
    count = f"{len(ordered)} may take it, none with room" if len(ordered) > 1 else "one may take it, without room"
    if first.price is None:
        return Unassigned(Wait.OUTBID, f"outbid: {count}; {first.specialist}: {first.obstacle}", outbid=ordered)
    price, gain = in_money(first.price, currency), in_money(first.gain, currency)
    displaced = listed(first.displaced)
    sentence = f"outbid: {count}; with {first.specialist}, letting {displaced} wait instead would cost {price} and save {gain}"
    return Unassigned(Wait.OUTBID, sentence, outbid=ordered)

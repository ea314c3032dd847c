"""Whether the credentials of those who hold cases cover them."""

from collections.abc import Iterable
from datetime import datetime

from caserouter.domain.credential_rules import (
    credential_jurisdiction,
    credential_lapsed,
    credential_missing,
    credential_not_yet_valid,
)
from caserouter.domain.errors import Conflict
from caserouter.domain.rules import Situation
from caserouter.domain.specialist import Specialist
from caserouter.service.board import OpenCase
from caserouter.service.commands.roster import urgency
from caserouter.service.unit import Unit

_RULES = (credential_missing, credential_jurisdiction, credential_not_yet_valid, credential_lapsed)


def require_credentials(unit: Unit, open_case: OpenCase, at: datetime | None = None) -> None:
    """Refuse to go on with a held case whose holder lacks a credential for it: one that lapsed before the keeper came to it, for one.

    Parameters
    ----------
    unit
        The unit of work.
    open_case
        A held case.
    at
        The moment that counts; None for now.

    Raises
    ------
    Conflict
        If one is lacking.
    """
    if open_case.holder is None:
        return
    situation = Situation(now=at or unit.now, settings=unit.board.document.routing)
    holder = unit.specialist(open_case.holder)
    for rule in _RULES:
        if (lacking := rule(open_case.case, holder, situation)) is not None:
            raise Conflict(
                f"{holder.id} may not go on with {open_case.id}: {lacking}; it goes to somebody else, or reassign it",
                ids=[open_case.id, holder.id],
            )


def uncovered(unit: Unit, holders: Iterable[Specialist], at: datetime | None = None) -> list[OpenCase]:
    """Cases that some specialists hold, and that their credentials do not cover, by urgency.

    Parameters
    ----------
    unit
        The unit of work.
    holders
        Whose cases are looked at, with the credentials that count.
    at
        The moment that counts; None for now.
    """
    situation = Situation(now=at or unit.now, settings=unit.board.document.routing)
    holder_by_id = {one.id: one for one in holders}
    found = []
    for one in unit.board.cases.values():
        holder = None if one.holder is None else holder_by_id.get(one.holder)
        if holder is not None and any(rule(one.case, holder, situation) is not None for rule in _RULES):
            found.append(one)
    return sorted(found, key=urgency)

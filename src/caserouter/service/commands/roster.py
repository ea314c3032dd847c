"""What commands on specialists have in common: who it is, what may not be said of anybody, and cases that go back to the queue."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from caserouter.domain.case import Case
from caserouter.domain.credential_rules import (
    credential_jurisdiction,
    credential_lapsed,
    credential_missing,
    credential_not_yet_valid,
)
from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, Finding, NotFound
from caserouter.domain.jurisdictions import ANY, known
from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.rules import Situation
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.service.board import OpenCase
from caserouter.service.commands.giving import release
from caserouter.service.commands.strangers import hint_or_code, in_another_currency
from caserouter.service.decisions import decide
from caserouter.service.unit import Unit
from caserouter.store.people import Person, person_of

_CREDENTIAL_RULES = (credential_missing, credential_jurisdiction, credential_not_yet_valid, credential_lapsed)


def person(unit: Unit, specialist_id: str) -> Person:
    """A specialist who takes cases.

    Raises
    ------
    NotFound
        If there is none of this id.
    Conflict
        If the specialist has retired.
    """
    found = person_of(unit.connection, specialist_id)
    if found is None:
        raise NotFound(f"{specialist_id}: there is no such specialist; check the id", ids=[specialist_id])
    if not found.active:
        raise Conflict(f"{specialist_id} has retired; put the specialist again to take cases", ids=[specialist_id])
    return found


def held_by(unit: Unit, specialist_id: str) -> list[OpenCase]:
    """The cases in a book, by urgency: priority, then age."""
    held = [one for one in unit.board.cases.values() if one.holder == specialist_id and one.status is not CaseStatus.RESOLVED]
    return sorted(held, key=lambda one: (one.case.priority, one.case.created, one.id))


def release_all(unit: Unit, cases: Iterable[OpenCase], reason: str) -> list[str]:
    """Take held cases out of their holders' books, for a reason as in `giving.release`; their ids. Nobody pulls yet."""
    ids = [one.id for one in cases]
    for case_id in ids:
        release(unit, case_id, reason=reason)
    return ids


def offer_around(unit: Unit, case_ids: Sequence[str]) -> None:
    """Let everybody pull after these cases went back to the queue, and record of those that still wait why they do."""
    if case_ids:
        unit.pull()
        _say_why(unit, case_ids)


def send_back(unit: Unit, cases: Iterable[OpenCase], reason: str) -> list[str]:
    """Put held cases back into the queue, from which others pull them at once; their ids."""
    ids = release_all(unit, cases, reason)
    offer_around(unit, ids)
    return ids


def _say_why(unit: Unit, case_ids: Sequence[str]) -> None:
    """Record why cases wait; one that somebody could take is left to the keeper, who goes on with the pull."""
    for case_id in case_ids:
        open_case = unit.board.cases[case_id]
        if open_case.status is CaseStatus.QUEUED:
            outcome = decide(unit.board, open_case.case, unit.now, mode="pull")
            if outcome.specialist is None:
                unit.queue(outcome, "pull")


def lacks_credential(case: Case, specialist: Specialist, situation: Situation) -> bool:
    """Whether one of the credential rules keeps `specialist` from the case in this situation."""
    return any(rule(case, specialist, situation) is not None for rule in _CREDENTIAL_RULES)


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
    for rule in _CREDENTIAL_RULES:
        if (lacking := rule(open_case.case, holder, situation)) is not None:
            raise Conflict(
                f"{holder.id} may not go on with {open_case.id}: {lacking}; it goes to somebody else, or reassign it",
                ids=[open_case.id, holder.id],
            )


def uncovered(unit: Unit, specialist: Specialist, at: Situation | None = None) -> list[OpenCase]:
    """Cases held by `specialist` whose credentials are lacking, now or in the situation `at`, by urgency."""
    situation = at or Situation(now=unit.now, settings=unit.board.document.routing)
    return [one for one in held_by(unit, specialist.id) if lacks_credential(one.case, specialist, situation)]


def specialist_findings(specialist: Specialist, settings: Settings) -> list[Finding]:
    """What the service does not accept of a specialist, whatever the file or the request it comes from."""
    found = []
    if specialist.held_cases:
        ids = ", ".join(case.id for case in specialist.held_cases)
        found.append(Finding(ids, "the service itself knows who holds which case", "leave held_cases out", column="held_cases"))
    if specialist.intake and specialist.intake.used:
        rule = "the service itself counts new cases"
        found.append(Finding(f"used {specialist.intake.used}", rule, "leave used out", column="intake"))
    found += in_another_currency(specialist.cost_per_hour, settings, "cost_per_hour")
    for action, limit in specialist.authority.items():
        found += in_another_currency(limit, settings, f"authority.{action}")
    return found + [finding for held in specialist.credentials for finding in credential_findings(held, settings)]


def credential_findings(credential: Credential, settings: Settings) -> list[Finding]:
    """What the service does not accept of a credential."""
    unknown = sorted(code for code in credential.jurisdictions if code != ANY and not known(code, settings.jurisdictions))
    named = settings.jurisdictions
    return [Finding(code, "unknown jurisdiction", hint_or_code(code, named), column="credentials") for code in unknown]

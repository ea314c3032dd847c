"""Versions of the service's policy: added after a check, made active, and everything that waits looked at again."""

from collections.abc import Iterator
from datetime import datetime

from caserouter.domain.business_time import add_business_hours
from caserouter.domain.errors import Finding, InvalidInput, NotFound
from caserouter.domain.money import Money
from caserouter.domain.service_policy import ServicePolicy, rules_behind
from caserouter.domain.specialist import Specialist
from caserouter.files.problems import did_you_mean
from caserouter.service.absences import leave_items
from caserouter.service.commands.coverage import uncovered
from caserouter.service.commands.lapses import schedule_lapses
from caserouter.service.commands.presence import see_to_endless_absence
from caserouter.service.commands.sending_back import send_back
from caserouter.service.findings import require_none
from caserouter.service.unit import Unit
from caserouter.store import due
from caserouter.store.documents import newest_policy_version, policy_of
from caserouter.store.events import EventKind
from caserouter.store.people import Person, people_by_id


def add_policy(unit: Unit, document: ServicePolicy) -> int:
    """Keep a new version of the policy, which counts once it is made active.

    Returns
    -------
    int
        Its number, which its `routing.version` becomes as well.

    Raises
    ------
    InvalidInput
        If the document contradicts itself or the roster; every problem is listed.
    """
    require_none(list(policy_findings(document, _people(unit), unit.now)), "policy")
    version = newest_policy_version(unit.connection) + 1
    routing = document.routing.model_copy(update={"version": version})
    body = document.model_copy(update={"routing": routing}).model_dump(mode="json")
    unit.record(EventKind.POLICY_ADDED, data={"version": version, "name": routing.name, "document": body})
    return version


def activate_policy(unit: Unit, version: int) -> bool:
    """Let a version of the policy count from now on, and look again at everything that waits.

    Due times that cases have already stay. Whoever holds a case under a credential that no longer implies the one needed gives it back.

    Returns
    -------
    bool
        Whether another version was active before.

    Raises
    ------
    NotFound
        If there is no such version.
    InvalidInput
        If the roster has changed since it was added, and contradicts it now.
    """
    document = policy_of(unit.connection, version)
    if document is None:
        raise NotFound(f"policy {version}: there is no such version; add it first", ids=[str(version)])
    if version == unit.board.policy_version:
        return False
    before = unit.board.document
    people = _people(unit)
    require_none(list(policy_findings(document, people, unit.now)), f"policy {version}")
    unit.record(EventKind.POLICY_ACTIVATED, data={"version": version})
    _see_to_due_items(unit, people, before, document)
    if before.routing.credentials != document.routing.credentials:
        send_back(unit, uncovered(unit, [one.specialist for one in people]), "credential")
    unit.pull()
    return True


def policy_findings(document: ServicePolicy, people: list[Person], now: datetime) -> Iterator[Finding]:
    """What contradicts itself in a policy, or contradicts the roster."""
    for position in rules_behind(document.targets):
        rule = "an earlier rule matches every case of this one, which would never count"
        yield Finding("", rule, "put it before the wider one, or leave it out", column=f"targets.{position}")
    try:
        add_business_hours(document.calendar, now, 1.0)
    except InvalidInput:
        yield Finding("", "has no business hour for two years on end", "give it shifts, or fewer holidays", column="calendar")
    teams = {one.specialist.team for one in people if one.specialist.team}
    for team in sorted(document.routing.team_caps.keys() - teams):
        if hint := did_you_mean(team, teams):
            yield Finding(team, "nobody belongs to this team", hint, column="routing.team_caps")
    for one in people:
        yield from _other_currencies(document.routing.currency, one.specialist)


def _other_currencies(currency: str, specialist: Specialist) -> Iterator[Finding]:
    """Amounts of a specialist that would count for nothing, as no rate of exchange is assumed."""
    limits = {f"{action} authority": limit for action, limit in specialist.authority.items()}
    for what, amount in {"cost per hour": specialist.cost_per_hour, **limits}.items():
        if isinstance(amount, Money) and amount.currency != currency:
            rule = f"is in {amount.currency}, not in {currency}"
            remedy = f"take it from the specialist until the policy counts in {currency}, or keep the currency"
            yield Finding(f"{what} of {specialist.id}", rule, remedy, column="routing.currency")


def _people(unit: Unit) -> list[Person]:
    return [one for one in people_by_id(unit.connection).values() if one.active]


def _see_to_due_items(unit: Unit, people: list[Person], before: ServicePolicy, after: ServicePolicy) -> None:
    """Move what comes due because of leave, absences and lapses to where the new policy has it."""
    for one in people:
        if before.lapse_lead_hours != after.lapse_lead_hours:
            schedule_lapses(unit, one.id, one.specialist.zone, one.credentials)
        if before.ramp != after.ramp:
            due.add(unit.connection, list(leave_items(after, one.specialist, unit.now)))
        if before.absence_hours != after.absence_hours:
            see_to_endless_absence(unit, one.id)

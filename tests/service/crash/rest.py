"""Whether anybody could be given a waiting case when everything is at rest: asked of the tables and the rules of the domain alone."""

from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa

from caserouter.domain.case import Case
from caserouter.domain.eligibility import Rule, Situation, exclusions, staffed_time
from caserouter.domain.service_policy import ServicePolicy
from caserouter.domain.specialist import Specialist
from caserouter.store.tables import cases, credential, due, policy, specialist

_OWN = ("id", "created", "customer", "first_response_due", "resolution_due", "commitments", "priority", "source")


def overdue(connection, now):
    """What has come due and is not done, by kind: nothing is at rest before that is empty."""
    return list(connection.execute(sa.select(due.c.kind).where(due.c.at <= now).order_by(due.c.kind)).scalars())


def could_be_given(connection, history, now=None):
    """Waiting cases that somebody with room may take, a sentence each.

    Linked and separated cases are left to the board, which knows where the others are; so are limits of intake.
    """
    now = now or datetime.now(UTC)
    document = _document(connection)
    people = _people(connection)
    staffed = staffed_time(people, document.routing, now)
    allowed = {}
    for case in _waiting(connection):
        signature = _signature(case)
        if signature not in allowed:
            allowed[signature] = [one.id for one in people if not _broken(case, one, people, document.routing, staffed, now)]
        for name in allowed[signature]:
            book, declined = history.books[name], history.cases[case.id].declined.get(name)
            if book.load + case.weight <= book.capacity and not (declined and declined > now):
                yield f"{case.id} of weight {case.weight} waits, and {name} may take it and holds {book.load} of {book.capacity}"
                break


def _document(connection):
    return ServicePolicy.model_validate(connection.execute(sa.select(policy.c.document).where(policy.c.active)).scalar_one())


def _people(connection):
    """Everybody who is there and has no limit of intake, without what they hold."""
    held = defaultdict(list)
    for row in connection.execute(sa.select(credential).where(credential.c.revoked_seq.is_(None))):
        held[row.specialist_id].append(
            {name: getattr(row, name) for name in ("kind", "jurisdictions", "valid_from", "valid_until")}
        )
    there = sa.select(specialist).where(specialist.c.active, specialist.c.presence == "online")
    everybody = (
        Specialist.model_validate({**row.body, "capacity": row.capacity, "credentials": held[row.id]})
        for row in connection.execute(there.order_by(specialist.c.id))
    )
    return [one for one in everybody if one.intake is None]


def _waiting(connection):
    rows = connection.execute(sa.select(cases.c.id, cases.c.body).where(cases.c.status == "queued").order_by(cases.c.created_at))
    for row in rows:
        case = Case.model_validate({**row.body, "id": row.id})
        if not case.linked_cases and not case.separated_cases:
            yield case


def _signature(case):
    """What decides who may take a case, but for room and refusals; its age matters only to relaxations, which move with time."""
    return case.model_dump_json(exclude=set(_OWN))


def _broken(case, one, people, settings, staffed, now):
    situation = Situation(now=now, settings=settings, approvers=people, staffed=staffed)
    return [found for found in exclusions(case, one, situation) if found.rule is not Rule.CAPACITY]

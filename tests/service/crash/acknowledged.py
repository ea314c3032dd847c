"""Whether everything that was acknowledged is in the database, once, and nothing that nobody asked for."""

import re
from collections import defaultdict

import sqlalchemy as sa

from caserouter.store.tables import event, idempotency

PRINCIPAL = {
    "POST /v1/cases": "case_created",
    "PATCH /v1/cases/*": "case_updated",
    "POST /v1/cases/*/accept": "case_accepted",
    "POST /v1/cases/*/cancel": "case_cancelled",
    "POST /v1/cases/*/commitments": "commitment_made",
    "POST /v1/cases/*/contacts": "contact_made",
    "POST /v1/cases/*/decline": "case_released",
    "POST /v1/cases/*/reopen": "case_reopened",
    "POST /v1/cases/*/resolve": "case_resolved",
    "POST /v1/cases/*/resume": "wait_ended",
    "POST /v1/cases/*/wait": "wait_began",
    "POST /v1/policies": "policy_added",
}
"""The event that each request leaves exactly once; setting somebody's presence or capacity again may leave none."""

_NAME = re.compile(r"(?<=/v1/cases/)[^/]+")
_EVENT = (event.c.seq, event.c.kind, event.c.case_id, event.c.specialist_id, event.c.request_id)


def losses(connection, exchanges):
    """Everything that was acknowledged and is missing or there twice, and whatever nobody asked for; a sentence each."""
    events = defaultdict(list)
    for row in connection.execute(sa.select(*_EVENT).where(event.c.request_id != "").order_by(event.c.seq)):
        events[row.request_id].append(row)
    groups = defaultdict(list)
    for exchange in exchanges:
        groups[exchange.asked.scope].append(exchange)
    kept = _kept(connection)
    for group in groups.values():
        yield from _of_group(group, events, kept)
    for name in events.keys() - {exchange.asked.id for exchange in exchanges}:
        yield f"{name}: {len(events[name])} events, and nobody asked"


def _kept(connection):
    columns = (idempotency.c.method, idempotency.c.path, idempotency.c.key, idempotency.c.status, idempotency.c.body)
    return {tuple(row[:3]): (row.status, bytes(row.body)) for row in connection.execute(sa.select(*columns))}


def _of_group(group, events, kept):
    """What is wrong with requests that are the same to the service."""
    asked = group[0].asked
    acknowledged = [answer for exchange in group for answer in exchange.answers if answer.acknowledges]
    statuses = {answer.status for exchange in group for answer in exchange.answers}
    if any(status >= 500 for status in statuses):
        yield f"{asked.id}: {asked.method} {asked.path} was answered {sorted(statuses)}"
    if len({(answer.status, answer.body) for answer in acknowledged}) > 1 and asked.key:
        yield f"{asked.id}: repeated, and got other bytes"
    if asked.key and sum(not answer.replayed for answer in acknowledged) > 1:
        yield f"{asked.id}: answered as new more than once"
    if asked.key and acknowledged:
        yield from _answer_kept(asked, acknowledged[0], kept.get(asked.scope))
    principal = PRINCIPAL.get(f"{asked.method} {_NAME.sub('*', asked.path)}")
    if principal is not None:
        found = [
            row for exchange in group for row in events[exchange.asked.id] if row.kind == principal and _concerns(row, asked)
        ]
        yield from _done_once(group, acknowledged, found)
        if principal == "case_created" and acknowledged and found:
            yield from _decision_kept(asked, acknowledged[0].document(), found[0], events[found[0].request_id])


def _answer_kept(asked, answer, kept):
    if kept is None:
        yield f"{asked.id}: acknowledged, and its answer is not kept"
    elif kept != (answer.status, answer.body):
        yield f"{asked.id}: acknowledged, and another answer is kept"


def _concerns(row, asked):
    """Whether an event is of the case that the request names; one that creates names none."""
    named = _NAME.search(asked.path)
    return named is None or row.case_id == named[0]


def _done_once(group, acknowledged, found):
    asked = group[0].asked
    if len(found) > 1:
        yield f"{asked.id}: {asked.method} {asked.path} was done {len(found)} times"
    if acknowledged and not found:
        yield f"{asked.id}: {asked.method} {asked.path} was acknowledged with {acknowledged[0].status}, and is lost"
    refused = not acknowledged and not any(exchange.is_open for exchange in group)
    if found and refused and asked.key:
        yield f"{asked.id}: {asked.method} {asked.path} was refused, and was done"


def _decision_kept(asked, answer, created, events):
    """The case and the decision of the answer are those of the events."""
    decided = next(
        (row for row in events if row.kind in {"case_assigned", "case_queued"} and row.case_id == created.case_id), None
    )
    if answer["case"]["id"] != created.case_id:
        yield f"{asked.id}: acknowledged as {answer['case']['id']}, and is {created.case_id}"
    elif decided is None:
        yield f"{asked.id}: {created.case_id} has no decision"
    elif answer["decision"]["specialist"] != decided.specialist_id:
        yield f"{asked.id}: acknowledged for {answer['decision']['specialist']}, decided for {decided.specialist_id}"

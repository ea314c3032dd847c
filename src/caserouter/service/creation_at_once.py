"""Creating a case on PostgreSQL without a unit of work: decide on the board, then commit in one statement that holds if nothing changed.

Most creations meet nobody else who matters. The statement refuses the others: those try again on a board that has caught up, and after
a few times wait for their turn in a unit of work.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from caserouter.domain.case import Case
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.actor import Actor
from caserouter.service.board import Outcome
from caserouter.service.commands.commitments import commitment_data
from caserouter.service.commands.strangers import strangers
from caserouter.service.commands.turn import dated
from caserouter.service.creation import Draft, created_case, created_data
from caserouter.service.decisions import decide
from caserouter.service.kept_replies import answer_of, scope_of
from caserouter.service.new_case import CreatedCase
from caserouter.service.reply import IdempotencyScope, Reply
from caserouter.service.targets import with_targets
from caserouter.service.unit import assigned_data
from caserouter.store.creation import Created, Creation, Repeated, create_at_once
from caserouter.store.events import Event, EventKind

if TYPE_CHECKING:
    from caserouter.service.engine import Engine

ATTEMPTS = 3
"""Times that a creation is tried without a unit of work."""


def try_at_once(
    engine: "Engine",
    actor: Actor,
    draft: Draft,
    render: Callable[[CreatedCase], Reply],
    idempotency: IdempotencyScope | None,
) -> Reply | None:
    """Create a case; None if that takes a unit of work.

    So it does where the case names others or something unknown, was there before, comes with a commitment in words, or where too much
    else happens.
    """
    if draft.case.linked_cases or draft.case.separated_cases or any(note for _, _, note in draft.commitments):
        return None
    for attempt in range(ATTEMPTS):
        now = engine.clock.now()
        with engine.board(just_seen_will_do=attempt == 0) as board:
            if strangers(board, draft.case):
                return None
            document, seen = board.document, board.seq
            case = with_targets(document, draft.case)
            outcome = decide(board, case, now, mode="arrival")
        if outcome.ties:
            return None
        reply = render(created_case(draft, case, outcome))
        creation = Creation(
            events=_events(actor, draft, document, case, outcome, now),
            seen=seen,
            now=now,
            valid_until=outcome.valid_until,
            changes_rules=outcome.intake_limited,
            personal=dict(draft.new.personal),
            answer=None if idempotency is None else (scope_of(idempotency), answer_of(idempotency, reply, now)),
        )
        result = create_at_once(engine.database, creation)
        if isinstance(result, Created):
            engine.take_up(result.events)
            return reply
        if isinstance(result, Repeated):
            return None
    return None


def _events(
    actor: Actor, draft: Draft, document: ServicePolicy, case: Case, outcome: Outcome, now: datetime
) -> tuple[Event, ...]:
    """The creation, the decision and the commitments, numbered from 1."""

    def event(number: int, kind: EventKind, data: dict[str, object]) -> Event:
        return Event(number, now, kind, data, case_id=case.id, actor=actor.id, request_id=actor.request_id)

    created = event(1, EventKind.CASE_CREATED, created_data(document, case, draft.new))._replace(account_id=case.account)
    if outcome.specialist is None:
        decided = event(2, EventKind.CASE_QUEUED, {"mode": "arrival", "why": outcome.why})
    else:
        decided = event(2, EventKind.CASE_ASSIGNED, assigned_data(outcome, "arrival"))
    decided = decided._replace(specialist_id=outcome.specialist, evidence=outcome.evidence)
    commitments = (
        event(number, EventKind.COMMITMENT_MADE, {**dated(draft.new.occurred_at), **commitment_data(document, key, due)})
        for number, (key, due, _) in enumerate(draft.commitments, start=3)
    )
    return (created, decided, *commitments)

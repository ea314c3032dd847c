"""Cases: created and routed at once, previewed, read, changed, listed."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.commands.updating import update
from caserouter.service.http.answers import REPLAYED, answer, reply, respond
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import MayRead, MayReadOrRoute, MayRoute
from caserouter.service.http.carrying_out import carry_out_on_case
from caserouter.service.http.case_documents import case_document, created_document, routed_document, wait_document
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.entity_tags import IfMatch, entity_tag, required_precondition
from caserouter.service.http.known import known_case
from caserouter.service.http.metrics import count_decision
from caserouter.service.http.parameters import Id, Visible
from caserouter.service.new_case import CreatedCase
from caserouter.service.reply import Reply
from caserouter.service.schemas.case_views import CaseInFullView, CasesView, ChangedView, CreatedView, QueueView, Routed
from caserouter.service.schemas.cases import CreateCase, UpdateCase
from caserouter.store.queries import cases as queries

router = APIRouter(prefix="/v1", tags=["cases"])
_NEWEST = (datetime, str)


class CaseQuery(Paging):
    """Which cases to list."""

    status: Annotated[CaseStatus | None, Field(description="Only those that stand here.")] = None
    holder: Annotated[Visible | None, Field(description="Only those that this specialist holds.")] = None
    type: Annotated[Visible | None, Field(description="Only those of this case type.")] = None
    account: Annotated[Visible | None, Field(description="Only those of this account.")] = None
    source: Annotated[Visible | None, Field(description="Only those that come from this system.")] = None
    external_id: Annotated[Visible | None, Field(description="Only the one of this id in the system that it comes from.")] = None


@router.post("/cases")
@documented(
    {201: CreatedView, 200: CreatedView},
    problems=["conflict", "not_found"],
    headers=["ETag", "Location", REPLAYED],
)
def create_case(call: MayRoute, body: Annotated[CreateCase, Depends(JsonBody(CreateCase))]) -> Response:
    """Create a case and route it at once.

    The answer says who takes it, or why it waits. The same source and external id create one case: it is answered with status 200 as it is
    now, and nothing is changed.
    """
    created: list[CreatedCase] = []  # a creation may be rendered more than once: the last one counts

    def render(one: CreatedCase) -> Reply:
        created.append(one)
        return _created_reply(one)

    given = call.engine.create(call.actor, body.to_new_case(), render, call.once())
    if given.status == 201 and not given.replayed:
        count_decision(created[-1].status)
    return respond(given)


def _created_reply(created: CreatedCase) -> Reply:
    headers = {"ETag": entity_tag(created.version), "Location": f"/v1/cases/{created.case.id}"}
    return reply(created_document(created), 200 if created.existed else 201, headers)


@router.post("/cases/preview")
@documented({200: Routed})
def preview_case(call: MayRoute, body: Annotated[CreateCase, Depends(JsonBody(CreateCase))]) -> Response:
    """Say who would take a case now; nothing is kept."""
    outcome = call.engine.preview(body.to_new_case())
    status = "queued" if outcome.specialist is None else outcome.status
    return answer(routed_document(outcome, status))


@router.get("/cases/{case_id}")
@documented({200: CaseInFullView}, problems=["not_found"], headers=["ETag"])
def read_case(call: MayReadOrRoute, case_id: Id) -> Response:
    """Read a case, with what is known of its customer."""
    with call.engine.read() as connection:
        case = known_case(connection, case_id)
        personal = queries.personal_of(connection, case_id)
    said = [{name: one[name] for name in ("at", "field", "value")} for one in personal]
    return answer({**case_document(case["body"], case), "personal": said}, headers={"ETag": entity_tag(case["version"])})


@router.patch("/cases/{case_id}")
@documented(
    {200: ChangedView}, problems=["not_found", "conflict", "precondition_required", "precondition_failed"], headers=["ETag"]
)
def update_case(
    call: MayRoute,
    case_id: Id,
    body: Annotated[UpdateCase, Depends(JsonBody(UpdateCase))],
    if_match: IfMatch = None,
) -> Response:
    """Change an open case.

    One that waits is routed anew; whoever holds it keeps it, unless the change breaks a rule: then it is routed anew at once.
    """
    precondition = required_precondition(if_match)
    changes, personal, at = body.changes(), body.personal() or None, body.occurred_at
    return carry_out_on_case(
        call, case_id, lambda unit: update(unit, case_id, changes, personal=personal, occurred_at=at), precondition
    )


@router.get("/cases")
@documented({200: CasesView})
def list_cases(call: MayRead, query: Annotated[CaseQuery, Query()]) -> Response:
    """List cases, the newest first."""
    wanted = queries.CaseFilter(**query.model_dump(exclude={"limit", "cursor"}))
    with call.engine.read() as connection:
        found = queries.list_cases(connection, wanted, after=query.after(*_NEWEST), limit=query.limit + 1)
    items, following = query.cut(found, lambda case: (case["created_at"], case["id"]))
    return answer({"items": [case_document(case["body"], case) for case in items], "next": following})


@router.get("/queue")
@documented({200: QueueView})
def list_queue(call: MayRead, query: Annotated[Paging, Query()]) -> Response:
    """List the cases that wait, the most urgent first, each with the reason why."""
    with call.engine.read() as connection:
        found = queries.queue(connection, after=query.after(int, *_NEWEST), limit=query.limit + 1)
    items, following = query.cut(found, lambda case: (case["priority"], case["created_at"], case["id"]))
    documents = [
        {**case_document(case["body"], case), "why": wait_document(case["why"]) if case["why"] else None} for case in items
    ]
    return answer({"items": documents, "next": following})

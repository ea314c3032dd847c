"""Cases: created and routed at once, previewed, read, changed, listed."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from caserouter.service.http.answers import answer, reply, respond
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import IdempotencyKey, MayRoute
from caserouter.service.http.case_documents import created_document, routed_document
from caserouter.service.http.documentation import documented
from caserouter.service.http.entity_tags import entity_tag
from caserouter.service.new_case import CreatedCase
from caserouter.service.reply import Reply
from caserouter.service.schemas.cases import CreateCase, CreatedView, Routed

router = APIRouter(prefix="/v1", tags=["cases"])

_created = documented(
    {201: CreatedView, 200: CreatedView},
    problems=["conflict", "in_flight"],
    headers=["ETag", "Location", "Idempotency-Replayed"],
)


@router.post("/cases")
@_created
def create_case(
    call: MayRoute, body: Annotated[CreateCase, Depends(JsonBody(CreateCase))], idempotency_key: IdempotencyKey = None
) -> Response:
    """Create a case and route it at once.

    The answer says who takes it, or why it waits. The same source and external id create one case: it is answered with status 200 as it is now,
    and nothing is changed.
    """
    return respond(call.engine.create(call.actor, body.to_new_case(), _created_reply, call.once(idempotency_key)))


def _created_reply(created: CreatedCase) -> Reply:
    headers = {"ETag": entity_tag(created.version), "Location": f"/v1/cases/{created.case.id}"}
    return reply(created_document(created), 200 if created.existed else 201, headers)


@router.post("/cases/preview")
@documented({200: Routed})
def preview_case(call: MayRoute, body: Annotated[CreateCase, Depends(JsonBody(CreateCase))]) -> Response:
    """Say who would take a case now; nothing is kept."""
    outcome = call.engine.preview(body.to_new_case())
    status = "queued" if outcome.specialist is None else outcome.status
    return answer(routed_document(outcome.specialist, status, outcome.offer_until, outcome.why))

"""What may be done to a case: each route hands its body to one command, and answers with the case as it then is."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from caserouter.service.commands import closing, commitments, contacts, holding, waits
from caserouter.service.http.answers import REPLAYED
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import MayManage, MayRoute, MaySupervise
from caserouter.service.http.carrying_out import carry_out
from caserouter.service.http.documentation import documented
from caserouter.service.http.parameters import Id
from caserouter.service.schemas import commands as bodies
from caserouter.service.schemas.cases import ChangedView

router = APIRouter(prefix="/v1/cases/{case_id}", tags=["cases"])

_HEADERS = ["ETag", REPLAYED]
_PROBLEMS = ["not_found", "conflict"]
_changed = documented({200: ChangedView}, problems=_PROBLEMS, headers=_HEADERS)


@router.post("/accept")
@_changed
def accept_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Accept, Depends(JsonBody(bodies.Accept, may_be_empty=True))]
) -> Response:
    """Take an offer: the case is then ready."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: holding.accept(unit, case_id, **given))


@router.post("/decline")
@_changed
def decline_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Decline, Depends(JsonBody(bodies.Decline, may_be_empty=True))]
) -> Response:
    """Give a case back: it is routed anew at once, and whoever declined is left alone with it for a while."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: holding.decline(unit, case_id, **given))


@router.post("/reassign")
@_changed
def reassign_case(
    call: MaySupervise, case_id: Id, body: Annotated[bodies.Reassign, Depends(JsonBody(bodies.Reassign))]
) -> Response:
    """Give a case to somebody by hand, or back to the queue.

    An override passes over skills, role floor, shift and intake, and over nothing else.
    """
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: holding.reassign(unit, case_id, **given))


@router.post("/contacts")
@_changed
def make_contact(call: MayRoute, case_id: Id, body: Annotated[bodies.Contact, Depends(JsonBody(bodies.Contact))]) -> Response:
    """Report a contact.

    One that faces the customer keeps open commitments, and the first one is the first response.
    """
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: contacts.contact(unit, case_id, **given))


@router.post("/wait")
@_changed
def let_wait(call: MayRoute, case_id: Id, body: Annotated[bodies.Wait, Depends(JsonBody(bodies.Wait))]) -> Response:
    """Let a case wait for the customer, another department, an approval or a review."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: waits.wait(unit, case_id, **given))


@router.post("/resume")
@_changed
def resume_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Dated, Depends(JsonBody(bodies.Dated, may_be_empty=True))]
) -> Response:
    """End a wait: the case is ready to be worked on again."""
    return carry_out(call, case_id, lambda unit: waits.resume(unit, case_id, occurred_at=body.occurred_at))


@router.post("/review")
@_changed
def review_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Review, Depends(JsonBody(bodies.Review, may_be_empty=True))]
) -> Response:
    """Report that legal or compliance has passed a case."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: contacts.review(unit, case_id, **given))


@router.post("/approve")
@_changed
def approve_case(call: MayRoute, case_id: Id, body: Annotated[bodies.Approve, Depends(JsonBody(bodies.Approve))]) -> Response:
    """Report what somebody with the authority has decided."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: contacts.approve(unit, case_id, **given))


@router.post("/commitments")
@documented({201: ChangedView}, problems=_PROBLEMS, headers=_HEADERS)
def make_commitment(call: MayRoute, case_id: Id, body: Annotated[bodies.Commit, Depends(JsonBody(bodies.Commit))]) -> Response:
    """Record that the customer was promised a follow-up."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: commitments.commit(unit, case_id, **given), status=201)


@router.post("/commitments/{commitment_id}/kept")
@_changed
def keep_commitment(
    call: MayRoute,
    case_id: Id,
    commitment_id: Id,
    body: Annotated[bodies.Dated, Depends(JsonBody(bodies.Dated, may_be_empty=True))],
) -> Response:
    """Record that a follow-up was made."""
    occurred_at = body.occurred_at
    return carry_out(call, case_id, lambda unit: commitments.keep(unit, case_id, commitment_id, occurred_at=occurred_at))


@router.post("/resolve")
@_changed
def resolve_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Dated, Depends(JsonBody(bodies.Dated, may_be_empty=True))]
) -> Response:
    """Report that a case is done: whoever held it has room again."""
    return carry_out(call, case_id, lambda unit: closing.resolve(unit, case_id, occurred_at=body.occurred_at))


@router.post("/reopen")
@_changed
def reopen_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Dated, Depends(JsonBody(bodies.Dated, may_be_empty=True))]
) -> Response:
    """Report that a case is not done after all: back to whoever held it, if they may take it and have room."""
    return carry_out(call, case_id, lambda unit: closing.reopen(unit, case_id, occurred_at=body.occurred_at))


@router.post("/cancel")
@_changed
def cancel_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Cancel, Depends(JsonBody(bodies.Cancel, may_be_empty=True))]
) -> Response:
    """Withdraw a case before the first contact."""
    given = body.model_dump()
    return carry_out(call, case_id, lambda unit: closing.cancel(unit, case_id, **given))


@router.post("/erase")
@_changed
def erase_case(call: MayManage, case_id: Id) -> Response:
    """Erase what is personal about a case; what happened, and why, stays."""
    return carry_out(call, case_id, lambda unit: closing.erase(unit, case_id))

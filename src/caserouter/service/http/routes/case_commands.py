"""What may be done to a case: each route hands its body to one command, and answers with the case as it then is."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from caserouter.service.commands import closing, commitments, contacts, holding, waits
from caserouter.service.commands.turn import Done
from caserouter.service.http.answers import REPLAYED
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import Call, MayManage, MayRoute, MaySupervise
from caserouter.service.http.carrying_out import carry_out_on_case
from caserouter.service.http.documentation import documented
from caserouter.service.http.parameters import Id
from caserouter.service.schemas import commands as bodies
from caserouter.service.schemas.case_views import ChangedView

router = APIRouter(prefix="/v1/cases/{case_id}", tags=["cases"])

_HEADERS = ["ETag", REPLAYED]
_PROBLEMS = ["not_found", "conflict"]
_changed = documented({200: ChangedView}, problems=_PROBLEMS, headers=_HEADERS)
DatedBody = Annotated[bodies.Dated, Depends(JsonBody(bodies.Dated, may_be_empty=True))]


@router.post("/accept")
@_changed
def accept_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Accept, Depends(JsonBody(bodies.Accept, may_be_empty=True))]
) -> Response:
    """Take an offer: the case is then ready."""
    return _do(call, case_id, holding.accept, body)


@router.post("/decline")
@_changed
def decline_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Decline, Depends(JsonBody(bodies.Decline, may_be_empty=True))]
) -> Response:
    """Give a case back: it is routed anew at once, and whoever declined is left alone with it for a while."""
    return _do(call, case_id, holding.decline, body)


@router.post("/reassign")
@_changed
def reassign_case(
    call: MaySupervise, case_id: Id, body: Annotated[bodies.Reassign, Depends(JsonBody(bodies.Reassign))]
) -> Response:
    """Give a case to somebody by hand, or back to the queue.

    An override passes over skills, role floor, shift and intake, and over nothing else.
    """
    return _do(call, case_id, holding.reassign, body)


@router.post("/contacts")
@_changed
def make_contact(call: MayRoute, case_id: Id, body: Annotated[bodies.Contact, Depends(JsonBody(bodies.Contact))]) -> Response:
    """Report a contact.

    One that faces the customer keeps open commitments, and the first one is the first response.
    """
    return _do(call, case_id, contacts.contact, body)


@router.post("/wait")
@_changed
def let_wait(call: MayRoute, case_id: Id, body: Annotated[bodies.Wait, Depends(JsonBody(bodies.Wait))]) -> Response:
    """Let a case wait for the customer, another department, an approval or a review."""
    return _do(call, case_id, waits.wait, body)


@router.post("/resume")
@_changed
def resume_case(call: MayRoute, case_id: Id, body: DatedBody) -> Response:
    """End a wait: the case is ready to be worked on again."""
    return _do(call, case_id, waits.resume, body)


@router.post("/review")
@_changed
def review_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Review, Depends(JsonBody(bodies.Review, may_be_empty=True))]
) -> Response:
    """Report that legal or compliance has passed a case."""
    return _do(call, case_id, contacts.review, body)


@router.post("/approve")
@_changed
def approve_case(call: MayRoute, case_id: Id, body: Annotated[bodies.Approve, Depends(JsonBody(bodies.Approve))]) -> Response:
    """Report what somebody with the authority has decided."""
    return _do(call, case_id, contacts.approve, body)


@router.post("/commitments")
@documented({201: ChangedView}, problems=_PROBLEMS, headers=_HEADERS)
def make_commitment(call: MayRoute, case_id: Id, body: Annotated[bodies.Commit, Depends(JsonBody(bodies.Commit))]) -> Response:
    """Record that the customer was promised a follow-up."""
    return _do(call, case_id, commitments.commit, body, status=201)


@router.post("/commitments/{commitment_id}/kept")
@_changed
def keep_commitment(call: MayRoute, case_id: Id, commitment_id: Id, body: DatedBody) -> Response:
    """Record that a follow-up was made."""
    occurred_at = body.occurred_at
    return carry_out_on_case(call, case_id, lambda unit: commitments.keep(unit, case_id, commitment_id, occurred_at=occurred_at))


@router.post("/resolve")
@_changed
def resolve_case(call: MayRoute, case_id: Id, body: DatedBody) -> Response:
    """Report that a case is done: whoever held it has room again."""
    return _do(call, case_id, closing.resolve, body)


@router.post("/reopen")
@_changed
def reopen_case(call: MayRoute, case_id: Id, body: DatedBody) -> Response:
    """Report that a case is not done after all: back to whoever held it, if they may take it and have room."""
    return _do(call, case_id, closing.reopen, body)


@router.post("/cancel")
@_changed
def cancel_case(
    call: MayRoute, case_id: Id, body: Annotated[bodies.Cancel, Depends(JsonBody(bodies.Cancel, may_be_empty=True))]
) -> Response:
    """Withdraw a case before the first contact."""
    return _do(call, case_id, closing.cancel, body)


@router.post("/erase")
@_changed
def erase_case(call: MayManage, case_id: Id) -> Response:
    """Erase what is personal about a case; what happened, and why, stays."""
    return carry_out_on_case(call, case_id, lambda unit: closing.erase(unit, case_id))


def _do(call: Call, case_id: str, command: Callable[..., Done], body: bodies.Dated, *, status: int = 200) -> Response:
    """Carry out a command, which takes the fields of the body by name."""
    given = body.model_dump()
    return carry_out_on_case(call, case_id, lambda unit: command(unit, case_id, **given), status=status)

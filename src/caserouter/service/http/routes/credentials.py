"""Credentials of specialists: listed, granted, revoked."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from caserouter.domain.credentials import Credential
from caserouter.service.commands import credentials as commands
from caserouter.service.findings import read_fields
from caserouter.service.http.answers import REPLAYED, answer, reply, respond
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import MayManage, MayReadOrManage
from caserouter.service.http.documentation import documented
from caserouter.service.http.known import known_specialist
from caserouter.service.http.parameters import Id
from caserouter.service.http.specialist_documents import credential_document
from caserouter.service.reply import Reply
from caserouter.service.schemas.specialists import CredentialsView, CredentialView, GrantCredential, RevokedView
from caserouter.service.tokens import Scope
from caserouter.service.unit import Unit
from caserouter.store.queries import staff
from caserouter.store.queries.rows import Row

router = APIRouter(prefix="/v1/specialists/{specialist_id}/credentials", tags=["credentials"])


@router.get("")
@documented({200: CredentialsView}, problems=["not_found"])
def list_credentials(call: MayReadOrManage, specialist_id: Id) -> Response:
    """List what a specialist was granted, in that order; what was revoked as well."""
    with call.engine.read() as connection:
        known_specialist(connection, specialist_id)
        found = staff.credentials_of(connection, specialist_id)
    with_evidence = call.may(Scope.MANAGE)
    return answer({"items": [credential_document(one, with_evidence=with_evidence) for one in found]})


@router.post("")
@documented({201: CredentialView}, problems=["not_found", "conflict"], headers=[REPLAYED])
def grant_credential(
    call: MayManage, specialist_id: Id, body: Annotated[GrantCredential, Depends(JsonBody(GrantCredential))]
) -> Response:
    """Record that a specialist holds a credential; what it opens is taken from the queue at once."""
    credential = read_fields(Credential, body.model_dump(exclude={"evidence"}))

    def work(unit: Unit) -> Row:
        granted = commands.grant_credential(unit, specialist_id, credential, evidence=body.evidence)
        row = staff.credential_by_id(unit.connection, granted)
        assert row is not None, "it was granted in this unit of work"
        return row

    def render(row: Row) -> Reply:
        return reply(credential_document(row, with_evidence=True), 201)

    return respond(call.engine.run(call.actor, work, render, call.once()))


@router.post("/{credential_id}/revoke")
@documented({200: RevokedView}, problems=["not_found", "conflict"], headers=[REPLAYED])
def revoke_credential(call: MayManage, specialist_id: Id, credential_id: Id) -> Response:
    """Record that a specialist holds a credential no longer; what it covered goes back to the queue."""

    def work(unit: Unit) -> list[str]:
        return commands.revoke_credential(unit, specialist_id, credential_id)

    def render(sent_back: list[str]) -> Reply:
        return reply({"credential": credential_id, "sent_back": sent_back})

    return respond(call.engine.run(call.actor, work, render, call.once()))

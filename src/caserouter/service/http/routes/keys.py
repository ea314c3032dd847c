"""API keys: what they may be used for, and their tokens, told once."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from caserouter.service.commands import keys as commands
from caserouter.service.commands.keys import NewKey
from caserouter.service.http.answers import answer, reply, respond
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import Call, MayManage
from caserouter.service.http.documentation import documented
from caserouter.service.http.parameters import Id
from caserouter.service.reply import Reply
from caserouter.service.schemas.keys import CreateKey, KeysView, KeyView, NewKeyView, RotateKey
from caserouter.service.unit import Unit
from caserouter.store.keys import StoredKey, all_keys

router = APIRouter(prefix="/v1/keys", tags=["keys"])


@router.get("")
@documented({200: KeysView})
def list_keys(call: MayManage) -> Response:
    """List the keys, the oldest first; those that no longer work as well."""
    with call.engine.read() as connection:
        return answer({"items": [_view(key) for key in all_keys(connection)]})


@router.post("")
@documented({201: NewKeyView})
def create_key(call: MayManage, body: Annotated[CreateKey, Depends(JsonBody(CreateKey))]) -> Response:
    """Make a key; its token is told this once.

    An Idempotency-Key makes no difference here: an answer with a token is never kept.
    """

    def make(unit: Unit) -> NewKey:
        return commands.create_key(
            unit, name=body.name, scopes=body.scopes, expires_at=body.expires_at, rate_per_minute=body.rate_per_minute
        )

    return respond(call.engine.run(call.actor, make, _made))


@router.post("/{key_id}/rotate")
@documented({201: NewKeyView}, problems=["not_found", "conflict"])
def rotate_key(
    call: MayManage, key_id: Id, body: Annotated[RotateKey, Depends(JsonBody(RotateKey, may_be_empty=True))]
) -> Response:
    """Make a key that takes the place of another one, which works for a while still.

    An Idempotency-Key makes no difference here: an answer with a token is never kept.
    """
    made = call.engine.run(call.actor, lambda unit: commands.rotate_key(unit, key_id, overlap_hours=body.overlap_hours), _made)
    _ask_again(call)
    return respond(made)


@router.delete("/{key_id}")
@documented({200: KeyView}, problems=["not_found"])
def revoke_key(call: MayManage, key_id: Id) -> Response:
    """Revoke a key: it works no longer."""
    revoked = call.engine.run(call.actor, lambda unit: commands.revoke_key(unit, key_id), lambda key: reply(_view(key)))
    _ask_again(call)
    return respond(revoked)


def _ask_again(call: Call) -> None:
    call.request.app.state.callers.forget()


def _made(new: NewKey) -> Reply:
    return reply({"key": _view(new.key), "token": new.token}, 201)


def _view(key: StoredKey) -> dict[str, Any]:
    shown = key._asdict()
    del shown["hash"]
    return shown

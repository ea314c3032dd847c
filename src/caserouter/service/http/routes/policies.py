"""Versions of the policy: added after a check, read, made active."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from caserouter.domain.errors import NotFound
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.commands import policies as commands
from caserouter.service.http.answers import REPLAYED, answer, reply, respond
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import MayManage
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.known import known_policy
from caserouter.service.reply import Reply
from caserouter.service.schemas.policies import PoliciesView, PolicyLineView, PolicyView
from caserouter.service.unit import Unit
from caserouter.store.queries import policies as queries
from caserouter.store.queries.rows import Row

router = APIRouter(prefix="/v1/policies", tags=["policies"])
Version = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the version.")]
_LINE = ("version", "name", "active", "added_at", "activated_at")


@router.get("")
@documented({200: PoliciesView})
def list_policies(call: MayManage, query: Annotated[Paging, Query()]) -> Response:
    """List the versions of the policy, the newest first."""
    with call.engine.read() as connection:
        found = queries.list_policies(connection, after=query.after(int), limit=query.limit + 1)
    items, following = query.cut(found, lambda one: (one["version"],))
    return answer({"items": [_line(one) for one in items], "next": following})


@router.get("/active")
@documented({200: PolicyView}, problems=["not_found"])
def read_active_policy(call: MayManage) -> Response:
    """Read the version in force."""
    with call.engine.read() as connection:
        row = queries.active_policy(connection)
    if row is None:
        raise NotFound("no version of the policy is active; activate one")
    return answer(_document(row))


@router.get("/{version}")
@documented({200: PolicyView}, problems=["not_found"])
def read_policy(call: MayManage, version: Version) -> Response:
    """Read a version of the policy."""
    with call.engine.read() as connection:
        row = known_policy(connection, version)
    return answer(_document(row))


@router.post("")
@documented({201: PolicyLineView}, headers=["Location", REPLAYED])
def add_policy(call: MayManage, body: Annotated[ServicePolicy, Depends(JsonBody(ServicePolicy))]) -> Response:
    """Add a version of the policy, which counts once it is made active."""

    def work(unit: Unit) -> Row:
        return known_policy(unit.connection, commands.add_policy(unit, body))

    def render(row: Row) -> Reply:
        return reply(_line(row), 201, {"Location": f"/v1/policies/{row['version']}"})

    return respond(call.engine.run(call.actor, work, render, call.once()))


@router.post("/{version}/activate")
@documented({200: PolicyLineView}, problems=["not_found"], headers=[REPLAYED])
def activate_policy(call: MayManage, version: Version) -> Response:
    """Let a version of the policy count from now on; everything that waits is looked at again."""

    def work(unit: Unit) -> Row:
        commands.activate_policy(unit, version)
        return known_policy(unit.connection, version)

    return respond(call.engine.run(call.actor, work, lambda row: reply(_line(row)), call.once()))


def _line(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _LINE}


def _document(row: Row) -> dict[str, Any]:
    return {**_line(row), "document": row["document"]}

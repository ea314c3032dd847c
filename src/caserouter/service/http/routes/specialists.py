"""Specialists: put, changed, listed, imported, retired; whether they are there, and how much they take."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from caserouter.domain.errors import Finding
from caserouter.domain.presence import Presence
from caserouter.domain.specialist import Specialist
from caserouter.files.problems import shown
from caserouter.files.readers import Loaded
from caserouter.service.commands import presence, specialists
from caserouter.service.commands.importing import Imported, import_specialists, read_specialists_csv
from caserouter.service.http.answers import REPLAYED, answer, reply, respond
from caserouter.service.http.bodies import CsvBody, JsonBody
from caserouter.service.http.calls import MayManage, MayReadOrManage, MayRouteOrManage
from caserouter.service.http.carrying_out import carry_out
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.entity_tags import IfMatch, entity_tag, precondition_of, required_precondition
from caserouter.service.http.known import known_specialist
from caserouter.service.http.parameters import Id, Visible, fits_into_a_path
from caserouter.service.http.problems import finding_document
from caserouter.service.http.specialist_documents import specialist_document
from caserouter.service.reply import Reply
from caserouter.service.schemas import specialists as bodies
from caserouter.store.queries import staff
from caserouter.store.queries.rows import Row

router = APIRouter(prefix="/v1/specialists", tags=["specialists"])
_PRECONDITION = ["not_found", "conflict", "precondition_required", "precondition_failed"]
_HELD = {"case_id": "case_id", "units": "units", "since": "started_at", "status": "status", "priority": "priority"}


class SpecialistQuery(Paging):
    """Which specialists to list."""

    team: Annotated[Visible | None, Field(description="Only those of this team.")] = None
    presence: Annotated[Presence | None, Field(description="Only those whose presence is this.")] = None
    active: Annotated[bool | None, Field(description="Whether they take cases: false lists those who have retired.")] = None


@router.get("")
@documented({200: bodies.SpecialistsView})
def list_specialists(call: MayReadOrManage, query: Annotated[SpecialistQuery, Query()]) -> Response:
    """List specialists by id."""
    wanted = query.model_dump(exclude={"limit", "cursor"})
    with call.engine.read() as connection:
        found = staff.list_specialists(connection, **wanted, after=query.after(str), limit=query.limit + 1)
    items, following = query.cut(found, lambda one: (one["id"],))
    return answer({"items": [specialist_document(one) for one in items], "next": following})


@router.post("/import")
@documented({200: bodies.ImportedView}, problems=["conflict"], headers=[REPLAYED])
def import_csv(call: MayManage, body: Annotated[bytes, Depends(CsvBody())]) -> Response:
    """Put every specialist of a CSV file, or none.

    Columns are those of a `specialists.csv` for `caserouter route`. If anything is wrong in any row, nothing is done and all of it is listed.
    """
    with call.engine.board() as board:
        currency = board.document.routing.currency
    loaded = read_specialists_csv(body, currency=currency)
    loaded = replace(loaded, findings=(*loaded.findings, *_unnameable(loaded)))
    done = call.engine.run(
        call.actor, lambda unit: import_specialists(unit, loaded), lambda done: reply(_imported(done)), call.once()
    )
    return respond(done)


def _unnameable(loaded: Loaded[Specialist]) -> Iterator[Finding]:
    """Ids that no path can name: nobody could read such a specialist, or retire one."""
    for one in loaded.items:
        if not fits_into_a_path(one.id):
            rule, remedy = "has a slash or a control character in it, so that no path can name it", "give another id"
            yield Finding(shown(one.id), rule, remedy, loaded.file, loaded.line_of(one.id), "id")


def _imported(done: Imported) -> dict[str, Any]:
    return done._asdict() | {"warnings": [_warning(one) for one in done.warnings]}


def _warning(finding: Finding) -> dict[str, Any]:
    return {"line": None, **finding_document(finding)}


@router.get("/{specialist_id}")
@documented({200: bodies.SpecialistInFullView}, problems=["not_found"], headers=["ETag"])
def read_specialist(call: MayReadOrManage, specialist_id: Id) -> Response:
    """Read a specialist, with the cases held."""
    with call.engine.read() as connection:
        row = known_specialist(connection, specialist_id)
        book = staff.book_of(connection, specialist_id)
    held = [{name: one[column] for name, column in _HELD.items()} for one in book]
    return answer({**specialist_document(row), "held": held}, headers={"ETag": entity_tag(row["version"])})


@router.put("/{specialist_id}")
@documented(
    {200: bodies.SpecialistView, 201: bodies.SpecialistView}, problems=["conflict", "precondition_failed"], headers=["ETag"]
)
def put_specialist(
    call: MayManage,
    specialist_id: Id,
    body: Annotated[bodies.PutSpecialist, Depends(JsonBody(bodies.PutSpecialist))],
    if_match: IfMatch = None,
) -> Response:
    """State everything about a specialist; whoever has retired takes cases again.

    Credentials that are left out stay as they are.
    """
    specialist = body.to_specialist(specialist_id)
    replaced = "credentials" in body.model_fields_set
    return carry_out(
        call,
        known_specialist,
        specialist_id,
        lambda unit: specialists.put_specialist(unit, specialist, credentials=replaced),
        lambda put, row: _reply(row, 201 if put.created else 200),
        precondition_of(if_match),
        creates=True,
    )


@router.patch("/{specialist_id}")
@documented({200: bodies.SpecialistView}, problems=_PRECONDITION, headers=["ETag"])
def patch_specialist(
    call: MayManage,
    specialist_id: Id,
    body: Annotated[bodies.PatchSpecialist, Depends(JsonBody(bodies.PatchSpecialist))],
    if_match: IfMatch = None,
) -> Response:
    """Change some fields of a specialist."""
    changes, precondition = body.changes(), required_precondition(if_match)
    return carry_out(
        call,
        known_specialist,
        specialist_id,
        lambda unit: specialists.patch_specialist(unit, specialist_id, changes),
        _changed,
        precondition,
    )


@router.put("/{specialist_id}/presence")
@documented({200: bodies.SpecialistView}, problems=["not_found", "conflict", "precondition_failed"], headers=["ETag"])
def put_presence(
    call: MayRouteOrManage,
    specialist_id: Id,
    body: Annotated[bodies.SetPresence, Depends(JsonBody(bodies.SetPresence))],
    if_match: IfMatch = None,
) -> Response:
    """State whether a specialist is there; whoever is back takes what waits at once."""
    return carry_out(
        call,
        known_specialist,
        specialist_id,
        lambda unit: presence.set_presence(unit, specialist_id, body.presence, body.until),
        _changed,
        precondition_of(if_match),
    )


@router.put("/{specialist_id}/capacity")
@documented({200: bodies.SpecialistView}, problems=["not_found", "conflict", "precondition_failed"], headers=["ETag"])
def put_capacity(
    call: MayManage,
    specialist_id: Id,
    body: Annotated[bodies.SetCapacity, Depends(JsonBody(bodies.SetCapacity))],
    if_match: IfMatch = None,
) -> Response:
    """Set how much a specialist takes; more room takes what waits at once, less room leaves what is held."""
    return carry_out(
        call,
        known_specialist,
        specialist_id,
        lambda unit: specialists.set_capacity(unit, specialist_id, body.capacity),
        _changed,
        precondition_of(if_match),
    )


@router.delete("/{specialist_id}")
@documented({200: bodies.SpecialistView}, problems=["not_found", "conflict", "precondition_failed"], headers=["ETag"])
def retire_specialist(call: MayManage, specialist_id: Id, if_match: IfMatch = None) -> Response:
    """Retire a specialist: what is held goes back to the queue, and others pull it at once."""
    return carry_out(
        call,
        known_specialist,
        specialist_id,
        lambda unit: specialists.retire_specialist(unit, specialist_id),
        _changed,
        precondition_of(if_match),
    )


def _reply(row: Row, status: int = 200) -> Reply:
    return reply(specialist_document(row), status, {"ETag": entity_tag(row["version"])})


def _changed(_result: object, row: Row) -> Reply:
    return _reply(row)

"""What happened: the audit log for those who manage, announcements for everybody who reads."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from caserouter.service.http.answers import answer
from caserouter.service.http.calls import MayManage, MayRead
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.parameters import Seq, Visible
from caserouter.service.schemas.base import Moment
from caserouter.service.schemas.history import AnnouncementsView, EventsView
from caserouter.store.events import EventKind
from caserouter.store.queries import history
from caserouter.store.queries.rows import Row

router = APIRouter(prefix="/v1", tags=["history"])
_COLUMNS = ("seq", "at", "kind", "case_id", "specialist_id", "account_id", "actor", "request_id", "data")


class AuditQuery(Paging):
    """Which events to list."""

    kind: Annotated[list[EventKind], Field(max_length=40, description="What happened; any of these.", default_factory=list)]
    case_id: Annotated[Visible | None, Field(description="Only what concerns this case.")] = None
    specialist_id: Annotated[Visible | None, Field(description="Only what concerns this specialist.")] = None
    account_id: Annotated[Visible | None, Field(description="Only what concerns this account.")] = None
    actor: Annotated[
        Visible | None,
        Field(
            description="Id of the key that asked for it; or `keeper`, `operator` (a command at the database) or `first-start`."
        ),
    ] = None
    request_id: Annotated[Visible | None, Field(description="Only what this request asked for.")] = None
    since: Annotated[Moment | None, Field(description="From this moment on.")] = None
    until: Annotated[Moment | None, Field(description="Before this moment.")] = None
    newest_first: Annotated[bool, Field(description="Whether the last event comes first.")] = False


@router.get("/audit")
@documented({200: EventsView})
def list_audit(call: MayManage, query: Annotated[AuditQuery, Query()]) -> Response:
    """List what happened, in the order in which it was committed. Nothing in here is ever changed or deleted."""
    given = query.model_dump(exclude={"limit", "cursor", "newest_first", "kind"})
    wanted = history.EventFilter(kinds=tuple(query.kind), **given)
    after = query.after(int)
    with call.engine.read() as connection:
        found = history.list_events(
            connection, wanted, after=after[0] if after else None, limit=query.limit + 1, newest_first=query.newest_first
        )
    items, following = query.cut(found, lambda event: (event["seq"],))
    return answer({"items": [_document(event) for event in items], "next": following})


@router.get("/announcements")
@documented({200: AnnouncementsView})
def list_announcements(
    call: MayRead,
    after: Annotated[Seq, Query(description="Number of the last event seen.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="Items on a page.")] = 100,
) -> Response:
    """List what was announced: targets and commitments that come due or were missed, credentials that lapse.

    Ask again with `after` from the last answer to hear what follows; nothing is skipped.
    """
    with call.engine.read() as connection:
        found = history.announcements(connection, after=after, limit=limit)
    return answer({"items": [_document(event) for event in found], "after": found[-1]["seq"] if found else after})


def _document(event: Row) -> dict[str, Any]:
    return {name: event[name] for name in _COLUMNS}

"""Commitments that are due: what customers were promised, and nobody has kept yet."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from caserouter.service.http.answers import answer
from caserouter.service.http.calls import MayRead
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.parameters import Visible
from caserouter.service.schemas.base import Moment
from caserouter.service.schemas.history import CommitmentsView
from caserouter.store.queries.commitments import list_commitments

router = APIRouter(prefix="/v1/commitments", tags=["commitments"])
_COLUMNS = ("id", "case_id", "due", "made_at", "kept_at", "missed_at", "holder", "status")


class CommitmentQuery(Paging):
    """Which commitments to list."""

    due_before: Annotated[Moment | None, Field(description="Only those due before this moment.")] = None
    holder: Annotated[Visible | None, Field(description="Only those of cases that this specialist holds.")] = None


@router.get("")
@documented({200: CommitmentsView})
def list_due(call: MayRead, query: Annotated[CommitmentQuery, Query()]) -> Response:
    """List the commitments that are still to be kept, overdue ones too, the earliest due first."""
    after = query.after(datetime, str)
    with call.engine.read() as connection:
        found = list_commitments(connection, due_before=query.due_before, holder=query.holder, after=after, limit=query.limit + 1)
    items, following = query.cut(found, lambda one: (one["due"], one["id"]))
    return answer({"items": [{name: one[name] for name in _COLUMNS} for one in items], "next": following})

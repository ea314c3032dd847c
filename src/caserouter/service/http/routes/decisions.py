"""Decisions on cases: who took each and why, all that they were made from, and the same made again."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from caserouter.service.board.loading import load_seen
from caserouter.service.board.replaying import explain_decision, replay
from caserouter.service.http.answers import answer
from caserouter.service.http.calls import Call, MayManage, MayRouteOrManage
from caserouter.service.http.case_documents import moment_of, wait_document
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.errors import Forbidden
from caserouter.service.http.known import known_case, known_decision
from caserouter.service.http.parameters import Id, Seq
from caserouter.service.schemas.history import DecisionsView, DecisionView, ReplayView
from caserouter.service.tokens import Scope
from caserouter.store.queries import history

router = APIRouter(prefix="/v1", tags=["decisions"])


class DecisionQuery(BaseModel):
    """How much of a decision to show."""

    model_config = ConfigDict(extra="forbid")

    full: Annotated[bool, Field(description="Whether to recompute everybody's terms and reasons; needs the scope `manage`.")] = (
        False
    )


@router.get("/cases/{case_id}/decisions")
@documented({200: DecisionsView}, problems=["not_found"])
def list_decisions(call: MayRouteOrManage, case_id: Id, query: Annotated[Paging, Query()]) -> Response:
    """List the decisions on a case, the newest first."""
    after = query.after(int)
    with call.engine.read() as connection:
        known_case(connection, case_id)
        found = history.decisions_of_case(connection, case_id, after=after[0] if after else None, limit=query.limit + 1)
    items, following = query.cut(found, lambda decision: (decision["seq"],))
    return answer({"items": [_document(call, decision) for decision in items], "next": following})


@router.get("/cases/{case_id}/decision")
@documented({200: DecisionView}, problems=["not_found"])
def read_decision(
    call: MayRouteOrManage,
    case_id: Id,
    query: Annotated[DecisionQuery, Query()],
) -> Response:
    """Read the last decision on a case: who took it, or why it waits.

    With the scope `manage` also what it was made from, and with `full=true` the whole table: everybody with terms or reasons, and what
    would have changed the decision.
    """
    if query.full and not call.may(Scope.MANAGE):
        raise Forbidden(f"key {call.caller.id} lacks manage, which full=true needs; leave it out, or use a key with that scope")
    with call.engine.read() as connection:
        decision = known_decision(connection, case_id)
        document = _document(call, decision)
        if query.full and "seen" in (decision["evidence"] or {}):
            document["explanation"] = explain_decision(*load_seen(connection, decision["seq"])).to_dict()
    return answer(document)


@router.post("/decisions/{seq}/replay")
@documented({200: ReplayView}, problems=["not_found"])
def replay_decision(call: MayManage, seq: Annotated[Seq, Path(description="Number of the decision.")]) -> Response:
    """Make a decision again from the events that it had seen, and say whether it comes out the same."""
    with call.engine.read() as connection:
        seen = load_seen(connection, seq)
    again = replay(*seen)
    return answer({"seq": seq, "same": again.same, "differences": list(again.differences)})


def _document(call: Call, decision: Mapping[str, Any]) -> dict[str, Any]:
    """A decision, as far as the key may see it."""
    data, in_full = decision["data"], call.may(Scope.MANAGE)
    return {
        "seq": decision["seq"],
        "at": decision["at"],
        "mode": data["mode"],
        "specialist": decision["specialist_id"],
        "status": data.get("status", "queued"),
        "offer_until": moment_of(data.get("offer_until")),
        "override": data.get("override", False),
        "why": _why(data["why"], in_full=in_full) if data.get("why") else None,
        "evidence": decision["evidence"] if in_full else None,
        "explanation": None,
    }


def _why(why: Mapping[str, Any], *, in_full: bool) -> dict[str, Any]:
    return {**wait_document(why), "sentence": why.get("sentence") if in_full else None}

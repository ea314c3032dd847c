"""Commands on cases: carried out in one unit of work, answered with the case as it then is."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from caserouter.domain.errors import NotFound
from caserouter.service.commands.turn import Done
from caserouter.service.http.answers import reply, respond
from caserouter.service.http.calls import Call
from caserouter.service.http.case_documents import case_document
from caserouter.service.http.entity_tags import Precondition, entity_tag
from caserouter.service.reply import Reply
from caserouter.service.unit import Unit
from caserouter.store.queries.cases import case_by_id

Command = Callable[[Unit], Done]
Row = Mapping[str, Any]


def carry_out(
    call: Call,
    case_id: str,
    command: Command,
    *,
    precondition: Precondition | None = None,
    status: int = 200,
) -> Response:
    """Carry out a command on a case.

    Parameters
    ----------
    call, case_id
        Who asks, and for which case.
    command
        What is to be done.
    precondition
        What the present version has to be; None for any.
    status
        HTTP status of the answer.

    Raises
    ------
    PreconditionFailed
        If the case is at another version.
    """

    def work(unit: Unit) -> tuple[Done, Row]:
        if precondition is not None:
            precondition.check(_row(unit, case_id)["version"], case_id)
        return command(unit), _row(unit, case_id)

    def render(result: tuple[Done, Row]) -> Reply:
        done, case = result
        document = {"applied": done.applied, "commitment": done.commitment, "case": case_document(case["body"], case)}
        return reply(document, status, {"ETag": entity_tag(case["version"])})

    return respond(call.engine.run(call.actor, work, render, call.once()))


def _row(unit: Unit, case_id: str) -> Row:
    """The case as it is within the unit of work."""
    case = case_by_id(unit.connection, case_id)
    if case is None:
        raise NotFound(f"{case_id}: there is no such case; check the id", ids=[case_id])
    return case

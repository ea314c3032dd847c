"""Commands on what has a version: each is carried out in one unit of work, and answered with what it leaves."""

from collections.abc import Callable
from typing import TypeVar

from starlette.responses import Response

from caserouter.domain.errors import NotFound
from caserouter.service.commands.turn import Done
from caserouter.service.http.answers import reply, respond
from caserouter.service.http.calls import Call
from caserouter.service.http.case_documents import case_document
from caserouter.service.http.entity_tags import Precondition, entity_tag
from caserouter.service.http.known import known_case
from caserouter.service.reply import Reply
from caserouter.service.unit import Unit
from caserouter.store.connection import Connection
from caserouter.store.queries.rows import Row

Result = TypeVar("Result")


def carry_out(
    call: Call,
    known: Callable[[Connection, str], Row],
    name: str,
    command: Callable[[Unit], Result],
    render: Callable[[Result, Row], Reply],
    precondition: Precondition | None = None,
    *,
    creates: bool = False,
) -> Response:
    """Carry out a command.

    Parameters
    ----------
    call
        Who asks.
    known, name
        How what is changed is looked up, and its id.
    command
        What is to be done.
    render
        What to answer, from the command's result and the row as it then is.
    precondition
        What the present version has to be; None for any.
    creates
        Whether the command may create it: a precondition then fails for what is unknown, which otherwise is not found.

    Raises
    ------
    PreconditionFailed
        If it is at another version.
    NotFound
        If it is unknown.
    """

    def work(unit: Unit) -> tuple[Result, Row]:
        if precondition is not None:
            precondition.check(version(unit), name)
        return command(unit), known(unit.connection, name)

    def version(unit: Unit) -> int | None:
        try:
            found: int = known(unit.connection, name)["version"]
        except NotFound:
            if creates:
                return None
            raise
        return found

    return respond(call.engine.run(call.actor, work, lambda done: render(*done), call.once()))


def carry_out_on_case(
    call: Call, case_id: str, command: Callable[[Unit], Done], precondition: Precondition | None = None, *, status: int = 200
) -> Response:
    """Carry out a command on a case, and answer with the case as it then is."""

    def render(done: Done, case: Row) -> Reply:
        document = {"applied": done.applied, "commitment": done.commitment, "case": case_document(case["body"], case)}
        return reply(document, status, {"ETag": entity_tag(case["version"])})

    return carry_out(call, known_case, case_id, command, render, precondition)

"""What `route` and `demo` do with an answer: write it, print it, explain it."""

import json
from dataclasses import dataclass
from pathlib import Path

import click

from caserouter.domain.errors import NotFound
from caserouter.files.problems import did_you_mean
from caserouter.files.queue import LoadedQueue
from caserouter.files.writers import check_suffix, jsonable, write_table
from caserouter.reporting.assignment import COLUMNS, assignment_rows, print_rows, print_summary
from caserouter.reporting.comparison import compare, comparison_document, print_comparison
from caserouter.reporting.console import answers, notices
from caserouter.reporting.documents import answer_document, input_document
from caserouter.routing.answer import RoutingAnswer


@dataclass(frozen=True, slots=True)
class Request:
    """What to show of an answer, beside the assignment.

    Parameters
    ----------
    out
        Where to write one row per case.
    explain
        Cases to explain.
    compare
        Policies to run on the same queue.
    insight
        Whether to say what the queue is short of.
    as_json
        Whether stdout gets one JSON document instead of tables.
    seed
        Seed of policies that draw.
    most
        How many rows of the assignment to print.
    """

    out: Path | None = None
    explain: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    insight: bool = False
    as_json: bool = False
    seed: int = 0
    most: int = 100


def check_request(request: Request, queue: LoadedQueue) -> None:
    """Find out before the solve, not after it, that something asked for cannot be had.

    Raises
    ------
    NotFound
        If a case to explain is not in the queue.
    InvalidInput
        If the file to write has an unknown suffix.
    """
    known = {case.id for case in queue.cases}
    for name in request.explain:
        if name not in known:
            hint = did_you_mean(name, known, otherwise="its id stands in the column id of the cases")
            raise NotFound(f"{name}: no such case in the queue; {hint}", ids=[name])
    if request.out is not None:
        check_suffix(request.out)


def report(answer: RoutingAnswer, queue: LoadedQueue, request: Request) -> None:
    """Write and print `answer` as `request` asks."""
    rows = assignment_rows(answer)
    if request.out is not None:
        write_table(request.out, rows, COLUMNS)
        notices().print(f"wrote {len(rows)} rows to {request.out}", soft_wrap=True)
    outcomes = compare(answer, request.compare, seed=request.seed) if request.compare else []
    if request.as_json:
        document = answer_document(answer, rows) | input_document(queue) | {"comparison": comparison_document(outcomes)}
        click.echo(json.dumps(jsonable(document), indent=2, ensure_ascii=False))
        return
    console = answers()
    print_summary(console, answer, rows)
    console.print()
    print_rows(console, rows, most=request.most)
    if outcomes:
        console.print()
        print_comparison(console, outcomes)

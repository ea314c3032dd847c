"""What `route` and `demo` do with an answer: write it, print it, explain it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import click
from rich.console import Console

from caserouter.domain.errors import NotFound
from caserouter.files.problems import did_you_mean
from caserouter.files.queue import LoadedQueue
from caserouter.files.writers import check_writable, jsonable, write_table
from caserouter.reporting.assignment import COLUMNS, assignment_rows, print_rows, print_summary
from caserouter.reporting.comparison import compare, comparison_document, print_comparison
from caserouter.reporting.console import answers, notices
from caserouter.reporting.documents import answer_document, input_document
from caserouter.reporting.explanation import print_explanation
from caserouter.reporting.insight import print_sensitivity, print_shortage
from caserouter.reporting.progress import StepProgress
from caserouter.routing.answer import RoutingAnswer
from caserouter.routing.comparison import PolicyOutcome
from caserouter.routing.explain import explain
from caserouter.routing.explanation import Explanation
from caserouter.routing.result import Status
from caserouter.routing.sensitivity import Sensitivity, find_sensitivity
from caserouter.routing.shortage import Shortage, find_shortages


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
        If the file to write has an unknown suffix, or cannot be written.
    """
    known = {case.id for case in queue.cases}
    for name in request.explain:
        if name not in known:
            hint = did_you_mean(name, known, otherwise="its id stands in the column id of the cases")
            raise NotFound(f"{name}: no such case in the queue; {hint}", ids=[name])
    if request.out is not None:
        check_writable(request.out)


def report(answer: RoutingAnswer, queue: LoadedQueue, request: Request) -> None:
    """Write and print `answer` as `request` asks.

    Raises
    ------
    KeyboardInterrupt
        If the solve was interrupted before anybody was assigned: that is no answer, and nothing is written.
    """
    if answer.result.status is Status.INTERRUPTED and answer.waiting and not any(answer.assignment.values()):
        raise KeyboardInterrupt
    rows = assignment_rows(answer)
    if request.out is not None:
        write_table(request.out, rows, COLUMNS)
        notices().print(f"wrote {len(rows)} rows to {request.out}", soft_wrap=True)
    findings = Findings.of(answer, request)
    if request.as_json:
        document = answer_document(answer, rows) | input_document(queue) | findings.document()
        click.echo(json.dumps(jsonable(document), indent=2, ensure_ascii=False))
        return
    console = answers()
    print_summary(console, answer, rows)
    console.print()
    rest = "--out FILE writes all of them" if request.out is None else f"{request.out} has all of them"
    print_rows(console, rows, most=request.most, rest=rest)
    findings.show(console, answer)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was asked for beside the assignment.

    Parameters
    ----------
    explanations
        One per case to explain.
    outcomes
        One per policy to compare with, the answer's own first.
    shortage, sensitivity
        The insight, if asked for.
    """

    explanations: tuple[Explanation, ...]
    outcomes: tuple[PolicyOutcome, ...]
    shortage: Shortage | None
    sensitivity: Sensitivity | None

    @classmethod
    def of(cls, answer: RoutingAnswer, request: Request) -> Self:
        """Compute what `request` asks for."""
        return cls(
            explanations=tuple(explain(name, *answer.decided(name)) for name in request.explain),
            outcomes=tuple(compare(answer, request.compare, seed=request.seed)) if request.compare else (),
            shortage=find_shortages(answer.queue, answer.result.assignment) if request.insight else None,
            sensitivity=_sensitivity(answer, request) if request.insight else None,
        )

    def document(self) -> dict[str, Any]:
        """The same as JSON; what was not asked for is empty or null."""
        return {
            "explanations": [one.to_dict() for one in self.explanations],
            "comparison": comparison_document(self.outcomes),
            "shortage": self.shortage and self.shortage.to_dict(),
            "sensitivity": self.sensitivity and self.sensitivity.to_dict(),
        }

    def show(self, console: Console, answer: RoutingAnswer) -> None:
        """Print all of it."""
        currency = answer.roster.settings.currency
        case_by_id = {profile.id: profile.case for profile in answer.queue.profiles}
        for explanation in self.explanations:
            console.print()
            print_explanation(console, explanation, case_by_id[explanation.case])
        if self.shortage is not None:
            console.print()
            print_shortage(console, self.shortage, currency)
        if self.sensitivity is not None:
            console.print()
            print_sensitivity(console, self.sensitivity, currency)
        if self.outcomes:
            console.print()
            print_comparison(console, self.outcomes)


def _sensitivity(answer: RoutingAnswer, request: Request) -> Sensitivity:
    """Solve again at halved and doubled prices, with progress on stderr."""
    with StepProgress(notices()) as progress:
        return find_sensitivity(answer.queue, answer.result.assignment, seed=request.seed, progress=progress)

"""The assignment as rows for files, as a summary and as a table."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from caserouter.domain.eligibility import Situation, relaxed_rules
from caserouter.routing.answer import RoutingAnswer
from caserouter.routing.explanation import Wait
from caserouter.routing.fates import why_waiting
from caserouter.routing.pairs import Pairs
from caserouter.routing.result import WAITING, RoutingResult

COLUMNS = (
    "case",
    "specialist",
    "specialist_name",
    "team",
    "status",
    "priority",
    "weight",
    "type",
    "cost",
    "approver_needed",
    "reviews_needed",
    "relaxed_rules",
)
"""Columns of the rows, in order."""

Row = dict[str, Any]


def assignment_rows(answer: RoutingAnswer) -> list[Row]:
    """One row per case in order of id, with `COLUMNS`; costs in money, fairness aside."""
    people = answer.roster.specialists
    reasons = why_waiting(answer)
    rows = []
    for i, j in enumerate(answer.result.assignment.tolist()):
        case = answer.queue.profiles[i].case
        person = None if j == WAITING else people[j]
        row = {
            "case": case.id,
            "specialist": person.id if person else None,
            "specialist_name": person.name if person else None,
            "team": person.team if person else None,
            "status": "assigned",
            "priority": case.priority,
            "weight": case.weight,
            "type": case.type,
            "cost": round(float(answer.queue.waiting_cost[i]), 2),
            "approver_needed": False,
            "reviews_needed": "; ".join(flag.value for flag in answer.roster.settings.reviews_of(case.risk_flags)),
            "relaxed_rules": "",
        }
        rows.append(row | (_pair(answer, i, j) if person else {"status": reasons[case.id].value}))
    return rows


def _pair(answer: RoutingAnswer, i: int, j: int) -> Row:
    """Cost, approval and relaxed rules of case `i` with specialist `j`."""
    queue, problem = answer.queue, answer.queue.problem
    first, last = int(problem.indptr[i]), int(problem.indptr[i + 1])
    k = first + int(problem.specialist[first:last].searchsorted(j))
    pairs = Pairs.of(queue.profiles[i : i + 1], queue.state)
    here = int(pairs.specialist.searchsorted(j))
    relaxed = _relaxed(answer, i, j) if pairs.relaxation[here] > 0 else ""
    return {"cost": round(float(queue.pair_cost[k]), 2), "approver_needed": bool(pairs.short[here]), "relaxed_rules": relaxed}


def _relaxed(answer: RoutingAnswer, i: int, j: int) -> str:
    """Codes of the rules that the policy relaxed for this pair."""
    roster, specialist = answer.roster, answer.roster.specialists[j]
    now = roster.clock.moment(answer.queue.state.now)
    situation = Situation.of(specialist, now=now, settings=roster.settings, roster=roster.specialists)
    return "; ".join(rule.value for rule in relaxed_rules(answer.queue.profiles[i].case, specialist, situation))


def print_summary(console: Console, answer: RoutingAnswer, rows: Sequence[Row]) -> None:
    """How many are assigned, what it costs, and how far from best that can be."""
    counts = Counter(row["status"] for row in rows)
    state, currency = answer.queue.state, answer.roster.settings.currency
    taken = sum(row["weight"] for row in rows if row["status"] == "assigned")
    waiting = sum(row["cost"] for row in rows if row["status"] != "assigned")
    pairs = answer.result.pair_cost * answer.queue.problem.unit
    others = "".join(f", {counts[reason]} {reason}" for reason in (Wait.RESERVED, Wait.OVERLOOKED) if counts[reason])
    console.print(
        f"{counts['assigned']} of {len(rows)} cases assigned to {answer.roster.num_specialists} specialists", style="bold"
    )
    console.print(f"  waiting   {counts['outbid']} outbid, {counts['nobody_eligible']} that nobody may take{others}")
    console.print(
        f"  caseload  {state.caseload.sum()} units before, {taken} assigned, {answer.roster.capacity.sum()} in all books"
    )
    console.print(
        f"  cost      {pairs:,.2f} {currency} for the pairs, {answer.objective - pairs - waiting:,.2f} for load, {waiting:,.2f} for waiting"
    )
    for priority, result in _certificates(answer):
        name = "gap" if priority is None else f"gap of priority {priority}"
        console.print(f"  {name}       {gap_text(result.gap)} ({result.status}, {result.engine}, {result.runtime:.2f} s)")


def _certificates(answer: RoutingAnswer) -> list[tuple[int | None, RoutingResult]]:
    """The result with its gap; under strict priority one per level."""
    if answer.levels:
        return [(level.priority, level.result) for level in answer.levels]
    return [(None, answer.result)]


def gap_text(gap: float) -> str:
    """A gap for people: `0.31 %`, or that there is none."""
    if gap == 0:
        return "0 %: proved best"
    return "unbounded" if gap == float("inf") else f"{gap:.2%}".replace("%", " %")


def print_rows(console: Console, rows: Sequence[Row], *, most: int, rest: str) -> None:
    """A table of the first `most` rows; `rest` says where the others are."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("case", "prio", "type", "weight", "specialist", "cost", "remark"):
        table.add_column(name, justify="right" if name in {"prio", "weight", "cost"} else "left", no_wrap=True)
    shown = rows[:most]
    for row in shown:
        table.add_row(
            row["case"],
            str(row["priority"]),
            row["type"],
            str(row["weight"]),
            f"{row['specialist']} {row['specialist_name']}".strip() if row["specialist"] else "–",
            f"{row['cost']:,.2f}",
            _remark(row),
        )
    console.print(table)
    if len(shown) < len(rows):
        console.print(f"… and {len(rows) - len(shown)} more; {rest}", soft_wrap=True)


def _remark(row: Row) -> str:
    """What has to be known of a decision, in a few words."""
    remarks = [f"waits: {row['status'].replace('_', ' ')}"] if row["status"] != "assigned" else []
    remarks += ["needs approval"] if row["approver_needed"] else []
    remarks += [f"review first: {row['reviews_needed']}"] if row["reviews_needed"] else []
    remarks += [f"relaxed: {row['relaxed_rules']}"] if row["relaxed_rules"] else []
    return ", ".join(remarks)

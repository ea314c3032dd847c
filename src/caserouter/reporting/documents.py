"""JSON documents: everything that the tables show, for programs."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from caserouter.files.queue import LoadedQueue
from caserouter.reporting.assignment import Row
from caserouter.reporting.findings import finding_document
from caserouter.routing.answer import RoutingAnswer
from caserouter.routing.result import RoutingResult

Document = dict[str, Any]


def answer_document(answer: RoutingAnswer, rows: Sequence[Row]) -> Document:
    """An assignment with its certificate; money in the policy's currency."""
    counts = Counter(row["status"] for row in rows)
    settings = answer.roster.settings
    return {
        "policy": {"name": settings.name, "version": settings.version},
        "at": answer.roster.clock.moment(answer.queue.state.now).isoformat(),
        "currency": settings.currency,
        "num_cases": len(rows),
        "num_assigned": counts["assigned"],
        "num_outbid": counts["outbid"],
        "num_reserved": counts["reserved"],
        "num_overlooked": counts["overlooked"],
        "num_nobody_eligible": counts["nobody_eligible"],
        **_certificate(answer.result, answer.queue.problem.unit),
        "levels": [
            {"priority": level.priority, **_certificate(level.result, level.queue.problem.unit)} for level in answer.levels
        ],
        "assignments": list(rows),
    }


def input_document(queue: LoadedQueue) -> Document:
    """What was doubtful in the files, and what was set aside."""
    return {
        "warnings": [finding_document(finding) for finding in queue.warnings],
        "set_aside": [
            {"file": row.file, "line": row.line, "findings": [finding_document(finding) for finding in row.findings]}
            for row in queue.bad_rows
        ],
    }


def _certificate(result: RoutingResult, unit: float) -> Document:
    """Status, cost and bound of a result; a gap without any pair is null, since JSON has no infinity."""
    return {
        "status": result.status.value,
        "engine": result.engine,
        "objective": round(result.objective * unit, 2),
        "pair_cost": round(result.pair_cost * unit, 2),
        "bound": round(result.bound * unit, 2),
        "gap": result.gap if math.isfinite(result.gap) else None,
        "runtime_seconds": round(result.runtime, 3),
        "work": round(result.work, 4),
    }

"""Due times as events state them: the moment, and when it is announced."""

from datetime import datetime
from typing import Any

from caserouter.domain.case import Case
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.targets import warn_at
from caserouter.store.columns import moment_text


def warnings_of(document: ServicePolicy, case: Case) -> dict[str, str]:
    """When the targets of a case are announced, by target."""
    due_by_target = {"first_response": case.first_response_due, "resolution": case.resolution_due}
    return {target: moment_text(warn_at(document, case, due)) for target, due in due_by_target.items() if due is not None}


def resolution_data(document: ServicePolicy, case: Case, due: datetime | None) -> dict[str, Any]:
    """What an event states that moves the resolution of a case to `due`."""
    if due is None:
        return {"resolution_due": None}
    return {"resolution_due": moment_text(due), "warn_at": {"resolution": moment_text(warn_at(document, case, due))}}

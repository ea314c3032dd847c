"""When a case's responses are due, when that is announced, and how a clock that stood still moves them.

What the case itself states stands; otherwise the first matching rule of the policy says, on its own clock. The clock of the resolution
stands still while the case waits on the customer, if the rule says so, and between a resolution and the reopening that revokes it. A
regulator's clock never does, and counts every hour whatever the rule says.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from caserouter.domain.business_time import (
    BusinessCalendar,
    add_business_hours,
    business_hours_between,
    subtract_business_hours,
)
from caserouter.domain.case import Case, RiskFlag
from caserouter.domain.service_policy import ServicePolicy

_EVERY_HOUR = BusinessCalendar()


class Targets(NamedTuple):
    """When something is due; None for no such target."""

    first_response_due: datetime | None
    resolution_due: datetime | None


def targets_for(document: ServicePolicy, case: Case, created: datetime) -> Targets:
    """The due times of a case created at `created`: its own where it has them, the policy's where it has not."""
    rule = document.target_of(case)
    first_response, resolution = case.first_response_due, case.resolution_due
    if rule is not None:
        calendar = _clock(document, case)
        if first_response is None and rule.first_response_hours is not None:
            first_response = add_business_hours(calendar, created, rule.first_response_hours)
        if resolution is None and rule.resolution_hours is not None:
            resolution = add_business_hours(calendar, created, rule.resolution_hours)
    return Targets(first_response, resolution)


def with_targets(document: ServicePolicy, case: Case) -> Case:
    """The same case with the due times that the policy adds."""
    targets = targets_for(document, case, case.created)
    if targets == (case.first_response_due, case.resolution_due):
        return case
    return case.model_copy(update=targets._asdict())


def warn_at(document: ServicePolicy, case: Case, due: datetime) -> datetime:
    """When a target that is due at `due` is announced: the policy's `warn_hours` before, on the target's clock."""
    return subtract_business_hours(_clock(document, case), due, document.warn_hours)


def warn_at_commitment(document: ServicePolicy, due: datetime) -> datetime:
    """When a commitment that is due at `due` is announced; commitments are made in calendar time."""
    return due - timedelta(hours=document.warn_hours)


def pauses(document: ServicePolicy, case: Case) -> bool:
    """Whether the clock of the resolution stands still while the case waits on the customer."""
    rule = document.target_of(case)
    return rule is not None and rule.pauses_on_customer and not _is_regulators(case)


def due_after_wait(
    document: ServicePolicy, case: Case, due: datetime | None, since: datetime, until: datetime
) -> datetime | None:
    """When the resolution is due after the case has waited on the customer from `since` to `until`."""
    return _moved(document, case, due, since, until) if pauses(document, case) else due


def due_after_reopening(
    document: ServicePolicy, case: Case, due: datetime | None, resolved: datetime, reopened: datetime
) -> datetime | None:
    """When the resolution is due after the case was taken for resolved from `resolved` to `reopened`."""
    return due if _is_regulators(case) else _moved(document, case, due, resolved, reopened)


def _moved(document: ServicePolicy, case: Case, due: datetime | None, since: datetime, until: datetime) -> datetime | None:
    """The due time after its clock has stood still; one that had passed before stays."""
    if due is None or due <= since:
        return due
    calendar = _clock(document, case)
    return add_business_hours(calendar, due, business_hours_between(calendar, since, until))


def _clock(document: ServicePolicy, case: Case) -> BusinessCalendar:
    """The calendar of the case's rule; every hour counts where it says so, where no rule matches, and for a regulator."""
    rule = document.target_of(case)
    in_business = rule is not None and rule.clock == "business" and not _is_regulators(case)
    return document.calendar if in_business else _EVERY_HOUR


def _is_regulators(case: Case) -> bool:
    return RiskFlag.REGULATOR in case.risk_flags

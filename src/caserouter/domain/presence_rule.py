"""Presence: on shift, or back soon enough.

Soon enough means within the policy's reach, measured in the hours during which anyone on the roster works, so that a night does
not count where nobody works nights; and by the time that the first response is due. A case that is overdue already asks
for reach alone: waiting for someone on shift would not bring the response any earlier.
"""

from datetime import datetime, timedelta

from caserouter.domain.calendar import SEARCH_DAYS, next_staffed
from caserouter.domain.case import Case
from caserouter.domain.rules import Exclusion, Rule, Situation
from caserouter.domain.specialist import Specialist


def off_shift(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """On shift, or back within reach and by the time that the first response is due."""
    now, due = situation.now, case.first_response_due
    holidays, zone = situation.settings.holidays, specialist.zone
    back = next_staffed(specialist.shifts, specialist.leave, holidays, zone, now, specialist.blocks)
    if back is None:
        return Exclusion(
            Rule.OFF_SHIFT, f"{_absence(specialist, now)} for the next {SEARCH_DAYS} days", "eligible with a shift in that time"
        )
    if back == now:
        return None
    away = f"{_absence(specialist, now)} until {_local(back, specialist)}"
    reach = situation.settings.reach_hours
    in_reach = max(now, situation.staffed.back_from(back, timedelta(hours=reach)))
    if due is not None and now < due < back:
        by = _local(due, specialist)
        return Exclusion(
            Rule.OFF_SHIFT, f"{away}, the first response is due {by}", f"eligible on shift by {by}", max(in_reach, due)
        )
    if in_reach > now:
        beyond = f"more than {reach:g} staffed hours of the team away"
        return Exclusion(Rule.OFF_SHIFT, f"{away}, {beyond}", f"eligible on shift within {reach:g} staffed hours", in_reach)
    return None


def _absence(specialist: Specialist, now: datetime) -> str:
    today = now.astimezone(specialist.zone).date()
    if any(leave.start <= today <= leave.end for leave in specialist.leave):
        return "on leave"
    in_block = specialist.blocks and next_staffed(specialist.blocks, (), (), specialist.zone, now) == now
    return "in a block" if in_block else "off shift"


def _local(moment: datetime, specialist: Specialist) -> str:
    return f"{moment.astimezone(specialist.zone):%Y-%m-%d %H:%M %Z}"

"""What is allowed and most likely a mistake: no arrivals, nobody to work, a surge that never comes, a shift of a day and a night."""

from collections.abc import Iterator
from datetime import time
from zoneinfo import ZoneInfo

from caserouter.domain.errors import Finding
from caserouter.files.problems import did_you_mean
from caserouter.routing.clock import Clock
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.language.demand import Stream, aware

LONGEST_SHIFT = 14.0
"""Hours above which a shift is most likely a slip."""


def surges_outside(draft: Draft, place: Place) -> Iterator[Finding]:
    """Surges before the start or after the end of the run."""
    scenario = draft.scenario
    if not {"start", "window", "time_zone"} <= draft.right:
        return
    zone = ZoneInfo(scenario.time_zone)
    clock = Clock(aware(scenario.start, zone))
    for name, stream in scenario.demand.items():
        if stream.at is None:
            continue
        hours = clock.hours(aware(stream.at, zone))
        if not 0 <= hours <= scenario.window.end:
            rule = "before the scenario starts" if hours < 0 else "after the scenario has ended"
            yield place(
                ("demand", name, "at"), stream.at.isoformat(), f"{rule}: the surge does not happen", "move it", warning=True
            )


def nothing_happens(draft: Draft, place: Place) -> Iterator[Finding]:
    """No arrivals, or nobody to work: allowed, and most likely a mistake."""
    scenario = draft.scenario
    if "demand" in draft.right and not any(_brings_cases(stream) for stream in scenario.demand.values()):
        yield place(("demand",), "", "nobody arrives: no stream brings a case", "add a stream with a rate", warning=True)
    if "staff" in draft.right and not any(group.count for group in scenario.staff.values()):
        yield place(("staff",), "", "nobody works here: every case stays unassigned", "add a specialist", warning=True)
    for name, department in scenario.departments.items():
        if department.staff == 0:
            yield place(
                ("departments", name, "staff"),
                "0",
                "nobody works there: cases wait for good",
                "leave staff out for a plain delay",
                warning=True,
            )


def long_shifts(draft: Draft, place: Place) -> Iterator[Finding]:
    """Shifts longer than anybody works, such as one whose ends are swapped; midnight to midnight is meant as it is written."""
    for name, group in draft.scenario.staff.items():
        for shift in group.shifts:
            hours = (_clock_hours(shift.end) - _clock_hours(shift.start)) % 24 or 24.0
            if hours <= LONGEST_SHIFT or shift.start == shift.end == time():
                continue
            start, end = f"{shift.start:%H:%M}", f"{shift.end:%H:%M}"
            overnight = ", as it ends on the next day" if shift.end <= shift.start else ""
            swapped = f"write {end}-{start} if its ends are swapped, or " if shift.end < shift.start else ""
            rule = f"a shift of {hours:.3g} hours{overnight}"
            yield place(("staff", name, "shifts"), f"{start}-{end}", rule, f"{swapped}shorten it", warning=True)


def unheld_preferences(draft: Draft, place: Place) -> Iterator[Finding]:
    """Preferred skills that nobody has."""
    if not {"staff", "routing"} <= draft.right or not any(group.count for group in draft.scenario.staff.values()):
        return
    held = {skill for group in draft.scenario.staff.values() for skill in group.skills} | draft.scenario.routing.settings.skills
    for name, case_type in draft.scenario.case_types.items():
        for skill in sorted(case_type.preferred_skills - held):
            remedy = did_you_mean(skill, held, "give it to somebody, or leave it out")
            yield place(
                ("case_types", name, "preferred_skills"), skill, "nobody on the staff has this skill", remedy, warning=True
            )


def _brings_cases(stream: Stream) -> bool:
    if stream.kind == "rate":
        return any(stream.rate.values())
    return stream.surge != 0 and stream.open_cases != 0


def _clock_hours(moment: time) -> float:
    return moment.hour + moment.minute / 60 + moment.second / 3600

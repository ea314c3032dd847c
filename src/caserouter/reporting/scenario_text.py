"""A scenario in words: times, rates, hours, walks and staff as a report states them, and what sets two scenarios apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from caserouter.domain.calendar import Shift
from caserouter.domain.shift_text import DAYS
from caserouter.domain.specialist import Role
from caserouter.files.problems import listed
from caserouter.files.writers import jsonable
from caserouter.reporting.units import shown_hours
from caserouter.simulation.language.case_type import CaseType, Stage, Target
from caserouter.simulation.language.demand import Stream
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.language.staff import StaffGroup

_SHOWN = 400


def timing_text(timing: Timing) -> str:
    """A random time, as `lognormal, mean 25.0 min, cv 0.8`."""
    mean = shown_hours(timing.mean)
    if timing.shape == "constant":
        return f"constant {mean}"
    return f"exponential, mean {mean}" if timing.shape == "exponential" else f"{timing.shape}, mean {mean}, cv {timing.cv:g}"


def hours_text(shifts: tuple[Shift, ...]) -> str:
    """Weekly hours, as `Mon–Fri 09:00–17:00; Sat 10:00–14:00`; none at all means always."""
    return "; ".join(f"{_days_text(shift.days)} {shift.start:%H:%M}–{shift.end:%H:%M}" for shift in shifts) or "always"


def _days_text(days: Iterable[int]) -> str:
    """Weekdays, runs of three and more with a dash."""
    found = sorted(days)
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{DAYS[found[0]]}–{DAYS[found[-1]]}"
    return ", ".join(DAYS[day] for day in found)


def stream_text(stream: Stream) -> str:
    """How the cases of a stream arrive."""
    match stream.kind:
        case "rate":
            rates = "; ".join(f"{rate:g} per hour {hours}" for hours, rate in stream.rate.items())
            growth = f", growing by a factor of {stream.growth:g} a week" if stream.growth != 1 else ""
            busy = f", busy days with cv {stream.busy_day_cv:g}" if stream.busy_day_cv else ""
            return f"Poisson, {rates}{growth}{busy}"
        case "surge":
            return f"{stream.surge} cases from {stream.at:%Y-%m-%d %H:%M} on, over {shown_hours(stream.over)}"
        case "every":
            return f"one case per account every {shown_hours(stream.every or 0.0)}"
        case "open_cases":
            return f"{stream.open_cases} cases that are open at the start"
        case _:
            return f"as recorded in {stream.trace}"


def stage_text(stage: Stage) -> str:
    """Who does a stage, how long it takes, and what follows."""
    by = f"department {stage.department}" if stage.by == "department" else stage.by
    after = f", documentation {timing_text(stage.documentation)}" if stage.documentation.mean else ""
    then = ", ".join(name if share == 1 else f"{name} {100 * share:g} %" for name, share in stage.next.items() if share)
    return f"by {by}, {timing_text(stage.handle)}{after}; then {then}"


def case_type_text(case_type: CaseType) -> str:
    """What a case of this type asks for and is measured by."""
    needs = [f"{skill} {level}" for skill, level in case_type.skills.items()]
    needs += [" or ".join(need.kind for need in group) for group in case_type.credentials]
    targets = [
        f"{name} within {_span_text(target)}"
        for name, target in (("first response", case_type.first_response), ("resolution", case_type.resolution))
        if target is not None
    ]
    routed = "each contact routed on its own" if case_type.assignment == "per_contact" else ""
    parts = [
        f"priority {case_type.priority}, weight {case_type.weight}",
        routed,
        f"asks for {listed(needs)}" if needs else "",
        *targets,
    ]
    return "; ".join(part for part in parts if part)


def _span_text(target: Target) -> str:
    """The span of a target; business hours stay hours, of which a day does not hold twenty-four."""
    return f"{target.within:g} business hours" if target.clock == "business" else shown_hours(target.within)


def staff_text(group: StaffGroup) -> str:
    """Who they are, what they may do, and when they work."""
    skills = [f"{skill} {level}" for skill, level in group.skills.items()]
    licences = [credential.kind for credential in group.credentials]
    parts = [
        f"{group.count} with a capacity of {group.capacity}",
        f"skills {listed(skills)}" if skills else "",
        f"credentials {listed(list(dict.fromkeys(licences)))}" if licences else "",
        hours_text(group.shifts),
    ]
    return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Change:
    """One setting in which two scenarios differ.

    Parameters
    ----------
    key
        Its path, with dots.
    before, after
        As text; empty where nothing is written, which leaves the default.
    """

    key: str
    before: str
    after: str


def changes(base: Scenario, variant: Scenario) -> list[Change]:
    """What sets `variant` apart from `base`, in the order of the models; names and descriptions aside."""
    found = _changes(_plain(base), _plain(variant), "")
    return [change for change in found if change.key not in {"name", "description"}]


def _plain(value: Any) -> Any:
    """Models as mappings of what differs from its default, all else as JSON has it."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        return {
            name: _plain(getattr(value, name))
            for name, field in fields
            if getattr(value, name) != field.get_default(call_default_factory=True)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.label if isinstance(value, Role) else jsonable(value)


def _changes(before: Any, after: Any, path: str) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _changes(before.get(key), after.get(key), f"{path}.{key}" if path else key)
        return
    yield Change(path, _short(before), _short(after))


def _short(value: Any) -> str:
    """A plain value as one line of a table."""
    text = _flow(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _flow(value: Any) -> str:
    """A plain value much as YAML would write it in a line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "" if value is None else str(value)

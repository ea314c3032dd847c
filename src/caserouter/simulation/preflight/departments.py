"""Departments with more work than they have hours for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from caserouter.simulation.calendars import length_within
from caserouter.simulation.preflight.problem import LoadProblem
from caserouter.simulation.walks import expected_visits
from caserouter.simulation.world import World


def overloaded_departments(world: World, rates: Mapping[str, float]) -> Iterator[LoadProblem]:
    """Departments whose staff cannot keep up, reviews included.

    Parameters
    ----------
    world
        The compiled scenario.
    rates
        Cases per hour by case type.
    """
    begin, end = world.window
    offered = _offered(world, rates)
    for number, name in enumerate(world.department_names):
        _, model, hours = world.department(number)
        if model.staff is None:
            continue
        opened = end - begin if hours is None else length_within(hours, begin, end)
        staffed = model.staff * opened / (end - begin)
        if offered[name] > staffed * (1 + 1e-9):
            yield LoadProblem(f"department {name}", offered[name], staffed, people=model.staff)


def _offered(world: World, rates: Mapping[str, float]) -> Mapping[str, float]:
    """Hours of work per hour, by department."""
    found: defaultdict[str, float] = defaultdict(float)
    reviews = world.scenario.routing.reviews
    for name, case_type in world.scenario.case_types.items():
        visits = expected_visits(case_type) if rates[name] else {}
        for stage in visits:
            if department := case_type.stages[stage].department:
                found[department] += rates[name] * visits[stage] * case_type.stages[stage].handle.mean
        for flag, probability in case_type.risk_flags.items():
            if flag in reviews and flag in world.settings.review_before_first_response:
                found[reviews[flag].department] += rates[name] * probability * reviews[flag].handle.mean
    return found

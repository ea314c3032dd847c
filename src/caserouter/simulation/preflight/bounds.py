"""What cannot be stable: work that only some can do, and that is more than they have hours or room for.

For any crew, the work that nobody else can do has to fit into its hours. The crews looked at are those who meet one requirement, those who
meet all that some kind of work asks for, those with authority from some amount on, and everybody. Each gives a necessary condition: contacts
take their time at the quickest; absences, training and breaks count; status contacts, chases and idle time between contacts do not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from caserouter.domain.money import Money
from caserouter.files.problems import listed
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.preflight.departments import overloaded_departments
from caserouter.simulation.preflight.problem import LoadProblem
from caserouter.simulation.preflight.rates import arrivals_per_hour
from caserouter.simulation.preflight.team import Team
from caserouter.simulation.preflight.work import Work, Workload
from caserouter.simulation.records import FloatArray
from caserouter.simulation.world import World

EVERYBODY = "the whole staff"
_ROUNDING = 1e-9
_NAMED = 3
"""Requirements that a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Crew:
    """Some of the staff.

    Parameters
    ----------
    label
        What they have in common.
    hours
        Their hours in the measured window; shape (num_groups,).
    """

    label: str
    hours: FloatArray


def preflight(scenario: Scenario, folder: Path | None = None) -> list[LoadProblem]:
    """What cannot be stable in a scenario, the scarcest first; empty if nothing is known against it.

    Parameters
    ----------
    scenario
        With parts that fit together.
    folder
        Where its file lies, for recorded histories.

    Raises
    ------
    NotFound, InvalidInput
        If a recorded history cannot be read, or a walk never ends.
    """
    world = World(scenario, folder)
    rates = arrivals_per_hour(scenario, folder)
    team = Team(world)
    kinds = Workload(world, team, rates).kinds
    crews = _crews(team, kinds)
    patient = [kind for kind in kinds if kind.case_type.patience is None]
    found = [*_overloaded(crews, patient, team, scenario), *_overfull(crews, patient, team)]
    known = {(problem.what, problem.unit) for problem in found}
    given_up = [*_overloaded(crews, kinds, team, scenario), *_overfull(crews, kinds, team)]
    found += [replace(problem, abandons=True) for problem in given_up if (problem.what, problem.unit) not in known]
    return found + list(overloaded_departments(world, rates))


def _crews(team: Team, kinds: Iterable[Work]) -> list[Crew]:
    """Every crew to look at, the smallest first; crews with the same hours are one."""
    labels: dict[bytes, dict[str, None]] = {team.staffed.tobytes(): {EVERYBODY: None}}
    for kind in kinds:
        for one in kind.requirements:
            labels.setdefault(one.hours.tobytes(), {})[one.label] = None
    single = set(labels)
    for label, hours in [*_authorities(team, kinds), *((_binding(kind), kind.can) for kind in kinds)]:
        if hours.tobytes() not in single:
            labels.setdefault(hours.tobytes(), {})[label] = None
    crews = [
        Crew(EVERYBODY if EVERYBODY in named else listed(list(named), _NAMED), np.frombuffer(hours))
        for hours, named in labels.items()
    ]
    return sorted(crews, key=lambda crew: float(crew.hours.sum()))


def _authorities(team: Team, kinds: Iterable[Work]) -> Iterator[tuple[str, FloatArray]]:
    """Those who decide an action from some amount on alone."""
    currencies = {kind.action: kind.case_type.amount.mean.currency for kind in kinds if kind.action and kind.case_type.amount}
    for action, currency in currencies.items():
        limits = team.limits(action)
        for level in np.unique(limits[limits > 0]).tolist():
            amount = "unlimited" if level == np.inf else f"up to {Money(minor=int(level), currency=currency)}"
            yield f"{action} authority {amount}", np.where(limits >= level, team.staffed, 0.0)


def _binding(kind: Work) -> str:
    """The requirements without which more people could do the work."""
    every = [one.hours for one in kind.requirements]
    binding = []
    for k, one in enumerate(kind.requirements):
        others = every[:k] + every[k + 1 :]
        if not others or (np.min(others, axis=0) > kind.can + _ROUNDING).any():
            binding.append(one.label)
    return " and ".join(binding or [one.label for one in kind.requirements])


def _overloaded(crews: Sequence[Crew], kinds: Sequence[Work], team: Team, scenario: Scenario) -> Iterator[LoadProblem]:
    """Crews with more work than hours; what a crew within it has too much of is not held against it again."""
    found: list[tuple[Crew, float]] = []
    length = scenario.window.length
    for crew in crews:
        staffed = float(crew.hours.sum()) / length
        needed = _hours_needed(crew, kinds, team, scenario)
        if needed - _already_known(crew, found) > staffed * (1 + _ROUNDING) + _ROUNDING:
            found.append((crew, needed - staffed))
            yield LoadProblem(crew.label, needed, staffed, people=team.people_in(crew.hours))


def _already_known(crew: Crew, found: Sequence[tuple[Crew, float]]) -> float:
    """What crews within this one have too much of, in erlangs; of crews that share somebody, the one with more counts."""
    total, counted = 0.0, np.zeros(len(crew.hours), dtype=bool)
    for inner, excess in sorted(found, key=lambda one: -one[1]):
        if (inner.hours <= crew.hours + _ROUNDING).all() and not (counted & (inner.hours > 0)).any():
            total += excess
            counted |= inner.hours > 0
    return total


def _hours_needed(crew: Crew, kinds: Sequence[Work], team: Team, scenario: Scenario) -> float:
    """Hours per hour of work that nobody outside the crew can do: whole cases, and decisions beyond everybody else's authority."""
    total = 0.0
    approval = scenario.routing.approval.mean
    for kind in kinds:
        limits = team.limits(kind.action) if kind.action else np.zeros(len(team.groups))
        outside = limits[crew.hours <= 0].max(initial=0.0)
        if not kind.can.any():
            total += kind.rate * kind.hours * (kind.can.sum() >= crew.hours.sum())
        elif (kind.can <= crew.hours + _ROUNDING).all():
            total += kind.rate * kind.hours
            if outside == 0.0 and kind.action:
                beyond = kind.share_above(limits[kind.can > 0].max(initial=0.0))
                total += kind.rate * kind.decisions * beyond * approval
        elif kind.action:
            total += kind.rate * kind.decisions * kind.share_above(outside) * kind.decision_hours
    return total


def _overfull(crews: Sequence[Crew], kinds: Sequence[Work], team: Team) -> Iterator[LoadProblem]:
    """Crews whose books cannot hold the cases that are open at a time (Little's law); the smallest crew of each stands for all."""
    known: list[Crew] = []
    for crew in crews:
        here = crew.hours > 0
        held = sum(kind.rate * kind.held for kind in kinds if kind.can.any() and not (kind.can[~here] > 0).any())
        room = float(team.room[here].sum())
        if held > room * (1 + _ROUNDING) and not any(((one.hours > 0) <= here).all() for one in known):
            known.append(crew)
            yield LoadProblem(f"caseload of {crew.label}", held, room, "units")

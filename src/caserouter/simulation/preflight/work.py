"""The work of a scenario by kind: what arrives per hour, what it asks for, and how long it takes whom at least."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from caserouter.domain.authority_rule import may_be_approved
from caserouter.domain.case import parked_weight
from caserouter.domain.credentials import AnyOf
from caserouter.domain.specialist import Role
from caserouter.simulation.language.case_type import CaseType, Stage
from caserouter.simulation.preflight.team import Requirement, Team
from caserouter.simulation.records import FloatArray
from caserouter.simulation.walks import expected_visits, share_above, stage_hours
from caserouter.simulation.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Work of one kind.

    Parameters
    ----------
    rate
        Cases per hour that bring it.
    requirements
        What it asks for.
    can
        Staffed hours of those who meet all of that, at most; shape (num_groups,).
    hours
        Mean hours of contacts per case at the quickest of them.
    held
        Units of capacity × hours that a case takes of its holder at least, 0 where contacts are routed one by one.
    decisions
        Decisions about an amount per case.
    decision_hours
        Mean hours that whoever has the authority spends on each at least: an approval, or else the contact itself.
    case_type
        Its type.
    """

    rate: float
    requirements: tuple[Requirement, ...]
    can: FloatArray
    hours: float
    held: float
    decisions: float
    decision_hours: float
    case_type: CaseType

    @property
    def action(self) -> str | None:
        """What is decided, if anything."""
        return self.case_type.action if self.decisions else None

    def share_above(self, limit: float) -> float:
        """Share of its amounts above `limit` minor units."""
        return share_above(self.case_type.amount, limit) if self.case_type.amount else 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """Contacts of a case type that ask for the same: those of whoever holds the case, or those of a stage routed on its own.

    Parameters
    ----------
    stages
        By name.
    skills, credentials
        What they ask for.
    is_held
        Whether a case is held between them.
    """

    stages: Mapping[str, Stage]
    skills: Mapping[str, int]
    credentials: tuple[AnyOf, ...]
    is_held: bool


class Workload:
    """The work that a scenario brings.

    Parameters
    ----------
    world, team
        The compiled scenario and its people.
    rates
        Cases per hour by case type.
    """

    def __init__(self, world: World, team: Team, rates: Mapping[str, float]) -> None:
        self._routing = world.scenario.routing
        self._settings = world.settings
        self._team = team
        self.kinds: tuple[Work, ...] = tuple(
            work
            for name, case_type in world.scenario.case_types.items()
            if rates[name] > 0 and len(team.groups)
            for part in _parts(case_type)
            for work in self._of_part(rates[name], case_type, part)
        )

    def _of_part(self, rate: float, case_type: CaseType, part: Part) -> Iterator[Work]:
        """One kind of work per jurisdiction, language and seniority that the cases ask for."""
        team = self._team
        common = [team.skill(name, least) for name, least in part.skills.items()]
        hours = self._hours(case_type, part)
        visits = expected_visits(case_type)
        decisions = sum(visits[name] for name, stage in part.stages.items() if stage.decides and case_type.action)
        for place, language, floor in product(
            _shares(case_type.jurisdictions), _shares(case_type.languages), self._floors(case_type)
        ):
            asked = [*common, *(team.credential(group, place[0]) for group in part.credentials)]
            asked += [team.language(language[0])] if language[0] else []
            asked += [team.role(floor[0])] if floor[0] else []
            can = np.min([team.staffed, *(one.hours for one in asked)], axis=0)
            best = float(hours[can > 0].min(initial=np.inf)) if can.any() else float(hours.min())
            yield Work(
                rate=rate * place[1] * language[1] * floor[1],
                requirements=tuple(asked),
                can=can,
                hours=best,
                held=self._held(case_type, visits, best) if part.is_held else 0.0,
                decisions=decisions,
                decision_hours=self._decision_hours(case_type, best, decisions),
                case_type=case_type,
            )

    def _hours(self, case_type: CaseType, part: Part) -> FloatArray:
        """Mean hours of the contacts per case at the quickest member of each group; shape (num_groups,)."""
        visits = expected_visits(case_type)
        confirmation = case_type.confirmation.handle.mean if part.is_held and case_type.confirmation else 0.0
        found = np.full(len(self._team.groups), confirmation)
        for name, stage in part.stages.items():
            own_times = [(who, self._team.group_of(who)) for who in stage.handle_of]
            for k, (group_name, group) in enumerate(self._team.groups):
                levels = [max(group.skills.get(skill, 1), 1) for skill in part.skills]
                factor = self._settings.handling.proficiency_factor[min(levels) - 1] if levels else 1.0
                names = [group_name, *(who for who, of in own_times if of == group_name)]
                found[k] += visits[name] * min(
                    stage_hours(stage, (one,), proficiency=factor, own=group.handle_factor) for one in names
                )
        return found

    def _held(self, case_type: CaseType, visits: Mapping[str, float], hours: float) -> float:
        """Units × hours that a case takes of its holder at least: its contacts, and its waits at the weight that it has then."""
        parked = parked_weight(case_type.weight, self._routing.parked_factor)
        waits = sum(visits[name] * stage.handle.mean for name, stage in case_type.stages.items() if not stage.is_contact)
        return case_type.weight * hours + parked * waits

    def _decision_hours(self, case_type: CaseType, hours: float, decisions: float) -> float:
        if not decisions or case_type.action is None:
            return 0.0
        whole = hours / decisions
        return min(self._routing.approval.mean, whole) if may_be_approved(case_type.action, self._settings) else whole

    def _floors(self, case_type: CaseType) -> list[tuple[Role | None, float]]:
        """The most senior role that a case's risk flags ask for, with its probability."""
        floors = self._settings.role_floors
        at_most = {
            role: float(np.prod([1.0 - p for flag, p in case_type.risk_flags.items() if flag in floors and floors[flag] > role]))
            for role in Role
        }
        found: list[tuple[Role | None, float]] = [(None, at_most[Role.SPECIALIST])]
        found += [(role, at_most[role] - at_most[Role(role - 1)]) for role in Role if role > Role.SPECIALIST]
        return [(role, share) for role, share in found if share > 0]


def _parts(case_type: CaseType) -> Iterator[Part]:
    contacts = {name: stage for name, stage in case_type.stages.items() if stage.is_contact}
    held = {name: stage for name, stage in contacts.items() if stage.by == "owner" and case_type.assignment == "per_case"}
    if held:
        yield Part(held, case_type.skills, case_type.credentials, is_held=True)
    for name, stage in contacts.items():
        if name not in held:
            skills = {**case_type.skills, **stage.skills}
            yield Part({name: stage}, skills, case_type.credentials + stage.credentials, is_held=False)


def _shares(shares: Mapping[str, float]) -> list[tuple[str | None, float]]:
    """Each value with its probability; nothing is asked for where there are none."""
    total = sum(shares.values())
    return [(value, share / total) for value, share in shares.items() if share > 0] if total else [(None, 1.0)]

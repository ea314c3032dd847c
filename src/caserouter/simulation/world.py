"""A scenario compiled once for all its replications: the roster, the people's hours, the plans of the case types, the departments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from caserouter.domain.account import Account
from caserouter.domain.calendar import Leave, Shift
from caserouter.domain.case import parked_weight
from caserouter.domain.model import FIRST_DAY, LAST_DAY
from caserouter.domain.money import minor_digits
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.routing.clock import Clock
from caserouter.routing.roster import Roster
from caserouter.simulation.accounts import Accounts
from caserouter.simulation.calendars import Spans, Stopwatch, cut_at_midnights, first_of_local_day, midnight_of, spans_of, without
from caserouter.simulation.demand_sample import DemandSample, sample_demand
from caserouter.simulation.language.case_type import CaseType, Stage
from caserouter.simulation.language.demand import aware
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.language.scenario import Review, Scenario
from caserouter.simulation.language.staff import Department, StaffGroup
from caserouter.simulation.members import member_ids
from caserouter.simulation.plans import StagePlan, TypePlan, due_of, followers_of, scaled
from caserouter.simulation.records import Labels
from caserouter.simulation.vocabulary import RISK_FLAGS, Vocabulary
from caserouter.simulation.walks import expected_hours

_DAY = timedelta(days=1)
_HOURS_OF_DAY = 24.0 + 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """What the event loop knows of a specialist beyond the roster.

    Parameters
    ----------
    name
        The specialist's id.
    group, group_name, number_in_group
        Model and name of the staff group, and number within it from 0.
    shifts
        Hours on shift, blocks included.
    staffed
        Hours on shift for cases.
    days
        Ordinal of the local day on which each staffed interval's shift begins, for sick days.
    absences
        Leave at least as long as the scenario's long absence.
    ramp_from
        Hour of the first day, for the ramp.
    """

    name: str
    group: StaffGroup
    group_name: str
    number_in_group: int
    shifts: Spans
    staffed: Spans
    days: tuple[int, ...]
    absences: Spans
    ramp_from: float


class World:
    """A compiled scenario; nothing changes it.

    Parameters
    ----------
    scenario
        What to compile.
    folder
        Where its file lies, for the paths of recorded histories.

    Attributes
    ----------
    clock, horizon
        Its start is hour 0; no replication passes the horizon, in hours.
    roster
        Specialists and accounts as routing sees them.
    accounts
        The accounts by number, as the trace has them.
    people
        In the roster's order.
    plans
        One per case type, in the scenario's order.
    sample
        A stretch of its demand.
    """

    def __init__(self, scenario: Scenario, folder: Path | None = None) -> None:
        self.scenario = scenario
        self.zone = ZoneInfo(scenario.time_zone)
        self.clock = Clock(aware(scenario.start, self.zone))
        self.window = scenario.window.measured
        self.horizon = scenario.window.end
        self.accounts = Accounts.of(scenario)
        self.sample = sample_demand(scenario, folder)
        self.settings = _settings(scenario, self.sample)
        specialists, groups = _specialists(scenario)
        days = int(self.horizon // 24) + 3
        self.roster = Roster.compile(specialists, _accounts(self.accounts), self.settings, clock=self.clock, horizon_days=days)
        self.people = tuple(self._person(one, *groups[one.id]) for one in self.roster.specialists)
        stands_still = scenario.business_hours or scenario.holidays
        self.business = Stopwatch(self._spans_in_zone(scenario.business_hours) if stands_still else None)
        self.department_names = tuple(scenario.departments)
        self.plans = tuple(self._plan(k, name, case_type) for k, (name, case_type) in enumerate(scenario.case_types.items()))

    @cached_property
    def labels(self) -> Labels:
        """Names of the numbers in the records."""
        scenario = self.scenario
        return Labels(
            streams=tuple(scenario.demand),
            case_types=tuple(scenario.case_types),
            root_causes=Vocabulary.of(scenario).root_causes,
            stages=tuple(tuple(case_type.stages) for case_type in scenario.case_types.values()),
            specialists=tuple(one.id for one in self.roster.specialists),
            groups=tuple(person.group_name for person in self.people),
            accounts=self.accounts.ids,
            tiers=self.accounts.tiers,
            account_revenue=self.accounts.revenue,
        )

    def department(self, number: int) -> tuple[str, Department, Spans | None]:
        """Name, model and opening hours of a department; None for always open."""
        name = self.department_names[number]
        model = self.scenario.departments[name]
        return name, model, self._spans_in_zone(model.hours) if model.hours else None

    def _spans_in_zone(self, shifts: Sequence[Shift]) -> Spans:
        return spans_of(shifts, (), self.scenario.holidays, self.zone, self.clock, self.horizon)

    def _person(self, one: Specialist, group_name: str, group: StaffGroup, number: int) -> Person:
        holidays, zone = self.settings.holidays, one.zone
        shifts = spans_of(one.shifts, one.leave, holidays, zone, self.clock, self.horizon)
        blocks = spans_of(one.blocks, (), (), zone, self.clock, self.horizon) if one.blocks else ()
        staffed: list[tuple[float, float]] = []
        days: list[int] = []
        for shift in self._shifts_by_day(shifts, zone) if group.sick_probability else shifts:
            pieces = without((shift,), blocks)
            staffed += pieces
            days += [first_of_local_day(self.clock, zone, shift[0]).toordinal()] * len(pieces)
        long = [self._absence(away, zone) for away in one.leave]
        return Person(
            name=one.id,
            group=group,
            group_name=group_name,
            number_in_group=number,
            shifts=shifts,
            staffed=tuple(staffed),
            days=tuple(days),
            absences=tuple(away for away in long if away[1] - away[0] >= self.scenario.routing.long_absence),
            ramp_from=midnight_of(group.first_day, self.clock, zone) if group.first_day else 0.0,
        )

    def _shifts_by_day(self, shifts: Spans, zone: ZoneInfo) -> list[tuple[float, float]]:
        """The shifts, those that go on for more than a day cut into days, so that nobody is sick for longer than one."""
        found: list[tuple[float, float]] = []
        for start, end in shifts:
            found += cut_at_midnights((start, end), self.clock, zone) if end - start > _HOURS_OF_DAY else ((start, end),)
        return found

    def _absence(self, away: Leave, zone: ZoneInfo) -> tuple[float, float]:
        end = min(away.end, LAST_DAY - _DAY) + _DAY
        return midnight_of(away.start, self.clock, zone), midnight_of(end, self.clock, zone)

    def _plan(self, number: int, name: str, case_type: CaseType) -> TypePlan:
        number_by_name = {stage: k for k, stage in enumerate(case_type.stages)}
        reopening = case_type.reopening
        calendar = Stopwatch()
        return TypePlan(
            number=number,
            name=name,
            case_type=case_type,
            stages=tuple(self._stage(case_type, stage, number_by_name) for stage in case_type.stages),
            start=number_by_name[case_type.start],
            per_case=case_type.assignment == "per_case",
            weight=case_type.weight,
            parked_weight=parked_weight(case_type.weight, self.scenario.routing.parked_factor),
            priority=case_type.priority,
            first_response=due_of(case_type.first_response, self.business, calendar),
            resolution=due_of(case_type.resolution, self.business, calendar),
            patience=case_type.patience,
            reopen_probability=reopening.probability if reopening else 0.0,
            reopen_after=reopening.after if reopening else None,
            reopen_window=reopening.window if reopening else 0.0,
            reopen_stage=number_by_name[reopening.stage or case_type.start] if reopening else 0,
            chase=case_type.chase,
            confirmation=case_type.confirmation,
            reviews=self._reviews(case_type),
            minor_per_major=10.0 ** minor_digits(case_type.amount.mean.currency) if case_type.amount else 1.0,
            dated=bool(case_type.credentials) or any(stage.credentials for stage in case_type.stages.values()),
        )

    def _reviews(self, case_type: CaseType) -> tuple[tuple[int, Review], ...]:
        asked = self.settings.review_before_first_response & set(case_type.risk_flags)
        reviews = self.scenario.routing.reviews
        return tuple((RISK_FLAGS.index(flag), reviews[flag]) for flag in sorted(asked) if flag in reviews)

    def _stage(self, case_type: CaseType, name: str, number_by_name: Mapping[str, int]) -> StagePlan:
        stage = case_type.stages[name]
        by = "anyone" if stage.is_contact and case_type.assignment == "per_contact" else stage.by
        skills = dict(case_type.skills) | dict(stage.skills) if by == "anyone" else dict(case_type.skills)
        thresholds, followers = followers_of(stage, dict(number_by_name))
        return StagePlan(
            number=number_by_name[name],
            name=name,
            by=by,
            handle=self._handle(stage, tuple(sorted(skills.items()))) if stage.is_contact else (stage.handle,),
            documentation=stage.documentation,
            department=self.department_names.index(stage.department) if stage.department else -1,
            customer_facing=stage.customer_facing and stage.is_contact,
            decides=stage.decides,
            weight=stage.weight,
            commitment=stage.commitment,
            thresholds=thresholds,
            followers=followers,
            mean_hours=stage.handle.mean + stage.documentation.mean,
            skills=tuple(sorted(skills.items())),
            stage=stage,
        )

    def _handle(self, stage: Stage, skills: tuple[tuple[str, int], ...]) -> tuple[Timing, ...]:
        """Handle time of a contact for each specialist: a mean of their own, or the common one at the lowest proficiency."""
        factors = np.ones(self.roster.num_specialists)
        if skills:
            lowest = np.min([self.roster.proficiency(skill) for skill, _ in skills], axis=0)
            factors = np.array(self.settings.handling.proficiency_factor)[np.maximum(lowest, 1) - 1]
        found = []
        for person, factor in zip(self.people, factors.tolist(), strict=True):
            own = stage.handle_of.get(person.name) or stage.handle_of.get(person.group_name)
            found.append(scaled(own or stage.handle, person.group.handle_factor * (1.0 if own else factor)))
        return tuple(found)


def _settings(scenario: Scenario, sample: DemandSample) -> Settings:
    """The routing settings, with what the scenario knows better: time zone, holidays, handling times and the mix."""
    settings = scenario.routing.settings
    minutes = {name: expected_hours(case_type) * 60.0 for name, case_type in scenario.case_types.items()}
    handling = settings.handling
    known = {name: value for name, value in minutes.items() if value > 0} | dict(handling.minutes_by_type)
    return settings.model_copy(
        update={
            "time_zone": scenario.time_zone,
            "holidays": settings.holidays | scenario.holidays,
            "mix": settings.mix or sample.rates(),
            "handling": handling.model_copy(update={"minutes_by_type": known}),
        }
    )


def _specialists(scenario: Scenario) -> tuple[list[Specialist], dict[str, tuple[str, StaffGroup, int]]]:
    """Every specialist of every group, and the group of each."""
    found: list[Specialist] = []
    groups: dict[str, tuple[str, StaffGroup, int]] = {}
    for name, group in scenario.staff.items():
        for number, member in enumerate(member_ids(name, group)):
            found.append(_specialist(member, group, scenario.time_zone))
            groups[member] = (name, group, number)
    return found, groups


def _specialist(member: str, group: StaffGroup, time_zone: str) -> Specialist:
    shared = ("team", "role", "skills", "credentials", "authority", "languages", "capacity", "intake", "cost_per_hour", "shifts")
    leave = list(group.leave)
    if group.first_day:
        leave.append(Leave(start=FIRST_DAY, end=group.first_day - _DAY))
    if group.last_day:
        leave.append(Leave(start=group.last_day + _DAY, end=LAST_DAY))
    return Specialist(
        id=member,
        name=group.name,
        backup=group.backup if group.backup != member else None,
        time_zone=group.time_zone or time_zone,
        leave=tuple(leave),
        blocks=tuple(shift for shifts in group.blocks.values() for shift in shifts),
        **{key: getattr(group, key) for key in shared},
    )


def _accounts(accounts: Accounts) -> list[Account]:
    rows = zip(accounts.ids, accounts.owners, accounts.tiers, strict=True)
    return [Account(id=account, owner=owner or None, tier=tier or None) for account, owner, tier in rows]

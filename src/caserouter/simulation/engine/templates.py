"""Profiles for routing: cases that ask for the same share one, so that a case costs a copy instead of a validation."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.case import Case
from caserouter.domain.money import Money
from caserouter.routing.profile import CaseProfile
from caserouter.simulation.engine.case_run import Kind
from caserouter.simulation.plans import StagePlan, TypePlan
from caserouter.simulation.trace import DemandTrace
from caserouter.simulation.vocabulary import RISK_FLAGS
from caserouter.simulation.walks import expected_visits
from caserouter.simulation.world import World

FloatArray = NDArray[np.float64]


class Templates:
    """Makes profiles, once per kind of case.

    Parameters
    ----------
    world, trace
        The compiled scenario, and the names of the trace's numbers.
    """

    def __init__(self, world: World, trace: DemandTrace) -> None:
        self._world = world
        self._trace = trace
        self._profiles: dict[tuple[Kind, int], CaseProfile] = {}
        self._limits = {plan.number: self._limits_of(plan) for plan in world.plans}
        self._efforts = {plan.number: self._effort(plan) for plan in world.plans}
        self._contact_efforts = {
            (plan.number, stage.number): self._contact_effort(stage)
            for plan in world.plans
            for stage in plan.stages
            if stage.by == "anyone"
        }

    def level(self, plan: TypePlan, amount: float) -> int:
        """Which of the limits that people hold covers an amount in minor units: 0 for nothing to decide, then from the lowest up."""
        if plan.case_type.action is None or not amount > 0:
            return 0
        return 1 + int(np.searchsorted(self._limits[plan.number], amount, side="left"))

    def of_case(self, kind: Kind, amount: float) -> CaseProfile:
        """Profile of a whole case."""
        found = self._profiles.get((kind, -1))
        if found is None:
            plan = self._world.plans[kind[0]]
            found = self._world.roster.profile(self._case(kind, plan, amount))
            found = replace(found, effort=self._efforts[plan.number])
            self._profiles[kind, -1] = found
        return found

    def of_contact(self, kind: Kind, stage: StagePlan, amount: float) -> CaseProfile:
        """Profile of one contact that is routed on its own."""
        found = self._profiles.get((kind, stage.number))
        if found is None:
            plan = self._world.plans[kind[0]]
            asked = {"required_skills": dict(stage.skills), "weight": stage.weight}
            asked["required_credentials"] = (*plan.case_type.credentials, *stage.stage.credentials)
            found = self._world.roster.profile(self._case(kind, plan, amount).model_copy(update=asked))
            found = replace(found, handling_hours=stage.mean_hours, effort=self._contact_efforts[plan.number, stage.number])
            self._profiles[kind, stage.number] = found
        return found

    def of_sample(self) -> list[Case]:
        """Cases that stand for those to come, for policies that price scarce capacity."""
        trace = self._world.sample.trace
        cases = []
        for row in self._world.sample.rows():
            plan, amount = self._world.plans[int(trace.case_type[row])], float(trace.amount[row])
            level = self.level(plan, amount)
            columns = (trace.case_type, trace.jurisdiction, trace.language, trace.flags)
            number, jurisdiction, language, flags = (int(column[row]) for column in columns)
            kind = (number, jurisdiction, language, flags, level, int(trace.account[row]))
            cases.append(self._case(kind, plan, amount).model_copy(update={"id": f"sample-{row:06d}"}))
        return cases

    def _case(self, kind: Kind, plan: TypePlan, amount: float) -> Case:
        trace, asked = self._trace, plan.case_type
        _, jurisdiction, language, flags, level, account = kind
        return Case(
            id=f"{plan.name} of kind {len(self._profiles)}",
            created=self._world.clock.moment(0.0),
            source="simulation",
            type=plan.name,
            account=trace.accounts[account] if account >= 0 else None,
            language=trace.languages[language] if language >= 0 else None,
            jurisdiction=trace.jurisdictions[jurisdiction] if jurisdiction >= 0 else None,
            required_skills=asked.skills,
            preferred_skills=asked.preferred_skills,
            required_credentials=asked.credentials,
            action=asked.action if level else None,
            amount=Money(minor=round(amount), currency=asked.amount.mean.currency) if level and asked.amount else None,
            weight=plan.weight,
            priority=plan.priority,
            risk_flags=frozenset(flag for bit, flag in enumerate(RISK_FLAGS) if flags >> bit & 1),
        )

    def _limits_of(self, plan: TypePlan) -> FloatArray:
        """Distinct amounts up to which somebody may decide the type's action, rising, in minor units."""
        asked = plan.case_type
        if asked.action is None or asked.amount is None:
            return np.zeros(0)
        limits = self._world.roster.authority.limits(asked.action, asked.amount.mean.currency)
        return np.unique(limits[(limits >= 0) & np.isfinite(limits)])

    def _effort(self, plan: TypePlan) -> FloatArray | None:
        """Mean hours of a whole case at each specialist, where they differ by more than proficiency."""
        own = any(person.group.handle_factor != 1.0 for person in self._world.people)
        if not own and not any(stage.stage.handle_of for stage in plan.stages):
            return None
        visits = expected_visits(plan.case_type)
        hours = np.zeros(self._world.roster.num_specialists)
        for stage in plan.stages:
            if stage.by == "owner":
                hours += visits[stage.name] * self._contact_hours(stage)
        return hours

    def _contact_hours(self, stage: StagePlan) -> FloatArray:
        return np.array([timing.mean for timing in stage.handle]) + stage.documentation.mean

    def _contact_effort(self, stage: StagePlan) -> FloatArray | None:
        """Mean hours of a contact at each specialist, or None where everybody takes the usual ones."""
        hours = self._contact_hours(stage)
        return hours if (hours != stage.mean_hours).any() else None

"""An independent check of who is given what and works on what: every decision and contact of a run against `domain.eligibility`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from caserouter.domain.calendar import staffed_intervals
from caserouter.domain.case import Case
from caserouter.domain.eligibility import exclusions
from caserouter.domain.intervals import StaffedTime, merge
from caserouter.domain.rules import Exclusion, Rule, Situation
from caserouter.routing.policies import policy_by_name
from caserouter.routing.policy import Chosen, Decision
from caserouter.routing.profile import CaseProfile
from caserouter.routing.result import WAITING
from caserouter.routing.state import RoutingState
from caserouter.simulation.engine.case_run import WorkItem
from caserouter.simulation.engine.simulator import Simulator
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.records import ContactKind
from caserouter.simulation.trace import build_trace
from caserouter.simulation.world import World

_ROUNDING = timedelta(seconds=1)
_MOMENT = 1e-6
_CREDENTIALS = frozenset(rule for rule in Rule if rule.value.startswith("credential"))


class Rulebook:
    """Runs a scenario and writes down every breach.

    Parameters
    ----------
    scenario
        What to run, with the policy that it names.
    ignore_rules
        Whether the policy ignores the rules, to see that this is noticed.
    """

    name = "watched"
    jointly = False

    def __init__(self, scenario: Scenario, *, ignore_rules: bool = False) -> None:
        self.breaches: list[str] = []
        self._scenario = scenario
        self._world = World(scenario)
        self._roster = self._world.roster.specialists
        self._policy = policy_by_name(scenario.routing.policy, seed=scenario.seed, ignore_rules=ignore_rules)
        self._staffed = self._staffed_time()

    def run(self) -> None:
        """Run one replication."""
        trace = build_trace(self._scenario, self._scenario.seed, 0, self._world.horizon)
        simulator = Simulator(self._world, trace, policy=self)
        begun = simulator._desks._begun

        def watched(item: WorkItem, now: float) -> None:
            self._look_at_contact(item, now)
            begun(item, now)

        simulator._desks._begun = watched
        simulator.run()

    def place(self, profile: CaseProfile, state: RoutingState) -> Decision:
        """The policy's decision on an arrival, looked at."""
        decision = self._policy.place(profile, state)
        self._look_at(profile, decision, state)
        return decision

    def pull(self, queue: Sequence[CaseProfile], specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """The policy's decisions on waiting cases, one by one, looked at."""
        decisions = self._policy.pull(queue, specialists, state)
        profiles = {profile.id: profile for profile in queue}
        for decision in decisions:
            self._look_at(profiles[decision.case_id], decision, state)
        return decisions

    def _look_at(self, profile: CaseProfile, decision: Decision, state: RoutingState) -> None:
        j = decision.specialist
        if j == WAITING:
            return
        left = int(state.intake_left[j])
        situation = self._situation(state.now, int(state.caseload[j]), None if left < 0 else left)
        self.breaches += [f"{profile.id} to {self._roster[j].id}: {one}" for one in self._broken(profile, j, situation)]
        off_shift = situation.settings.relaxations.get(Rule.OFF_SHIFT.value)
        relaxed = off_shift is not None and state.now >= profile.created + off_shift.after_hours - _MOMENT
        if state.away_until[j] > state.now and not relaxed:
            self.breaches.append(f"{profile.id} to {self._roster[j].id}, who is sick")
        if state.declined.get(profile.id, {}).get(j, -1.0) > state.now:
            self.breaches.append(f"{profile.id} to {self._roster[j].id}, who has declined it")

    def _look_at_contact(self, item: WorkItem, now: float) -> None:
        """Credentials at the start of a contact, and whether it is in the hands that it should be in."""
        if item.kind == ContactKind.APPROVAL:
            return
        case = item.case
        profile = case.profile if item.stage is None or case.unit is None else case.unit
        broken = self._broken(profile, item.desk, self._situation(now, 0, None))
        self.breaches += [
            f"{case.name} worked by {self._roster[item.desk].id}: {one}" for one in broken if one.rule in _CREDENTIALS
        ]
        if case.live == (item.kind == ContactKind.CONFIRMATION):
            self.breaches.append(f"{case.name} worked while it is {'open' if case.live else 'over'}")
        if item.stage is not None and case.unit is None and case.holder != item.desk:
            self.breaches.append(f"{case.name} worked by {self._roster[item.desk].id}, who does not hold it")

    def _broken(self, profile: CaseProfile, specialist: int, situation: Situation) -> list[Exclusion]:
        """The rules that are broken, but for those that were not a second before or will not be in a second: moments are rounded."""
        case, one = self._case(profile), self._roster[specialist]
        before = {broken.rule for broken in exclusions(case, one, replace(situation, now=situation.now - _ROUNDING))}
        found = [broken for broken in exclusions(case, one, situation) if broken.rule in before]
        return [broken for broken in found if broken.until is None or broken.until - situation.now > _ROUNDING]

    def _situation(self, now: float, caseload: int, intake_left: int | None) -> Situation:
        return Situation(
            now=self._world.clock.moment(now),
            settings=self._world.settings,
            caseload=caseload,
            intake_left=intake_left,
            approvers=self._roster,
            staffed=self._staffed,
        )

    def _case(self, profile: CaseProfile) -> Case:
        moment = self._world.clock.moment
        due = None if profile.first_response_due == float("inf") else moment(profile.first_response_due)
        return profile.case.model_copy(update={"id": profile.id, "created": moment(profile.created), "first_response_due": due})

    def _staffed_time(self) -> StaffedTime:
        clock, settings = self._world.clock, self._world.settings
        start, end = clock.moment(0.0), clock.moment(self._world.horizon + 24.0 * 70)
        found = (
            interval
            for one in self._roster
            for interval in staffed_intervals(one.shifts, one.leave, settings.holidays, one.zone, start, end, one.blocks)
        )
        return StaffedTime(tuple(merge(found)))

"""The same queue under several policies: who would have been served, at what cost, and which rules would have been broken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from caserouter.domain.rules import HARD_RULES, Rule
from caserouter.routing.build import RoutingQueue
from caserouter.routing.costs import probability_of_missing
from caserouter.routing.fit import fit_of
from caserouter.routing.masks import broken_rules, relaxed_rules
from caserouter.routing.policies import POLICIES, USUAL_RULES, policy_by_name
from caserouter.routing.policy import RoutingPolicy, by_urgency
from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.relations import count_hand_offs
from caserouter.routing.result import WAITING, objective
from caserouter.routing.state import RoutingState


@dataclass(frozen=True, slots=True)
class PolicyOutcome:
    """What one policy makes of the queue.

    Parameters
    ----------
    policy
        Its name.
    num_assigned, num_waiting
        Cases with a specialist, and without.
    total_cost
        Money by the optimiser's own cost model: pairs, load and waiting.
    pair_cost
        The part of it that the chosen pairs cost.
    expected_late
        Expected number of cases that miss a target: by the formula of the lateness term with the work that each book then holds
        ahead of the case; a case with a target that waits counts as one.
    num_hand_offs
        Cases that go to somebody else than their account's owner or the owner's backup.
    spread
        Standard deviation of caseload ÷ capacity over the specialists with any capacity.
    breaches
        Cases per rule that the policy would have broken had it ignored the rules; None for policies that cannot.
    """

    policy: str
    num_assigned: int
    num_waiting: int
    total_cost: float
    pair_cost: float
    expected_late: float
    num_hand_offs: int
    spread: float
    breaches: Mapping[Rule, int] | None = None

    @property
    def hard_breaches(self) -> int | None:
        """Breaches of hard rules, had it ignored the rules."""
        return None if self.breaches is None else sum(count for rule, count in self.breaches.items() if rule in HARD_RULES)

    @property
    def other_breaches(self) -> int | None:
        """Breaches of the rules that follow the policy, had it ignored the rules."""
        return None if self.breaches is None else sum(count for rule, count in self.breaches.items() if rule not in HARD_RULES)


def compare_policies(
    queue: RoutingQueue,
    names: Sequence[str] = POLICIES,
    *,
    known: Mapping[str, IntArray] = MappingProxyType({}),
    seed: int = 0,
) -> list[PolicyOutcome]:
    """Run the same queue through each policy.

    Parameters
    ----------
    queue
        The cases, the books and the cost model, from `build_problem`.
    names
        Policies to compare, of `POLICIES`; the result keeps their order.
    known
        Assignments that need no second run, by policy: the optimiser's own answer, say; shape (num_cases,).
    seed
        Seed of the policies that draw.

    Raises
    ------
    NotFound
        If a name is no policy's.
    """
    sample = [profile.case for profile in queue.profiles]
    outcomes = []
    for name in names:
        policy = policy_by_name(name, seed=seed, sample=sample)
        assignment = known[name] if name in known else _assign(policy, queue)
        breaches = count_breaches(policy_by_name(name, seed=seed, ignore_rules=True), queue) if name in USUAL_RULES else None
        outcomes.append(judge(name, assignment, queue, breaches))
    return outcomes


def judge(policy: str, assignment: IntArray, queue: RoutingQueue, breaches: Mapping[Rule, int] | None = None) -> PolicyOutcome:
    """Measure an assignment that respects every rule; shape (num_cases,), in the order of the queue's profiles."""
    total, pairs = objective(queue.problem, assignment)
    order = sorted(range(len(queue.profiles)), key=lambda i: by_urgency(queue.profiles[i]))
    ordered = [(queue.profiles[i], int(assignment[i])) for i in order]
    num_assigned = int((assignment != WAITING).sum())
    return PolicyOutcome(
        policy=policy,
        num_assigned=num_assigned,
        num_waiting=len(assignment) - num_assigned,
        total_cost=total * queue.problem.unit,
        pair_cost=pairs * queue.problem.unit,
        expected_late=_expected_late(ordered, queue.state),
        num_hand_offs=sum(int(count_hand_offs(profile, np.array([j]), queue.state)[0]) for profile, j in ordered if j != WAITING),
        spread=_spread(assignment, queue),
        breaches=breaches,
    )


def _assign(policy: RoutingPolicy, queue: RoutingQueue) -> IntArray:
    taker = {decision.case_id: decision.specialist for decision in policy.pull(queue.profiles, None, queue.state)}
    return np.array([taker[profile.id] for profile in queue.profiles], dtype=np.int64)


def count_breaches(policy: RoutingPolicy, queue: RoutingQueue) -> dict[Rule, int]:
    """Cases per rule that the policy's decisions break, each judged by the books at its turn; rules never broken are left out."""
    profile_by_id = {profile.id: profile for profile in queue.profiles}
    state = queue.state.copy()
    counts: Counter[Rule] = Counter()
    for decision in policy.pull(queue.profiles, None, state):
        if decision.specialist == WAITING:
            continue
        profile = profile_by_id[decision.case_id]
        relaxed = relaxed_rules(profile, state.roster.settings, state.now)
        broken = broken_rules(profile, state.roster, state.now, state.caseload, state.intake_left)
        counts.update(rule for rule, mask in broken.items() if mask[decision.specialist] and rule not in relaxed)
        state.apply(profile, decision.specialist)
    return {rule: counts[rule] for rule in Rule if counts[rule]}


def _expected_late(ordered: Sequence[tuple[CaseProfile, int]], state: RoutingState) -> float:
    """Sum over the cases of P(a target is missed); both targets wait for the same work, so the likelier miss covers the other."""
    late = 0.0
    scratch = state.copy()
    for profile, j in ordered:
        dues = [due for due in (profile.first_response_due, profile.resolution_due) if np.isfinite(due)]
        if j == WAITING:
            late += bool(dues)
            continue
        late += max((_probability_late(profile, j, due, scratch) for due in dues), default=0.0)
        scratch.apply(profile, j)
    return late


def _probability_late(profile: CaseProfile, specialist: int, due: float, state: RoutingState) -> float:
    who = np.array([specialist])
    slack = state.roster.staffing.staffed_between(who, state.now, due)
    if due == profile.resolution_due:
        fit = fit_of(profile, state.roster, state.now)
        slack = slack - fit.effort[np.searchsorted(fit.who, specialist)]
    return float(probability_of_missing(slack, state.ready_hours[who])[0])


def _spread(assignment: IntArray, queue: RoutingQueue) -> float:
    capacity = queue.state.roster.capacity
    assigned = assignment != WAITING
    added = np.bincount(assignment[assigned], weights=queue.problem.weight[assigned], minlength=len(capacity))
    share = (queue.state.caseload + added)[capacity > 0] / capacity[capacity > 0]
    return float(share.std()) if len(share) else 0.0

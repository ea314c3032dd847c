"""Why a case went where it went, or why it waits: `explain` for any case of a queue.

The sentences on rules come from `domain.eligibility`, the candidates and their costs from the problem that was solved. Costs are
those beside all other cases of the decision, so that among the candidates with room the chosen one is the cheapest if the
assignment is the best.
"""

import numpy as np

from caserouter.domain.authority_rule import may_be_approved
from caserouter.domain.case import Case
from caserouter.domain.eligibility import approvers_for, decides_alone, staffed_time
from caserouter.domain.errors import NotFound
from caserouter.routing.build import RoutingQueue
from caserouter.routing.counterfactual import by_distance, nearest, runner_up
from caserouter.routing.explanation import Candidate, Excluded, Explanation, Reason
from caserouter.routing.options import Options
from caserouter.routing.problem import IntArray
from caserouter.routing.reasons import NOT_ASKED, Inquiry, Room
from caserouter.routing.result import WAITING
from caserouter.routing.surroundings import Surroundings
from caserouter.routing.unassigned import why_unassigned

_UNASKED = Reason(NOT_ASKED, "was not asked in this decision", "eligible if asked")


def explain(case_id: str, queue: RoutingQueue, assignment: IntArray) -> Explanation:
    """Explain what became of one case.

    Parameters
    ----------
    case_id
        The case.
    queue
        The queue as the decision saw it: for a `RoutingAnswer`, `answer.decided(case_id)` gives it with the assignment.
    assignment
        Specialist of each case of the queue, or `WAITING`; shape (num_cases,).

    Raises
    ------
    NotFound
        If the queue has no such case.
    """
    around = Surroundings(queue, assignment, _index(case_id, queue))
    roster = around.state.roster
    inquiries = _inquiries(around)
    options = Options.of(around)
    asked = inquiries[0] if len(inquiries) == 1 else Inquiry(queue.profiles[around.case].case, around.state, inquiries[0].staffed)
    excluded = _excluded(around, options, asked)
    waits = around.chosen == WAITING
    return Explanation(
        case=case_id,
        at=asked.now,
        policy=roster.settings.name,
        version=roster.settings.version,
        currency=roster.settings.currency,
        chosen=None if waits else roster.specialists[around.chosen].id,
        waiting_cost=float(queue.waiting_cost[around.case]),
        together=around.together,
        reviews=tuple(flag.value for flag in roster.settings.reviews_of(asked.case.risk_flags)),
        approvers=_approvers(around, asked.case),
        candidates=_candidates(around, options, asked),
        excluded=excluded,
        runner_up=None if waits else runner_up(around, options),
        nearest=nearest(excluded),
        unassigned=why_unassigned(around, options, inquiries) if waits else None,
    )


def _index(case_id: str, queue: RoutingQueue) -> int:
    for i, profile in enumerate(queue.profiles):
        if profile.id == case_id:
            return i
    raise NotFound(f"{case_id}: no such case in the queue; name one of its {len(queue.profiles)} cases", ids=[case_id])


def _inquiries(around: Surroundings) -> list[Inquiry]:
    """One per case of the group; the first stands for the weight of them all, since they need room together."""
    roster, state = around.state.roster, around.state
    staffed = staffed_time(roster.specialists, roster.settings, roster.clock.moment(state.now))
    first = around.cases[0].model_copy(update={"weight": around.weight})
    return [Inquiry(case, state, staffed) for case in (first, *around.cases[1:])]


def _approvers(around: Surroundings, case: Case) -> tuple[str, ...]:
    """Who may decide the amount for another holder; nobody where nothing is asked, or no approver may decide the action."""
    roster = around.state.roster
    if case.action is None or case.amount is None or not may_be_approved(case.action, roster.settings):
        return ()
    return tuple(sorted(one.id for one in approvers_for(case, roster.specialists)))


def _candidates(around: Surroundings, options: Options, asked: Inquiry) -> tuple[Candidate, ...]:
    """Everybody who had a pair in the problem: the unobstructed first, then by cost."""
    found = [_candidate(int(k), around, options, asked) for k in np.flatnonzero(options.is_pair)]
    return tuple(sorted(found, key=lambda one: (one.obstacle is not None, one.total, one.specialist)))


def _candidate(k: int, around: Surroundings, options: Options, asked: Inquiry) -> Candidate:
    j = int(options.who[k])
    person = around.state.roster.specialists[j]
    return Candidate(
        specialist=person.id,
        name=person.name,
        chosen=j == around.chosen,
        total=float(options.total[k]),
        terms={name: float(values[k]) for name, values in options.terms.items()},
        caseload=int(around.state.caseload[j]),
        load=int(around.load[j]),
        capacity=person.capacity,
        needs_approval=not decides_alone(asked.case, person),
        relaxed=asked.relaxed(j, Room.now(around.state)),
        obstacle=None if j == around.chosen else _obstacle(k, around, options),
    )


def _obstacle(k: int, around: Surroundings, options: Options) -> str | None:
    """Why option `k` could not take the case, with those that go with it, beside all others."""
    if np.isinf(options.group_cost[k]):
        return f"may not take {' and '.join(around.together)}, to go with it"
    obstacle = around.obstacle(int(options.who[k]))
    return None if obstacle is None else obstacle.sentence


def _excluded(around: Surroundings, options: Options, asked: Inquiry) -> tuple[Excluded, ...]:
    """Everybody who had no pair in the problem, the nearest to one first."""
    room = Room.now(around.state)
    pairs = set(options.who[options.is_pair].tolist())
    found = []
    for j, person in enumerate(around.state.roster.specialists):
        if j in pairs:
            continue
        reasons = asked.reasons(j, room) or (_UNASKED,)
        moment = asked.eligible_from(j, room, asked.now) if all(reason.until for reason in reasons) else None
        found.append(Excluded(person.id, person.name, reasons, moment))
    return tuple(sorted(found, key=by_distance))

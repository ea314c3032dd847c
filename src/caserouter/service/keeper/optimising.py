"""Re-optimisation: now and then the whole queue is one problem, solved beside, and given out a few cases at a time.

Requests give each case to the best specialist at that moment, which together need not be the best. A plan is as old as its solving took.
So each of its cases is looked at once more before it is given out, and what no longer fits stays in the queue, where nothing is lost.
"""

import logging
import time
from dataclasses import replace
from datetime import datetime

from caserouter.domain.lifecycle import CaseStatus
from caserouter.service.actor import KEEPER
from caserouter.service.board import Outcome
from caserouter.service.board.deciding import place_together
from caserouter.service.board.solving import MODE
from caserouter.service.engine import Engine
from caserouter.service.failpoints import passing
from caserouter.service.keeper.following import Following
from caserouter.service.keeper.messages import Move, Plan, Solve
from caserouter.service.unit import Unit

_logger = logging.getLogger(__name__)

SEED = 0
"""Seed of every search: what varies between two optimisations is the queue."""
GROUPS_PER_UNIT = 4
"""Cases, or groups of linked cases, that one exclusive unit gives out: a request waits for one such unit at most."""
SECONDS_PER_EFFORT = 10.0
"""Seconds of the budget for each unit of the solver's effort, which is one to three seconds of a core that nobody else uses."""
BREATH_SECONDS = 0.002
"""Pause between two units, so that whoever waits has a turn."""

Group = tuple[Move, ...]


class Optimising:
    """Has plans made, and carries them out.

    Parameters
    ----------
    engine
        The engine of this process.
    following
        Whom to ask.
    budget_seconds
        How long a plan may take; the effort is chosen so that it ends well before.

    Attributes
    ----------
    last
        When a plan was last carried out; None for never.
    num_given, num_stale
        Cases given out so far, and cases of plans that no longer fitted.
    """

    def __init__(self, engine: Engine, following: Following, budget_seconds: float) -> None:
        self.last: datetime | None = None
        self.num_given = 0
        self.num_stale = 0
        self._engine = engine
        self._following = following
        self._effort = budget_seconds / SECONDS_PER_EFFORT

    def begin(self) -> bool:
        """Ask for a plan, unless one is being made."""
        if not self._following.busy:
            self._following.want(Solve(self._engine.clock.now(), self._effort, SEED))
        return False

    def carry_out(self, plan: Plan) -> None:
        """Give out what a plan says, a few cases at a time."""
        num_given = 0
        for first in range(0, len(plan.groups), GROUPS_PER_UNIT):
            some = plan.groups[first : first + GROUPS_PER_UNIT]
            with self._engine.unit(KEEPER) as unit:
                num_given += sum(give_out(unit, group) for group in some)
            time.sleep(BREATH_SECONDS)
        num_planned = sum(len(group) for group in plan.groups)
        self.num_given += num_given
        self.num_stale += num_planned - num_given
        self.last = self._engine.clock.now()
        if num_planned:
            _logger.info("gave out %d of %d planned cases", num_given, num_planned, extra={"count": num_given, "seq": plan.seq})


def give_out(unit: Unit, group: Group) -> int:
    """Give a case, or a group of linked cases, to whom the plan names, if all of it still fits; how many were given out."""
    outcomes = _still_fitting(unit, group)
    for outcome, move in zip(outcomes, group, strict=False):
        unit.assign(replace(outcome, evidence=move.evidence, cost=move.cost), MODE)
        passing("mid_batch")
    return len(outcomes)


def _still_fitting(unit: Unit, group: Group) -> list[Outcome]:
    """The moves as they would be recorded now; nothing if one of the cases no longer waits, or no longer fits."""
    found = [unit.board.cases.get(move.case_id) for move in group]
    cases = [one.case for one in found if one is not None and one.status is CaseStatus.QUEUED]
    if len(cases) < len(group):
        return []
    outcomes = place_together(unit.board, cases, unit.now, mode=MODE, specialists=[group[0].specialist])
    return outcomes if all(outcome.specialist is not None for outcome in outcomes) else []

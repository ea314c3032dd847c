"""A small service desk to test policies on: everybody may take everything unless a test says otherwise."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from caserouter.domain.case import Case
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.routing.clock import Clock
from caserouter.routing.policy import RoutingPolicy
from caserouter.routing.roster import Roster
from caserouter.routing.state import RoutingState

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def person(name: str, **fields: Any) -> Specialist:
    """A specialist with room for ten."""
    return Specialist(id=name, **{"capacity": 10, **fields})


def case(name: str, **fields: Any) -> Case:
    """A case that asks for nothing."""
    return Case(id=name, **{"created": NOW, **fields})


def state_of(people: Iterable[Specialist], settings: Settings | None = None, **kwargs: Any) -> RoutingState:
    """The books of `people` at `NOW`, which is hour 0."""
    return RoutingState.start(Roster.compile(people, settings=settings, clock=Clock(NOW), **kwargs))


def placed(policy: RoutingPolicy, state: RoutingState, cases: Sequence[Case]) -> list[str | None]:
    """Who takes each of `cases`, placed one after the other; None where it waits."""
    takers = []
    for one in cases:
        profile = state.roster.profile(one)
        decision = policy.place(profile, state)
        state.apply(profile, decision.specialist)
        takers.append(name_of(decision.specialist, state))
    return takers


def pulled(policy: RoutingPolicy, state: RoutingState, cases: Iterable[Case]) -> dict[str, str | None]:
    """Who takes each of `cases`, pulled together, in the order of the decisions."""
    decisions = policy.pull([state.roster.profile(one) for one in cases], None, state)
    return {decision.case_id: name_of(decision.specialist, state) for decision in decisions}


def name_of(specialist: int, state: RoutingState) -> str | None:
    """Id of a specialist by index, None for waiting."""
    return None if specialist < 0 else state.roster.specialists[specialist].id

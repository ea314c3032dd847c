"""The interface of every routing policy: place one case on arrival, pull several when somebody has room."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from caserouter.routing.problem import IntArray
from caserouter.routing.profile import CaseProfile
from caserouter.routing.state import RoutingState

Chosen = IntArray | Sequence[int]
"""Indices of specialists."""


class Decision(NamedTuple):
    """What a policy says of one case.

    Parameters
    ----------
    case_id
        The case.
    specialist
        Index of the specialist who takes it, or `WAITING`.
    policy
        Name of the policy.
    cost
        What the policy expects the pair to cost, in money; None where it waits, where the policy prices nothing, and where there
        was nothing to weigh, because a single specialist was asked.
    attempt
        How often the case had been assigned before.
    """

    case_id: str
    specialist: int
    policy: str
    cost: float | None = None
    attempt: int = 0


class RoutingPolicy(Protocol):
    """Decides who takes which case, from the state alone: it reads no clock, no store and no global random numbers.

    A policy changes nothing; whoever called it applies the decisions to the state.
    """

    @property
    def name(self) -> str:
        """The name under which decisions refer to it."""

    @property
    def jointly(self) -> bool:
        """Whether it decides on all cases of a pull together, so that one pull of everything is not many pulls of one."""

    def place(self, profile: CaseProfile, state: RoutingState) -> Decision:
        """Decide on one case, on its arrival."""

    def pull(self, queue: Sequence[CaseProfile], specialists: Chosen | None, state: RoutingState) -> list[Decision]:
        """Decide on several waiting cases, when capacity, presence, shift or eligibility has changed.

        Parameters
        ----------
        queue
            The cases, in any order.
        specialists
            Indices of those who may be given one; None for everybody.
        state
            The books before the decisions.

        Returns
        -------
        list of Decision
            One per case of `queue`, by priority, then age, then id; they can be applied together.
        """


def by_urgency(profile: CaseProfile) -> tuple[int, float, str]:
    """Sort key of pulls: priority, then age, then id."""
    return profile.priority, profile.created, profile.id

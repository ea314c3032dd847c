"""Which prices matter: how many decisions change when each price of the policy is halved or doubled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from caserouter.routing.build import RoutingQueue
from caserouter.routing.explanation import to_plain


@dataclass(frozen=True, slots=True)
class PriceChange:
    """The queue solved again with one price changed.

    Parameters
    ----------
    price
        Name of the price, as in `Prices`.
    factor
        0.5 or 2.
    num_changed
        Cases that get another specialist than before, or none, or one for the first time.
    num_assigned
        Cases with a specialist.
    objective_change
        Objective at the changed price less the one before, in money.
    regret
        What the changed decisions would cost more than the ones before at the policy's own prices, in money.
    """

    price: str
    factor: float
    num_changed: int
    num_assigned: int
    objective_change: float
    regret: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far the decisions hang on each price.

    Parameters
    ----------
    num_cases, num_assigned
        Cases in the queue, and those with a specialist at the policy's own prices.
    num_changed_by_seed
        Decisions that change with nothing but the seed of the search: fewer changes than that say nothing.
    changes
        One per price and factor, in the order of `Prices`.
    complete
        Whether all of it was solved; False after an interruption, with what was known by then.
    """

    num_cases: int
    num_assigned: int
    num_changed_by_seed: int
    changes: tuple[PriceChange, ...]
    complete: bool

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        plain: dict[str, Any] = to_plain(self)
        return plain


Step = Callable[[int, int, str], None]
"""Called before each solve with the number of solves done, their total, and what comes next: `breach × 2`."""


def find_sensitivity(
    queue: RoutingQueue, *, work_limit: float = 0.25, seed: int = 0, progress: Step | None = None
) -> Sensitivity:
    """Halve and double every price, one at a time, and solve the queue again.

    Parameters
    ----------
    queue
        The queue at the policy's own prices; it is solved again too, so that all solves have the same budget.
    work_limit
        Deterministic effort per solve, 1.0 being roughly a second.
    seed
        Seed of every search but one.
    progress
        Called before each solve.

    Returns
    -------
    Sensitivity
        Interrupted by Ctrl-C, what was known by then.
    """
    raise NotImplementedError

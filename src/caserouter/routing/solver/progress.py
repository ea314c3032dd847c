"""How a solve tells what it knows so far."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a solve.

    Parameters
    ----------
    engine
        What found the best answer so far.
    objective, bound
        Best objective and bound so far, in cost units.
    gap
        (objective − bound) ÷ pair cost so far, as a fraction; infinite while no pair is chosen.
    work, runtime
        Deterministic effort, and seconds of wall clock, spent.
    """

    engine: str
    objective: int
    bound: int
    gap: float
    work: float
    runtime: float


Listener = Callable[[Progress], None]
"""Called after every step that may have moved the objective or the bound."""

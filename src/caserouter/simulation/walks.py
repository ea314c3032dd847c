"""The walk of a case type as a Markov chain: how often each stage is visited, and the hours of contacts that a case takes.

The visits are rows of the fundamental matrix N = (I − P)⁻¹ of an absorbing chain, P the probabilities between stages; reopenings add
q ÷ (1 − q) walks from the stage at which they go on, q the share of resolutions that come back within the window. Abandoned customers
and chases are not counted: they depend on the load.

References
----------
J. G. Kemeny and J. L. Snell (1960), Finite Markov Chains, theorem 3.2.4.
"""

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.language.case_type import RESOLVED, CaseType, Stage
from caserouter.simulation.language.quantities import Amounts, Timing

FloatArray = NDArray[np.float64]

StageHours = Callable[[str, Stage], float]
"""Mean hours of specialists' time that one visit of a stage takes, by its name."""


def unresolvable_stages(case_type: CaseType) -> tuple[str, ...]:
    """Stages from which the walk never reaches its end, in the order in which they are written."""
    ending = {RESOLVED}
    while more := {name for name, stage in case_type.stages.items() if name not in ending and ending & _followers(stage)}:
        ending |= more
    return tuple(name for name in case_type.stages if name not in ending)


def expected_visits(case_type: CaseType, first_stage: str | None = None) -> dict[str, float]:
    """Mean number of visits of each stage per case, reopenings included.

    Parameters
    ----------
    case_type
        Whose walk.
    first_stage
        Where it starts; None for the type's own start.

    Raises
    ------
    InvalidInput
        If the walk may never end: it cannot reach its end, or every resolution is reopened.
    """
    names, matrix = _transitions(case_type)
    entries = np.zeros(len(names))
    entries[names.index(first_stage or case_type.start)] = 1.0
    if case_type.reopening is not None:
        share = reopened_share(case_type)
        entries[names.index(_reopens_at(case_type))] += share / (1.0 - share)
    visits = np.linalg.solve(np.eye(len(names)) - matrix.T, entries)
    return dict(zip(names, visits.tolist(), strict=True))


def remaining_hours(case_type: CaseType, hours: StageHours | None = None) -> dict[str, float]:
    """Mean hours of contacts from entering each stage to the next resolution; reopenings are not foreseen.

    Parameters
    ----------
    case_type
        Whose walk.
    hours
        Hours per visit; None for `stage_hours` at the mean handle time.

    Raises
    ------
    InvalidInput
        If the walk may never end.
    """
    names, matrix = _transitions(case_type)
    per_visit = np.array([(hours or _mean_hours)(name, case_type.stages[name]) for name in names])
    remaining = np.linalg.solve(np.eye(len(names)) - matrix, per_visit)
    return dict(zip(names, remaining.tolist(), strict=True))


def expected_hours(case_type: CaseType, hours: StageHours | None = None, *, by: Iterable[str] = ("owner", "anyone")) -> float:
    """Mean hours of specialists' time per case: contacts with their documentation, reopenings, and the confirmation.

    Parameters
    ----------
    case_type
        Whose walk.
    hours
        Hours per visit; None for `stage_hours` at the mean handle time.
    by
        Which stages count: those by the owner, by anyone, or both. The confirmation is the owner's.

    Raises
    ------
    InvalidInput
        If the walk may never end.
    """
    counted = set(by)
    visits = expected_visits(case_type)
    total = sum(
        visits[name] * (hours or _mean_hours)(name, stage) for name, stage in case_type.stages.items() if stage.by in counted
    )
    confirmation = case_type.confirmation
    return total + (confirmation.handle.mean if confirmation and "owner" in counted else 0.0)


def stage_hours(stage: Stage, names: Iterable[str] = (), *, proficiency: float = 1.0, own: float = 1.0) -> float:
    """Mean hours of a specialist's time that one visit takes, documentation included; 0 where no specialist works on it.

    Parameters
    ----------
    stage
        Which stage.
    names
        Id and group of the specialist: the first that the stage has a handle time of its own for decides.
    proficiency
        Factor of the specialist's proficiency, for whom the stage has no handle time of their own.
    own
        The specialist's own factor on all handle times.
    """
    if not stage.is_contact:
        return 0.0
    timing = next((stage.handle_of[name] for name in names if name in stage.handle_of), None)
    handle = stage.handle.mean * proficiency if timing is None else timing.mean
    return handle * own + stage.documentation.mean


def reopened_share(case_type: CaseType) -> float:
    """Share of resolutions that are reopened within the window, below 1.

    Raises
    ------
    InvalidInput
        If every resolution is: the case would never end.
    """
    reopening = case_type.reopening
    if reopening is None:
        return 0.0
    share = reopening.probability * probability_within(reopening.after, reopening.window)
    if share >= 1.0:
        raise InvalidInput("reopening probability 1: every resolution comes back, so no case ever ends; give one below 1")
    return share


def probability_within(timing: Timing, hours: float) -> float:
    """P(T ≤ `hours`) of a random time."""
    if timing.mean == 0 or hours <= 0:
        return 1.0 if timing.mean == 0 else 0.0
    scaled = hours / timing.mean
    if timing.cv == 0:
        return float(scaled >= 1.0)
    if timing.shape == "exponential":
        return -math.expm1(-scaled)
    if timing.shape == "lognormal":
        sigma = math.sqrt(math.log1p(timing.cv**2))
        return 0.5 * math.erfc(-(math.log(scaled) + sigma**2 / 2) / sigma / math.sqrt(2))
    if timing.shape == "gamma":
        from scipy.special import gammainc  # loads only for a Gamma time

        return float(gammainc(timing.cv**-2, scaled * timing.cv**-2))
    width = timing.cv * 3**0.5
    return min(max((scaled - 1.0 + width) / (2 * width), 0.0), 1.0)


def share_above(amounts: Amounts, minor: float) -> float:
    """Share of random amounts above so many minor units, 0 or more."""
    if amounts.mean.minor == 0 or minor == math.inf:
        return 0.0
    scaled = Timing(shape=amounts.shape, mean=1.0, cv=amounts.cv)
    return max(1.0 - probability_within(scaled, minor / amounts.mean.minor), 0.0)


def _transitions(case_type: CaseType) -> tuple[list[str], FloatArray]:
    """Names of the stages and P, shape (num_stages, num_stages)."""
    if stuck := unresolvable_stages(case_type):
        raise InvalidInput(f"stage {stuck[0]}: the walk never ends from there; lead it to {RESOLVED}")
    names = list(case_type.stages)
    number = {name: k for k, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for name, stage in case_type.stages.items():
        for follower, probability in stage.next.items():
            if follower != RESOLVED:
                matrix[number[name], number[follower]] = probability
    return names, matrix


def _followers(stage: Stage) -> set[str]:
    return {name for name, probability in stage.next.items() if probability > 0}


def _reopens_at(case_type: CaseType) -> str:
    assert case_type.reopening is not None
    return case_type.reopening.stage or case_type.start


def _mean_hours(_name: str, stage: Stage) -> float:
    return stage_hours(stage)

"""Runs replications of one or several scenarios side by side until there are enough, and keeps what is finished when it is interrupted."""

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from caserouter.domain.errors import InvalidInput
from caserouter.simulation.language.scenario import Goal
from caserouter.simulation.records import Records
from caserouter.simulation.runner import ReplicationKey, Source, run
from caserouter.simulation.stopping import FIRST_LOOK, MAX_REPLICATIONS, next_look

DEFAULT_REPLICATIONS = 20
"""Replications of each scenario where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class SamplingProgress:
    """How far the sampling has come.

    Parameters
    ----------
    num_done, num_planned
        Replications, of all scenarios together; where a half-width is asked for, the plan is what the last look says that it will take.
    excess
        At the last look, the largest half-width ÷ what is asked for; None before it, or if none is asked for.
    """

    num_done: int
    num_planned: int
    excess: float | None = None


Listener = Callable[[SamplingProgress], None]
"""Called after each replication."""

Look = Callable[[Sequence[Sequence[Records]], float], float]
"""Largest half-width ÷ what is asked for, given the records of each scenario and what is asked for."""


@dataclass(frozen=True, slots=True)
class Precision:
    """When sampling ends.

    Parameters
    ----------
    replications
        Number of replications of each scenario, or the most of them where a half-width is asked for.
    half_width
        Above 0; None runs all the replications.
    """

    replications: int
    half_width: float | None = None

    @classmethod
    def asked(cls, replications: int | None, half_width: float | None, max_replications: int | None) -> "Precision":
        """What a caller asks for, with the defaults.

        Raises
        ------
        InvalidInput
            If they contradict each other, or are out of bounds.
        """
        if half_width is None:
            if max_replications is not None:
                raise InvalidInput(f"max_replications {max_replications}: goes with a half-width; give replications instead")
            return cls(_at_least_one("replications", DEFAULT_REPLICATIONS if replications is None else replications))
        if replications is not None:
            raise InvalidInput(
                f"replications {replications} and half_width {half_width:g}: either fixes the number; give one of them"
            )
        if not 0 < half_width < float("inf"):
            raise InvalidInput(
                f"half_width {half_width:g}: a half-width is above 0 and finite; give 0.01 for one percentage point"
            )
        return cls(
            _at_least_one("max_replications", MAX_REPLICATIONS if max_replications is None else max_replications), half_width
        )

    def check_targets(self, goals: Sequence[Goal], name: str) -> None:
        """Refuse a half-width where the scenario called `name` has no targets that it could be about.

        Raises
        ------
        InvalidInput
            If so.
        """
        if self.half_width is not None and not goals:
            raise InvalidInput(
                f"half_width {self.half_width:g}: {name} has no targets to know so closely; add one, or give replications"
            )


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """What sampling leaves.

    Parameters
    ----------
    records
        Of each scenario, the same replications.
    interrupted
        Whether it was stopped by Ctrl-C.
    reached
        Whether the half-width was reached; None if none was asked for.
    """

    records: tuple[tuple[Records, ...], ...]
    interrupted: bool = False
    reached: bool | None = None


def sample(
    sources: Sequence[Source],
    precision: Precision,
    look: Look,
    *,
    seed: int,
    jobs: int | None = None,
    progress: Listener | None = None,
) -> Sampled:
    """Run replications of every scenario in turn, so that an interruption leaves all of them the same ones.

    Parameters
    ----------
    sources
        The scenarios, at least one.
    precision
        When to end.
    look
        Called between batches if a half-width is asked for.
    seed, jobs
        As of `run`.
    progress
        Called after each replication.

    Raises
    ------
    InvalidInput, NotFound
        As of `run`.
    KeyboardInterrupt
        If it is interrupted before each scenario has a replication.
    """
    found: list[list[Records]] = [[] for _ in sources]
    most, excess = precision.replications, None
    planned = expected = most if precision.half_width is None else min(FIRST_LOOK, most)
    try:
        while True:
            keys = [ReplicationKey(k, number) for number in range(len(found[0]), planned) for k in range(len(sources))]
            with closing(run(sources, keys, seed=seed, jobs=jobs)) as results:
                for key, records in zip(keys, results, strict=True):
                    found[key.source].append(records)
                    if progress:
                        progress(SamplingProgress(sum(map(len, found)), expected * len(sources), excess))
            excess = None if precision.half_width is None else look(found, precision.half_width)
            if excess is None or excess <= 1 or planned >= most:
                return Sampled(tuple(map(tuple, found)), reached=None if excess is None else excess <= 1)
            expected = min(math.ceil(planned * excess**2), most)  # a half-width shrinks with the root of their number
            planned = next_look(planned, excess, most)
            expected = max(expected, planned)
    except KeyboardInterrupt:
        complete = len(found[-1])
        if complete == 0:
            raise
        reached = None if precision.half_width is None else False
        return Sampled(tuple(tuple(one[:complete]) for one in found), interrupted=True, reached=reached)


def _at_least_one(name: str, number: int) -> int:
    if number < 1:
        raise InvalidInput(f"{name} {number}: nothing would be simulated; give 1 or more")
    return number

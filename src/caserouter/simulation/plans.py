"""A case type as the event loop reads it: stages by number, times by specialist, followers by cumulative probability."""

from dataclasses import dataclass, field
from itertools import accumulate
from math import inf, nan

from caserouter.simulation.calendars import Stopwatch
from caserouter.simulation.language.case_type import RESOLVED, CaseType, Chase, Commitment, Confirmation, Stage, Target
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.language.scenario import Review
from caserouter.simulation.records import CASE_COLUMNS

END = -1
"""Number that follows the last stage."""


@dataclass(slots=True, eq=False)
class StagePlan:
    """One stage.

    Parameters
    ----------
    number, name
        Within the type.
    by
        As the scenario says it; a contact that is routed on its own is by ``anyone``.
    handle
        Handle time for each specialist, its mean at that specialist's proficiency; or service time, or the time until the customer is back,
        for all alike.
    documentation
        After-work.
    department
        Number of the department, -1 for none.
    customer_facing, decides, weight, commitment
        As the scenario says.
    thresholds, followers
        Cumulative probabilities of the following stages and their numbers, `END` for the end.
    mean_hours
        Mean handle and documentation time at proficiency 3.
    skills
        Proficiency asked for by skill, the case type's where one specialist holds the case; sorted.
    stage
        As the scenario has it.
    """

    number: int
    name: str
    by: str
    handle: tuple[Timing, ...]
    documentation: Timing
    department: int
    customer_facing: bool
    decides: bool
    weight: int
    commitment: Commitment | None
    thresholds: tuple[float, ...]
    followers: tuple[int, ...]
    mean_hours: float
    skills: tuple[tuple[str, int], ...]
    stage: Stage

    @property
    def is_contact(self) -> bool:
        """Whether a specialist works on it."""
        return self.by in {"owner", "anyone"}

    def follower(self, uniform: float) -> int:
        """Number of the stage that follows, for a uniform draw."""
        followers = self.followers
        if len(followers) == 1:
            return followers[0]
        for threshold, follower in zip(self.thresholds, followers, strict=True):
            if uniform < threshold:
                return follower
        return followers[-1]


@dataclass(slots=True, eq=False)
class Due:
    """A target with the clock that it is measured on.

    Parameters
    ----------
    within
        Hours, 0 or more, as the clock counts them.
    clock
        Business hours, or all of them.
    pauses_on_customer
        Whether it stands still while the case waits on the customer.
    """

    within: float
    clock: Stopwatch
    pauses_on_customer: bool

    def after(self, hour: float) -> float:
        """When it is due for a case that arrives at `hour`."""
        return self.clock.later(hour, self.within)

    def moved(self, due: float, start: float, end: float) -> float:
        """When it is due after the clock stood still from `start` to `end`."""
        return self.clock.later(due, self.clock.read(end) - self.clock.read(start)) if due < inf else due


@dataclass(slots=True, eq=False)
class TypePlan:
    """A case type.

    Parameters
    ----------
    number, name, case_type
        Of the type, and as the scenario has it.
    stages, start
        The walk, and the number of its first stage.
    per_case
        Whether one specialist holds the case from assignment to resolution.
    weight, parked_weight
        Units of capacity, in full and while it waits elsewhere.
    priority, patience, chase, confirmation
        As the scenario says.
    first_response, resolution
        Targets; None for none.
    reopen_probability, reopen_after, reopen_window, reopen_stage
        How it comes back.
    reviews
        Review by bit of the risk flag.
    dated
        Whether credentials are asked for.
    minor_per_major
        Cents in a dollar of its amounts.

    Attributes
    ----------
    line
        An empty line of the records.
    """

    number: int
    name: str
    case_type: CaseType
    stages: tuple[StagePlan, ...]
    start: int
    per_case: bool
    weight: int
    parked_weight: int
    priority: int
    first_response: Due | None
    resolution: Due | None
    patience: Timing | None
    reopen_probability: float
    reopen_after: Timing | None
    reopen_window: float
    reopen_stage: int
    chase: Chase | None
    confirmation: Confirmation | None
    reviews: tuple[tuple[int, Review], ...]
    dated: bool
    minor_per_major: float
    line: list[float] = field(init=False)

    def __post_init__(self) -> None:
        known = {"case_type": self.number, "priority": self.priority, "weight": self.weight}
        empty = dict.fromkeys(("amount", "assigned", "first_contact", "first_response", "resolved", "abandoned"), nan)
        empty |= dict.fromkeys(("account", "root_cause", "first_specialist", "specialist"), -1.0)
        self.line = [float((known | empty).get(column, 0.0)) for column in CASE_COLUMNS]


def followers_of(stage: Stage, number_by_name: dict[str, int]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Cumulative probabilities and numbers of the stages that follow; impossible ones are left out."""
    possible = [(name, share) for name, share in stage.next.items() if share > 0]
    thresholds = tuple(accumulate(share for _, share in possible))
    return thresholds, tuple(END if name == RESOLVED else number_by_name[name] for name, _ in possible)


def due_of(target: Target | None, business: Stopwatch, calendar: Stopwatch) -> Due | None:
    """A target on the clock that it names."""
    if target is None:
        return None
    return Due(target.within, business if target.clock == "business" else calendar, target.pauses_on_customer)


def scaled(timing: Timing, factor: float) -> Timing:
    """The same shape with another mean."""
    return timing if factor == 1.0 else timing.model_copy(update={"mean": timing.mean * factor})

"""A scenario: demand, staff, routing and targets, and the window in which they are measured."""

from typing import Literal, Self

from pydantic import Field, model_validator

from caserouter.domain.case import RiskFlag
from caserouter.domain.model import FrozenDict, FrozenMapping, Model, Name, TimeZone
from caserouter.domain.settings import Settings
from caserouter.simulation.language.case_type import CaseType
from caserouter.simulation.language.demand import AccountGroup, LocalMoment, Stream
from caserouter.simulation.language.quantities import Day, Duration, Probability, Timing
from caserouter.simulation.language.staff import Department, ShiftTimes, StaffGroup

PolicyName = Literal[
    "priced",
    "optimizer",
    "round_robin",
    "longest_idle",
    "least_loaded",
    "most_specialised",
    "fastest",
    "random",
    "first_eligible",
]
Sequencing = Literal["fifo", "earliest_due", "priority_then_due", "shortest_expected"]
QueueOrder = Literal["urgency", "shortest_expected", "random"]


class Window(Model):
    """What is measured.

    Parameters
    ----------
    warm_up
        Time before the measured window.
    length
        Length of the measured window; the cases that arrive in it are the cohort.
    tail
        The longest that the run goes on, with arrivals, for the cohort to be resolved or to pass its targets; what is open then is censored.
    """

    warm_up: Duration = 0.0
    length: Duration = Field(gt=0)
    tail: Duration = 24.0 * 56

    @property
    def measured(self) -> tuple[float, float]:
        """First and last hour of what is measured."""
        return self.warm_up, self.warm_up + self.length

    @property
    def end(self) -> float:
        """Hour that no replication passes."""
        return self.warm_up + self.length + self.tail


class Review(Model):
    """The review that a risk flag can demand before the first response.

    Parameters
    ----------
    department
        Who reviews.
    handle
        Service time of a review.
    """

    department: Name
    handle: Timing


class Routing(Model):
    """How cases are routed and worked.

    Parameters
    ----------
    policy
        Name of the routing policy.
    settings
        The policy file's settings; handling times and the mix are worked out from the scenario where they are not given.
    order
        Order in which waiting cases are offered to freed capacity: ``urgency`` (priority, then age), ``shortest_expected`` or ``random`` (the oldest case of a kind drawn evenly).
    sequencing
        Order in which a specialist works the book.
    parked_factor
        Share of its weight that a case counts while it waits on the customer, a department or a review; the units are rounded up.
    at_shift_end
        Whether a contact under way is finished or suspended until the next shift.
    long_absence
        An absence at least so long sends the cases that a specialist holds back to the queue.
    accept_within
        Hours on shift within which an offered case has to be accepted, or it goes back to the queue as if it were declined; None for as long
        as it takes.
    decline_for
        How long a declined pair is left alone.
    approval
        Handle time of an approver's contact.
    reviews
        The review of each risk flag that the settings demand.
    """

    policy: PolicyName = "priced"
    settings: Settings = Settings()
    order: QueueOrder = "urgency"
    sequencing: Sequencing = "priority_then_due"
    parked_factor: Probability = 1.0
    at_shift_end: Literal["finish", "suspend"] = "finish"
    long_absence: Duration = 24.0 * 4
    accept_within: Duration | None = None
    decline_for: Duration = 24.0
    approval: Timing = Timing(mean=1 / 6)
    reviews: FrozenMapping[RiskFlag, Review] = FrozenDict()


Measure = Literal[
    "service_level_first_response",
    "service_level_resolution",
    "waiting_time_mean",
    "time_to_resolution_mean",
    "occupancy",
    "reopen_rate",
    "commitments_kept",
    "abandonment_rate",
    "cost_per_resolved_case",
]


_SHARES = frozenset(
    {
        "service_level_first_response",
        "service_level_resolution",
        "occupancy",
        "reopen_rate",
        "commitments_kept",
        "abandonment_rate",
    }
)

_OF_STAFF = frozenset({"occupancy", "cost_per_resolved_case"})


class Goal(Model):
    """A target of the scenario: what a measure has to reach.

    Parameters
    ----------
    measure
        Which one; times are in hours, shares from 0 to 1, costs in major units.
    at_least, at_most
        Bound; exactly one of the two.
    case_type
        For this type alone; None for all cases. Occupancy and cost are those of all types together.
    """

    measure: Measure
    at_least: float | None = None
    at_most: float | None = None
    case_type: Name | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a target has either at_least or at_most; give exactly one")
        if self.case_type is not None and self.measure in _OF_STAFF:
            raise ValueError(
                f"{self.measure} of case type {self.case_type}: hours are paid for all types together; leave case_type out"
            )
        bound = self.at_least if self.at_least is not None else self.at_most
        assert bound is not None
        if bound < 0 or (self.measure in _SHARES and bound > 1):
            most = (
                f"a share from 0 to 1; write {bound:g} % as {bound / 100:g}"
                if self.measure in _SHARES
                else "0 or more; correct it"
            )
            raise ValueError(f"a bound of {bound:g}, but {self.measure} is {most}")
        return self


class Retention(Model):
    """The churn curve: an account leaves with probability 1 − Π(1 − p) over what its cases went through. Stated, not estimated.

    Parameters
    ----------
    late_first_response, late_resolution
        p of each case whose target was missed.
    broken_commitment, chase
        p of each broken commitment, and each time the customer had to follow up.
    """

    late_first_response: Probability = 0.005
    late_resolution: Probability = 0.01
    broken_commitment: Probability = 0.02
    chase: Probability = 0.01


class Scenario(Model):
    """A staffing scenario, as its file holds it.

    Parameters
    ----------
    name, description
        For people to read.
    start
        Hour 0, in the scenario's time zone unless it has an offset of its own.
    time_zone
        IANA time zone of the business, of rates and of everybody who has none of their own.
    holidays
        Nobody works on them, and business clocks stand still.
    business_hours
        Weekly hours that business clocks count; none at all means always.
    window
        What is measured.
    case_types, demand, accounts, staff, departments
        By name; see their own documentation.
    routing
        How cases are routed.
    abandoned
        How abandoned cases count in service levels: ``missed``, ``met_if_before_target`` (left before the target had passed) or ``excluded``.
    targets
        What the scenario has to reach; sequential stopping looks at these alone.
    retention
        The churn curve.
    seed
        Seed of the random draws.
    """

    name: Name
    description: str = ""
    start: LocalMoment
    time_zone: TimeZone = "UTC"
    holidays: frozenset[Day] = frozenset()
    business_hours: ShiftTimes = ()
    window: Window
    case_types: FrozenMapping[Name, CaseType] = Field(min_length=1)
    demand: FrozenMapping[Name, Stream] = FrozenDict()
    accounts: FrozenMapping[Name, AccountGroup] = FrozenDict()
    staff: FrozenMapping[Name, StaffGroup] = FrozenDict()
    departments: FrozenMapping[Name, Department] = FrozenDict()
    routing: Routing = Routing()
    abandoned: Literal["missed", "met_if_before_target", "excluded"] = "missed"
    targets: tuple[Goal, ...] = ()
    retention: Retention = Retention()
    seed: int = Field(default=0, ge=0)

"""The service's policy: how cases are routed, and everything that the service does around that by rule and by clock.

One document, kept in versions of which one is active. Its `routing` part is the file that ``caserouter route`` reads.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from caserouter.domain.business_time import BusinessCalendar
from caserouter.domain.case import Case, RiskFlag, parked_weight
from caserouter.domain.model import MAX_HOURS, Model, Name
from caserouter.domain.settings import Settings

MAX_DAYS = MAX_HOURS / 24
Hours = Annotated[float, Field(ge=0, le=MAX_HOURS)]
PositiveHours = Annotated[float, Field(gt=0, le=MAX_HOURS)]
Days = Annotated[float, Field(ge=0, le=MAX_DAYS)]
PriorityLevel = Annotated[int, Field(ge=1, le=5)]


class Acceptance(Model):
    """Cases are offered first and belong to the specialist once accepted.

    Parameters
    ----------
    minutes
        How long an offer stands; one that nobody answers goes back to the queue, as if it had been declined.
    """

    minutes: float = Field(default=15.0, gt=0, le=MAX_HOURS * 60)


class TargetRule(Model):
    """When the first response and the resolution of some cases are due; the first rule that a case matches gives both.

    Parameters
    ----------
    types, priorities, risk_flags
        Which cases it is for: those of one of these types, and of one of these priorities, and with at least one of these flags. An empty
        set asks for nothing.
    first_response_hours, resolution_hours
        Hours on the clock after which each is due; None for no such target.
    clock
        ``business`` counts the hours of the policy's calendar, ``calendar`` counts every hour. Left out, it is ``business``, but ``calendar``
        for a rule that names the risk flag ``regulator``, which allows nothing else; for a case with that flag every hour counts by any rule.
    pauses_on_customer
        Whether the clock of the resolution stands still while the case waits on the customer. A regulator's clock never does.
    """

    types: frozenset[Name] = frozenset()
    priorities: frozenset[PriorityLevel] = frozenset()
    risk_flags: frozenset[RiskFlag] = frozenset()
    first_response_hours: PositiveHours | None = None
    resolution_hours: PositiveHours | None = None
    clock: Literal["business", "calendar"] = "business"
    pauses_on_customer: bool = False

    @model_validator(mode="before")
    @classmethod
    def _count_every_hour_for_a_regulator(cls, fields: Any) -> Any:
        if isinstance(fields, Mapping) and "clock" not in fields and _names_regulator(fields.get("risk_flags")):
            return {**fields, "clock": "calendar"}
        return fields

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.first_response_hours is None and self.resolution_hours is None and self.pauses_on_customer:
            raise ValueError("pauses_on_customer without a target; give resolution_hours or leave it out")
        if RiskFlag.REGULATOR not in self.risk_flags:
            return self
        if self.clock == "business":
            raise ValueError("clock business for the risk flag regulator: a regulator counts every hour; use calendar")
        if self.pauses_on_customer:
            raise ValueError("pauses_on_customer for the risk flag regulator: a regulator's clock never stops; leave it out")
        return self

    def matches(self, case: Case) -> bool:
        """Whether `case` is one of those that the rule is for."""
        return (
            (not self.types or case.type in self.types)
            and (not self.priorities or case.priority in self.priorities)
            and (not self.risk_flags or not self.risk_flags.isdisjoint(case.risk_flags))
        )


def _names_regulator(flags: Any) -> bool:
    return isinstance(flags, Collection) and not isinstance(flags, Mapping | str) and RiskFlag.REGULATOR in flags


class Ramp(Model):
    """Somebody back from leave, or from a long absence by presence, starts with a few new cases at a time.

    Parameters
    ----------
    leave_days
        Shortest absence, in days, after which the ramp applies.
    days
        How long it applies after the return.
    limit
        New cases allowed in one window meanwhile; a lower limit of the specialist's own stays.
    window_hours
        Length of the window in hours.
    """

    leave_days: float = Field(default=5.0, gt=0, le=MAX_DAYS)
    days: float = Field(default=3.0, gt=0, le=MAX_DAYS)
    limit: int = Field(default=2, ge=0)
    window_hours: PositiveHours = 24.0


class ServicePolicy(Model):
    """A version of the service's policy.

    Parameters
    ----------
    routing
        Prices, relaxations and rules of the routing itself, as in a policy file; its name is the policy's.
    policy
        Routing policy that decides on one case at a time: ``priced`` or a rule of thumb.
    acceptance
        Whether cases are offered first, and for how long; None assigns them at once.
    decline_hours
        How long whoever declined a case, or let the offer pass, is left alone with it.
    parked_factor
        Share of its weight, 0 to 1, that a case adds to the book while it waits on the customer or another department; rounded up to
        a whole unit.
    targets
        When responses and resolutions are due where the case itself does not say; the first rule that matches counts.
    calendar
        Business hours of the targets' clocks.
    warn_hours
        How long before a target or a commitment is due it is announced: on the target's own clock; calendar time for a commitment.
    reopen_days
        How long after its resolution a case may be reopened, in calendar days; then it is closed.
    ramp
        Intake of those who are back from leave, or were away or offline for as long; None for no limit.
    lapse_lead_hours
        How long before a credential lapses the cases that it covers begin to go to others.
    absence_hours
        Shortest absence, in hours, at whose beginning the cases held go back to the queue; one without an end counts as long as soon as it
        has lasted that long.
    """

    routing: Settings = Settings()
    policy: Literal[
        "priced", "round_robin", "longest_idle", "least_loaded", "most_specialised", "fastest", "first_eligible", "random"
    ] = "priced"
    acceptance: Acceptance | None = None
    decline_hours: Hours = 4.0
    parked_factor: float = Field(default=1.0, ge=0, le=1)
    targets: tuple[TargetRule, ...] = ()
    calendar: BusinessCalendar = BusinessCalendar()
    warn_hours: Hours = 2.0
    reopen_days: Days = 14.0
    ramp: Ramp | None = Ramp()
    lapse_lead_hours: Hours = 24.0
    absence_hours: PositiveHours = 72.0

    def target_of(self, case: Case) -> TargetRule | None:
        """The first target rule that `case` matches."""
        return next((rule for rule in self.targets if rule.matches(case)), None)

    def units_of(self, weight: int, *, parked: bool) -> int:
        """Whole units that a case of `weight` adds to a book; `parked` while it waits on the customer or another department."""
        return parked_weight(weight, self.parked_factor) if parked else weight


def rules_behind(rules: Iterable[TargetRule]) -> list[int]:
    """Positions, from 0, of the target rules that never count, as an earlier one matches all of their cases."""
    earlier: list[TargetRule] = []
    hidden = []
    for position, rule in enumerate(rules):
        if any(_covers(one, rule) for one in earlier):
            hidden.append(position)
        earlier.append(rule)
    return hidden


def _covers(wide: TargetRule, narrow: TargetRule) -> bool:
    pairs = ((wide.types, narrow.types), (wide.priorities, narrow.priorities), (wide.risk_flags, narrow.risk_flags))
    return all(not asked or (bool(given) and given <= asked) for asked, given in pairs)

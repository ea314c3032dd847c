"""Case types: what a case asks for, the targets it is measured by, and its walk through stages until it is resolved."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from caserouter.domain.case import Proficiency, RiskFlag
from caserouter.domain.credentials import AnyOf
from caserouter.domain.jurisdictions import Jurisdiction
from caserouter.domain.model import FrozenDict, FrozenMapping, Language, Model, Name
from caserouter.simulation.language.quantities import Amounts, Duration, Probability, Share, Timing

RESOLVED = "resolved"
"""Name that `next` uses for the end of the walk."""

_SUM_TOLERANCE = 1e-6


def _one_follower(value: Any) -> Any:
    return {value: 1.0} if isinstance(value, str) else value


class Target(Model):
    """A span within which something has to happen after the case has arrived.

    Parameters
    ----------
    within
        The span, on the clock.
    clock
        ``business`` counts the scenario's business hours, ``calendar`` every hour.
    pauses_on_customer
        Whether the clock stands still while the case waits on the customer; for resolution alone.
    """

    within: Duration
    clock: Literal["business", "calendar"] = "calendar"
    pauses_on_customer: bool = False


class Commitment(Model):
    """A commitment that a contact makes at its end: the customer will hear from us.

    Parameters
    ----------
    probability
        How likely the contact makes it.
    within
        Due so long after the end of the contact, in calendar time.
    lead
        If the case still waits elsewhere so long before it is due, a status contact enters the book.
    handle
        Handle time of that status contact.
    """

    probability: Probability = 1.0
    within: Duration
    lead: Duration = 4.0
    handle: Timing = Timing(mean=0.1)


class Stage(Model):
    """One step of a case type's walk.

    Parameters
    ----------
    by
        ``owner``, the specialist who holds the case; ``anyone`` eligible, routed as a contact of its own; a ``department``; or the
        ``customer``, on whom the case waits.
    handle
        Handle time of the contact, or service time of the department, or the time until the customer is back.
    handle_of
        Handle time at single specialists or groups, instead of `handle`; then proficiency changes nothing more.
    documentation
        After-work of a contact, in the specialist's time.
    department
        Which department.
    customer_facing
        Whether a contact of this stage reaches the customer, so that it counts as a response.
    decides
        Whether the action and the amount are decided here: beyond the holder's authority an approval comes first.
    skills, credentials
        What this stage asks for beyond the case type, where it is routed on its own (``anyone``, or a type that is routed per contact).
    weight
        Capacity that a contact takes where it is routed on its own.
    commitment
        The follow-up that the contact makes, unless it resolves the case.
    next
        Probability of each following stage, ``resolved`` for the end; a single name is certain.
    """

    by: Literal["owner", "anyone", "department", "customer"] = "owner"
    handle: Timing
    handle_of: FrozenMapping[Name, Timing] = FrozenDict()
    documentation: Timing = Timing(mean=0.0)
    department: Name | None = None
    customer_facing: bool = True
    decides: bool = False
    skills: FrozenMapping[Name, Proficiency] = FrozenDict()
    credentials: tuple[AnyOf, ...] = ()
    weight: int = Field(default=1, ge=1, le=12)
    commitment: Commitment | None = None
    next: Annotated[FrozenMapping[Name, Probability], BeforeValidator(_one_follower)] = FrozenDict({RESOLVED: 1.0})

    @property
    def is_contact(self) -> bool:
        """Whether a specialist works on it."""
        return self.by in {"owner", "anyone"}

    @model_validator(mode="after")
    def _check(self) -> Self:
        total = sum(self.next.values())
        if abs(total - 1.0) > _SUM_TOLERANCE:
            raise ValueError(f"the probabilities of next add up to {total:g}, not to 1; correct them")
        if (self.department is not None) != (self.by == "department"):
            raise ValueError(
                f"by {self.by} with department {self.department}: a department goes with by: department; give both or none"
            )
        if not self.is_contact:
            for key in ("handle_of", "skills", "credentials", "commitment", "decides"):
                if getattr(self, key):
                    raise ValueError(f"{key} of a stage by {self.by}: only contacts have it; leave it out")
        return self


class Reopening(Model):
    """How resolved cases come back.

    Parameters
    ----------
    probability
        Share of resolutions that are reopened.
    after
        Time from the resolution to the customer's return.
    stage
        Where the walk goes on; None for the first stage.
    window
        Returns later than this are new cases, not modelled.
    """

    probability: Probability
    after: Timing
    stage: Name | None = None
    window: Duration = 24.0 * 30


class Chase(Model):
    """The customer calls because nobody did: an extra contact of the holder that silence itself causes.

    A case that nobody holds is answered by the next holder; one whose contacts are routed one by one has none, and the call is only counted.

    Parameters
    ----------
    after
        Silence after which the customer asks; waits on the customer are no silence.
    probability
        How likely, each time.
    handle
        Handle time of the contact.
    """

    after: Timing
    probability: Probability = 1.0
    handle: Timing = Timing(mean=0.1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.after.mean:
            raise ValueError("a chase after no time at all: the customer would call for ever; give a time above 0")
        return self


class Confirmation(Model):
    """A follow-up by the former owner after the resolution; where contacts are routed one by one there is none.

    Parameters
    ----------
    after
        Time from the resolution.
    handle
        Handle time of the contact.
    """

    after: Duration
    handle: Timing


class CaseType(Model):
    """A kind of case.

    Parameters
    ----------
    weight, priority
        Units of capacity, 1 to 12; 1 (highest) to 5.
    assignment
        ``per_case``: one specialist holds it from assignment to resolution. ``per_contact``: each contact is routed on its own.
    skills, preferred_skills
        As of a case.
    credentials
        Groups of alternatives, each in the case's jurisdiction unless it names its own.
    jurisdictions, languages
        Shares of the cases by jurisdiction and language; empty asks for none.
    risk_flags
        Probability of each flag.
    root_causes
        Shares of root causes.
    action, amount
        What is asked for and how much.
    first_response, resolution
        Targets; None is not measured.
    stages, first_stage
        The walk; it starts at the first stage that is written unless another is named.
    patience
        How long the customer waits for the first contact before the case is abandoned.
    reopening, chase, confirmation
        See their own documentation.
    """

    weight: int = Field(default=1, ge=1, le=12)
    priority: int = Field(default=3, ge=1, le=5)
    assignment: Literal["per_case", "per_contact"] = "per_case"
    skills: FrozenMapping[Name, Proficiency] = FrozenDict()
    preferred_skills: frozenset[Name] = frozenset()
    credentials: tuple[AnyOf, ...] = ()
    jurisdictions: FrozenMapping[Jurisdiction, Share] = FrozenDict()
    languages: FrozenMapping[Language, Share] = FrozenDict()
    risk_flags: FrozenMapping[RiskFlag, Probability] = FrozenDict()
    root_causes: FrozenMapping[Name, Share] = FrozenDict()
    action: Name | None = None
    amount: Amounts | None = None
    first_response: Target | None = None
    resolution: Target | None = None
    stages: FrozenMapping[Name, Stage] = Field(min_length=1)
    first_stage: Name | None = None
    patience: Timing | None = None
    reopening: Reopening | None = None
    chase: Chase | None = None
    confirmation: Confirmation | None = None

    @property
    def start(self) -> str:
        """Name of the stage at which the walk starts."""
        return self.first_stage or next(iter(self.stages))

    @model_validator(mode="after")
    def _check(self) -> Self:
        known = {*self.stages, RESOLVED}
        for name, stage in self.stages.items():
            if missing := sorted(set(stage.next) - known):
                raise ValueError(
                    f"stage {name} leads to {', '.join(missing)}, which is no stage of this type; add it or write resolved"
                )
        for what, named in (("first_stage", self.first_stage), ("reopening", self.reopening and self.reopening.stage)):
            if named is not None and named not in self.stages:
                raise ValueError(f"{what} names {named}, which is no stage of this type; use one of {', '.join(self.stages)}")
        if RESOLVED in self.stages:
            raise ValueError("a stage is called resolved, the name of the end of the walk; rename it")
        if not self.stages[self.start].is_contact and not any(stage.is_contact for stage in self.stages.values()):
            raise ValueError("no stage is a contact by the owner or by anyone; give at least one")
        if (self.action is None) != (self.amount is None):
            raise ValueError("action and amount go together; give both or none")
        if self.action is not None and not any(stage.decides for stage in self.stages.values()):
            raise ValueError(f"action {self.action}, but no stage decides it; mark one with decides: true")
        if self.first_response is not None and self.first_response.pauses_on_customer:
            raise ValueError("first_response pauses on the customer: only a resolution target can; leave it out")
        for key in ("jurisdictions", "languages", "root_causes"):
            shares = getattr(self, key)
            if shares and sum(shares.values()) <= 0:
                raise ValueError(f"the shares of {key} add up to 0; give at least one above it")
        return self

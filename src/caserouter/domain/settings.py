"""The routing policy's settings: what each cost term is worth and which rules may bend. One YAML file holds them."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, field_validator

from caserouter.domain.case import RiskFlag
from caserouter.domain.credentials import CredentialCatalogue
from caserouter.domain.jurisdictions import Jurisdiction
from caserouter.domain.model import MAX_HOURS, FrozenDict, FrozenMapping, Model, Name, TimeZone
from caserouter.domain.money import Currency
from caserouter.domain.specialist import NamedRole, Role

MAX_PRICE = 1_000_000_000.0
"""Largest price, in major units; beyond it sums of costs would lose their cents."""
Price = Annotated[float, Field(ge=0, le=MAX_PRICE)]
Positive = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]
RelaxableRule = Literal["skill", "proficiency", "language", "role_floor", "off_shift", "intake_limit"]
"""Rules that follow the policy; every other rule is hard and no setting relaxes it."""


class Relaxation(Model):
    """How one rule bends.

    Parameters
    ----------
    after_hours
        Hours since creation after which the rule may be broken at the price, at most ten years.
    price
        Money added to the cost of a pair that breaks it.
    """

    after_hours: float = Field(default=0.0, ge=0, le=MAX_HOURS)
    price: Price


class Prices(Model):
    """What each cost term is worth, in the policy's currency (major units), from 0 to `MAX_PRICE`.

    Parameters
    ----------
    hour
        An hour of handling, for specialists without a cost of their own.
    breach
        A missed target at priority 3; multiplied by the priority's factor.
    hand_off
        Passing on a case, or an account served by someone other than its owner.
    approval
        Having an approver decide what is beyond the specialist's own authority.
    missing_preferred_skill
        Each preferred skill that the specialist lacks.
    not_preferred
        A case that names preferred specialists going to another one.
    fairness
        Filling an empty book to its capacity; the term is convex in caseload ÷ capacity.
    scarcity
        κ of semantics: money per case-hour that a unit of scarce capacity saves for future cases.
    waiting
        Leaving a case of priority 3 unassigned; raised above every pair's cost unless `reserve` is set.
    """

    hour: Price = 48.0
    breach: Price = 120.0
    hand_off: Price = 35.0
    approval: Price = 25.0
    missing_preferred_skill: Price = 12.0
    not_preferred: Price = 20.0
    fairness: Price = 40.0
    scarcity: Price = 60.0
    waiting: Price = 150.0


class Handling(Model):
    """Mean handling time of a whole case.

    Parameters
    ----------
    minutes
        Mean effort at proficiency 3 when the type has none of its own.
    minutes_by_type
        Mean effort per case type.
    proficiency_factor
        Factor on the mean per lowest proficiency among the required skills, for 1 to 5.
    """

    minutes: float = Field(default=60.0, gt=0)
    minutes_by_type: FrozenMapping[Name, Positive] = FrozenDict()
    proficiency_factor: tuple[Positive, Positive, Positive, Positive, Positive] = (1.6, 1.25, 1.0, 0.85, 0.75)


class Approval(Model):
    """Approval of what is beyond a specialist's own authority.

    Parameters
    ----------
    actions
        Actions for which an approver may decide; ``all`` for every action.
    """

    actions: frozenset[Name] | Literal["all"] = "all"


class Settings(Model):
    """A routing policy file.

    Parameters
    ----------
    name, version
        How decisions refer to it.
    currency
        ISO code of every price here and of every amount in the queue.
    time_zone
        Used where a case or a file does not say.
    prices, handling, approval
        See their own documentation.
    relaxations
        Rules that bend after some hours, at a price: skill, proficiency, language, role_floor, off_shift, intake_limit.
    priority
        ``weighted`` multiplies waiting and breach costs by `priority_factors`; ``strict`` solves level by level.
    priority_factors
        Factor for priority 1 to 5.
    reserve
        Whether a case may be left waiting because every pair costs more than waiting.
    reach_hours
        A specialist off shift is eligible if the next staffed time begins within so many staffed hours of the team.
    role_floors
        Lowest role per risk flag; a table given here replaces the default one as a whole.
    review_before_first_response
        Risk flags that demand a review before the first response.
    credentials
        Implications between credential kinds.
    team_caps
        Largest total caseload per team.
    holidays
        Public holidays: nobody works on them.
    skills, jurisdictions
        Known names beyond those of the roster, and, for jurisdictions, the built-in codes.
    mix
        Arrivals per hour by case type, for the scarcity price; empty takes the mix of the queue itself.
    work_limit
        Deterministic effort of the optimiser; 1.0 is one to three seconds of one core.
    """

    name: Name = "default"
    version: int = Field(default=1, ge=1)
    currency: Currency = "USD"
    time_zone: TimeZone = "UTC"
    prices: Prices = Prices()
    handling: Handling = Handling()
    relaxations: FrozenMapping[RelaxableRule, Relaxation] = FrozenDict()
    approval: Approval | None = Approval()
    priority: Literal["weighted", "strict"] = "weighted"
    priority_factors: tuple[NonNegative, NonNegative, NonNegative, NonNegative, NonNegative] = (8.0, 3.0, 1.0, 0.7, 0.5)
    reserve: bool = False
    reach_hours: float = Field(default=8.0, ge=0, le=MAX_HOURS)
    role_floors: FrozenMapping[RiskFlag, NamedRole] = FrozenDict(
        {
            RiskFlag.EXECUTIVE: Role.COORDINATOR,
            RiskFlag.MEDIA: Role.MANAGER,
            RiskFlag.LEGAL: Role.COORDINATOR,
            RiskFlag.REGULATOR: Role.COORDINATOR,
        }
    )
    review_before_first_response: frozenset[RiskFlag] = frozenset({RiskFlag.LEGAL})
    credentials: CredentialCatalogue = CredentialCatalogue()
    team_caps: FrozenMapping[Name, Annotated[int, Field(ge=0)]] = FrozenDict()
    holidays: frozenset[date] = frozenset()
    skills: frozenset[Name] = frozenset()
    jurisdictions: frozenset[Jurisdiction] = frozenset()
    mix: FrozenMapping[Name, NonNegative] = FrozenDict()
    work_limit: float = Field(default=5.0, ge=0)

    @field_validator("relaxations", mode="before")
    @classmethod
    def _only_relaxable(cls, value: Any) -> Any:
        known = get_args(RelaxableRule)
        if isinstance(value, dict) and (hard := sorted(str(name) for name in value if name not in known)):
            raise ValueError(f"{', '.join(hard)}: no policy relaxes it; only {', '.join(known)} may be relaxed")
        return value

    def reviews_of(self, flags: Iterable[RiskFlag]) -> tuple[RiskFlag, ...]:
        """Those of a case's risk flags that demand a review before the first response, sorted."""
        return tuple(sorted(self.review_before_first_response.intersection(flags)))

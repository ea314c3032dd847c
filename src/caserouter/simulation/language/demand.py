"""Demand: the streams in which cases arrive, and the accounts that they come from."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from caserouter.domain.calendar import parse_shifts
from caserouter.domain.model import FrozenDict, FrozenMapping, Model, Name
from caserouter.domain.money import Money
from caserouter.simulation.language.quantities import Duration, Probability, Rate, Share, plausible


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise ValueError("not a moment; write it as 2026-03-10T10:00, or with an offset as 2026-03-10T10:00-05:00") from error


LocalMoment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(plausible)]
"""A moment such as ``2026-03-10T10:00``, in the scenario's time zone unless it has an offset of its own."""


def aware(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment of a scenario file with its time zone: `zone`, unless it has an offset of its own."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _one_share(value: Any) -> Any:
    return {value: 1.0} if isinstance(value, str) else value


def _rates(value: Any) -> Any:
    return {"always": value} if isinstance(value, str | float | int) else value


Mix = Annotated[FrozenMapping[Name, Share], BeforeValidator(_one_share), Field(min_length=1)]
"""Shares by name; a single name takes everything."""


_GOES_WITH = {"growth": "rate", "busy_day_cv": "rate", "over": "surge", "open_stages": "open_cases", "at_risk_only": "every"}
"""Keys that mean something in one kind of stream alone."""


class AccountGroup(Model):
    """A number of accounts alike.

    Parameters
    ----------
    count
        How many.
    tier
        Commercial tier, for reports and recurring work.
    owners
        Specialists or groups that own them, in turn; empty for none.
    revenue
        Yearly revenue of each, for the report of revenue at risk.
    at_risk
        Share of them that is at risk.
    """

    count: int = Field(ge=1, le=1_000_000)
    tier: Name | None = None
    owners: tuple[Name, ...] = ()
    revenue: Money = Money(minor=0)
    at_risk: Probability = 0.0


class Stream(Model):
    """Cases that arrive for one reason: at a rate, in a surge, as recurring work, as open cases at the start, or from a recorded history.

    Exactly one of `rate`, `surge`, `every`, `open_cases` and `trace` is given.

    Parameters
    ----------
    types
        Shares of case types.
    accounts
        Shares of account groups that the cases come from; empty for customers without an account.
    rate
        Arrivals as a Poisson process: one rate, or rates by hours of the week, such as ``{"Mon-Fri 09:00-17:00": 3 per hour}``; hours that
        are not named have none, hours that are named twice have both.
    growth
        Factor on the rate per week, above 0; 1.02 is two per cent more each week.
    busy_day_cv
        Coefficient of variation of a Gamma factor with mean 1 that each day's rate is multiplied by; 0 for none.
    surge
        So many cases, beginning `at`, spread evenly over `over`; with accounts, each from another one as far as they reach.
    at, over
        Of a surge.
    every
        Recurring work: one case per account so often, each account in its own phase.
    at_risk_only
        Whether recurring work is for accounts at risk alone.
    open_cases
        So many cases that are open when the scenario starts; they arrive then and are not measured.
    open_stages
        Shares of the stages at which those stand, each type by those that it has; where it has none of them, its first.
    trace
        CSV file of recorded arrivals, relative to the scenario file.
    """

    types: Mix
    accounts: Annotated[FrozenMapping[Name, Share], BeforeValidator(_one_share), Field(max_length=1000)] = FrozenDict()
    rate: Annotated[FrozenMapping[str, Rate], BeforeValidator(_rates)] = FrozenDict()
    growth: float = Field(default=1.0, gt=0, le=10)
    busy_day_cv: float = Field(default=0.0, ge=0, le=5)
    surge: int | None = Field(default=None, ge=0, le=10_000_000)
    at: LocalMoment | None = None
    over: Duration = 0.0
    every: Duration | None = Field(default=None, gt=0)
    at_risk_only: bool = False
    open_cases: int | None = Field(default=None, ge=0, le=10_000_000)
    open_stages: FrozenMapping[Name, Share] = FrozenDict()
    trace: str | None = None

    @property
    def kind(self) -> Literal["rate", "surge", "every", "open_cases", "trace"]:
        """Which of the five it is."""
        if self.rate:
            return "rate"
        if self.surge is not None:
            return "surge"
        if self.every is not None:
            return "every"
        return "open_cases" if self.open_cases is not None else "trace"

    @model_validator(mode="after")
    def _check(self) -> Self:
        given = [
            name for name in ("rate", "surge", "every", "open_cases", "trace") if getattr(self, name) not in (None, FrozenDict())
        ]
        if len(given) != 1:
            what = " and ".join(given) if given else "none of them"
            raise ValueError(
                f"a stream has exactly one of rate, surge, every, open_cases and trace, this one has {what}; keep one"
            )
        if self.kind == "rate":
            for hours in self.rate:
                if hours != "always":
                    parse_shifts(hours)
        if (self.at is not None) != (self.kind == "surge"):
            raise ValueError("at goes with a surge; give both or none")
        for key, kind in _GOES_WITH.items():
            if self.kind != kind and getattr(self, key) != type(self).model_fields[key].default:
                raise ValueError(f"{key} in a stream with {self.kind}: it goes with {kind}; leave it out")
        if self.kind == "every" and not self.accounts:
            raise ValueError("recurring work needs accounts; name the groups that it is for")
        for key in ("types", "accounts", "open_stages"):
            shares = getattr(self, key)
            if shares and sum(shares.values()) <= 0:
                raise ValueError(f"the shares of {key} add up to 0; give at least one above it")
        return self

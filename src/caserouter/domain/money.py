"""Money as integer minor units of one currency: 150.00 USD is 15,000 cents, exactly."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from caserouter.domain.model import Model

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_THREE_DIGITS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_WRITTEN = re.compile(
    r"(?:(?P<before>[A-Za-z]{3})\s*)?(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+)\s*(?P<after>[A-Za-z]{3})?",
    re.ASCII,
)
_MAX_MINOR = 10**15


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


Currency = Annotated[str, BeforeValidator(_upper), Field(pattern="^[A-Z]{3}$")]
"""A three-letter ISO 4217 code, in upper case."""


def minor_digits(currency: str) -> int:
    """Digits after the decimal point in `currency` (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD."""
    return 0 if currency in _NO_MINOR_UNIT else 3 if currency in _THREE_DIGITS else 2


class Money(Model):
    """An amount of money, zero or more.

    Written as ``"150.00 USD"``, ``"USD 150"`` or ``{"minor": 15000, "currency": "USD"}``. A bare number takes the
    currency ``USD`` unless the reader of the file set another one before.

    Parameters
    ----------
    minor
        Whole minor units (cents), from 0 to 10^15.
    currency
        Three-letter ISO 4217 code.
    """

    minor: int = Field(ge=0, le=_MAX_MINOR)
    currency: Currency = "USD"

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:
        """Accept the written forms beside the dictionary of fields."""
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            return value
        match = _WRITTEN.fullmatch(_plain(value))
        if match is None:
            raise ValueError("not an amount; write it as 1,500.00 USD")
        before, after = (match[name].upper() if match[name] else None for name in ("before", "after"))
        if before and after and before != after:
            raise ValueError("names two currencies; keep one of them")
        currency = before or after or "USD"
        return {"minor": _to_minor(match["number"], currency), "currency": currency}

    @classmethod
    def of(cls, amount: str | float | Decimal, currency: str = "USD") -> Self:
        """Money from a decimal amount of `currency`.

        Raises
        ------
        ValueError
            If the amount is negative, or has more digits after the point than the currency.
        """
        return cls.model_validate(f"{_plain(amount)} {currency}")

    def __str__(self) -> str:
        digits = minor_digits(self.currency)
        return f"{Decimal(self.minor).scaleb(-digits):,.{digits}f} {self.currency}"

    def covers(self, other: "Money") -> bool:
        """Whether it is at least `other`; an amount of another currency is never covered, as no rate is assumed."""
        return self.currency == other.currency and self.minor >= other.minor

    @property
    def amount(self) -> float:
        """The amount in major units (dollars), for use in costs."""
        return self.minor / float(10 ** minor_digits(self.currency))


def _plain(value: str | float | Decimal) -> str:
    """A written amount as it is, a number without an exponent."""
    return value.strip() if isinstance(value, str) else f"{Decimal(str(value)):f}"


def _to_minor(number: str, currency: str) -> int:
    """Whole minor units of a decimal number; nothing is rounded, a fraction of a minor unit is refused."""
    digits = minor_digits(currency)
    minor = Fraction(number.replace(",", "")) * 10**digits
    if minor < 0:
        raise ValueError("below zero; amounts are zero or more")
    if minor.denominator != 1:
        raise ValueError(f"a fraction of the smallest unit; {currency} has {digits} digits after the point")
    return int(minor)

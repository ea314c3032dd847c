"""Money as integer minor units of one currency: 150.00 USD is 15,000 cents, exactly."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from pydantic import Field, model_validator

from caserouter.domain.model import Model

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_THREE_DIGITS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_WRITTEN = re.compile(r"^\s*(?:(?P<before>[A-Za-z]{3})\s*)?(?P<number>[-+]?[\d,]*\.?\d+)\s*(?P<after>[A-Za-z]{3})?\s*$")
_MAX_MINOR = 10**15


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
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:
        """Accept the written forms beside the dictionary of fields."""
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            return value
        match = _WRITTEN.match(str(value))
        if match is None:
            raise ValueError("write an amount as '150.00 USD'")
        currency = (match["before"] or match["after"] or "USD").upper()
        return {"minor": _to_minor(match["number"], currency), "currency": currency}

    @classmethod
    def of(cls, amount: str | float | Decimal, currency: str = "USD") -> Self:
        """Money from a decimal amount of `currency`."""
        return cls(minor=_to_minor(str(amount), currency), currency=currency)

    def __str__(self) -> str:
        digits = minor_digits(self.currency)
        return f"{Decimal(self.minor).scaleb(-digits):,.{digits}f} {self.currency}"

    @property
    def amount(self) -> float:
        """The amount in major units (dollars), for use in costs."""
        return self.minor / float(10 ** minor_digits(self.currency))


def _to_minor(number: str, currency: str) -> int:
    """Whole minor units of a decimal number; a fraction of a minor unit is refused."""
    try:
        scaled = Decimal(number.replace(",", "")).scaleb(minor_digits(currency))
    except InvalidOperation as error:
        raise ValueError("write an amount as '150.00 USD'") from error
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{currency} has {minor_digits(currency)} digits after the point")
    if scaled < 0:
        raise ValueError("an amount is zero or more")
    return int(scaled)

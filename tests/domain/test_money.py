"""Money: exact minor units, written in several ways, never rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from caserouter.domain.money import Money, minor_digits


@pytest.mark.parametrize(
    ("written", "minor", "currency"),
    [
        ("150.00 USD", 15_000, "USD"),
        ("USD 150", 15_000, "USD"),
        ("eur 1,500.5", 150_050, "EUR"),
        ("1,234,567.89", 123_456_789, "USD"),
        (".5 USD", 50, "USD"),
        ("150. USD", 15_000, "USD"),
        ("1500 JPY", 1_500, "JPY"),
        ("1.234 KWD", 1_234, "KWD"),
        (150, 15_000, "USD"),
        (150.1, 15_010, "USD"),
        (1e6, 100_000_000, "USD"),
        (Decimal("0.07"), 7, "USD"),
        ({"minor": 5, "currency": "usd"}, 5, "USD"),
    ],
)
def test_an_amount_is_read_exactly(written, minor, currency):
    assert Money.model_validate(written) == Money(minor=minor, currency=currency)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("150,00 EUR", "not an amount; write it as 1,500.00 USD"),
        ("1.500,00 EUR", "not an amount; write it as 1,500.00 USD"),
        ("12,34,567 INR", "not an amount; write it as 1,500.00 USD"),
        ("about 20", "not an amount; write it as 1,500.00 USD"),
        ("", "not an amount; write it as 1,500.00 USD"),
        (float("nan"), "not an amount; write it as 1,500.00 USD"),
        ("USD 5 EUR", "names two currencies; keep one of them"),
        ("-5 USD", "below zero; amounts are zero or more"),
        ("1.005 USD", "a fraction of the smallest unit; USD has 2 digits after the point"),
        ("0.5 JPY", "a fraction of the smallest unit; JPY has 0 digits after the point"),
        (0.1 + 0.2, "a fraction of the smallest unit; USD has 2 digits after the point"),
        ("1." + "0" * 500 + "1 USD", "a fraction of the smallest unit; USD has 2 digits after the point"),
        ({"minor": -1}, "greater than or equal to 0"),
        ("99999999999999 USD", "less than or equal to 1000000000000000"),
        ({"minor": 1, "currency": "dollars"}, "should match pattern"),
        (True, "valid dictionary or instance of Money"),
    ],
)
def test_a_doubtful_amount_is_refused_and_never_rounded(written, message):
    with pytest.raises(ValidationError) as caught:
        Money.model_validate(written)
    assert message in str(caught.value)


@given(st.integers(0, 10**15), st.sampled_from(("USD", "JPY", "KWD")))
def test_what_is_printed_reads_back_the_same(minor, currency):
    money = Money(minor=minor, currency=currency)
    assert Money.model_validate(str(money)) == money


def test_of_takes_a_decimal_amount():
    assert str(Money.of("1500.5", "EUR")) == "1,500.50 EUR"
    assert str(Money.of(1e6)) == "1,000,000.00 USD"
    with pytest.raises(ValueError, match="below zero"):
        Money.of(-1)


def test_covers_compares_within_one_currency_only():
    assert Money.of(5).covers(Money.of(5))
    assert not Money.of("4.99").covers(Money.of(5))
    assert not Money.of(5_000, "JPY").covers(Money.of(5, "USD"))


def test_amount_is_in_major_units():
    assert [Money.of("1.5", currency).amount for currency in ("USD", "KWD")] == [1.5, 1.5]
    assert Money.of(7, "JPY").amount == 7.0
    assert [minor_digits(currency) for currency in ("USD", "JPY", "KWD")] == [2, 0, 3]

"""How values are written for people."""

import pytest

from caserouter.reporting.units import axis_unit, shown_hours, shown_interval, shown_value

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.8314, "proportion", "83.1 %"),
        (0.25, "hours", "15.0 min"),
        (5.0, "hours", "5.0 h"),
        (60.0, "hours", "2.5 d"),
        (1234.5, "USD", "1,234.50 USD"),
        (123456.7, "EUR", "123,457 EUR"),
        (0.117, "per case", "0.12"),
        (25.25, "cases", "25.2"),
        (2860.75, "cases", "2,861"),
        (NAN, "hours", "–"),
        (float("inf"), "ratio", "–"),
    ],
)
def test_each_unit_has_its_way(value, unit, text):
    assert shown_value(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.041, "proportion", "+4.1 pts"),
        (-3.0, "hours", "-3.0 h"),
        (-0.001, "cases", "-0.00"),
        (0.0, "cases", "0.00"),
        (7.42, "USD", "+7.42 USD"),
    ],
)
def test_differences_have_a_sign_and_proportions_differ_in_points(value, unit, text):
    assert shown_value(value, unit, sign=True) == text


def test_what_rounds_to_nothing_is_not_negative():
    assert shown_value(-0.0004, "proportion") == "0.0 %"
    assert shown_hours(-1e-6) == "0.0 min"


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (0.81, 0.85, "proportion", "81.0 to 85.0 %"),
        (0.5, 1.5, "hours", "30.0 min to 1.5 h"),
        (1.0, 2.0, "USD", "1.00 to 2.00 USD"),
        (1.0, 2.0, "per case", "1.00 to 2.00"),
        (NAN, NAN, "hours", "–"),
    ],
)
def test_an_interval_names_a_common_unit_once(low, high, unit, text):
    assert shown_interval(low, high, unit) == text


@pytest.mark.parametrize(
    ("unit", "values", "expected"),
    [
        ("proportion", [0.1], (100.0, "points")),
        ("hours", [0.5, -1.2, NAN], (60.0, "minutes")),
        ("hours", [-30.0], (1.0, "hours")),
        ("hours", [72.0], (1 / 24, "days")),
        ("USD", [7.0], (1.0, "USD")),
        ("per case", [0.1], (1.0, "")),
    ],
)
def test_an_axis_takes_the_unit_that_fits_its_largest_value(unit, values, expected):
    assert axis_unit(unit, values) == expected

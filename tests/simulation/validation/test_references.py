"""The references themselves, against values of textbooks and against each other where two theories meet."""

import numpy as np
import pytest
from scipy.stats import poisson
from tests.simulation.validation import deterministic, erlang, single_server
from tests.simulation.validation.line import Line
from tests.simulation.validation.networks import CaseManagers, NDesign

CALLS = Line(servers=12, rate=4.2, mean=2.0)
"""The contact centre of `test_contact_centre`, in minutes."""


def test_erlang_b_and_c_have_the_values_of_the_tables():
    assert erlang.erlang_b(10, 5.0) == pytest.approx(0.018385, abs=1e-6)
    assert erlang.erlang_c(5, 4.0) == pytest.approx(0.554113, abs=1e-6)


def test_one_server_makes_erlang_c_the_wait_of_m_m_1():
    assert erlang.mean_wait(1, 0.8, 1.0) == pytest.approx(0.8 / 0.2)
    assert single_server.mean_wait(0.8, 1.0, 1.0) == pytest.approx(0.8 / 0.2)


def test_a_constant_service_time_halves_the_wait_of_one_server():
    assert single_server.mean_wait(0.8, 1.0, 0.0) == pytest.approx(2.0)
    assert deterministic.mean_wait(1, 0.8, 1.0) == pytest.approx(2.0)


def test_constant_service_at_several_servers_agrees_with_the_approximation_of_cosmetatos():
    """Cosmetatos (1976): half the wait of M/M/c, times 1 + (1 − ρ)(c − 1)(√(4 + 5c) − 2) / (16 ρ c), to a fraction of a per cent."""
    factor = 1 + 0.2 * 4 * ((4 + 25) ** 0.5 - 2) / (16 * 0.8 * 5)
    assert deterministic.mean_wait(5, 4.0, 1.0) == pytest.approx(erlang.mean_wait(5, 4.0, 1.0) / 2 * factor, rel=5e-3)


def test_priorities_have_the_waits_of_the_county_hospital():
    """Hillier and Lieberman, *Introduction to Operations Research*, the hospital's emergency room: 3 patients an hour per doctor."""
    assert single_server.priority_waits([0.2, 0.6, 1.2], [1 / 3] * 3, [1.0] * 3)[:2] == pytest.approx([0.238, 0.325], abs=5e-4)
    assert single_server.priority_waits_of_many(2, [0.2, 0.6, 1.2], 1 / 3) == pytest.approx([0.029, 0.033, 0.048], abs=5e-4)


def test_priorities_only_share_out_the_work_that_waits():
    """Kleinrock's conservation law: Σ ρₖ Wₖ is what it is without priorities."""
    rates, means, cvs = [0.3, 0.2, 0.1], [1.0, 1.5, 2.0], [0.0, 1.0, 1.5]
    loads = np.multiply(rates, means)
    residual = sum(rate * mean**2 * (1 + cv**2) / 2 for rate, mean, cv in zip(rates, means, cvs, strict=True))
    assert loads @ single_server.priority_waits(rates, means, cvs) == pytest.approx(loads.sum() * residual / (1 - loads.sum()))


def test_the_chain_of_a_line_has_the_closed_forms_of_erlang():
    steady = CALLS.steady()
    assert CALLS.mean_wait(steady) == pytest.approx(erlang.mean_wait(12, 4.2, 2.0))
    assert CALLS.answered_and_lost(steady, 1 / 3)[0] == pytest.approx(erlang.service_level(12, 4.2, 2.0, 1 / 3))
    assert CALLS.occupancy(steady) == pytest.approx(0.7)


def test_the_steady_state_of_the_contact_centre_is_the_published_closed_form():
    assert erlang.service_level(12, 4.2, 2.0, 1 / 3) == pytest.approx(0.899080, abs=1e-6)
    assert erlang.mean_wait(12, 4.2, 2.0) == pytest.approx(0.102160, abs=1e-6)


def test_impatience_at_the_rate_of_service_leaves_a_poisson_number():
    """With θ = μ everybody leaves at the rate μ, whether served or not: M/M/∞."""
    line = Line(servers=3, rate=4.0, mean=1.0, impatience=1.0)
    assert line.steady() == pytest.approx(poisson.pmf(np.arange(121), 4.0), abs=1e-12)
    assert line.abandoned(line.steady()) == pytest.approx(
        float(np.maximum(np.arange(121) - 3, 0) @ poisson.pmf(np.arange(121), 4.0)) / 4
    )


def test_everybody_has_been_answered_or_lost_in_the_end():
    line = Line(servers=3, rate=4.0, mean=1.0, impatience=0.5)
    answered, lost = line.answered_and_lost(line.steady(), 1e3)
    assert answered + lost == pytest.approx(1.0)
    assert lost == pytest.approx(line.abandoned(line.steady()))


def test_a_long_day_is_the_steady_state_and_a_short_one_finds_the_line_empty():
    assert CALLS.day(1e6) == pytest.approx(CALLS.steady(), abs=1e-4)
    assert CALLS.day(1e-6)[0] == pytest.approx(1.0, abs=1e-5)


def test_the_mean_of_a_day_solves_the_equations_of_one_server_that_never_serves():
    """Pure births: after an hour at rate 1 the number is Poisson(t), and its mean over the hour ½."""
    births = Line(servers=1, rate=1.0, mean=1e12, longest=40)
    assert float(np.arange(41) @ births.day(1.0)) == pytest.approx(0.5)


def test_returns_only_add_to_the_arrivals_of_erlang_r():
    assert erlang.erlang_r_wait(5, 2.0, 1.0, 0.5) == pytest.approx(erlang.mean_wait(5, 4.0, 1.0))


def test_the_n_design_without_a_second_class_is_one_line():
    both = NDesign(specialists=2, generalists=3, rates=(4.0, 1e-12), specialist_mean=1.0, generalist_mean=1.0, longest=200)
    assert both.waits()[0] == pytest.approx(erlang.mean_wait(5, 4.0, 1.0), rel=1e-6)


def test_the_n_design_without_specialists_is_a_line_with_priorities():
    generalists = NDesign(specialists=0, generalists=3, rates=(1.0, 1.0), specialist_mean=1.0, generalist_mean=1.0, longest=80)
    assert generalists.waits() == pytest.approx(single_server.priority_waits_of_many(3, [1.0, 1.0], 1.0), rel=1e-6)


def test_a_manager_who_holds_one_case_at_a_time_serves_it_delays_included():
    mean, square = single_server.moments_of_a_walk(0.2, 0.3, again=0.5)
    managers = CaseManagers(managers=1, cap=1, rate=0.8, contact=0.2, delay=0.3, again=0.5, longest=400)
    assert managers.solve()[0] == pytest.approx(single_server.mean_wait_of_moments(0.8, mean, square), rel=1e-6)


def test_a_walk_without_delays_is_exponential():
    assert single_server.moments_of_a_walk(0.2, 0.0, again=0.5) == pytest.approx((0.4, 2 * 0.4**2))


def test_a_manager_without_a_cap_that_binds_is_a_network_of_jackson():
    """One exponential server and external delays in parallel: the numbers are independent, ρ / (1 − ρ) ready and λ p / (1 − p) · d away."""
    managers = CaseManagers(managers=1, cap=60, rate=1.0, contact=0.25, delay=2.0, again=0.5, longest=1)
    assert managers.solve() == pytest.approx((0.0, 0.5 / 0.5 + 1.0 * 2.0, 1.0), abs=1e-6)


def test_managers_who_may_hold_many_cases_wait_less_to_take_one():
    narrow, wide = (CaseManagers(managers=2, cap=cap, rate=1.4, contact=0.4, delay=1.0, again=0.5) for cap in (3, 6))
    assert narrow.solve()[0] > 2 * wide.solve()[0]

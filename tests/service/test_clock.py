"""The service's clock, and the one that tests move."""

from datetime import UTC, datetime, timedelta

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.service.clock import TEST_CLOCK, ServiceClock, warn_of_test_clock


def test_the_clock_is_the_systems_in_utc():
    before = datetime.now(UTC)
    now = ServiceClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_test_clock_stands_at_its_moment_and_is_read_at_each_call(tmp_path):
    file = tmp_path / "clock"
    clock = ServiceClock(file)
    file.write_text("2026-03-02T10:00:00-05:00\n", encoding="utf-8")
    assert clock.now() == datetime(2026, 3, 2, 15, tzinfo=UTC)
    file.write_text("2026-03-03T00:00:00Z", encoding="utf-8")
    assert clock.now() == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(("text", "seconds"), [("+3600", 3600), ("-60.5", -60.5)])
def test_a_test_clock_may_run_ahead_or_behind(tmp_path, text, seconds):
    file = tmp_path / "clock"
    file.write_text(text, encoding="utf-8")
    ahead = ServiceClock(file).now() - datetime.now(UTC)
    assert abs(ahead - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_a_test_clock_without_its_file_is_the_systems(tmp_path):
    assert abs(ServiceClock(tmp_path / "none").now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("text", ["soon", "+soon", "+1e300", "2026-03-02T10:00:00"])
def test_a_test_clock_that_says_no_time_is_refused(tmp_path, text):
    file = tmp_path / "clock"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"no time for the test clock|a time without an offset"):
        ServiceClock(file).now()


def test_the_environment_names_the_file(tmp_path, monkeypatch):
    file = tmp_path / "clock"
    file.write_text("2026-03-03T00:00:00Z", encoding="utf-8")
    monkeypatch.setenv("CASEROUTER_TEST_CLOCK", str(file))
    assert ServiceClock.from_environment().now() == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_test_clock_that_is_in_force_is_warned_of(monkeypatch, caplog):
    monkeypatch.delenv(TEST_CLOCK, raising=False)
    warn_of_test_clock()
    assert not caplog.records
    monkeypatch.setenv(TEST_CLOCK, "/tmp/clock")
    warn_of_test_clock()
    assert [(one.levelname, one.getMessage()) for one in caplog.records] == [
        ("WARNING", "CASEROUTER_TEST_CLOCK is in force: the time comes from the file /tmp/clock")
    ]

"""Each duty in its rhythm, and none at the cost of another."""

import pytest

from caserouter.service.keeper import timetable
from caserouter.service.keeper.timetable import Duty, Timetable


class Time:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def time(monkeypatch):
    time = Time()
    monkeypatch.setattr(timetable, "time", time)
    return time


def counted(name, every, done, answer=False):
    def act():
        done.append(name)
        return answer

    return Duty(name, every, act)


def test_every_duty_has_its_rhythm(time):
    done = []
    table = Timetable([counted("often", 1.0, done), counted("seldom", 3.0, done)])
    for _ in range(4):
        assert table.take_turns() == 1.0
        time.now += 1.0
    assert done == ["often", "seldom", "often", "often", "often", "seldom"]


def test_a_duty_that_is_not_done_has_another_turn_at_once(time):
    done = []
    table = Timetable([counted("leaves some over", 5.0, done, answer=True)])
    assert table.take_turns() == 0.0
    table.take_turns()
    assert len(done) == 2


def test_a_duty_that_fails_is_tried_less_and_less_often_and_keeps_no_other_from_its_turn(time, caplog):
    done = []

    def fail():
        raise ValueError("broken")

    failing = Duty("failing", 1.0, fail)
    table = Timetable([failing, counted("other", 1.0, done)])
    waits = []
    for _ in range(8):
        table.take_turns()
        waits.append(failing.wait())
        time.now += failing.wait()
    assert waits == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    assert len(done) == 8
    assert "duty failing failed" in caplog.text


def test_a_duty_that_has_failed_for_days_is_still_tried(time):
    def fail():
        raise ValueError("broken")

    duty = Duty("failing", 1.0, fail, num_failures=5000)
    duty.take_turn()
    assert duty.wait() == 60.0


def test_a_duty_that_succeeds_again_has_its_rhythm_back(time):
    answers = iter([ValueError("broken"), None])

    def act():
        if error := next(answers):
            raise error
        return False

    duty = Duty("recovering", 1.0, act)
    duty.take_turn()
    assert (duty.num_failures, duty.wait()) == (1, 2.0)
    duty.take_turn()
    assert (duty.num_failures, duty.wait()) == (0, 1.0)

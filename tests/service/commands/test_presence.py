"""Presence: who is there, and what becomes of the cases of somebody who stays away for long."""

from datetime import date, timedelta

import pytest
from tests.service.office import MONDAY

from caserouter.domain.calendar import Leave
from caserouter.domain.errors import InvalidInput
from caserouter.service.absences import PRESENCE
from caserouter.service.board import Board
from caserouter.service.commands.presence import begin_absence, end_absence, set_presence
from caserouter.store.due import DueKind
from caserouter.store.events import EventKind


@pytest.mark.parametrize("presence", ["busy", "away", "offline"])
def test_whoever_is_not_there_takes_nothing_until_back(office, presence):
    office.hire("ana")
    office.do(set_presence, "ana", presence)
    case = office.create()
    assert office.holder(case) is None
    office.do(set_presence, "ana", "online")
    assert office.holder(case) == "ana"


def test_saying_the_same_again_is_no_event(office):
    office.hire("ana")
    assert office.do(set_presence, "ana", "online") is False
    assert office.do(set_presence, "ana", "away") is True
    assert office.do(set_presence, "ana", "away") is False
    assert len(office.events(EventKind.PRESENCE_SET)) == 1


def test_an_end_lies_ahead_and_belongs_to_an_absence(office):
    office.hire("ana")
    with pytest.raises(InvalidInput, match="is not after now, 2026-11-23T09:00:00"):
        office.do(set_presence, "ana", "away", MONDAY)
    with pytest.raises(InvalidInput, match="online with an until: shifts say when somebody leaves"):
        office.do(set_presence, "ana", "online", MONDAY + timedelta(hours=1))


def test_a_short_absence_keeps_what_is_held(office):
    office.hire("ana")
    case = office.create()
    office.hire("ben")
    office.do(set_presence, "ana", "offline", MONDAY + timedelta(hours=8))
    assert office.holder(case) == "ana"


def test_a_long_absence_sends_back_what_is_held(office):
    office.hire("ana")
    case = office.create()
    office.hire("ben")
    office.do(set_presence, "ana", "away", MONDAY + timedelta(hours=72))
    assert office.holder(case) == "ben"
    assert office.events(EventKind.CASE_RELEASED)[-1].data["reason"] == "absence"


def test_being_busy_for_long_is_no_absence(office):
    office.hire("ana")
    case = office.create()
    office.do(set_presence, "ana", "busy", MONDAY + timedelta(days=7))
    assert office.holder(case) == "ana"


def test_an_absence_without_an_end_counts_as_long_once_it_has_lasted(office):
    office.hire("ana")
    case = office.create()
    office.hire("ben")
    office.do(set_presence, "ana", "offline")
    assert office.due("ana") == [(MONDAY + timedelta(hours=72), DueKind.ABSENCES, PRESENCE)]
    assert office.holder(case) == "ana"
    office.wait(hours=72)
    assert office.do(begin_absence, "ana", PRESENCE) == [case]
    assert office.holder(case) == "ben"


def test_another_absence_without_an_end_does_not_begin_anew(office):
    office.hire("ana")
    office.do(set_presence, "ana", "away")
    office.wait(hours=5)
    office.do(set_presence, "ana", "offline")
    assert office.due("ana") == [(MONDAY + timedelta(hours=72), DueKind.ABSENCES, PRESENCE)]


def test_whoever_is_back_before_is_left_alone(office):
    office.hire("ana")
    case = office.create()
    office.do(set_presence, "ana", "offline")
    office.do(set_presence, "ana", "online")
    assert office.due("ana") == []
    assert office.do(begin_absence, "ana", PRESENCE) == []
    assert office.holder(case) == "ana"


def test_the_end_of_an_absence_is_noted_and_pulls(office):
    office.hire("ana")
    office.do(set_presence, "ana", "away", MONDAY + timedelta(hours=1))
    case = office.create()
    assert office.do(end_absence, "ana") is False
    office.wait(hours=1)
    assert office.do(end_absence, "ana") is True
    assert office.holder(case) == "ana"
    assert (office.person("ana").presence, office.person("ana").presence_until) == ("online", None)
    assert office.do(end_absence, "ana") is False


def test_leave_sends_back_what_is_held_at_its_beginning(office):
    office.hire("ana", leave=(Leave(start=date(2026, 11, 24), end=date(2026, 11, 30)),))
    case = office.create()
    office.hire("ben")
    ((at, _, ref), *_) = office.due("ana")
    assert office.do(begin_absence, "ana", ref) == []
    office.clock.moment = at
    assert office.do(begin_absence, "ana", ref) == [case]
    assert office.holder(case) == "ben"


def test_leave_that_is_just_long_enough_counts_although_the_keeper_comes_to_it_a_little_later(office):
    office.hire("ana", leave=(Leave(start=date(2026, 11, 24), end=date(2026, 11, 26)),))
    case = office.create()
    ((at, _, ref), *_) = office.due("ana")
    office.clock.moment = at + timedelta(seconds=1)
    assert office.do(begin_absence, "ana", ref) == [case]


def test_leave_that_is_over_sends_nothing_back_however_late_the_keeper_is(office):
    office.hire("ana", leave=(Leave(start=date(2026, 11, 24), end=date(2026, 11, 26)),))
    case = office.create()
    ((_, _, ref), *_) = office.due("ana")
    office.wait(days=4)
    assert office.do(begin_absence, "ana", ref) == []
    assert office.holder(case) == "ana"


def test_a_day_off_sends_nothing_back(office):
    office.hire("ana", leave=(Leave(start=date(2026, 11, 24), end=date(2026, 11, 24)),))
    case = office.create()
    ((at, _, ref), *_) = office.due("ana")
    office.clock.moment = at
    assert office.do(begin_absence, "ana", ref) == []
    assert office.holder(case) == "ana"


def test_after_leave_intake_is_ramped_and_opens_in_the_end(office):
    """Two cases a day for three days after a week's leave; the rest waits for the ramp's end."""
    office.hire("ana", leave=(Leave(start=date(2026, 11, 16), end=date(2026, 11, 22)),))
    cases = [office.create() for _ in range(4)]
    assert [office.holder(case) for case in cases] == ["ana", "ana", None, None]
    office.clock.moment = MONDAY.replace(day=26, hour=0)
    office.do(lambda unit: unit.pull(["ana"]))
    assert [office.holder(case) for case in cases] == ["ana"] * 4


@pytest.mark.parametrize("presence", ["away", "offline"])
@pytest.mark.parametrize("has_end", [True, False])
def test_whoever_is_back_after_long_starts_with_a_few_cases(office, presence, has_end):
    office.hire("ann")
    office.do(set_presence, "ann", presence, office.now + timedelta(days=9) if has_end else None)
    cases = [office.create() for _ in range(5)]
    office.wait(days=9)
    office.do(lambda unit: unit.pull())  # the end of an absence counts, whether the keeper has come to it or not
    office.do(set_presence, "ann", "online")
    assert [office.holder(one) for one in cases].count("ann") == 2
    office.wait(days=3)
    office.do(lambda unit: unit.pull())
    assert [office.holder(one) for one in cases].count("ann") == 5


def test_the_ramp_outlasts_a_short_absence_and_a_restart(office):
    office.hire("ann")
    office.do(set_presence, "ann", "away")
    cases = [office.create() for _ in range(5)]
    office.wait(days=6)
    office.do(set_presence, "ann", "online")
    office.do(set_presence, "ann", "offline")
    with office.engine.board() as board:
        restored = Board.restore(board.checkpoint())
        assert restored.people == board.people
    office.do(set_presence, "ann", "online")
    assert [office.holder(one) for one in cases].count("ann") == 2


def test_whoever_was_busy_or_away_for_a_few_days_takes_what_there_is(office):
    office.hire("ann")
    office.hire("ben")
    office.do(set_presence, "ann", "busy", office.now + timedelta(days=9))
    office.do(set_presence, "ben", "away", office.now + timedelta(days=9))
    office.wait(days=4)
    office.do(set_presence, "ann", "online")
    office.do(set_presence, "ben", "online")
    assert {office.holder(office.create()) for _ in range(10)} == {"ann", "ben"}
    assert all(office.person(one).load > 2 for one in ("ann", "ben"))


def test_an_absence_that_is_extended_day_by_day_becomes_a_long_one(office):
    office.enact(absence_hours=72)
    office.hire("ann")
    case = office.create()
    office.hire("ben")
    office.do(set_presence, "ann", "away", office.now + timedelta(days=2))
    office.wait(days=1)
    office.do(set_presence, "ann", "away", office.now + timedelta(days=1, hours=12))
    assert office.holder(case) == "ann"
    office.wait(days=1)
    office.do(set_presence, "ann", "away", office.now + timedelta(days=1))
    assert office.holder(case) == "ben"

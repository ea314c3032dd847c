"""Specialists: stated, changed, resized, retired; and what becomes of their cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from tests.service.office import MONDAY
from tests.strategies import specialists

from caserouter.domain.calendar import Leave
from caserouter.domain.errors import Conflict, InvalidInput, NotFound
from caserouter.domain.money import Money
from caserouter.domain.specialist import HeldCase, IntakeLimit, Specialist
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.specialists import (
    patch_specialist,
    put_specialist,
    retire_specialist,
    set_capacity,
    specialist_body,
)
from caserouter.store.due import DueKind
from caserouter.store.events import EventKind


@given(specialists())
def test_what_an_event_states_is_the_specialist_without_what_is_known_otherwise(specialist):
    intake = specialist.intake and specialist.intake.model_copy(update={"used": 0})
    plain = specialist.model_copy(update={"name": "", "credentials": (), "held_cases": (), "intake": intake})
    assert Specialist.model_validate(specialist_body(specialist)) == plain


def test_a_specialist_who_is_put_takes_what_waits(office):
    case = office.create(required_skills={"claims": 3})
    assert office.holder(case) is None
    office.hire("ana", skills={"claims": 4})
    assert office.holder(case) == "ana"


def test_a_put_that_changes_nothing_is_no_event(office):
    office.hire("ana", "hipaa", name="Ana", skills={"claims": 4})
    before = office.head()
    office.hire("ana", "hipaa", name="Ana", skills={"claims": 4})
    assert office.head() == before


def test_names_stay_out_of_the_events(office):
    office.hire("ana", name="Ana Lima")
    assert office.person("ana").specialist.name == "Ana Lima"
    assert "Lima" not in str(office.events())


def test_what_the_service_knows_itself_is_refused(office):
    held = Specialist(id="ana", capacity=5, held_cases=(HeldCase(id="C-1"),))
    with pytest.raises(
        InvalidInput, match="ana: held_cases: C-1: the service itself knows who holds which case; leave held_cases out"
    ):
        office.do(put_specialist, held)
    used = Specialist(id="ana", capacity=5, intake=IntakeLimit(limit=3, used=1))
    with pytest.raises(InvalidInput, match="intake: used 1: the service itself counts new cases; leave used out"):
        office.do(put_specialist, used)


def test_a_cost_in_another_currency_is_refused(office):
    paid = Specialist(id="ana", capacity=5, cost_per_hour=Money(minor=4000, currency="EUR"))
    with pytest.raises(InvalidInput, match="the policy counts in USD; convert it"):
        office.do(put_specialist, paid)


def test_a_skill_that_is_patched_in_pulls_what_asks_for_it(office):
    case = office.create(required_skills={"claims": 3})
    office.hire("ana", "hipaa", name="Ana", languages={"en"})
    office.do(patch_specialist, "ana", {"skills": {"claims": 5}})
    assert office.holder(case) == "ana"
    assert office.person("ana").specialist.name == "Ana"
    assert [held.kind for held in office.person("ana").specialist.credentials] == ["hipaa"]


def test_a_patch_with_null_takes_the_default(office):
    office.hire("ana", team="east", intake={"limit": 2})
    office.do(patch_specialist, "ana", {"team": None, "intake": None})
    assert (office.person("ana").specialist.team, office.person("ana").specialist.intake) == (None, None)


def test_a_patch_that_makes_no_sense_says_what_is_wrong(office):
    office.hire("ana")
    with pytest.raises(InvalidInput, match="ana: role: boss: not a role; use specialist") as refused:
        office.do(patch_specialist, "ana", {"skills": {"claims": 9}, "role": "boss", "tema": "east"})
    assert [str(finding) for finding in refused.value.findings] == [
        "role: boss: not a role; use specialist, coordinator, manager",
        "skills.claims: 9: above 5, the most allowed",
        "tema: unknown key; did you mean team?",
    ]


def test_nobody_is_patched_who_is_not_there(office):
    with pytest.raises(NotFound, match="ben: there is no such specialist; check the id"):
        office.do(patch_specialist, "ben", {"team": "east"})


def test_a_larger_book_pulls_and_a_smaller_one_keeps_what_it_has(office):
    office.hire("ana", capacity=1)
    first, second = office.create(), office.create()
    assert (office.holder(first), office.holder(second)) == ("ana", None)
    office.do(set_capacity, "ana", 2)
    assert office.holder(second) == "ana"
    office.do(set_capacity, "ana", 1)
    assert [office.holder(first), office.holder(second)] == ["ana", "ana"]
    assert office.person("ana").load == 2


def test_a_capacity_has_bounds(office):
    office.hire("ana")
    with pytest.raises(InvalidInput, match="capacity -1: outside 0 to 100000; choose one in between"):
        office.do(set_capacity, "ana", -1)


def test_a_put_keeps_the_capacity_that_it_states(office):
    office.hire("ana", capacity=3)
    office.do(set_capacity, "ana", 7)
    assert office.person("ana").specialist.capacity == 7
    office.hire("ana", capacity=3)
    assert office.person("ana").specialist.capacity == 3


def test_what_a_retired_specialist_held_goes_to_others_at_once(office):
    office.hire("ana", capacity=3)
    cases = [office.create() for _ in range(3)]
    office.hire("ben", capacity=2)
    office.do(retire_specialist, "ana")
    assert sorted(str(office.holder(case)) for case in cases) == ["None", "ben", "ben"]
    assert {event.data["reason"] for event in office.events(EventKind.CASE_RELEASED)} == {"retired"}
    assert not office.person("ana").active
    assert office.person("ana").load == 0


def test_a_case_that_nobody_else_can_take_says_why_it_waits(office):
    office.hire("ana", skills={"claims": 5})
    case = office.create(required_skills={"claims": 5})
    office.do(retire_specialist, "ana")
    last = office.last(EventKind.CASE_QUEUED)
    assert (last.case_id, last.data["why"]["code"]) == (case, "nobody_eligible")


def test_whoever_has_retired_is_not_changed_but_may_come_back(office):
    office.hire("ana")
    office.do(retire_specialist, "ana")
    with pytest.raises(Conflict, match="ana has retired; put the specialist again to take cases"):
        office.do(set_capacity, "ana", 4)
    case = office.create()
    assert office.holder(case) is None
    office.hire("ana")
    assert office.holder(case) == "ana"


def test_a_backup_may_come_later_than_whom_they_stand_in_for(office):
    office.hire("ana", backup="zoe")
    case = office.create()
    assert office.holder(case) == "ana"
    office.hire("zoe")
    assert office.person("ana").specialist.backup == "zoe"


def test_leave_ahead_is_seen_to(office):
    away = Leave(start=date(2026, 12, 1), end=date(2026, 12, 7))
    office.hire("ana", leave=(away,))
    begins, over = MONDAY.replace(day=1, month=12, hour=0), MONDAY.replace(day=11, month=12, hour=0)
    assert [(at, kind) for at, kind, _ in office.due("ana")] == [(begins, DueKind.ABSENCES), (over, DueKind.INTAKE_OPENS)]
    office.hire("ana")
    assert office.due("ana") == []


def test_long_leave_that_has_begun_sends_back_what_is_held(office):
    office.hire("ana")
    case = office.create()
    office.hire("ben")
    office.do(patch_specialist, "ana", {"leave": "2026-11-20..2026-11-30"})
    assert office.holder(case) == "ben"


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_leave_may_last_to_the_end_of_the_calendar(office, zone):
    office.hire("ana", time_zone=zone)
    case = office.create()
    office.hire("ben")
    office.do(patch_specialist, "ana", {"leave": "0001-01-01..9999-12-31"})
    assert office.holder(case) == "ben"
    office.do(patch_specialist, "ana", {"leave": "2026-12-01..9999-12-31"})
    assert [kind for _, kind, _ in office.due("ana")] == [DueKind.ABSENCES, DueKind.INTAKE_OPENS]


def test_a_short_rest_of_leave_sends_nothing_back(office):
    office.hire("ana")
    case = office.create()
    office.hire("ben")
    office.do(patch_specialist, "ana", {"leave": "2026-11-20..2026-11-24"})
    assert office.holder(case) == "ana"


def test_whoever_is_put_again_while_away_is_back_at_the_end_of_the_absence(office):
    office.hire("ann")
    until = office.now + timedelta(hours=2)
    office.do(set_presence, "ann", "away", until)
    office.do(retire_specialist, "ann")
    office.hire("ann")
    assert (until, DueKind.PRESENCE_RETURNS, "") in office.due("ann")

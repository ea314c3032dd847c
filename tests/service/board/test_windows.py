"""Limits on intake over time: the own one, the ramp's, and what is left of them."""

from datetime import timedelta

from tests.routing.desk import person
from tests.service.board.journal import Journal
from tests.strategies import NOW

from caserouter.domain.service_policy import Ramp
from caserouter.domain.specialist import IntakeLimit
from caserouter.service.board.windows import Windows

RAMP = Ramp(leave_days=5, days=3, limit=2)
BACK = NOW.replace(day=4, hour=0)


def windows(*people, now=NOW):
    journal = Journal()
    for one in people:
        journal.put(one)
    return Windows([journal.board.people[one.id] for one in people], RAMP, now)


def test_a_ramp_begins_and_ends_by_itself():
    found = windows(person("a", leave="2026-02-20..2026-03-03"), person("b"), now=BACK - timedelta(hours=1))
    assert (found.limit(0), found.limits_hold.until) == (None, BACK)
    assert found.set_limits(BACK) == [0]
    assert (found.limit(0).limit, found.limits_hold.until) == (2, BACK + timedelta(days=3))
    assert found.specialist(0).intake == found.limit(0)
    assert found.set_limits(BACK + timedelta(days=3)) == [0]
    assert found.limit(0) is None


def test_the_own_limit_stays_where_it_is_lower():
    own = IntakeLimit(limit=1, window_hours=8)
    assert windows(person("a", leave="2026-02-20..2026-03-03", intake=own)).limit(0) == own


def test_what_is_left_holds_until_the_first_case_leaves_its_window():
    journal = Journal()
    journal.put(person("a", intake=IntakeLimit(limit=3, window_hours=8)))
    one = journal.board.people["a"]
    one.taken = [NOW - timedelta(hours=hours) for hours in (9, 7, 1)]
    found = Windows([one], RAMP, NOW)
    assert list(found.count(NOW)) == [(0, 1)]
    assert found.counts_hold.until == NOW + timedelta(hours=1)
    assert not found.counts_hold.holds(NOW - timedelta(seconds=1))
    assert list(found.count(NOW + timedelta(hours=1))) == [(0, 2)]


def test_nothing_is_counted_for_those_without_a_limit():
    found = windows(person("a"))
    assert (found.left(0, NOW), list(found.count(NOW))) == (-1, [])

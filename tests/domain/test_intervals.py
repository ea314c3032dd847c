"""Intervals: unions, differences and the clock of a team."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from caserouter.domain.intervals import StaffedTime, clip, merge, subtract

START = datetime(2026, 3, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hour):
    return START + hour * HOUR


def spans(*pairs):
    return [(at(first), at(last)) for first, last in pairs]


def intervals():
    return st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (at(pair[0]), at(pair[1]))), max_size=6)


def within(found):
    """The whole hours that lie inside."""
    return {hour for hour in range(30) if any(start <= at(hour) < end for start, end in found)}


def test_merge_joins_what_touches_and_drops_what_is_empty():
    assert merge(spans((5, 7), (1, 3), (3, 4), (9, 9), (12, 11))) == spans((1, 4), (5, 7))


def test_a_gap_may_cut_one_interval_in_two_and_span_others():
    assert subtract(spans((0, 10), (12, 14), (15, 20)), spans((2, 3), (9, 16))) == spans((0, 2), (3, 9), (16, 20))


@given(intervals(), intervals())
@hypothesis_settings(max_examples=100)
def test_arithmetic_agrees_with_sets_of_hours(some, others):
    left, right = merge(some), merge(others)
    assert within(left) == within(some)
    assert within(subtract(left, right)) == within(left) - within(right)
    assert subtract(left, right) == merge(subtract(left, right))
    assert within(clip(left, at(5), at(20))) == within(left) & set(range(5, 20))


def test_staffed_time_between_two_moments():
    staffed = StaffedTime(tuple(spans((9, 17), (33, 41))))
    assert staffed.between(at(16), at(34)) == 2 * HOUR
    assert staffed.between(at(34), at(16)) == timedelta()


def test_back_from_counts_staffed_time_only():
    staffed = StaffedTime(tuple(spans((9, 17), (33, 41))))
    assert staffed.back_from(at(33), 2 * HOUR) == at(15)
    assert staffed.back_from(at(35), 2 * HOUR) == at(17)
    assert staffed.back_from(at(35), timedelta()) == at(35)


@given(intervals(), st.integers(0, 30), st.integers(0, 12))
@hypothesis_settings(max_examples=100)
def test_back_from_is_the_earliest_start_within_reach(some, hour, reach):
    staffed = StaffedTime(tuple(merge(some)))
    earliest = staffed.back_from(at(hour), reach * HOUR)
    for start in range(-1, hour + 1):
        assert (staffed.between(at(start), at(hour)) <= reach * HOUR) == (at(start) >= earliest)

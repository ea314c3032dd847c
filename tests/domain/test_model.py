"""What all domain objects share: they do not change, they travel, and they refuse what they do not know."""

import copy
import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from pydantic import ValidationError
from tests.strategies import NOW, cases, queues, specialists

from caserouter.domain.account import Account
from caserouter.domain.case import Case, Commitment
from caserouter.domain.model import FrozenDict
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist


def test_a_field_cannot_be_assigned():
    with pytest.raises(ValidationError, match="Instance is frozen"):
        Account(id="A").owner = "S"


def test_an_unknown_key_is_refused():
    with pytest.raises(ValidationError, match=r"ownr\n  Extra inputs are not permitted"):
        Account(id="A", ownr="S")


@pytest.mark.parametrize("name", ["a;b", "a|b", "a\nb", "a\rb"])
def test_a_name_holds_no_separator(name):
    with pytest.raises(ValidationError, match="or a line break, which separate names in files; rename it"):
        Account(id=name)


def test_a_name_is_stripped_and_neither_empty_nor_endless():
    assert Account(id=" A-1 ").id == "A-1"
    for name in ("", "  ", "x" * 201):
        with pytest.raises(ValidationError, match="String should have at"):
            Account(id=name)


def test_infinities_are_refused():
    with pytest.raises(ValidationError, match="finite number"):
        Settings(prices={"hour": float("inf")})


@pytest.mark.parametrize("health", [-0.1, 100.1])
def test_health_lies_between_0_and_100(health):
    with pytest.raises(ValidationError, match="equal to"):
        Account(id="A", health=health)


def test_a_moment_needs_a_zone():
    with pytest.raises(ValidationError, match="should have timezone info"):
        Case(id="C", created=datetime(2026, 3, 4, 9, 0))  # noqa: DTZ001 – the fault under test


@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
def test_a_moment_far_outside_our_time_is_refused(year):
    with pytest.raises(ValidationError, match="outside the years 1900 to 2999; leave it out where there is no such moment"):
        Commitment(due=f"{year}-12-31T23:59:59-05:00")


def test_moments_are_kept_in_utc_so_that_a_repeated_hour_has_its_length():
    """In New York 01:30 comes twice on 1 November 2026; the two are an hour apart."""
    zone = ZoneInfo("America/New_York")
    first, second = (Commitment(due=datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=fold)).due for fold in (0, 1))
    assert first.tzinfo is UTC
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize(
    "change",
    [
        lambda mapping: mapping.__setitem__("claims", 5),
        lambda mapping: mapping.__delitem__("claims"),
        lambda mapping: mapping.update(claims=5),
        lambda mapping: mapping.__ior__({"claims": 5}),
        lambda mapping: mapping.pop("claims"),
        lambda mapping: mapping.clear(),
    ],
)
def test_a_mapping_does_not_change(change):
    person = Specialist(id="S", capacity=1, skills={"claims": 3})
    with pytest.raises(TypeError, match="does not change; make a new object with model_copy"):
        change(person.skills)
    assert person.skills == {"claims": 3}


def test_the_mapping_that_was_passed_in_stays_apart():
    skills = {"claims": 3}
    person = Specialist(id="S", capacity=1, skills=skills)
    skills["claims"] = 5
    assert person.skills["claims"] == 3


def test_frozen_mappings_are_equal_and_hash_alike_in_any_order():
    one, other = FrozenDict({"a": 1, "b": 2}), FrozenDict({"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)


@given(specialists(), cases())
@hypothesis_settings(max_examples=50)
def test_objects_pickle_copy_and_hash(specialist, case):
    for thing in (specialist, case):
        assert pickle.loads(pickle.dumps(thing)) == thing == copy.deepcopy(thing)
        assert hash(thing) == hash(copy.deepcopy(thing))


@given(queues(max_cases=2, max_specialists=2))
@hypothesis_settings(max_examples=50)
def test_json_reads_back_the_same(queue):
    for thing in (*queue.cases, *queue.specialists, *queue.accounts, queue.settings):
        assert type(thing).model_validate_json(thing.model_dump_json()) == thing
        assert type(thing).model_validate(thing.model_dump()) == thing


def test_the_moment_of_the_strategies_is_a_wednesday():
    assert f"{NOW:%A}" == "Wednesday"

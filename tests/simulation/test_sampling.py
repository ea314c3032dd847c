"""How many replications are run, and what an interruption leaves."""

import pytest
from tests.simulation.handmade import records_of, scenario_of

from caserouter.domain.errors import InvalidInput
from caserouter.simulation import sampling
from caserouter.simulation.runner import Source
from caserouter.simulation.sampling import Precision, SamplingProgress, sample

SOURCES = [Source(scenario_of(name=name)) for name in ("base", "variant")]


@pytest.fixture
def batches(monkeypatch):
    """Batches that were asked for; replications are made up, and number 7 of the second scenario interrupts where a test says so."""
    asked = []

    def run(sources, keys, *, seed, jobs):
        asked.append([(one.source, one.replication) for one in keys])
        for one in keys:
            if (one.source, one.replication) == run.interrupted_at:
                raise KeyboardInterrupt
            yield records_of(one.replication)

    run.interrupted_at = None
    monkeypatch.setattr(sampling, "run", run)
    asked.append(run)
    yield asked
    asked.clear()


def sizes(batches):
    return [len(batch) for batch in batches[1:]]


def test_scenarios_take_turns(batches):
    found = sample(SOURCES, Precision(2), None, seed=0)
    assert batches[1] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert [[one.replication for one in records] for records in found.records] == [[0, 1], [0, 1]]
    assert (found.interrupted, found.reached) == (False, None)


def test_sampling_goes_on_until_it_is_known_closely_enough(batches):
    looks = iter([1.2, 1.1, 0.9])
    found = sample(SOURCES[:1], Precision(100, 0.01), lambda _records, _half_width: next(looks), seed=0)
    assert sizes(batches) == [20, 9, 7]
    assert len(found.records[0]) == 36
    assert found.reached


def test_sampling_gives_up_at_the_most(batches):
    found = sample(SOURCES[:1], Precision(30, 0.01), lambda _records, _half_width: 9.0, seed=0)
    assert sizes(batches) == [20, 10]
    assert not found.reached
    assert not found.interrupted


def test_a_look_sees_all_the_records_and_what_is_asked_for(batches):
    seen = []
    sample(SOURCES, Precision(20, 0.03), lambda records, half_width: seen.append((len(records[1]), half_width)) or 0.0, seed=0)
    assert seen == [(20, 0.03)]
    assert sizes(batches) == [40]


def test_an_interruption_leaves_the_replications_that_all_scenarios_have(batches):
    batches[0].interrupted_at = (1, 7)
    found = sample(SOURCES, Precision(10), None, seed=0)
    assert [len(records) for records in found.records] == [7, 7]
    assert found.interrupted


def test_an_interrupted_search_for_a_half_width_has_not_reached_it(batches):
    batches[0].interrupted_at = (0, 25)
    found = sample(SOURCES[:1], Precision(100, 0.01), lambda _records, _half_width: 1.5, seed=0)
    assert len(found.records[0]) == 25
    assert found.reached is False


def test_an_interruption_before_the_first_replications_leaves_nothing_to_tell(batches):
    batches[0].interrupted_at = (1, 0)
    with pytest.raises(KeyboardInterrupt):
        sample(SOURCES, Precision(10), None, seed=0)


def test_progress_is_told_after_each_replication(batches):
    looks, told = iter([1.2, 0.5]), []
    sample(SOURCES[:1], Precision(100, 0.01), lambda _records, _half_width: next(looks), seed=0, progress=told.append)
    assert told[0] == SamplingProgress(1, 20, None)
    assert told[19:21] == [SamplingProgress(20, 20, None), SamplingProgress(21, 29, 1.2)]
    assert told[-1] == SamplingProgress(29, 29, 1.2)
    assert sizes(batches) == [20, 9]


def test_twenty_replications_are_run_unless_something_else_is_asked_for():
    assert Precision.asked(None, None, None) == Precision(20)
    assert Precision.asked(7, None, None) == Precision(7)
    assert Precision.asked(None, 0.01, None) == Precision(1000, 0.01)
    assert Precision.asked(None, 0.01, 50) == Precision(50, 0.01)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((0, None, None), "replications 0: nothing would be simulated; give 1 or more"),
        ((None, 0.01, 0), "max_replications 0: nothing would be simulated; give 1 or more"),
        ((10, 0.01, None), "replications 10 and half_width 0.01: either fixes the number; give one of them"),
        ((None, 0.0, None), "half_width 0: a half-width is above 0 and finite; give 0.01 for one percentage point"),
        ((None, float("nan"), None), "half_width nan: a half-width is above 0 and finite; give 0.01 for one percentage point"),
        ((None, float("inf"), None), "half_width inf: a half-width is above 0 and finite; give 0.01 for one percentage point"),
        ((None, None, 50), "max_replications 50: goes with a half-width; give replications instead"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(asked, message):
    with pytest.raises(InvalidInput) as caught:
        Precision.asked(*asked)
    assert caught.value.message == message


def test_a_half_width_needs_targets_to_be_about():
    with pytest.raises(
        InvalidInput, match=r"^half_width 0.01: base has no targets to know so closely; add one, or give replications$"
    ):
        Precision(100, 0.01).check_targets((), "base")

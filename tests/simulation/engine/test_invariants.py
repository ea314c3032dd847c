"""Whatever the scenario: no hour is lost or counted twice, nobody is in two places, and no rule is broken."""

import numpy as np
from hypothesis import given, settings
from tests.simulation.engine.rulebook import Rulebook
from tests.simulation.engine.worlds import scenarios

from caserouter.simulation.calendars import length_within
from caserouter.simulation.language.demand import Stream
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.records import Records
from caserouter.simulation.replication import compiled, run_replication
from caserouter.simulation.trace import build_trace

_MOMENT = 1e-6
WAITS = ("unassigned", "in_book", "off_shift", "department", "customer", "approval", "review")


@settings(max_examples=50, deadline=None)
@given(scenarios())
def test_every_hour_of_every_case_is_accounted_for(scenario):
    records = run_replication(scenario)
    cases = records.cases
    end = np.fmin(np.fmin(cases["resolved"], cases["abandoned"]), records.end)
    spent = sum(cases[f"wait_{cause}"] for cause in WAITS) + cases["contact_hours"] + cases["closed_hours"]
    assert np.allclose(spent, end - cases["arrival"], atol=_MOMENT)
    assert np.all(np.isnan(cases["resolved"]) | np.isnan(cases["abandoned"]))
    assert np.all(np.isnan(cases["abandoned"]) | np.isnan(cases["first_contact"]))


@settings(max_examples=50, deadline=None)
@given(scenarios())
def test_every_case_that_arrives_is_in_the_records_once(scenario):
    records = run_replication(scenario)
    trace = build_trace(scenario, scenario.seed, 0, records.end)
    recorded = set(zip(records.cases["stream"].tolist(), records.cases["ordinal"].tolist(), strict=True))
    assert len(recorded) == len(records.cases)
    assert recorded == set(zip(trace.stream.tolist(), trace.ordinal.tolist(), strict=True))


@settings(max_examples=50, deadline=None)
@given(scenarios())
def test_nobody_is_in_two_contacts_at_once(scenario):
    contacts = run_replication(scenario).contacts.sorted_by("specialist", "start", "end")
    same = np.diff(contacts["specialist"]) == 0
    assert np.all(contacts["start"][1:][same] >= contacts["end"][:-1][same] - _MOMENT)


@settings(max_examples=50, deadline=None)
@given(scenarios())
def test_contacts_begin_on_shift_and_go_on_after_it_only_where_they_are_finished(scenario):
    records, people = run_replication(scenario), compiled(scenario).people
    suspends = scenario.routing.at_shift_end == "suspend"
    for row in records.contacts.data:
        contact = dict(zip(records.contacts.columns, row, strict=True))
        staffed, start, end = people[int(contact["specialist"])].staffed, contact["start"], contact["end"]
        worked = contact["handle"] + contact["documentation"]
        assert any(first - _MOMENT <= start < last for first, last in staffed)
        assert abs(end - start - contact["suspended"] - worked) < _MOMENT
        if suspends:
            assert length_within(staffed, start, end) > worked - _MOMENT


@settings(max_examples=50, deadline=None)
@given(scenarios())
def test_nobody_is_busy_for_longer_than_they_are_there(scenario):
    staff = run_replication(scenario).staff
    assert np.all(staff.busy - staff.overtime <= staff.staffed + _MOMENT)
    assert np.allclose(staff.staffed + staff.blocks + staff.sick, _on_shift(scenario), atol=_MOMENT)
    assert np.all(staff.paid >= _on_shift(scenario) - _MOMENT)
    assert np.all(staff.paid <= _on_shift(scenario) + staff.overtime + _MOMENT)
    assert np.all(staff.overtime <= staff.busy + _MOMENT)


@settings(max_examples=50, deadline=None)
@given(scenarios())
def test_nobody_is_given_or_works_on_what_they_may_not(scenario):
    rulebook = Rulebook(scenario)
    rulebook.run()
    assert rulebook.breaches == []


def test_the_rulebook_notices_who_may_not():
    claims = {"skills": {"claims": 3}, "stages": {"work": {"handle": "1 h"}}}
    floor = {"name": "floor", "start": "2026-03-02T00:00", "window": {"length": 8}, "case_types": {"claim": claims}}
    staff = {"ann": {"capacity": 1, "skills": {"claims": 2}}}
    demand = {"post": {"types": "claim", "surge": 1, "at": "2026-03-02T01:00"}}
    scenario = Scenario.model_validate(floor | {"staff": staff, "demand": demand, "routing": {"policy": "first_eligible"}})
    rulebook = Rulebook(scenario, ignore_rules=True)
    rulebook.run()
    assert rulebook.breaches == ["post-1 to ann: claims is 2, below the 3 asked"]


@settings(max_examples=30, deadline=None)
@given(scenarios())
def test_the_same_seed_leaves_the_same_records(scenario):
    assert _bytes(run_replication(scenario)) == _bytes(run_replication(scenario))


@settings(max_examples=30, deadline=None)
@given(scenarios())
def test_a_stream_that_brings_nothing_changes_nothing(scenario):
    nothing = Stream.model_validate({"types": dict.fromkeys(scenario.case_types, 1), "surge": 0, "at": "2026-03-07T09:00"})
    more = scenario.model_copy(update={"demand": scenario.demand | {"nothing": nothing}})
    assert _bytes(run_replication(more)) == _bytes(run_replication(scenario))


def _on_shift(scenario: Scenario) -> np.ndarray:
    """Hours on shift in the measured window; shape (num_specialists,)."""
    world = compiled(scenario)
    return np.array([length_within(person.shifts, *world.window) for person in world.people])


def _bytes(records: Records) -> tuple[bytes, ...]:
    return records.cases.data.tobytes(), records.contacts.data.tobytes(), records.staff.busy.tobytes()

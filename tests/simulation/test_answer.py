"""From a scenario to data frames in one call."""

import numpy as np
import pandas as pd
import pytest
from tests.simulation.test_runner import BUSY

from caserouter import SimulationAnswer, simulate
from caserouter.domain.errors import InvalidInput, NotFound

SCENARIO = """
name: one desk
start: 2026-03-02T08:00
window: {length: 8 h}
case_types:
  call: {first_response: {within: 15 min}, stages: {talk: {handle: exponential(10 min)}}}
demand: {calls: {types: call, rate: 5 per hour}}
staff: {ana: {capacity: 100}}
targets: [{measure: service_level_first_response, at_least: 0.5}]
seed: 8
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "one-desk.yaml"
    path.write_text(SCENARIO)
    return path


@pytest.fixture(scope="module")
def answer():
    return simulate(BUSY, replications=3, jobs=1)


def test_three_lines_lead_from_a_file_to_a_summary(path):
    answer = simulate(path, replications=4, jobs=1)
    overall = answer.summary.query("measure == 'service_level_first_response' and group_by == 'all'")
    assert isinstance(answer, SimulationAnswer)
    assert 0 <= overall["low"].item() <= overall["estimate"].item() <= overall["high"].item() <= 1
    assert overall["num_replications"].item() == 4


def test_an_answer_shows_itself_in_one_line(answer):
    """A notebook shows whatever a cell ends with."""
    assert repr(answer) == f"<SimulationAnswer {BUSY.name!r}: 3 replications, seed {BUSY.seed}>"


def test_the_frames_hold_what_the_records_hold(answer):
    assert len(answer.cases) == sum(len(one.cases) for one in answer.records)
    assert len(answer.contacts) == sum(len(one.contacts) for one in answer.records)
    assert answer.replications["replication"].unique().tolist() == [0, 1, 2]
    assert answer.backlog["hour"].max() == 48.0
    assert set(answer.waits["cause"]) == {"unassigned", "in_book", "off_shift", "department", "customer", "approval", "review"}


def test_the_summary_agrees_with_the_frame_of_cases(answer):
    """A second route: pandas on the table of cases."""
    measured = answer.cases[answer.cases["measured"]]
    found = answer.summary[answer.summary["group_by"] == "case_type"].set_index(["measure", "group"])["estimate"]
    waits = (measured["first_contact"] - measured["arrival"]).groupby(measured["case_type"], observed=True)
    expected = pd.DataFrame({"mean": waits.mean(), "p90": waits.quantile(0.9, interpolation="higher")})
    for case_type, row in expected.iterrows():
        assert found["waiting_time_mean", case_type] == pytest.approx(row["mean"])
        assert found["waiting_time_p90", case_type] <= row["p90"]


def test_waits_and_work_add_up_to_the_time_to_resolution(answer):
    cases = answer.cases[answer.cases["resolved"].notna()]
    parts = (
        cases[[name for name in cases if name.startswith("wait_")]].sum(axis=1) + cases["contact_hours"] + cases["closed_hours"]
    )
    assert np.allclose(parts, cases["resolved"] - cases["arrival"])


def test_the_seed_is_the_scenarios_own_unless_it_is_given(path):
    own, same, other = (simulate(path, replications=2, jobs=1, seed=seed) for seed in (None, 8, 9))
    assert own.seed == 8
    pd.testing.assert_frame_equal(own.summary, same.summary)
    assert not own.summary.equals(other.summary)


def test_a_half_width_is_reached(path):
    answer = simulate(path, half_width=0.07, jobs=1)
    assert answer.reached
    assert answer.num_replications > 20
    assert answer.targets["half_width"].item() <= 0.07


def test_a_half_width_that_is_not_reached_is_said_so(path):
    answer = simulate(path, half_width=0.0001, max_replications=21, jobs=1)
    assert (answer.reached, answer.num_replications) == (False, 21)


def test_the_number_of_processes_changes_no_answer(path):
    one, two = (simulate(path, half_width=0.07, jobs=jobs) for jobs in (1, 2))
    pd.testing.assert_frame_equal(one.summary, two.summary, check_exact=True)
    pd.testing.assert_frame_equal(one.cases, two.cases, check_exact=True)


def test_what_cannot_be_simulated_is_refused(path, tmp_path):
    with pytest.raises(NotFound, match="no-such"):
        simulate(tmp_path / "no-such.yaml")
    with pytest.raises(InvalidInput, match=r"^seed -1: seeds are whole numbers from 0 on; give 0 or more$"):
        simulate(path, seed=-1)
    with pytest.raises(InvalidInput, match=r"^half_width 0\.1: by hand has no targets"):
        simulate(BUSY, half_width=0.1)


def test_a_scenario_made_in_python_is_checked_before_it_runs():
    nobody = BUSY.model_copy(update={"case_types": {"other": next(iter(BUSY.case_types.values()))}})
    with pytest.raises(InvalidInput, match="no such case type; there are other"):
        simulate(nobody, replications=1, jobs=1)

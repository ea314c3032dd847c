"""Replications on one process and on several."""

import subprocess
import sys
import textwrap
from dataclasses import fields

import pytest
from tests.simulation.handmade import scenario_of

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.simulation.records import StaffHours
from caserouter.simulation.runner import ReplicationKey, Source, run

STAFF = {"east": {"count": 3, "capacity": 4, "shifts": "Mon-Fri 08:00-18:00", "sick_probability": 0.3}}
BUSY = scenario_of(
    demand={"calls": {"types": {"billing": 2, "claim": 1}, "rate": "3 per hour"}},
    staff=STAFF,
    window={"length": "2 d", "tail": "5 d"},
)
FEWER = BUSY.model_copy(update={"name": "fewer", "staff": {"east": BUSY.staff["east"].model_copy(update={"count": 2})}})
KEYS = [ReplicationKey(source, number) for number in range(4) for source in range(2)]


def bytes_of(records):
    """Everything that a replication leaves behind, to the last bit."""
    staff = [getattr(records.staff, field.name).tobytes() for field in fields(StaffHours)]
    return (
        records.replication,
        records.window,
        records.end,
        records.num_events,
        records.cases.data.tobytes(),
        records.contacts.data.tobytes(),
        *staff,
    )


@pytest.fixture(scope="module")
def serial():
    return [bytes_of(one) for one in run([Source(BUSY), Source(FEWER)], KEYS, seed=3, jobs=1)]


def test_several_processes_leave_the_same_bytes_as_one(serial):
    parallel = [bytes_of(one) for one in run([Source(BUSY), Source(FEWER)], KEYS, seed=3, jobs=2)]
    assert parallel == serial


def test_replications_do_not_depend_on_which_others_are_run(serial):
    (alone,) = run([Source(FEWER)], [ReplicationKey(0, 2)], seed=3, jobs=1)
    assert bytes_of(alone) == serial[KEYS.index(ReplicationKey(1, 2))]


def test_replications_differ_and_so_do_seeds(serial):
    (other,) = run([Source(BUSY)], [ReplicationKey(0, 0)], seed=4, jobs=1)
    assert len({serial[0][4], serial[2][4], other.cases.data.tobytes()}) == 3


def test_scenarios_meet_the_same_demand():
    base, fewer = run([Source(BUSY), Source(FEWER)], [ReplicationKey(0, 0), ReplicationKey(1, 0)], seed=3, jobs=1)
    columns = ("stream", "ordinal", "case_type", "arrival")
    common = min(len(base.cases), len(fewer.cases))
    assert all((base.cases[name][:common] == fewer.cases[name][:common]).all() for name in columns)


def test_no_processes_are_refused():
    with pytest.raises(InvalidInput, match=r"^jobs 0: somebody has to do the work; give 1 or more$"):
        list(run([Source(BUSY)], KEYS[:1], seed=0, jobs=0))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_in_a_replication_is_told_as_it_is(jobs, tmp_path):
    lost = scenario_of(demand={"calls": {"types": "billing", "trace": "lost.csv"}}, staff=STAFF)
    with pytest.raises(NotFound, match=r"lost\.csv"):
        list(run([Source(lost, tmp_path)], [ReplicationKey(0, 0), ReplicationKey(0, 1)], seed=0, jobs=jobs))


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_keeps_what_is_finished_and_ends_the_workers(jobs, tmp_path):
    """The whole process group is interrupted, as by a terminal, once the second of a thousand replications is done."""
    script = tmp_path / "long.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, signal
            from caserouter import Scenario, simulate

            def interrupt(progress):
                if progress.num_done == 2:
                    os.killpg(0, signal.SIGINT)

            if __name__ == "__main__":
                scenario = Scenario.model_validate_json({BUSY.model_dump_json()!r})
                answer = simulate(scenario, replications=1000, jobs={jobs}, progress=interrupt)
                print(answer.num_replications < 100, answer.interrupted, len(answer.summary) > 0)
            """
        )
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, start_new_session=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "True True True\n", "")

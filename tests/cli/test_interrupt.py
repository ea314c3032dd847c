"""Ctrl-C during a long solve gives the best answer so far, in a real process."""

import json
import random
import signal
import subprocess
import sys
from importlib import import_module

import pytest
from tests.cli.support import AT, DATA, run

from caserouter.files.writers import write_table

NUM_CASES, NUM_SPECIALISTS = 700, 90


@pytest.fixture
def large_queue(tmp_path):
    """A tight queue with weights and mixed skills, too large to be proved optimal at once."""
    rng = random.Random(7)
    skills = [f"skill_{k}" for k in range(12)]
    people = [
        {
            "id": f"S-{j:02}",
            "skills": "; ".join(f"{skill}:{rng.randint(2, 5)}" for skill in rng.sample(skills, 4)),
            "capacity": rng.randint(18, 26),
            "cost_per_hour": f"{rng.randint(30, 90)}.00 USD",
        }
        for j in range(NUM_SPECIALISTS)
    ]
    cases = [
        {
            "id": f"C-{i:03}",
            "created": AT,
            "required_skills": rng.choice(skills),
            "weight": rng.choice((1, 2, 3, 5)),
            "priority": rng.randint(1, 5),
            "preferred_specialists": rng.choice(people)["id"],
        }
        for i in range(NUM_CASES)
    ]
    write_table(tmp_path / "cases.csv", cases)
    write_table(tmp_path / "specialists.csv", people)
    return tmp_path


def obey_interrupts():
    """Undo what a shell does to the processes that it starts in the background, where this test may run: ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(*arguments, folder):
    """First line on stderr and the document of a command that is interrupted once it says something; it ends as if it had finished."""
    with subprocess.Popen(
        [sys.executable, "-m", "caserouter", *arguments, "--json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=obey_interrupts,  # noqa: PLW1509 (no threads here)
    ) as process:
        first_line = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in stderr) == (0, False)
    return first_line, json.loads(stdout)


@pytest.mark.slow
def test_an_interrupted_solve_prints_the_best_so_far(large_queue):
    files = ["--cases", "cases.csv", "--specialists", "specialists.csv", "--at", AT]
    first_line, document = interrupted("route", "--work-limit", "10000", *files, folder=large_queue)
    assert first_line.startswith("solving: gap ")
    assert document["status"] == "interrupted"
    assert document["num_assigned"] > NUM_CASES / 2
    assert 0 < document["gap"] < 0.2


def test_an_interruption_before_anybody_is_assigned_is_no_answer(large_queue, monkeypatch):
    """Nothing is written either: a script must not take an empty assignment for the day's."""

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("caserouter.routing.solver.solve"), "relax", interrupt)
    monkeypatch.chdir(large_queue)
    result = run("route", "--cases", "cases.csv", "--specialists", "specialists.csv", "--at", AT, "--out", "out.csv")
    assert (result.exit_code, result.stdout) == (130, "")
    assert not (large_queue / "out.csv").exists()


@pytest.mark.slow
def test_an_interrupted_simulation_prints_what_is_finished(tmp_path):
    command = ("simulate", DATA / "desk.yaml", "--replications", "100000", "--jobs", "2")
    first_line, document = interrupted(*command, folder=tmp_path)
    assert first_line.startswith("simulating: ")
    assert 0 < document["manifest"]["replications"] < 100_000
    assert document["manifest"]["interrupted"] is True

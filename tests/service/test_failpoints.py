"""Failpoints kill the process that passes them, when they were asked to."""

import os
import signal
import subprocess
import sys

SCRIPT = "from caserouter.service.failpoints import passing; [print(passing('after_commit'), flush=True) for _ in range(3)]"


def run(armed: str | None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ} | ({"CASEROUTER_FAILPOINT": armed} if armed else {})
    return subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False)


def test_nothing_is_armed_by_default():
    done = run(None)
    assert (done.returncode, done.stdout.count("None")) == (0, 3)


def test_the_first_passing_kills():
    done = run("after_commit")
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "")


def test_the_nth_passing_kills():
    done = run("after_commit:3")
    assert (done.returncode, done.stdout.count("None")) == (-signal.SIGKILL, 2)


def test_another_failpoint_is_passed_by():
    assert run("before_commit").returncode == 0


def test_an_unknown_failpoint_is_refused():
    done = run("after_lunch")
    assert done.returncode == 1
    assert "CASEROUTER_FAILPOINT=after_lunch: not a failpoint; write one of before_commit, after_commit, mid_batch" in done.stderr

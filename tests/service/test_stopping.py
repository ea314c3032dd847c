"""Being told to stop, by real signals to processes of their own."""

import subprocess
import sys

TOLD = "import os, signal; from caserouter.service.stopping import Stop; stop = Stop(); tell = lambda: os.kill(os.getpid(), signal.SIGINT); "


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", TOLD + script], capture_output=True, text=True, check=False, timeout=60)


def test_a_process_that_starts_leaves_at_once():
    done = run("tell(); print('still here')")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_process_that_has_started_is_called_back():
    assert run("stop.on_signal(lambda: print('told')); tell(); print(stop.told)").stdout == "told\nTrue\n"


def test_a_second_signal_that_comes_while_the_first_is_heard_counts_no_more():
    done = run("stop.on_signal(lambda: [print('told'), tell(), tell()]); tell(); print('goes on')")
    assert (done.stdout, done.stderr) == ("told\ngoes on\n", "")


def test_whoever_was_told_before_is_called_back_as_soon_as_there_is_somebody_to_call():
    done = run("""
try:
    tell()
except SystemExit:
    stop.on_signal(lambda: print('told'))
""")
    assert done.stdout == "told\n"


def test_a_process_that_is_begun_while_signals_are_held_back_hears_them_as_soon_as_it_listens():
    """As a worker does at Ctrl-C, which comes while it is imported."""
    script = "import subprocess, sys; from caserouter.service.stopping import signals_held_back; "
    child = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('heard nothing', flush=True); from caserouter.service.stopping import Stop; Stop(); print('too late')"
    done = run(f"{script}\nwith signals_held_back(): subprocess.run([sys.executable, '-c', {child!r}])\ntell()")
    assert (done.returncode, done.stdout, done.stderr) == (0, "heard nothing\n", "")

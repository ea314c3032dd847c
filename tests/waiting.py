"""Waiting for what another thread or process does: soon, but nobody knows when on a machine that has other things to do."""

import time

PATIENCE_SECONDS = 120.0


def until(condition, seconds=PATIENCE_SECONDS):
    """What `condition` answers once that is true; whatever does not come true fails the test."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"it did not happen within {seconds:g} s"
        time.sleep(0.02)
    return found

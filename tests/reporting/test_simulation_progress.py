"""Progress of a simulation in words."""

from io import StringIO

import pytest
from rich.console import Console

from caserouter.reporting import simulation_progress
from caserouter.reporting.simulation_progress import SimulatingProgress, span_text
from caserouter.simulation.sampling import SamplingProgress


@pytest.fixture
def said(monkeypatch):
    """What is printed of a state after so many seconds."""

    def after(seconds: float, state: SamplingProgress) -> str:
        clock = iter((0.0, seconds))
        out = StringIO()
        with SimulatingProgress(Console(file=out, width=200)) as progress:
            monkeypatch.setattr(simulation_progress, "monotonic", lambda: next(clock))
            progress.__init__(Console(file=out, width=200))
            monkeypatch.setattr(progress, "_next", 0.0)
            progress(state)
        return out.getvalue().strip()

    return after


def test_the_time_left_is_that_of_those_done_times_those_to_do(said):
    text = said(30.0, SamplingProgress(5, 20))
    assert text == "simulating: 5 of 20 replications, about 90 s left; Ctrl-C takes those that are done"


def test_a_half_width_tells_how_far_it_is(said):
    assert "; half-width 1.40 times what is asked for; " in said(10.0, SamplingProgress(20, 40, excess=1.4))


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0 s"), (119, "119 s"), (180, "3 min"), (9000, "2.5 h")])
def test_spans_are_rough(seconds, text):
    assert span_text(seconds) == text

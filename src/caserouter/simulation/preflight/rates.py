"""How many cases of each type arrive per hour of the measured window, on average."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from caserouter.simulation.accounts import Accounts
from caserouter.simulation.arrivals import Replication, surge_hours
from caserouter.simulation.draws import Draws
from caserouter.simulation.intensity import mean_intensity
from caserouter.simulation.language.demand import Stream
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.recorded import recorded_arrivals

Window = tuple[float, float]


def arrivals_per_hour(scenario: Scenario, folder: Path | None = None) -> dict[str, float]:
    """Mean arrivals per hour of the measured window, by case type; open cases at the start are none.

    Parameters
    ----------
    scenario
        With names that all exist.
    folder
        Where its file lies, for recorded histories.

    Raises
    ------
    NotFound, InvalidInput
        If a recorded history cannot be read.
    """
    window = scenario.window
    run = Replication(scenario, Draws(0, 0), window.end, Accounts.of(scenario))
    counts: defaultdict[str, float] = defaultdict(float)
    for stream in scenario.demand.values():
        for name, count in _COUNTS[stream.kind](stream, run, window.measured, folder).items():
            counts[name] += count
    return {name: counts[name] / window.length for name in scenario.case_types}


def _at_rate(stream: Stream, run: Replication, window: Window, _folder: Path | None) -> Mapping[str, float]:
    intensity = mean_intensity(stream.rate, stream.growth, run.clock.start, run.zone, run.horizon)
    lengths = np.minimum(intensity.ends, window[1]) - np.maximum(intensity.starts, window[0])
    return _by_share(stream, float(np.maximum(lengths, 0.0) @ intensity.rates))


def _in_surge(stream: Stream, run: Replication, window: Window, _folder: Path | None) -> Mapping[str, float]:
    hours = surge_hours(stream, run)
    return _by_share(stream, float(np.count_nonzero((hours >= window[0]) & (hours < window[1]))))


def _recurring(stream: Stream, run: Replication, window: Window, _folder: Path | None) -> Mapping[str, float]:
    groups = [run.accounts.groups[name] for name, share in stream.accounts.items() if share > 0]
    accounts = sum(group.count * (group.at_risk if stream.at_risk_only else 1.0) for group in groups)
    assert stream.every is not None
    return _by_share(stream, accounts * (window[1] - window[0]) / stream.every)


def _recorded(stream: Stream, run: Replication, window: Window, folder: Path | None) -> Mapping[str, float]:
    arrivals = recorded_arrivals(stream, run, folder)
    measured = arrivals.where((arrivals.hours >= window[0]) & (arrivals.hours < window[1]))
    numbers = np.bincount(measured.known["case_type"].astype(np.int64), minlength=len(run.scenario.case_types))
    return dict(zip(run.scenario.case_types, numbers.tolist(), strict=True))


def _open(stream: Stream, _run: Replication, _window: Window, _folder: Path | None) -> Mapping[str, float]:
    return _by_share(stream, 0.0)


def _by_share(stream: Stream, count: float) -> dict[str, float]:
    total = sum(stream.types.values())
    return {name: count * share / total for name, share in stream.types.items()}


_COUNTS: Mapping[str, Callable[[Stream, Replication, Window, Path | None], Mapping[str, float]]] = {
    "rate": _at_rate,
    "surge": _in_surge,
    "every": _recurring,
    "open_cases": _open,
    "trace": _recorded,
}
"""Cases of each type in the measured window, by kind of stream."""

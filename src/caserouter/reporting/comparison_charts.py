"""The charts of a comparison."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.charts.intervals import Mark, Tone, forest_chart, level_chart
from caserouter.reporting.charts.stacks import parts_chart
from caserouter.reporting.charts.times import shares_chart
from caserouter.reporting.estimates import Estimates
from caserouter.reporting.measure_words import LABELS, WAIT_MEASURES, label_of
from caserouter.reporting.simulation_charts import SERVICE_LEVELS, resolved_shares
from caserouter.simulation.comparison import ComparisonAnswer

_TONES: Mapping[str, Tone] = {"better": "good", "worse": "bad", "unclear": "open"}


def draw_comparison(answer: ComparisonAnswer) -> list[Chart]:
    """Every chart that there is something to see in."""
    estimates = {name: Estimates(one.summary) for name, one in zip(answer.names, answer.answers, strict=True)}
    found = (_differences(answer), _levels(estimates), _waits(estimates), _times(answer))
    return [chart for chart in found if chart is not None]


def _differences(answer: ComparisonAnswer) -> Chart | None:
    """Paired differences as a forest plot: a panel per measure, a row per variant."""
    frame = answer.differences
    panels: dict[str, list[Mark]] = {}
    for row in frame[frame["difference"].notna() & (frame["verdict"] != "same")].to_dict("records"):
        panels.setdefault(label_of(row["measure"], row["group"]), []).append(_mark(row))
    if not panels:
        return None
    clear = int(frame["verdict"].isin(["better", "worse"]).sum())
    finding = (
        f"{clear} of {len(frame)} differences are shown to be for the better (green) or for the worse (red); orange ones "
        "could be chance, blue ones are neither; what stays the same in every replication is left out. Bars are "
        "simultaneous 95 % intervals; the line is no difference."
    )
    return Chart("differences", "Differences from the base", finding, forest_chart(list(panels.items())))


def _mark(row: Mapping[Any, Any]) -> Mark:
    return Mark(row["variant"], row["difference"], row["low"], row["high"], row["unit"], tone=_TONES.get(row["verdict"], ""))


def _levels(estimates: Mapping[str, Estimates]) -> Chart | None:
    """Service levels of every scenario."""
    measures = [measure for measure in SERVICE_LEVELS if all(one.get(measure) for one in estimates.values())]
    if not measures:
        return None
    panels = []
    for measure in measures:
        found = [(name, one.get(measure)) for name, one in estimates.items()]
        panels.append((LABELS[measure], [Mark(name, one.value, one.low, one.high, one.unit) for name, one in found if one]))
    finding = "Each scenario with its own 95 % interval; whether two of them differ is told by the paired differences above."
    return Chart("service_levels", "Service level", finding, level_chart(panels))


def _waits(estimates: Mapping[str, Estimates]) -> Chart | None:
    """Waiting per case by cause, a bar per scenario."""
    found = {
        name: [one.get(measure) for one in estimates.values()]
        for name, measure in ((LABELS[wait], wait) for wait in WAIT_MEASURES)
    }
    parts = {
        name: [one.value if one else 0.0 for one in values]
        for name, values in found.items()
        if any(one and one.value > 0 for one in values)
    }
    if not parts:
        return None
    chart = parts_chart(list(estimates), parts, unit="hours per case")
    return Chart(
        "waits_by_cause",
        "What cases wait for",
        "Hours per case, in the mean, by cause; time in contacts is not part of it.",
        chart,
    )


def _times(answer: ComparisonAnswer) -> Chart | None:
    """Share resolved by each time, a curve per scenario."""
    curves = {name: resolved_shares(one.cases) for name, one in zip(answer.names, answer.answers, strict=True)}
    seen = {name: curve for name, curve in curves.items() if len(curve[0]) > 1}
    if not seen:
        return None
    until = max(float(hours[-1]) for hours, _ in seen.values())
    most = [Estimates(one.summary).get("time_to_resolution_p95") for one in answer.answers]
    limit = max((2 * one.value for one in most if one and isfinite(one.value)), default=until)
    finding = "Share of the cases that are resolved by each time since their arrival; the base is the strongest line."
    return Chart("time_to_resolution", "Time to resolution", finding, shares_chart(seen, until=min(until, limit)))

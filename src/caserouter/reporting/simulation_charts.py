"""The charts of one scenario's results, each with what there is to see in it."""

from collections.abc import Mapping, Sequence
from math import isfinite, nan

import numpy as np
import pandas as pd

from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.charts.intervals import Mark, Tone, level_chart, ranked_chart
from caserouter.reporting.charts.stacks import bands_chart, parts_chart
from caserouter.reporting.charts.times import shares_chart
from caserouter.reporting.charts.week import week_chart
from caserouter.reporting.estimates import Estimate, Estimates
from caserouter.reporting.measure_words import LABELS, WAIT_MEASURES
from caserouter.reporting.units import shown_hours
from caserouter.reporting.verdicts import Verdict, read_verdicts
from caserouter.simulation.answer import SimulationAnswer
from caserouter.simulation.cohort import EVERYTHING, HOURS_OF_WEEK
from caserouter.simulation.frames import EVERY_AGE

SERVICE_LEVELS = ("service_level_first_response", "service_level_resolution")
MOST_ROWS = 30
"""Bars of one chart; where there are more specialists, their groups are drawn."""

_TONE: Mapping[str, Tone] = {"met": "good", "missed": "bad", "open": "open"}
_POINTS = 240
"""Steps of a curve."""

_MOST_CURVES = 8


def draw_simulation(answer: SimulationAnswer) -> list[Chart]:
    """Every chart that there is something to see in."""
    estimates = Estimates(answer.summary)
    found = (
        draw_levels(estimates, read_verdicts(answer.targets)),
        draw_waits(estimates),
        draw_resolution_times(answer.cases, estimates),
        draw_backlog(answer.backlog),
        draw_occupancy(estimates),
        draw_caseload(estimates),
    )
    return [chart for chart in found if chart is not None]


def draw_levels(estimates: Estimates, found: Sequence[Verdict]) -> Chart | None:
    """Service levels with intervals against their targets, overall and by case type."""
    verdict_by_key = {(one.estimate.measure, one.estimate.group): one for one in found}
    measures = [measure for measure in SERVICE_LEVELS if estimates.get(measure)]
    types = [
        group for group in estimates.groups("case_type") if any(estimates.get(name, "case_type", group) for name in measures)
    ]
    rows = [(EVERYTHING, EVERYTHING), *(("case_type", group) for group in (types if len(types) > 1 else ()))]
    if not measures:
        return None
    panels = [
        (
            LABELS[name],
            [
                _level_mark(group, estimates.get(name, group_by, group), verdict_by_key.get((name, group)))
                for group_by, group in rows
            ],
        )
        for name in measures
    ]
    value, label, title = min(
        (mark.value, mark.label, title) for title, marks in panels for mark in marks if isfinite(mark.value)
    )
    finding = f"Lowest: {title} for {label}, {100 * value:.1f} %. Bars are 95 % intervals, upright marks are targets."
    return Chart("service_level", "Service level against target", finding, level_chart(panels))


def _level_mark(group: str, one: Estimate | None, verdict: Verdict | None) -> Mark:
    if one is None:
        return Mark(group, nan, nan, nan, "proportion")
    if verdict is None:
        return Mark(group, one.value, one.low, one.high, one.unit)
    return Mark(group, one.value, one.low, one.high, one.unit, verdict.bound, _TONE[verdict.state])


def draw_waits(estimates: Estimates) -> Chart | None:
    """Waiting per case split by cause, overall and by case type."""
    causes = [one for name in WAIT_MEASURES if (one := estimates.get(name))]
    total = sum(one.value for one in causes)
    if total <= 0:
        return None
    groups = estimates.groups("case_type")
    bars = [(EVERYTHING, EVERYTHING), *(("case_type", group) for group in (groups if len(groups) > 1 else ()))]
    largest_first = [one.measure for one in causes if one.value > 0]
    parts = {LABELS[name]: [_value(estimates.get(name, *bar)) for bar in bars] for name in largest_first}
    chief = max(causes, key=lambda one: one.value)
    finding = (
        f"A case waits {shown_hours(total)} in the mean, {100 * chief.value / total:.0f} % of it for one cause: "
        f"{LABELS[chief.measure]}. Time in contacts is not part of it."
    )
    return Chart(
        "waits_by_cause", "What cases wait for", finding, parts_chart([group for _, group in bars], parts, unit="hours per case")
    )


def draw_resolution_times(cases: pd.DataFrame, estimates: Estimates) -> Chart | None:
    """Share of the measured cases that are resolved by each time since arrival."""
    groups = cases.groupby("case_type", observed=True)
    curves = {EVERYTHING: resolved_shares(cases)}
    if 1 < groups.ngroups <= _MOST_CURVES:
        curves |= {str(name): resolved_shares(group) for name, group in groups}
    seen = {name: curve for name, curve in curves.items() if len(curve[0]) > 1}
    if EVERYTHING not in seen:
        return None
    half, most = estimates.text("time_to_resolution_p50"), estimates.text("time_to_resolution_p90")
    finding = (
        f"Half of the cases are resolved within {half}, nine in ten within {most} (dotted lines). "
        "Time closed before a reopening does not count."
    )
    hours, share = seen[EVERYTHING]
    until = float(hours[np.searchsorted(share, 0.98 * share[-1])])
    return Chart("time_to_resolution", "Time to resolution", finding, shares_chart(seen, until=until))


def resolved_shares(cases: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Some hours since arrival, and the share of the measured cases resolved by then; those that were abandoned do not count."""
    counted = cases[cases["measured"] & cases["abandoned"].isna()]
    hours = np.sort((counted["resolved"] - counted["arrival"] - counted["closed_hours"]).dropna().to_numpy())
    rank = np.unique(np.linspace(1, len(hours), min(_POINTS, len(hours))).astype(np.int64))
    return np.concatenate([[0.0], hours[rank - 1]]), np.concatenate([[0.0], rank / max(len(counted), 1)])


def draw_backlog(frame: pd.DataFrame) -> Chart | None:
    """Open cases through the measured window by age."""
    total = frame[frame["age"] == EVERY_AGE]
    if total.empty or total["open_cases"].max() <= 0:
        return None
    ages = [str(age) for age in frame["age"].unique() if age != EVERY_AGE]
    bands = {age: frame.loc[frame["age"] == age, "open_cases"].to_numpy() for age in ages}
    chart = bands_chart(
        total["at"].dt.tz_localize(None).to_numpy(), bands, interval=(total["low"].to_numpy(), total["high"].to_numpy())
    )
    return Chart("backlog", "Open cases by age", _backlog_finding(total["open_cases"].to_numpy(), bands), chart)


def _backlog_finding(total: np.ndarray, bands: dict[str, np.ndarray]) -> str:
    """Level, trend and how many are old, in words."""
    quarter = max(len(total) // 4, 1)
    before, after = float(total[:quarter].mean()), float(total[-quarter:].mean())
    change = after / before - 1 if before > 0 else 0.0
    if abs(change) < 0.1:
        trend = "about as many at the end of the window as at its beginning"
    else:
        trend = f"{before:,.0f} in the first quarter of the window and {after:,.0f} in the last"
        trend += ": demand outgrows the team, or a surge is not worked off" if change > 0.25 else ""
    oldest, counts = list(bands.items())[-1]
    return f"{total.mean():,.0f} cases are open in the mean, {trend}; {counts.mean():,.0f} of them for {oldest}."


def draw_occupancy(estimates: Estimates) -> Chart | None:
    """Occupancy by hour of the week."""
    found = estimates.by_group("occupancy", "hour_of_week")
    if not found:
        return None
    place = {name: number for number, name in enumerate(HOURS_OF_WEEK)}
    share = np.full(len(HOURS_OF_WEEK), np.nan)
    for one in found:
        share[place[one.group]] = one.value
    busiest, quietest = max(found, key=lambda one: one.value), min(found, key=lambda one: one.value)
    finding = (
        f"Busiest: {busiest.group}, {busiest.text}; quietest: {quietest.group}, {quietest.text}. Hours without staff are empty."
    )
    return Chart("occupancy", "Occupancy by hour of the week", finding, week_chart(share))


def draw_caseload(estimates: Estimates) -> Chart | None:
    """How full each book is, the fullest on top."""
    group_by, what = "specialist", "specialist"
    found = estimates.by_group("caseload_share", group_by)
    if len(found) > MOST_ROWS:
        group_by, what = "staff_group", "staff group"
        found = estimates.by_group("caseload_share", group_by)
    if not found:
        return None
    ranked = sorted(found, key=lambda one: -one.value)[:MOST_ROWS]
    marks = [Mark(one.group, one.value, one.low, one.high, one.unit) for one in ranked]
    whole = estimates.get("caseload_share")
    finding = (
        f"Mean caseload as a share of capacity; the fullest {what} is {ranked[0].group} at {ranked[0].text}, the emptiest "
        f"{ranked[-1].group} at {ranked[-1].text}. The dashed line is the whole team; the spread between specialists is "
        f"{estimates.text('caseload_spread')}."
    )
    chart = ranked_chart(marks, label="caseload ÷ capacity", reference=whole.value if whole else None)
    return Chart("caseload", f"Caseload by {what}", finding, chart)


def _value(estimate: Estimate | None) -> float:
    return estimate.value if estimate else 0.0

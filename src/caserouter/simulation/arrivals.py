"""When the cases of a demand stream arrive, one function per kind of stream.

Each case has an ordinal, by which everything about it is drawn; hence nothing may change the ordinals of the others: a longer horizon
adds ordinals at the end, and one account more adds recurring cases between those of the other accounts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.clock import Clock
from caserouter.simulation.accounts import Accounts
from caserouter.simulation.draws import Draws, FloatArray, IntArray
from caserouter.simulation.intensity import intensity_of
from caserouter.simulation.language.demand import Stream, aware
from caserouter.simulation.language.scenario import Scenario

PER_GROUP = 10**6
PER_ROUND = 10**9
"""The case of round k of recurring work for account i of the stream's group g has the ordinal k · 10⁹ + g · 10⁶ + i."""


@dataclass(frozen=True, slots=True, eq=False)
class Replication:
    """What the arrivals of every stream of a replication share.

    Parameters
    ----------
    scenario
        With names that all exist.
    draws
        Of the replication.
    horizon
        Hour at which arrivals end.
    accounts
        Of the scenario.
    """

    scenario: Scenario
    draws: Draws
    horizon: float
    accounts: Accounts

    @property
    def zone(self) -> ZoneInfo:
        """The scenario's time zone."""
        return ZoneInfo(self.scenario.time_zone)

    @property
    def clock(self) -> Clock:
        """Hour 0 is the scenario's start."""
        return Clock(aware(self.scenario.start, self.zone))


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """The cases of one stream, by rising ordinal.

    Parameters
    ----------
    ordinals, hours
        From 0 each; shape (num_cases,).
    known
        What the kind of the stream settles about the cases, by name of the trace's column; all else is drawn. Each of shape (num_cases,).
    """

    ordinals: IntArray
    hours: FloatArray
    known: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ordinals)

    def where(self, mask: NDArray[np.bool_]) -> "Arrivals":
        """Those where the mask, shape (num_cases,), is true."""
        return Arrivals(self.ordinals[mask], self.hours[mask], {name: column[mask] for name, column in self.known.items()})


def arrivals_at_rate(name: str, stream: Stream, run: Replication) -> Arrivals:
    """A Poisson process with the stream's rate."""
    intensity = intensity_of(name, stream, run.draws, run.clock.start, run.zone, run.horizon)
    return _numbered(intensity.arrivals(run.draws, name))


def arrivals_of_surge(name: str, stream: Stream, run: Replication) -> Arrivals:
    """A surge, evenly spread; what lies outside the run is left out."""
    hours = surge_hours(stream, run)
    known = {"account": _different_accounts(name, stream, run, len(hours))} if stream.accounts else {}
    surge = Arrivals(np.arange(len(hours)), hours, known)
    return surge.where((hours >= 0.0) & (hours < run.horizon))


def surge_hours(stream: Stream, run: Replication) -> FloatArray:
    """When the cases of a surge come, also outside the run; shape (num_cases,)."""
    assert stream.surge is not None
    assert stream.at is not None
    begin = run.clock.hours(aware(stream.at, run.zone))
    return begin + np.arange(stream.surge, dtype=np.float64) * (stream.over / max(stream.surge, 1))


def arrivals_of_open_cases(stream: Stream) -> Arrivals:
    """Cases that are open at the start: they arrive at hour 0."""
    return _numbered(np.zeros(stream.open_cases or 0))


def arrivals_of_recurring_work(name: str, stream: Stream, run: Replication) -> Arrivals:
    """A case per account and period, from a phase of the account's own on, which is uniform in the period."""
    assert stream.every is not None
    rounds = np.arange(int(run.horizon // stream.every) + 1)
    ordinals, hours, accounts = [], [], []
    for g, group in enumerate(stream.accounts):
        numbers = _members_of(group, stream, run)
        phases = run.draws.uniforms(name, f"phase/{group}", run.accounts.groups[group].count)[numbers]
        ordinals.append(rounds[:, None] * PER_ROUND + (g * PER_GROUP + numbers))
        hours.append((rounds[:, None] + phases) * stream.every)
        accounts.append(np.broadcast_to(run.accounts.firsts[group] + numbers, ordinals[-1].shape))
    found = Arrivals(np.hstack(ordinals).ravel(), np.hstack(hours).ravel(), {"account": np.hstack(accounts).ravel()})
    return found.where(found.hours < run.horizon)


def _numbered(hours: FloatArray) -> Arrivals:
    return Arrivals(np.arange(len(hours)), hours)


def _members_of(group: str, stream: Stream, run: Replication) -> IntArray:
    """Numbers within their group of the accounts that recurring work is for."""
    if stream.accounts[group] == 0.0:
        return np.arange(0)
    if stream.at_risk_only:
        return np.flatnonzero(run.accounts.at_risk(group, run.draws))
    return np.arange(run.accounts.groups[group].count)


def _different_accounts(name: str, stream: Stream, run: Replication, count: int) -> IntArray:
    """An account for each of `count` cases, each another one until all had theirs; then all over again.

    Accounts are drawn without replacement, with chances in proportion to their group's share divided by its size: they go by rising
    −ln(u) ÷ chance, with u keyed by group and number (Efraimidis & Spirakis 2006, Weighted random sampling with a reservoir).
    """
    numbers, keys = [], []
    for group, share in stream.accounts.items():
        if share > 0.0:
            size = run.accounts.groups[group].count
            numbers.append(run.accounts.firsts[group] + np.arange(size))
            keys.append(-np.log(run.draws.uniforms(name, f"surge/{group}", size)) * (size / share))
    order = np.concatenate(numbers)[np.argsort(np.concatenate(keys), kind="stable")]
    return np.resize(order, count)

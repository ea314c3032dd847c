"""Prometheus metrics: what the processes count, and what is asked of the database when somebody looks.

With several workers each process counts in files of its own, in the directory that ``PROMETHEUS_MULTIPROC_DIR`` names, and whichever worker is asked
adds them up.
"""

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from caserouter.domain.errors import StoreError
from caserouter.service.engine import Engine
from caserouter.store.queries.figures import read_figures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a counter began says nothing that its values do not say
_registry = CollectorRegistry()
_requests = Counter(
    "caserouter_http_requests", "Requests answered, by route and status.", ["method", "route", "status"], registry=_registry
)
_durations = Histogram(
    "caserouter_http_request_seconds",
    "Seconds from a request's arrival to the end of its answer.",
    ["method", "route"],
    buckets=_SECONDS,
    registry=_registry,
)
_decisions = Counter("caserouter_decisions", "Cases decided on when they were created.", ["status"], registry=_registry)


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    _requests.labels(method, route, status).inc()
    _durations.labels(method, route).observe(seconds)


def count_decision(status: str) -> None:
    """Count a decision on a new case by the status that it led to."""
    _decisions.labels(status).inc()


def render_metrics(engine: Engine) -> bytes:
    """All metrics, in the text form that Prometheus reads."""
    shown = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        counted = b""
    else:
        counted = generate_latest(_registry)
    shown.register(_Present(engine))
    return counted + generate_latest(shown)


class _Present(Collector):
    """What is so at this moment, from the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """The gauges; none while the database does not answer."""
        now = self._engine.clock.now()
        try:
            with self._engine.read() as connection:
                found = read_figures(connection, now)
        except StoreError:
            return
        by_status = GaugeMetricFamily("caserouter_open_cases", "Open cases, by status.", labels=["status"])
        for status, number in found.num_cases_by_status.items():
            by_status.add_metric([status], number)
        yield by_status
        yield GaugeMetricFamily("caserouter_events", "Number of the last event.", value=found.seq)
        yield GaugeMetricFamily("caserouter_due_items", "Items that have come due and wait for the keeper.", value=found.num_due)
        for name, text, moment in (
            ("caserouter_keeper_age_seconds", "Seconds since the keeper was last heard of.", found.beat_at),
            ("caserouter_optimisation_age_seconds", "Seconds since the queue was last optimised as a whole.", found.optimised_at),
        ):
            if moment is not None:
                yield GaugeMetricFamily(name, text, value=(now - moment).total_seconds())

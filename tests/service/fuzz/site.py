"""A running service for machine after machine: each begins on a new day, in an office that the one before has left empty."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from tests.serving import RunningService


class Site:
    """What a machine asks.

    Parameters
    ----------
    service, client
        A service, and a client of it that may do everything.
    clock
        File of the service's clock.
    """

    def __init__(self, service: RunningService, client: httpx.Client, clock: Path) -> None:
        self.service = service
        self.numbers = count(1)
        self.num_requests = 0
        self.now = START
        self._client = client
        self._clock = clock

    def set(self, moment: datetime) -> None:
        """Let it be `moment`."""
        self.now = moment
        write_clock(self._clock, moment)

    def ask(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """Ask for something, which may be refused, but never fail."""
        self.num_requests += 1
        answer = self._client.request(method, f"/v1{path}", json=body, **options)
        assert answer.status_code < 500, answer.text
        return answer

    def items(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every item of a list."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.ask("GET", path, params={"limit": 500, **query, **cursor}).json()
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = {"cursor": page["next"]}


START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def write_clock(clock: Path, moment: datetime) -> None:
    """Set the clock at once: a reader finds the old moment or the new one."""
    new = clock.with_suffix(".new")
    new.write_text(moment.isoformat(), encoding="utf-8")
    new.replace(clock)

"""The routing service under load, beside what HTTP and a durable row cost alone; run it with ``python benchmarks/service.py``.

2,000 specialists, of whom most have room, and 10,000 cases waiting for the few who have none. On each database:

- *decision*: `place` with its evidence, on the board, without store or HTTP;
- *rounds*: creating cases, inserting one bare row, and validating alone take turns in one running service, so that they meet the same noise;
  all three share body model, key, log line and pool (`service_server.py`). Ratios are medians of the rounds' own ratios, with their range;
- *open loop*: creations at the moments of a Poisson process, latency from the scheduled moment, with the queue re-optimised without a pause
  and without any re-optimisation, in turns.

The load comes from a process of its own (`service_load.py`), on the same two cores. PostgreSQL is the one of the tests.
"""

import argparse
import gc
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from machine import machine
from service_world import bodies, clock_file, fill, new_cases

from caserouter.service.clock import TEST_CLOCK, ServiceClock
from caserouter.service.creation import draft_of
from caserouter.service.decisions import decide
from caserouter.service.engine import Engine
from caserouter.store.database import Database

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
CONNECTIONS = 16
RATE = 100.0
PATHS = {"create": "/v1/cases", "bare row": "/v1/bare", "validate": "/v1/validated"}


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    specialists: int
    waiting: int
    decisions: int
    rounds: int
    seconds: float
    open_seconds: float

    @property
    def at_once(self) -> int:
        """Cases that a round of creations has at hand; what it does not send is lost."""
        return int(800 * self.seconds) + 50


FULL = Size(2_000, 10_000, 2_000, 5, 3.0, 30.0)
SMOKE = Size(60, 40, 20, 1, 0.3, 1.0)


@dataclass(frozen=True)
class Running:
    """A service that answers."""

    port: int
    key: str


def decisions(url: str, clock: ServiceClock, size: Size) -> None:
    """Latency of the decision alone."""
    engine = Engine(Database.open(url), clock)
    engine.start()
    now = clock.now()
    cases = [draft_of(new, now).case for new in new_cases(size.decisions + 20, size.specialists)]
    taken = []
    gc.collect()
    gc.freeze()
    with engine.board() as board:
        for number, case in enumerate(cases):
            begun = time.perf_counter()
            decide(board, case, now, mode="arrival")
            if number >= 20:
                taken.append((time.perf_counter() - begun) * 1e3)
    engine.database.close()
    p50, p99 = np.percentile(taken, [50, 99])
    print(f"  decision with evidence, nothing stored: P50 {p50:.2f} ms, P99 {p99:.2f} ms over {len(taken):,}\n", flush=True)


@contextmanager
def service(url: str, key: str, workers: int, *, reoptimise: float) -> Iterator[Running]:
    """The service in processes of its own, as `caserouter serve` runs it."""
    command = [sys.executable, str(HERE / "service_server.py"), "--database-url", url, "--port", "0", "--workers", str(workers)]
    command += ["--reoptimise-seconds", str(reoptimise)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=log, text=True, cwd=HERE)
        assert process.stderr is not None
        for line in process.stderr:
            if "listens on" in line:
                port = int(line.split("http://127.0.0.1:")[1].split()[0])
                break
        else:
            raise SystemExit("the service did not start")
        drain = subprocess.Popen(["/bin/cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        try:
            time.sleep(3.0 if workers > 1 else 0.5)  # the other workers come up behind the first
            yield Running(port, key)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            drain.wait(10)


def load(running: Running, path: str, bodies: list[dict[str, Any]], run: str, **how: Any) -> dict[str, Any]:
    """Send `bodies` from a process of its own."""
    work = {
        "host": "127.0.0.1",
        "port": running.port,
        "key": running.key,
        "path": path,
        "bodies": bodies,
        "run": run.replace(" ", ""),
        **how,
    }
    done = subprocess.run(
        [sys.executable, str(HERE / "service_load.py")], input=json.dumps(work), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    if unexpected := set(answer["statuses"]) - {"200", "201"}:
        raise SystemExit(f"{path} answered {', '.join(sorted(unexpected))}")
    return answer


def take(supply: Iterator[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The next bodies that nobody has sent yet."""
    return [body for body, _ in zip(supply, range(number), strict=False)]


def rounds(running: Running, size: Size, supply: Iterator[dict[str, Any]], label: str) -> None:
    """The three in turns; only creations need cases that nobody has sent before."""
    spare = bodies(4 * size.at_once, size.specialists)
    rates: dict[str, list[float]] = {name: [] for name in PATHS}
    latencies: dict[str, list[float]] = {name: [] for name in PATHS}
    for number in range(size.rounds):
        for name, path in PATHS.items():
            given = load(
                running,
                path,
                take(supply, size.at_once) if name == "create" else spare,
                f"{label}-{name}-{number}",
                connections=CONNECTIONS,
                seconds=size.seconds,
            )
            rates[name].append(len(given["latencies"]) / given["seconds"])
            latencies[name] += given["latencies"]
    for name in PATHS:
        p50, p99 = np.percentile(latencies[name], [50, 99]) * 1e3
        versus = [a / b for a, b in zip(rates[name], rates["bare row"], strict=True)]
        ratio = f"{statistics.median(versus):.2f} ({min(versus):.2f}–{max(versus):.2f})"
        print(f"| {label} | {name} | {statistics.median(rates[name]):,.0f} | {p50:.1f} | {p99:.1f} | {ratio} |", flush=True)


def open_loop(url: str, key: str, workers: int, size: Size, supply: Iterator[dict[str, Any]], label: str) -> None:
    """With and without re-optimisation, in turns."""
    found: dict[float, list[float]] = {0.0: [], 0.05: []}
    for turn in range(2 if size is FULL else 1):
        for interval in found:
            with service(url, key, workers, reoptimise=interval) as running:
                load(running, PATHS["create"], take(supply, 50), f"warm-{label}-{turn}-{interval}", connections=4, seconds=5.0)
                given = load(
                    running,
                    PATHS["create"],
                    take(supply, int(RATE * size.open_seconds * 1.3) + 20),
                    f"open-{label}-{turn}-{interval}",
                    connections=32,
                    seconds=size.open_seconds,
                    rate=RATE,
                    seed=turn,
                )
            found[interval] += given["latencies"]
    (without50, without99), (with50, with99) = (np.percentile(found[each], [50, 99]) * 1e3 for each in found)
    allowed = max(1.5 * without99, without99 + 15.0)
    print(f"| {label} | {without50:.1f} | {without99:.1f} | {with50:.1f} | {with99:.1f} | {allowed:.1f} |", flush=True)


def databases(chosen: list[str], workers: list[int], folder: Path) -> Iterator[tuple[str, str, list[int]]]:
    """Name, URL and numbers of workers."""
    if "sqlite" in chosen:
        yield "SQLite", f"sqlite:///{folder / 'benchmark.db'}", [1]
    if "postgresql" in chosen:
        from tests.postgres import postgres_url

        yield "PostgreSQL", postgres_url(), workers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("databases", nargs="*", choices=["sqlite", "postgresql", []], help="both when left out")
    parser.add_argument("--only", choices=["rounds", "open"], help="one of the two tables")
    parser.add_argument("--workers", type=int, nargs="*", help="web processes on PostgreSQL; 1, 2 and 4 when left out")
    parser.add_argument("--smoke", action="store_true", help="one tiny run, to see that everything runs")
    given = parser.parse_args()
    size = SMOKE if given.smoke else FULL
    print(f"{machine('fastapi', 'uvicorn', 'sqlalchemy', 'psycopg')}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ[TEST_CLOCK] = str(clock_file(folder))
        clock = ServiceClock.from_environment()
        supply = iter(bodies(90_000 if size is FULL else 4_000, size.specialists))
        for database, url, workers in databases(given.databases or ["sqlite", "postgresql"], given.workers or [1, 2, 4], folder):
            print(f"## {database}\n")
            key = fill(url, clock, size.specialists, size.waiting)
            with sa.create_engine(url).begin() as connection:
                connection.exec_driver_sql("CREATE TABLE bare (body TEXT)")
            decisions(url, clock, size)
            if given.only != "open":
                print("| workers | what | a second | P50 ms | P99 ms | ÷ bare row |\n|---|---|--:|--:|--:|--:|")
                for number in workers:
                    with service(url, key, number, reoptimise=60.0) as running:
                        rounds(running, size, supply, f"{database}, {number}")
            if given.only != "rounds":
                print("\nOpen loop, 100 a second\n")
                print(
                    "| workers | P50 ms | P99 ms | P50 re-optimising | P99 re-optimising | allowed |\n|---|--:|--:|--:|--:|--:|"
                )
                number = workers[min(1, len(workers) - 1)]
                open_loop(url, key, number, size, supply, f"{database}, {number}")
            print()


if __name__ == "__main__":
    main()

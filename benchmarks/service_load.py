"""The load on the service, from a process of its own: ``python service_load.py``, with the work as JSON on stdin and the latencies on stdout.

HTTP/1.1 on kept-alive connections, requests made beforehand. *Closed*: so many connections, each sends when it has its answer. *Open*: sent at
the moments of a Poisson process whatever the answers do, and latency counts from the moment at which a request should have been sent.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any


class Connection:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    async def open(self) -> "Connection":
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        return self

    async def send(self, request: bytes) -> int:
        """The status of the answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await self._reader.readexactly(length)
        return int(head[9:12])


def requests(work: dict[str, Any]) -> Iterator[bytes]:
    """The requests, each with a key of its own."""
    for number, body in enumerate(work["bodies"]):
        raw = json.dumps(body).encode()
        head = (
            f"POST {work['path']} HTTP/1.1\r\nHost: {work['host']}\r\nAuthorization: Bearer {work['key']}\r\n"
            f"Content-Type: application/json\r\nIdempotency-Key: {work['run']}-{number}\r\nContent-Length: {len(raw)}\r\n\r\n"
        )
        yield head.encode() + raw


async def closed(work: dict[str, Any]) -> dict[str, Any]:
    """`connections` clients, each sending when it has its answer, for `seconds` or as long as there are bodies."""
    waiting = iter(list(requests(work)))
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    connections = [await Connection(work["host"], work["port"]).open() for _ in range(work["connections"])]
    started = time.perf_counter()

    async def client(connection: Connection) -> None:
        for request in waiting:
            begun = time.perf_counter()
            status = await connection.send(request)
            latencies.append(time.perf_counter() - begun)
            statuses[status] = statuses.get(status, 0) + 1
            if time.perf_counter() - started > work["seconds"]:
                return

    await asyncio.gather(*map(client, connections))
    return {"latencies": latencies, "seconds": time.perf_counter() - started, "statuses": statuses}


async def opened(work: dict[str, Any]) -> dict[str, Any]:
    """A Poisson process of `rate` requests a second for `seconds`."""
    draws = random.Random(work["seed"])
    idle = [await Connection(work["host"], work["port"]).open() for _ in range(work["connections"])]
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    running: set[asyncio.Task[None]] = set()
    started = due = time.perf_counter()

    async def send(request: bytes, due: float) -> None:
        connection = idle.pop() if idle else await Connection(work["host"], work["port"]).open()
        status = await connection.send(request)
        latencies.append(time.perf_counter() - due)
        statuses[status] = statuses.get(status, 0) + 1
        idle.append(connection)

    for request in list(requests(work)):
        due += draws.expovariate(work["rate"])
        if due - started > work["seconds"]:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.create_task(send(request, due))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    return {"latencies": latencies, "seconds": time.perf_counter() - started, "statuses": statuses}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump(asyncio.run(opened(given) if "rate" in given else closed(given)), sys.stdout)

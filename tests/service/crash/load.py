"""Load from a process of its own: clients that create cases, work on them, and change who is there and for how much.

    python -m tests.service.crash.load FOLDER URL TOKEN --name one --clients 3 --seed 7 --seconds 5

Each client keeps its journal in FOLDER, first finishes what an earlier run left open, and ends when the time is over or the connection breaks.
"""

import argparse
import json
import sys
import threading
import time
from pathlib import Path
from random import Random

from tests.service.crash.client import Client, Lost
from tests.service.crash.journal import Journal
from tests.service.crash.office import SPECIALISTS, new_case

_COMMANDS = {
    "queued": (("cancel", 2), ("update", 1)),
    "offered": (("accept", 8), ("decline", 1)),
    "ready": (("contacts", 4), ("resolve", 5), ("wait", 2), ("decline", 1), ("update", 1), ("cancel", 1), ("commitments", 1)),
    "waiting_customer": (("resume", 4), ("contacts", 1), ("resolve", 1)),
    "waiting_department": (("resume", 4), ("resolve", 1)),
    "resolved": (("reopen", 1),),
}
_CHOICES = (("create", 50), ("work", 34), ("repeat", 8), ("presence", 4), ("capacity", 4))
_MOST_ROOM = 12


class Worker:
    """One client at work.

    Parameters
    ----------
    client
        Its connection and journal.
    random
        What it draws from.
    """

    def __init__(self, client, random):
        self._client = client
        self._random = random
        self._cases = [case for exchange in client.journal.exchanges.values() if (case := _created(exchange))]

    def step(self):
        """One thing after the other, drawn by weight."""
        {"create": self.create, "work": self.work, "repeat": self.repeat, "presence": self.presence, "capacity": self.capacity}[
            _draw(self._random, _CHOICES)
        ]()

    def create(self):
        """A new case."""
        journal = self._client.journal
        body = new_case(self._random, f"{journal.client}-{len(journal.exchanges)}")
        answer = self._client.request("POST", "/v1/cases", body)
        if answer.acknowledges:
            self._cases.append(answer.document()["case"]["id"])

    def repeat(self):
        """Something that was answered before, byte for byte the same request."""
        asked = self._random.choice(list(self._client.journal.exchanges.values()) or [None])
        if asked is not None and asked.asked.key and asked.acknowledged:
            self._client.send(asked.asked)

    def work(self):
        """Look at one of the last cases and do what its status allows; whatever happens in between is refused."""
        if not self._cases:
            return
        case = self._random.choice(self._cases[-40:])
        found = self._client.get(f"/v1/cases/{case}")
        if found.status == 503:
            return
        assert found.status == 200, f"{case}: {found.status} {found.body.decode()}"
        document = found.document()
        command = _draw(self._random, _COMMANDS.get(document["status"], (("none", 1),)))
        if command == "update":
            body = {"weight": self._random.choice((1, 2, 3)), "priority": self._random.randint(1, 5)}
            self._client.request("PATCH", f"/v1/cases/{case}", json.dumps(body), if_match=found.etag)
        elif command != "none":
            self._client.request("POST", f"/v1/cases/{case}/{command}", json.dumps(_body(command)))

    def presence(self):
        """Somebody comes or goes."""
        presence = _draw(self._random, (("online", 6), ("busy", 1), ("away", 1), ("offline", 1)))
        self._put("presence", {"presence": presence})

    def capacity(self):
        """Somebody takes more or less."""
        self._put("capacity", {"capacity": self._random.randint(2, _MOST_ROOM)})

    def _put(self, what, body):
        self._client.request("PUT", f"/v1/specialists/{self._random.choice(SPECIALISTS)}/{what}", json.dumps(body))


def _body(command):
    """The body of a command on a case."""
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86_400))
    return {
        "decline": {"reason": "no time today"},
        "contacts": {"customer_facing": True},
        "wait": {"on": "customer", "follow_up": soon},
        "commitments": {"due": soon, "note": "call back"},
    }.get(command, {})


def _created(exchange):
    """Id of the case that a request created; None if it created none."""
    created = exchange.acknowledged if exchange.asked.path == "/v1/cases" else None
    return created and created.document()["case"]["id"]


def _draw(random, weighted):
    names, weights = zip(*weighted, strict=True)
    return random.choices(names, weights)[0]


def work(folder, url, token, name, seed, seconds):
    """One client, until the time is over or the connection breaks."""
    deadline = time.monotonic() + seconds
    with Journal(folder / f"{name}.jsonl") as journal, Client(url, token, journal) as client:
        worker = Worker(client, Random(f"{seed}-{name}-{len(journal.exchanges)}"))
        try:
            client.finish()
            while time.monotonic() < deadline:
                worker.step()
        except Lost:
            return


def main():
    """Run the clients, each in a thread; an error of one of them is the process's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("--name", default="load")
    parser.add_argument("--clients", type=int, default=3)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    failed = []
    threading.excepthook = lambda given: (failed.append(given), threading.__excepthook__(given))
    threads = [
        threading.Thread(
            target=work,
            args=(options.folder, options.url, options.token, f"{options.name}-{number}", options.seed, options.seconds),
        )
        for number in range(options.clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""One of several clients that all create cases at once, some of them the same ones, while books change under them.

python -m tests.service.crash.crowd FOLDER URL TOKEN --client 0 --of 8 --creations 2000 --capacity 75
"""

import argparse
import json
from pathlib import Path
from random import Random

from tests.service.crash.client import Client, Lost
from tests.service.crash.journal import Journal
from tests.service.crash.office import SPECIALISTS, new_case

DUPLICATES = 0.2
"""Share of the creations that repeat what the next client asks at about the same time."""
_RESOLVES, _PRESENCES, _CAPACITIES = 0.1, 0.03, 0.03


class Member:
    """One client of the crowd.

    Parameters
    ----------
    client
        Its connection and journal.
    number, num_clients
        Which one it is, and of how many.
    capacity
        What a specialist takes on average.
    """

    def __init__(self, client, number, num_clients, capacity):
        self._client = client
        self._number = number
        self._num_clients = num_clients
        self._capacity = capacity
        self._random = Random(f"member-{number}")
        self._held = []

    def step(self, count):
        """One creation, and now and then something else."""
        self._create(count)
        draw = self._random.random()
        if draw < _RESOLVES and self._held:
            case = self._held.pop(self._random.randrange(len(self._held)))
            self._sure("POST", f"/v1/cases/{case}/resolve", {}, 409)
        elif draw < _RESOLVES + _PRESENCES:
            presence = self._random.choices(("online", "away"), (3, 1))[0]
            self._sure("PUT", f"/v1/specialists/{self._random.choice(SPECIALISTS)}/presence", {"presence": presence})
        elif draw < _RESOLVES + _PRESENCES + _CAPACITIES:
            capacity = self._random.randint(self._capacity // 2, 3 * self._capacity // 2)
            self._sure("PUT", f"/v1/specialists/{self._random.choice(SPECIALISTS)}/capacity", {"capacity": capacity})

    def _create(self, count):
        owner = self._number
        if self._random.random() < DUPLICATES:
            owner = (owner + 1) % self._num_clients
        name = f"case-{owner}-{count}"
        answer = self._send("POST", "/v1/cases", new_case(Random(name), name), name)
        assert answer.acknowledges, f"{answer.status} {answer.body.decode()}"
        document = answer.document()
        if owner == self._number and document["decision"]["specialist"]:
            self._held.append(document["case"]["id"])

    def _sure(self, method, path, body, *others):
        answer = self._send(method, path, json.dumps(body))
        assert answer.acknowledges or answer.status in others, f"{answer.status} {answer.body.decode()}"

    def _send(self, method, path, body, key=None):
        """Ask, and once more if a connection that was idle was closed meanwhile."""
        try:
            return self._client.request(method, path, body, key=key)
        except Lost:
            (asked,) = self._client.journal.open
            return self._client.send(asked)


def main():
    """Create, and do the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("--client", type=int, required=True)
    parser.add_argument("--of", type=int, required=True)
    parser.add_argument("--creations", type=int, required=True)
    parser.add_argument("--capacity", type=int, required=True)
    options = parser.parse_args()
    with (
        Journal(options.folder / f"member-{options.client}.jsonl") as journal,
        Client(options.url, options.token, journal) as client,
    ):
        member = Member(client, options.client, options.of, options.capacity)
        for count in range(options.creations):
            member.step(count)


if __name__ == "__main__":
    main()

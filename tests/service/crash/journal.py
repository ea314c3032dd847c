"""What a client asked and was answered, on disk before anybody counts on it.

One file per client, of JSON lines: what is asked is written before it is sent, and an answer is synced before the client goes on. Request ids
name the client and the request, and the service writes them into its events: so each event is traced to what asked for it.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Asked(NamedTuple):
    """A request.

    Parameters
    ----------
    id
        Request id, the same however often it is repeated.
    method, path, body
        What is sent.
    key
        Idempotency-Key; empty for none.
    if_match
        Version asked for; empty for none.
    """

    id: str
    method: str
    path: str
    body: str
    key: str = ""
    if_match: str = ""

    @property
    def scope(self):
        """What makes two requests the same to the service."""
        return self.method, self.path, self.key or self.id


class Answered(NamedTuple):
    """An answer.

    Parameters
    ----------
    status, body
        As received; the body byte for byte.
    replayed
        Whether it says that it was given before.
    etag
        The version that it names; empty for none.
    """

    status: int
    body: bytes
    replayed: bool = False
    etag: str = ""

    @property
    def acknowledges(self):
        """Whether it says that something was done."""
        return 200 <= self.status < 300

    def document(self):
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Exchange:
    """A request with everything that came back, which is nothing if the connection was lost."""

    asked: Asked
    answers: list[Answered] = field(default_factory=list)

    @property
    def acknowledged(self):
        """The first answer that says that something was done; None if there is none."""
        return next((answer for answer in self.answers if answer.acknowledges), None)

    @property
    def is_open(self):
        """Whether nobody knows what became of it."""
        return not any(answer.status < 500 for answer in self.answers)


class Journal:
    """The journal of one client, continued where an earlier one ended.

    Parameters
    ----------
    path
        Its file, named after the client.
    """

    def __init__(self, path):
        self.client = path.stem
        self.exchanges = read_journal(path)
        self._file = path.open("ab")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def ask(self, method, path, body, *, key=None, if_match=""):
        """Note what is about to be sent; an own key for each POST unless one is given."""
        name = f"{self.client}-{len(self.exchanges)}"
        asked = Asked(name, method, path, body, name if key is None and method == "POST" else key or "", if_match)
        self._write("asked", asked._asdict())
        self.exchanges[name] = Exchange(asked)
        return asked

    def note(self, asked, answer):
        """Keep an answer: it is on disk before this returns."""
        self._write("answered", {"id": asked.id, **answer._asdict(), "body": answer.body.decode()})
        os.fsync(self._file.fileno())
        self.exchanges[asked.id].answers.append(answer)

    @property
    def open(self):
        """Requests of which nobody knows what became of them, oldest first."""
        return [exchange.asked for exchange in self.exchanges.values() if exchange.is_open]

    def _write(self, what, fields):
        self._file.write(json.dumps({"what": what, **fields}).encode() + b"\n")
        self._file.flush()


def read_journal(path):
    """The exchanges of one journal by request id, in order; a line that was being written when its writer was killed does not count."""
    exchanges = {}
    for line in _lines(path):
        fields = json.loads(line)
        if fields.pop("what") == "asked":
            exchanges[fields["id"]] = Exchange(Asked(**fields))
        else:
            name = fields.pop("id")
            exchanges[name].answers.append(Answered(**{**fields, "body": fields["body"].encode()}))
    return exchanges


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        for line in path.read_bytes().splitlines(keepends=True):
            if line.endswith(b"\n"):
                yield line


def read_journals(folder):
    """All exchanges of the clients that keep their journals in `folder`."""
    return [exchange for path in sorted(folder.glob("*.jsonl")) for exchange in read_journal(path).values()]

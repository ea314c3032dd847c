"""A unit of work that holds `meta`: events are numbered, projected at once, and written together before the commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from caserouter.store.columns import Encoded, decode, encode
from caserouter.store.events import CHANGES_RULES, FREES_ROOM, Event, EventKind
from caserouter.store.personal import keep_personal
from caserouter.store.projection import project
from caserouter.store.tables import event as event_table
from caserouter.store.tables import meta

_INSERT_EVENT = sa.insert(event_table)
_COUNT = sa.update(meta).values(
    seq=sa.bindparam("new_seq"), rules_seq=sa.bindparam("new_rules_seq"), room_seq=sa.bindparam("new_room_seq")
)


class Transaction:
    """An exclusive unit of work; `Database.exclusive` begins and ends it.

    Parameters
    ----------
    connection
        The connection, within the transaction.
    head
        Number of the last event committed when it began.
    rules_seq, room_seq
        Numbers of the last events that changed rules, and that freed room.
    """

    def __init__(self, connection: sa.Connection, head: int, rules_seq: int, room_seq: int) -> None:
        self.connection = connection
        self.head = head
        self._seq = head
        self._rules_seq = rules_seq
        self._room_seq = room_seq
        self._unwritten: list[dict[str, Any]] = []

    def append(
        self,
        kind: EventKind,
        *,
        at: datetime,
        data: Mapping[str, Any],
        case_id: str | None = None,
        specialist_id: str | None = None,
        account_id: str | None = None,
        actor: str = "keeper",
        request_id: str = "",
        evidence: Mapping[str, Any] | None = None,
        changes_rules: bool = False,
        personal: Mapping[str, str] | None = None,
    ) -> Event:
        """Record that something happened, and write what follows from it into the tables.

        Parameters
        ----------
        kind, at, data, case_id, specialist_id, account_id, actor, request_id, evidence
            The event; `data` is read back from its own JSON, so that a board folds the same now and later.
        changes_rules
            Whether decisions made without having seen it are made again, beyond the kinds that always are: it used up a limit of intake.
        personal
            What may be erased, by field: kept apart from the event. See `store.personal`.

        Returns
        -------
        Event
            With its number.
        """
        self._seq += 1
        text = encode(data)
        evidence_text = None if evidence is None else encode(evidence)
        told = None if evidence is None else dict(evidence)
        event = Event(self._seq, at, kind, decode(text), case_id, specialist_id, account_id, actor, request_id, told)
        row = event._asdict()
        row["data"] = Encoded(text)
        row["evidence"] = None if evidence_text is None else Encoded(evidence_text)
        self._unwritten.append(row)
        if changes_rules or kind in CHANGES_RULES:
            self._rules_seq = self._seq
        if kind in FREES_ROOM:
            self._room_seq = self._seq
        project(self.connection, event)
        if personal:
            keep_personal(self.connection, event, personal)
        return event

    @property
    def seq(self) -> int:
        """Number of the last event so far."""
        return self._seq

    def flush(self) -> None:
        """Write the events that were recorded, all at once, and the count of them; called before the commit."""
        if not self._unwritten:
            return
        self.connection.execute(_INSERT_EVENT, self._unwritten)
        self.connection.execute(_COUNT, {"new_seq": self._seq, "new_rules_seq": self._rules_seq, "new_room_seq": self._room_seq})
        self._unwritten = []

"""Who is on the roster, as commands need to know it: the domain's specialist with everything that events have changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from caserouter.domain.credentials import Credential
from caserouter.domain.specialist import Specialist
from caserouter.store.tables import credential, specialist
from caserouter.store.upcasting import upcast_specialist

_MOST_NAMED = 1000
"""Ids that a statement names; for more of them everybody is read, as databases take so many parameters and no more."""


@dataclass(frozen=True, slots=True)
class Person:
    """A specialist as stored.

    Parameters
    ----------
    specialist
        Who it is, with the name, today's capacity and the credentials that are not revoked; without the cases held.
    credentials
        The same credentials by id.
    active
        Whether cases may come: False once retired.
    presence, presence_until
        ``online``, ``busy``, ``away`` or ``offline``, and until when; None for no end.
    load
        Units of weight in the book.
    version
        As entity tags name it.
    """

    specialist: Specialist
    credentials: Mapping[str, Credential]
    active: bool
    presence: str
    presence_until: datetime | None
    load: int
    version: int

    @property
    def id(self) -> str:
        """The specialist's id."""
        return self.specialist.id


def person_of(connection: sa.Connection, specialist_id: str) -> Person | None:
    """One specialist, retired or not; None if there never was one of this id."""
    return people_by_id(connection, [specialist_id]).get(specialist_id)


def people_by_id(connection: sa.Connection, ids: Iterable[str] | None = None) -> dict[str, Person]:
    """Specialists by id, retired ones too: those of `ids` who exist, or all."""
    chosen = None if ids is None else set(ids)
    named = chosen if chosen is not None and len(chosen) <= _MOST_NAMED else None
    held: dict[str, dict[str, Credential]] = {}
    wanted = sa.select(credential).where(credential.c.revoked_seq.is_(None)).order_by(credential.c.granted_seq)
    for row in connection.execute(_among(wanted, credential.c.specialist_id, named)):
        held.setdefault(row.specialist_id, {})[row.id] = _credential(row)
    rows = connection.execute(_among(sa.select(specialist), specialist.c.id, named))
    return {row.id: _person(row, held.get(row.id, {})) for row in rows if chosen is None or row.id in chosen}


def _among(
    statement: sa.Select[tuple[object, ...]], column: sa.Column[str], ids: set[str] | None
) -> sa.Select[tuple[object, ...]]:
    return statement if ids is None else statement.where(column.in_(ids))


def _person(row: sa.Row[tuple[object, ...]], held: dict[str, Credential]) -> Person:
    stated = upcast_specialist(row.body, row.schema_version)
    body = {**stated, "name": row.name, "capacity": row.capacity, "credentials": tuple(held.values())}
    return Person(
        specialist=Specialist.model_validate(body),
        credentials=held,
        active=row.active,
        presence=row.presence,
        presence_until=row.presence_until,
        load=row.load,
        version=row.version,
    )


def _credential(row: sa.Row[tuple[object, ...]]) -> Credential:
    return Credential(
        kind=row.kind,
        jurisdictions=frozenset(row.jurisdictions),
        valid_from=_day(row.valid_from),
        valid_until=_day(row.valid_until),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

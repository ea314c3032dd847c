"""Figures about the whole: what waits, what is held, what is late to be done; and whether the database can be written."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from caserouter.domain.lifecycle import OPEN
from caserouter.store.reading import head
from caserouter.store.tables import cases, due, keeper, meta


@dataclass(frozen=True, slots=True)
class Figures:
    """How the service stands.

    Parameters
    ----------
    seq
        Number of the last event.
    num_cases_by_status
        Open cases by their status.
    num_due
        Items that have come due and wait for the keeper.
    beat_at, optimised_at
        When the keeper was last heard of, and last optimised the queue; None for never.
    """

    seq: int
    num_cases_by_status: dict[str, int]
    num_due: int
    beat_at: datetime | None
    optimised_at: datetime | None


def read_figures(connection: sa.Connection, now: datetime) -> Figures:
    """How the service stands at `now`."""
    by_status = (
        sa.select(cases.c.status, sa.func.count().label("number"))
        .where(cases.c.status.in_(sorted(OPEN)))
        .group_by(cases.c.status)
    )
    counted = {row.status: row.number for row in connection.execute(by_status)}
    beat = connection.execute(sa.select(keeper.c.beat_at, keeper.c.last_optimised_at)).first()
    return Figures(
        seq=head(connection),
        num_cases_by_status={status: counted.get(status, 0) for status in sorted(OPEN)},
        num_due=connection.execute(sa.select(sa.func.count()).select_from(due).where(due.c.at <= now)).scalar_one(),
        beat_at=None if beat is None else beat.beat_at,
        optimised_at=None if beat is None else beat.last_optimised_at,
    )


def require_writable(connection: sa.Connection) -> None:
    """Fail in a transaction that cannot write; nothing is changed."""
    connection.execute(sa.update(meta).where(meta.c.id < 0).values(id=meta.c.id))

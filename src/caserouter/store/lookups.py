"""What commands and the keeper look up beside the board: single rows, and whether there are any."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from caserouter.domain.lifecycle import CaseStatus
from caserouter.store.queries.rows import Row, read_row
from caserouter.store.tables import cases, commitment, policy


def case_columns(connection: sa.Connection, case_id: str, *names: str) -> Row | None:
    """Columns of a case; None if there is no such case."""
    return read_row(connection, sa.select(*(cases.c[name] for name in names)).where(cases.c.id == case_id))


def case_columns_of_source(connection: sa.Connection, source: str, external_id: str, *names: str) -> Row | None:
    """Columns of the case that a source knows under this id; None if there is none."""
    mine = (cases.c.source == source) & (cases.c.external_id == external_id)
    return read_row(connection, sa.select(*(cases.c[name] for name in names)).where(mine))


def cases_there(connection: sa.Connection, ids: Collection[str]) -> set[str]:
    """Those of the ids that are a case's, whatever its status."""
    return set(connection.execute(sa.select(cases.c.id).where(cases.c.id.in_(ids))).scalars())


def any_queued_since(connection: sa.Connection, spans: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether a case waits that was created within one of the spans, each without its beginning and with its end."""
    came = ((cases.c.created_at > begin) & (cases.c.created_at <= end) for begin, end in spans)
    query = sa.select(cases.c.id).where(cases.c.status == CaseStatus.QUEUED, sa.or_(sa.false(), *came)).limit(1)
    return connection.execute(query).first() is not None


def commitment_of_case(connection: sa.Connection, case_id: str, key: str) -> Row | None:
    """A commitment made in a case; None if it has none of this id."""
    return read_row(connection, sa.select(commitment).where(commitment.c.id == key, commitment.c.case_id == case_id))


def commitment_to_be_kept(connection: sa.Connection, key: str) -> Row | None:
    """A commitment that was neither kept nor missed so far."""
    open_one = (commitment.c.id == key) & commitment.c.kept_at.is_(None) & commitment.c.missed_at.is_(None)
    return read_row(connection, sa.select(commitment).where(open_one))


def commitments_open_at(connection: sa.Connection, case_id: str, moment: datetime) -> list[str]:
    """Ids of a case's commitments that nobody has kept, and that were made and not overdue at `moment`, the first one due first."""
    mine = (commitment.c.case_id == case_id) & commitment.c.kept_at.is_(None)
    then = (commitment.c.made_at <= moment) & (commitment.c.due >= moment)
    keys = sa.select(commitment.c.id).where(mine, then).order_by(commitment.c.due, commitment.c.id)
    return list(connection.execute(keys).scalars())


def any_policy(connection: sa.Connection) -> bool:
    """Whether there is a policy."""
    return connection.execute(sa.select(policy.c.version).limit(1)).first() is not None

"""The keeper's sign of life."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from caserouter.store.tables import keeper


def note_beat(connection: sa.Connection, columns: Mapping[str, Any]) -> None:
    """Write down when the keeper was last seen, and what it did."""
    connection.execute(sa.update(keeper).where(keeper.c.id == 1).values(columns))

"""The text of the create's statement; `store.creation` says what it is for, `store.creation_rows` what it is given.

Each table gets its rows as one JSON document, so that the text is always the same and the server prepares it once.
"""

import sqlalchemy as sa

from caserouter.store.tables import assignment, cases, commitment, due, event, idempotency, personal

_NUMBERS = {"cases": "updated_seq", "event": "seq", "assignment": "started_seq", "personal": "seq"}
"""Columns that hold the number of an event: given from 1, stored from what the counter says."""

_COUNTED = frozenset({"assignment", "due"})
"""Tables whose ids the database counts."""

_HEAD = """
head AS (
  UPDATE meta
  SET seq = seq + %(num_events)s, rules_seq = CASE WHEN %(changes_rules)s THEN seq + %(num_events)s ELSE rules_seq END
  WHERE id = 1 AND rules_seq <= %(seen)s AND (%(assigned)s OR room_seq <= %(seen)s)
  AND %(now)s::timestamptz + (clock_timestamp() - statement_timestamp()) < %(valid_until)s::timestamptz
  RETURNING seq - %(num_events)s AS before
)"""


def _insert(table: sa.Table) -> str:
    names = [column.name for column in table.c if not (table.name in _COUNTED and column.name == "id")]
    number = _NUMBERS.get(table.name)
    values = [f"before + given.{name}" if name == number else f"given.{name}" for name in names]
    rows = f"json_populate_recordset(NULL::{table.name}, %({table.name})s::json)"
    return f"""
new_{table.name} AS (
  INSERT INTO {table.name} ({", ".join(names)})
  SELECT {", ".join(values)}
  FROM head, {rows} AS given
)"""  # noqa: S608 - put together from the names of columns; the rows are parameters


_TABLES = (cases, event, assignment, due, commitment, personal, idempotency)
STATEMENT = "WITH" + ",".join([_HEAD, *map(_insert, _TABLES)]) + "\nSELECT before FROM head"

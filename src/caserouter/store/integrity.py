"""Whether a database agrees with itself: what triggers and constraints keep true, looked at once more."""

from collections.abc import Iterator

import sqlalchemy as sa

from caserouter.store.tables import assignment, cases, event, meta, specialist

_OPEN = assignment.c.ended_at.is_(None)
_MAX_SHOWN = 5


def contradictions(connection: sa.Connection) -> list[str]:
    """Everything that does not agree, a sentence each; empty if all is well."""
    return [*_file_damage(connection), *_wrong_count(connection), *_wrong_loads(connection), *_wrong_holders(connection)]


def _file_damage(connection: sa.Connection) -> Iterator[str]:
    """What SQLite finds in its file."""
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MAX_SHOWN})"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MAX_SHOWN):
        yield f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"


def _wrong_count(connection: sa.Connection) -> Iterator[str]:
    """Whether the count of events is that of the last one."""
    counted = connection.execute(sa.select(meta.c.seq)).scalar_one()
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(event.c.seq), 0))).scalar_one()
    if last > counted:
        yield f"the count of events is {counted}, and the last one is {last}"


def _wrong_loads(connection: sa.Connection) -> Iterator[str]:
    """Whether each load is the sum of the units held."""
    held = sa.select(sa.func.coalesce(sa.func.sum(assignment.c.units), 0)).where(
        _OPEN, assignment.c.specialist_id == specialist.c.id
    )
    total = held.scalar_subquery()
    wrong = sa.select(specialist.c.id, specialist.c.load, total).where(specialist.c.load != total).limit(_MAX_SHOWN)
    for name, load, units in connection.execute(wrong):
        yield f"{name} has load {load}, and holds {units} units"


def _wrong_holders(connection: sa.Connection) -> Iterator[str]:
    """Whether each case says who holds it as its assignment does."""
    holds = assignment.join(cases, assignment.c.case_id == cases.c.id)
    differs = sa.select(cases.c.id, cases.c.holder, assignment.c.specialist_id).select_from(holds)
    for name, holder, held_by in connection.execute(
        differs.where(_OPEN, sa.func.coalesce(cases.c.holder, "") != assignment.c.specialist_id).limit(_MAX_SHOWN)
    ):
        yield f"{name} says that {holder or 'nobody'} holds it, and {held_by} does"
    alone = sa.select(cases.c.id, cases.c.holder).where(
        cases.c.holder.is_not(None), ~sa.exists().where(_OPEN, assignment.c.case_id == cases.c.id)
    )
    for name, holder in connection.execute(alone.limit(_MAX_SHOWN)):
        yield f"{name} says that {holder} holds it, and nobody does"

"""Whether the tables say what the events say."""

from collections import Counter

import sqlalchemy as sa
from tests.service.crash.history import History

from caserouter.store.tables import assignment, cases, event, meta, specialist

_OPEN = assignment.c.ended_at.is_(None)
_EVENT = (event.c.seq, event.c.kind, event.c.case_id, event.c.specialist_id, event.c.request_id, event.c.data)


def read_history(connection):
    """The history of a database, in the order of its events."""
    history = History()
    for row in connection.execute(sa.select(*_EVENT).order_by(event.c.seq)):
        history.take(row)
    return history


def differences(connection, history):
    """Everything in which the tables differ from the history, a sentence each."""
    counted = connection.execute(sa.select(meta.c.seq)).scalar_one()
    if counted != history.seq:
        yield f"the count of events is {counted}, and the last one is {history.seq}"
    yield from _cases(connection, history)
    yield from _assignments(connection, history)
    yield from _books(connection, history)


def _cases(connection, history):
    rows = {row.id: (row.status, row.holder) for row in connection.execute(sa.select(cases.c.id, cases.c.status, cases.c.holder))}
    for name in rows.keys() | history.cases.keys():
        known = history.cases.get(name)
        said = known and (known.status, known.holder)
        if rows.get(name) != said:
            yield f"{name}: the table says {rows.get(name)}, the events say {said}"


def _assignments(connection, history):
    columns = (assignment.c.case_id, assignment.c.specialist_id, assignment.c.units)
    held = list(connection.execute(sa.select(*columns).where(_OPEN)))
    for name, number in Counter(row.case_id for row in held).items():
        if number > 1:
            yield f"{name} has {number} open assignments"
    found = {row.case_id: (row.specialist_id, row.units) for row in held}
    said = {name: (case.holder, case.units) for name, case in history.cases.items() if case.holder is not None}
    for name in found.keys() | said.keys():
        if found.get(name) != said.get(name):
            yield f"{name}: the assignment says {found.get(name)}, the events say {said.get(name)}"
    ever = Counter(connection.execute(sa.select(assignment.c.case_id)).scalars())
    for name, case in history.cases.items():
        if ever[name] != case.num_assigned:
            yield f"{name} has {ever[name]} assignments, and was assigned {case.num_assigned} times"


def _books(connection, history):
    columns = (specialist.c.id, specialist.c.capacity, specialist.c.load, specialist.c.active, specialist.c.presence)
    rows = {row.id: tuple(row[1:]) for row in connection.execute(sa.select(*columns))}
    for name in rows.keys() | history.books.keys():
        book = history.books.get(name)
        said = book and (book.capacity, book.load, book.active, book.presence)
        if rows.get(name) != said:
            yield f"{name}: the table says {rows.get(name)}, the events say {said} (capacity, load, active, presence)"

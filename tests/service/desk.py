"""An office whose cases are looked at closely: what became of a creation, rows, events and loads."""

import sqlalchemy as sa
from tests.service.office import MANAGER, Office

from caserouter.service.new_case import NewCase
from caserouter.service.reply import Reply
from caserouter.store.tables import cases, specialist


class Desk(Office):
    """An office, and short ways to ask it about cases."""

    def take_in(self, external_id=None, *, idempotency=None, **fields):
        """Create a case; what became of it."""
        made = []

        def render(created):
            made.append(created)
            return Reply(201, created.case.id.encode())

        aside = {name: fields.pop(name) for name in ("personal", "commitments", "occurred_at") if name in fields}
        self.engine.create(MANAGER, NewCase(fields, external_id=external_id, **aside), render, idempotency)
        return made[-1] if made else None

    def case(self, case_id):
        """The case as the board has it."""
        with self.engine.board() as board:
            return board.cases[case_id]

    def row(self, case_id):
        """The case as the store has it."""
        with self.engine.read() as connection:
            return connection.execute(sa.select(cases).where(cases.c.id == case_id)).one()

    def rows(self, table, case_id):
        """What the store has in another table about the case."""
        with self.engine.read() as connection:
            return connection.execute(sa.select(table).where(table.c.case_id == case_id)).all()

    def kinds(self, case_id):
        """What has happened to a case, in order."""
        return [event.kind for event in self.events() if event.case_id == case_id]

    def history(self, case_id, kind):
        """The data of the events of a kind."""
        return [event.data for event in self.events(kind) if event.case_id == case_id]

    def loads(self):
        """Load by specialist, as the store keeps it."""
        with self.engine.read() as connection:
            return {row.id: row.load for row in connection.execute(sa.select(specialist.c.id, specialist.c.load))}

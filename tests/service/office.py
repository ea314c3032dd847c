"""A service without HTTP: an engine on a fresh database, a clock that tests set, and short names for what they do and ask."""

from datetime import UTC, datetime, timedelta

from caserouter.domain.credentials import Credential
from caserouter.domain.service_policy import ServicePolicy
from caserouter.domain.specialist import Specialist
from caserouter.service.actor import KEEPER, Actor
from caserouter.service.clock import ServiceClock
from caserouter.service.commands.policies import activate_policy, add_policy
from caserouter.service.commands.specialists import put_specialist, record_specialist
from caserouter.service.engine import Engine
from caserouter.service.new_case import NewCase
from caserouter.service.reply import Reply
from caserouter.store import due
from caserouter.store.database import Database
from caserouter.store.people import person_of
from caserouter.store.reading import event_at, events_after, head

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MANAGER = Actor("K-manager", "request-1")


class SetClock(ServiceClock):
    """A clock that stands where it was put."""

    def __init__(self, moment):
        super().__init__()
        self.moment = moment

    def now(self):
        return self.moment


class Office:
    """A service on the database at `url`, on a Monday morning."""

    def __init__(self, url):
        self.database = Database.open(url)
        self.clock = SetClock(MONDAY)
        self.engine = Engine(self.database, self.clock)
        self.engine.start()

    @property
    def now(self):
        return self.clock.moment

    def wait(self, **span):
        self.clock.moment += timedelta(**span)

    def do(self, command, *arguments, **named):
        """Carry out one command in a unit of its own."""
        with self.engine.unit(MANAGER) as unit:
            return command(unit, *arguments, **named)

    def hire(self, name, /, *credentials, **fields):
        """Put a specialist who holds `credentials`, each a kind or a `Credential`, and return the id."""
        held = tuple(one if isinstance(one, Credential) else Credential(kind=one) for one in credentials)
        specialist = Specialist(**{"id": name, "capacity": 10, "credentials": held} | fields)
        self.do(put_specialist, specialist, credentials=True)
        return name

    def arrive(self, *people):
        """Put specialists without letting them pull; each the fields of one."""
        with self.engine.unit(KEEPER) as unit:
            for person in people:
                record_specialist(unit, None, Specialist(**{"capacity": 1, **person}), credentials=False)

    def enact(self, **fields):
        """Add a policy and make it active."""
        version = self.do(add_policy, ServicePolicy(**fields))
        self.do(activate_policy, version)
        return version

    def create(self, **fields):
        """Create a case and return its id."""
        made = []

        def render(created):
            made.append(created.case.id)
            return Reply(201)

        self.engine.create(MANAGER, NewCase(fields), render)
        return made[-1]

    def holder(self, case_id):
        """Who holds an open case, by the board: None for nobody."""
        with self.engine.board() as board:
            return board.cases[case_id].holder

    def person(self, name):
        with self.engine.read() as connection:
            return person_of(connection, name)

    def due(self, name):
        """What is due for a specialist: moment, kind and reference."""
        with self.engine.read() as connection:
            return [(item.at, item.kind, item.ref) for item in due.items_of(connection, specialist_id=name)]

    def events(self, *kinds):
        """The events of these kinds, or all, in their order."""
        with self.engine.read() as connection:
            return [event for event in events_after(connection, 0) if not kinds or event.kind in kinds]

    def last(self, kind):
        """The last event of a kind, with its evidence."""
        seq = self.events(kind)[-1].seq
        with self.engine.read() as connection:
            return event_at(connection, seq)

    def head(self):
        with self.engine.read() as connection:
            return head(connection)

    def close(self):
        self.database.close()

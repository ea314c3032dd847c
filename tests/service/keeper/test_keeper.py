"""The keeper as a whole: its loop, what it leaves behind, and two of them at once."""

import threading
import time
from contextlib import closing
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.databases import fresh_database
from tests.service.office import Office
from tests.waiting import PATIENCE_SECONDS, until

from caserouter.routing.candidates import candidates
from caserouter.service.commands.closing import resolve
from caserouter.service.keeper import Keeper
from caserouter.service.keeper.election import Alone
from caserouter.service.settings import ServiceSettings
from caserouter.store import due
from caserouter.store.checkpoints import newest_checkpoint_seq
from caserouter.store.events import EventKind
from caserouter.store.tables import assignment, idempotency, keeper, specialist


class Running:
    """Keepers in threads, until the block ends."""

    def __init__(self, *keepers):
        self.keepers = keepers
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=one.run, args=(self._stop,)) for one in keepers]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()


def settings(**changes):
    return ServiceSettings(**{"reoptimise_seconds": 1.0, "checkpoint_events": 10} | changes)


def sign_of_life(office):
    with office.engine.read() as connection:
        return connection.execute(sa.select(keeper)).one()


def test_a_keeper_gives_out_what_waits_keeps_checkpoints_and_says_that_it_lives(office):
    cases = [office.create(required_skills={"fraud": 3}) for _ in range(4)]
    office.arrive({"id": "ann", "capacity": 4, "skills": {"fraud": 3}}, {"id": "ben", "capacity": 4})
    with Running(Keeper(office.engine, settings(), election=Alone())):
        until(lambda: all(office.holder(case_id) == "ann" for case_id in cases))
        until(lambda: sign_of_life(office).last_optimised_at is not None)
        until(lambda: has_checkpoint(office))
    assert sign_of_life(office).beat_at == office.now
    assert sign_of_life(office).data["failing"] == []
    assert office.events(EventKind.PRICE_INPUTS_PUBLISHED)


def has_checkpoint(office):
    with office.engine.read() as connection:
        return newest_checkpoint_seq(connection) > 0


def test_a_keeper_that_is_told_not_to_optimise_does_not(office):
    office.create()
    with Running(Keeper(office.engine, settings(reoptimise_seconds=0), election=Alone())) as running:
        names = [duty.name for duty in running.keepers[0].timetable.duties]
        until(lambda: sign_of_life(office).beat_at is not None)
    assert "optimise" not in names
    assert sign_of_life(office).last_optimised_at is None


def test_answers_that_have_expired_are_forgotten(office):
    row = {"method": "POST", "path": "/v1/cases", "fingerprint": "", "status": 201, "headers": {}, "body": b"", "key_id": "K"}
    ends = {"old": office.now, "new": office.now + timedelta(days=1)}
    with office.database.writing() as connection:
        rows = [{**row, "key": key, "created_at": office.now, "expires_at": at} for key, at in ends.items()]
        connection.execute(sa.insert(idempotency), rows)
    one = Keeper(office.engine, settings(), election=Alone())
    one.take_turns()
    one.close()
    with office.engine.read() as connection:
        assert connection.execute(sa.select(idempotency.c.key)).scalars().all() == ["new"]


class Nobody:
    """An election that is never won."""

    def won(self):
        return False

    def close(self):
        pass


def test_a_keeper_that_is_not_elected_does_nothing(office):
    office.enact(acceptance={"minutes": 15})
    office.hire("ann")
    office.create()
    office.wait(hours=1)
    before = office.head()
    one = Keeper(office.engine, settings(), election=Nobody())
    assert one.take_turns() > 0
    assert office.head() == before


@pytest.fixture
def offices(tmp_path):
    """Two processes' worth of engines on one PostgreSQL database, on one clock."""
    with fresh_database("postgresql", tmp_path) as url, closing(Office(url)) as first, closing(Office(url)) as second:
        second.engine.clock = second.clock = first.clock
        yield first, second


@pytest.mark.slow
def test_two_keepers_at_once_do_everything_once(offices):
    first, second = offices
    first.enact(acceptance={"minutes": 15}, decline_hours=1, routing={"work_limit": 0.2})
    people = [first.hire(f"s{k}", capacity=3) for k in range(6)]
    soon = first.now + timedelta(hours=3)
    cases = [first.create(resolution_due=soon.isoformat()) for _ in range(40)]
    often = settings(reoptimise_seconds=0.3)
    with Running(*(Keeper(office.engine, often, election=Alone()) for office in offices)):
        for k in range(12):
            first.wait(minutes=20)
            first.arrive({"id": f"late{k}", "capacity": 2})
            second.do(resolve, cases[k])
            time.sleep(0.5)  # time enough for a plan or two in between; the test passes without it as well
        until(lambda: at_rest(first))
    assert_sound(first, people)


def at_rest(office):
    """Whether nothing is due, and no waiting case has anybody who may take it now."""
    with office.engine.read() as connection:
        first = due.next_due(connection)
    if first is not None and first <= office.now:
        return False
    with office.engine.board() as board:
        view = board.view(office.now)
        return not any(len(candidates((profile,), view.state)) for profile in view.line)


def assert_sound(office, people):
    """Nothing was announced, expired or given out twice, and no book is overfull."""
    for kind in (EventKind.TARGET_WARNED, EventKind.TARGET_MISSED):
        named = [event.case_id for event in office.events(kind)]
        assert len(named) == len(set(named)), kind
    holder = {}
    for event in office.events(EventKind.CASE_ASSIGNED, EventKind.CASE_RELEASED, EventKind.CASE_RESOLVED):
        if event.kind is EventKind.CASE_ASSIGNED:
            assert holder.get(event.case_id) is None
            holder[event.case_id] = event.specialist_id
        elif event.kind is EventKind.CASE_RELEASED:
            assert holder.pop(event.case_id) == event.specialist_id
        else:
            holder.pop(event.case_id, None)
    with office.engine.read() as connection:
        books = connection.execute(sa.select(specialist.c.id, specialist.c.load, specialist.c.capacity)).all()
        units = dict(
            connection.execute(
                sa.select(assignment.c.specialist_id, sa.func.sum(assignment.c.units))
                .where(assignment.c.ended_at.is_(None))
                .group_by(assignment.c.specialist_id)
            ).all()
        )
    assert len(books) > len(people)
    for book in books:
        assert book.load == units.get(book.id, 0) <= book.capacity

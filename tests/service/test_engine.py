import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa
from tests.databases import fresh_database
from tests.service.desk import Desk
from tests.service.office import MANAGER

from caserouter.domain.errors import Conflict, InvalidInput, StoreError
from caserouter.service import creation, creation_at_once, decisions, unit
from caserouter.service.board import Board
from caserouter.service.board.loading import load_board
from caserouter.service.commands.closing import resolve
from caserouter.service.commands.specialists import set_capacity
from caserouter.service.new_case import NewCase
from caserouter.service.reply import IdempotencyScope, Reply
from caserouter.store import due
from caserouter.store.creation import Stale
from caserouter.store.events import EventKind
from caserouter.store.tables import idempotency as answers

SCOPE = IdempotencyScope("K-1", "POST", "/v1/cases", "key-1", "fingerprint")


@pytest.fixture
def pair(tmp_path):
    """Two processes' engines on one PostgreSQL database."""
    with fresh_database("postgresql", tmp_path) as url, closing(Desk(url)) as one, closing(Desk(url)) as other:
        yield one, other


def created_reply(created):
    return Reply(201, created.case.id.encode(), {"ETag": f'"{created.version}"'})


def create(desk, idempotency=None, **fields):
    return desk.engine.create(MANAGER, NewCase(fields), created_reply, idempotency)


def test_the_default_policy_is_active_from_the_first_start(desk):
    assert [event.kind for event in desk.events()] == [EventKind.POLICY_ADDED, EventKind.POLICY_ACTIVATED]
    desk.engine.start()
    assert len(desk.events()) == 2


def test_a_repeated_creation_gets_the_same_bytes(desk):
    desk.hire("ann")
    first = create(desk, SCOPE)
    again = create(desk, SCOPE)
    assert (again.status, again.body, dict(again.headers)) == (first.status, first.body, dict(first.headers))
    assert (first.replayed, again.replayed) == (False, True)
    assert len(desk.events(EventKind.CASE_CREATED)) == 1


def test_a_repeated_command_is_carried_out_once(desk):
    desk.hire("ann")
    case_id = desk.create()

    def once():
        return desk.engine.run(MANAGER, lambda one: resolve(one, case_id), lambda _: Reply(200, b"done"), SCOPE)

    assert [once().replayed, once().replayed] == [False, True]
    assert len(desk.events(EventKind.CASE_RESOLVED)) == 1


@pytest.mark.parametrize("other", [{"key_id": "K-2"}, {"path": "/v1/other"}, {"key": "key-2"}])
def test_another_scope_is_another_request(desk, other):
    create(desk, SCOPE)
    scope = IdempotencyScope(**{name: getattr(SCOPE, name) for name in SCOPE.__slots__} | other)
    assert not create(desk, scope).replayed


def test_the_same_key_with_another_body_is_refused(desk):
    create(desk, SCOPE)
    other = IdempotencyScope("K-1", "POST", "/v1/cases", "key-1", "another")
    with pytest.raises(InvalidInput, match="Idempotency-Key key-1: was used with another body before"):
        create(desk, other)
    assert len(desk.events(EventKind.CASE_CREATED)) == 1


def test_a_failed_command_keeps_no_answer(desk):
    case_id = desk.create()
    with pytest.raises(Conflict, match="on second thoughts"):
        desk.engine.run(MANAGER, set_and_fail, lambda _: Reply(200), SCOPE)
    with desk.engine.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(answers)).scalar() == 0
    assert desk.case(case_id).status == "queued"


def set_and_fail(one):
    for case_id in list(one.board.cases):
        resolve(one, case_id)
    raise Conflict("on second thoughts")


def test_what_is_no_success_is_not_kept(desk):
    desk.engine.run(MANAGER, lambda _: None, lambda _: Reply(404), SCOPE)
    assert not desk.engine.run(MANAGER, lambda _: None, lambda _: Reply(200), SCOPE).replayed


def test_after_a_failure_the_board_is_what_the_store_says(desk):
    desk.hire("ann", capacity=2)
    desk.create()
    with pytest.raises(Conflict, match="on second thoughts"):
        desk.do(set_and_fail)
    with desk.engine.board() as board, desk.engine.read() as connection:
        assert board.checkpoint() == load_board(connection).checkpoint()
    assert desk.take_in().holder == "ann"


def test_a_decision_that_fails_leaves_the_case_waiting(desk, monkeypatch):
    desk.hire("ann")
    monkeypatch.setattr(decisions, "place", broken)
    made = desk.take_in()
    assert made.status == "queued"
    assert made.outcome.why["code"] == "routing_failed"
    monkeypatch.undo()
    desk.do(lambda one: one.pull())
    assert desk.holder(made.case.id) == "ann"


def broken(*_arguments, **_named):
    raise ZeroDivisionError


def test_an_assignment_that_the_store_refuses_leaves_the_case_waiting(desk, monkeypatch):
    desk.hire("ann", capacity=1)
    outcome = desk.engine.preview(NewCase({}))
    desk.create()
    for module in (creation, creation_at_once):
        monkeypatch.setattr(module, "decide", lambda _, case, *__, **___: replace(outcome, case_id=case.id))
    made = desk.take_in()
    assert (made.status, made.outcome.why["code"]) == ("queued", "routing_failed")
    assert desk.loads() == {"ann": 1}


def test_a_pull_that_fails_leaves_the_rest_to_the_keeper(desk, monkeypatch):
    desk.hire("ann", capacity=1)
    first, second = desk.create(), desk.create()
    monkeypatch.setattr(unit, "pull_from", broken_generator)
    desk.do(resolve, first)
    assert (desk.row(first).status, desk.holder(second)) == ("resolved", None)
    with desk.engine.read() as connection:
        assert due.next_due(connection) == desk.now


def broken_generator(*_arguments, **_named):
    raise ZeroDivisionError
    yield


def test_a_pull_gives_out_a_bounded_number_of_cases_and_leaves_the_rest(desk, monkeypatch):
    monkeypatch.setattr(unit, "PULL_LIMIT", 3)
    ids = [desk.create() for _ in range(5)]
    desk.hire("ann")
    assert sorted(desk.holder(case_id) or "" for case_id in ids) == ["", "", "ann", "ann", "ann"]
    with desk.engine.unit(MANAGER) as one:
        assert [item.kind for item in due.take(one.connection, desk.now)] == ["pull"]
        one.pull()
    assert desk.loads() == {"ann": 5}


def test_a_pull_that_takes_too_long_leaves_the_rest(desk, monkeypatch):
    monkeypatch.setattr(unit, "PULL_SECONDS", -1.0)  # over before it begins, however fast the machine is
    ids = [desk.create() for _ in range(3)]
    desk.hire("ann")
    assert sorted(desk.holder(case_id) or "" for case_id in ids) == ["", "", "ann"]
    with desk.engine.read() as connection:
        assert due.next_due(connection) == desk.now


def test_threads_share_one_board(desk):
    desk.hire("ann", capacity=7)
    desk.hire("ben", capacity=8)
    barrier = threading.Barrier(6)

    def work(number):
        barrier.wait()
        made = [desk.take_in() for _ in range(6)]
        for one in made[:3]:
            desk.do(resolve, one.case.id)
        return made

    with ThreadPoolExecutor(6) as pool:
        made = [one for batch in pool.map(work, range(6)) for one in batch]
    assert len({one.case.id for one in made}) == 36
    with desk.engine.board() as board, desk.engine.read() as connection:
        assert board.checkpoint() == load_board(connection).checkpoint()
        held = [case for case in board.cases.values() if case.holder]
        assert len(held) == 15
    assert desk.loads() == {"ann": 7, "ben": 8}


def test_a_request_that_is_repeated_at_the_same_time_is_carried_out_once(desk):
    desk.hire("ann")
    barrier = threading.Barrier(4)

    def work(_):
        barrier.wait()
        return create(desk, SCOPE)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(work, range(4)))
    assert len({reply.body for reply in replies}) == 1
    assert [reply.replayed for reply in replies].count(False) == 1
    assert desk.loads() == {"ann": 1}


def test_an_external_id_that_comes_twice_at_the_same_time_is_one_case(desk):
    desk.hire("ann")
    barrier = threading.Barrier(4)

    def work(_):
        barrier.wait()
        return desk.take_in("E-1").case.id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(work, range(4)))) == 1
    assert len(desk.events(EventKind.CASE_CREATED)) == 1


def test_two_processes_on_one_database_agree(pair):
    one, other = pair
    one.hire("ann", capacity=5)

    def work(desk):
        made = [desk.take_in().case.id for _ in range(10)]
        for case_id in made[::2]:
            desk.do(resolve, case_id)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (one, other)))
    with one.engine.board() as board, other.engine.board() as same:
        assert board.checkpoint() == same.checkpoint()
        held = [case for case in board.cases.values() if case.holder]
        waiting = [case for case in board.cases.values() if case.status == "queued"]
        assert len(held) == 5
        assert len(waiting) == 5
    assert one.loads() == {"ann": 5}


def test_a_creation_that_was_overtaken_decides_again(pair, monkeypatch):
    """Somebody else takes the last room between the decision and the commit: the case waits."""
    one, other = pair
    one.hire("ann", capacity=1)
    real, calls = creation_at_once.create_at_once, []

    def overtaken(database, creation):
        calls.append(creation)
        if len(calls) == 1:
            monkeypatch.setattr(creation_at_once, "create_at_once", real)
            assert other.take_in().holder == "ann"
            monkeypatch.setattr(creation_at_once, "create_at_once", overtaken)
        return real(database, creation)

    monkeypatch.setattr(creation_at_once, "create_at_once", overtaken)
    assert one.take_in().holder is None
    assert len(calls) == 2


def test_a_case_about_to_wait_is_decided_on_again_where_room_was_freed(pair, monkeypatch):
    one, other = pair
    one.hire("ann", capacity=1)
    first = one.take_in().case.id
    real, calls = creation_at_once.create_at_once, []

    def overtaken(database, creation):
        calls.append(creation)
        if len(calls) == 1:
            other.do(resolve, first)
        return real(database, creation)

    monkeypatch.setattr(creation_at_once, "create_at_once", overtaken)
    assert one.take_in().holder == "ann"
    assert len(calls) == 2


def test_a_creation_that_is_overtaken_again_and_again_waits_for_its_turn(pair, monkeypatch):
    desk, _ = pair
    desk.hire("ann")
    monkeypatch.setattr(creation_at_once, "create_at_once", lambda *_: Stale())
    assert desk.take_in().holder == "ann"


def test_a_database_that_is_gone_is_no_decision(desk, monkeypatch):
    def gone(*_arguments, **_named):
        raise StoreError("gone", retryable=True)

    monkeypatch.setattr(type(desk.database), "exclusive", gone)
    monkeypatch.setattr(type(desk.database), "glance", gone)
    with pytest.raises(StoreError, match="gone"):
        desk.take_in()


def test_a_board_that_cannot_fold_is_loaded_anew(desk, monkeypatch):
    desk.hire("ann", capacity=1)
    case_id = desk.create()
    head = desk.head()
    monkeypatch.setattr(Board, "fold", broken)
    with pytest.raises(ZeroDivisionError):
        desk.do(resolve, case_id)
    monkeypatch.undo()
    assert desk.head() == head
    assert desk.take_in().holder is None


def test_what_was_committed_is_acknowledged_even_if_the_board_cannot_follow(pair, monkeypatch):
    desk, _ = pair
    desk.hire("ann", capacity=1)
    monkeypatch.setattr(Board, "fold", broken)
    assert desk.take_in().holder == "ann"
    monkeypatch.undo()
    assert desk.take_in().holder is None


def test_capacity_set_in_a_failing_unit_comes_to_nothing(desk):
    desk.hire("ann", capacity=1)

    def fail(one):
        set_capacity(one, "ann", 9)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        desk.do(fail)
    assert [desk.take_in().holder for _ in range(2)] == ["ann", None]

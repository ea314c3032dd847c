"""A board from the store, and decisions made again from what the store kept of them; on both databases."""

import pytest
import sqlalchemy as sa

from caserouter.domain.errors import NotFound
from caserouter.service.board.loading import load_board, load_seen
from caserouter.service.board.replaying import explain_decision, replay
from caserouter.service.commands.closing import resolve
from caserouter.store.checkpoints import pack_checkpoint, save_checkpoint
from caserouter.store.events import EventKind

DECISIONS = (EventKind.CASE_ASSIGNED, EventKind.CASE_QUEUED)


def busy(desk):
    """A desk with room for two, four cases, one resolved and one pulled."""
    desk.hire("ann", capacity=2)
    first = desk.create()
    for _ in range(3):
        desk.create()
    desk.wait(minutes=5)
    desk.do(resolve, first)
    return desk


def test_a_board_is_loaded_from_events_and_from_a_checkpoint_alike(desk):
    busy(desk)
    with desk.engine.read() as connection:
        middle, whole = load_board(connection, at_most=8), load_board(connection)
    with desk.database.exclusive() as transaction:
        save_checkpoint(transaction.connection, middle.seq, pack_checkpoint(middle.checkpoint()), desk.now)
    with desk.engine.read() as connection:
        resumed = load_board(connection)
    with desk.engine.board() as board:
        assert whole.digest == resumed.digest == board.digest
        assert whole.records == resumed.records == board.records


def test_a_checkpoint_that_another_version_wrote_is_passed_over(desk):
    busy(desk)
    with desk.database.exclusive() as transaction:
        save_checkpoint(transaction.connection, 3, pack_checkpoint(b'{"format": 99}'), desk.now)
    with desk.engine.read() as connection, desk.engine.board() as board:
        assert load_board(connection).records == board.records


def test_every_decision_of_the_store_is_the_same_when_made_again(desk):
    busy(desk)
    decisions = [event for event in desk.events() if event.kind in DECISIONS]
    assert [event.kind for event in decisions].count(EventKind.CASE_ASSIGNED) == 3
    with desk.engine.read() as connection:
        for event in decisions:
            seen = load_seen(connection, event.seq)
            assert replay(*seen).differences == ()
            assert explain_decision(*seen).case == event.case_id


def test_what_is_not_a_decision_is_not_made_again(desk):
    desk.hire("ann")
    with desk.engine.read() as connection:
        seq = connection.execute(sa.text("SELECT max(seq) FROM event")).scalar_one()
        with pytest.raises(NotFound, match="is not a decision"):
            load_seen(connection, seq)

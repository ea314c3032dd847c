"""A board from the store, and decisions made again from what the store kept of them; on both databases."""

import pytest
import sqlalchemy as sa

from caserouter.domain.errors import NotFound
from caserouter.service import decisions
from caserouter.service.board.loading import load_board, load_seen
from caserouter.service.board.replaying import explain_decision, replay
from caserouter.service.commands.closing import resolve
from caserouter.service.commands.holding import reassign
from caserouter.service.commands.updating import update
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


def test_what_was_decided_by_hand_is_held_to_the_rules_that_it_passed_over(desk):
    desk.hire("ann", team="north")
    desk.enact(routing={"team_caps": {"north": 1}})
    case_id = desk.create()
    desk.hire("ben", team="north")
    desk.do(update, case_id, {"required_skills": {}})
    desk.do(reassign, case_id, specialist="ben", reason="knows the customer")
    desk.hire("eve", shifts="Sun 01:00-02:00")
    desk.do(reassign, case_id, specialist="eve", reason="is here today", override=True)
    by_hand = [event.seq for event in desk.events(EventKind.CASE_ASSIGNED) if event.data["mode"] == "manual"]
    with desk.engine.read() as connection:
        seen = [load_seen(connection, seq) for seq in by_hand]
    assert [one.decision.evidence["passed_over"] for one in seen] == [[], ["off_shift"]]
    assert [replay(*one).differences for one in seen] == [(), ()]
    seen[1].decision.evidence["passed_over"] = ["skill"]
    assert replay(*seen[1]).differences == ("passed_over: recorded skill, now off_shift",)


def test_a_decision_that_failed_is_not_said_to_be_the_same(desk, monkeypatch):
    desk.hire("ann")
    monkeypatch.setattr(decisions, "place", lambda *_, **__: 1 / 0)
    desk.create()
    with desk.engine.read() as connection:
        again = replay(*load_seen(connection, desk.events(EventKind.CASE_QUEUED)[-1].seq))
    assert not again.same
    assert "ZeroDivisionError" in again.differences[0]

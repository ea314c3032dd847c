"""Answers that are kept for repeated requests."""

import pytest
from tests.store.histories import NOW, hours

from caserouter.domain.errors import Conflict
from caserouter.store import idempotency
from caserouter.store.idempotency import Answer, Scope

SCOPE = Scope("K-1", "POST", "/v1/cases", "key-1")
ANSWER = Answer("f00d", 201, {"ETag": '"2"'}, b'{"case": "\xc3\xbc\x00"}', NOW, hours(168))


def keep(database, scope=SCOPE, answer=ANSWER):
    with database.exclusive() as transaction:
        idempotency.insert(transaction.connection, scope, answer)


def find(database, scope=SCOPE):
    with database.glance() as connection:
        return idempotency.find(connection, scope)


def test_an_answer_is_found_in_its_own_scope_alone(database):
    keep(database)
    assert find(database) == ANSWER
    for name in Scope._fields:
        assert find(database, SCOPE._replace(**{name: "other"})) is None


def test_an_answer_is_given_once(database):
    keep(database)
    with pytest.raises(Conflict, match="there already"):
        keep(database, answer=ANSWER._replace(status=200))
    assert find(database) == ANSWER


def test_answers_are_forgotten_when_their_time_has_come(database):
    keep(database)
    for key in ("key-2", "key-3", "key-4"):
        keep(database, SCOPE._replace(key=key), ANSWER._replace(expires_at=hours(1)))
    with database.writing() as connection:
        assert [idempotency.expire(connection, hours(1), limit=2) for _ in range(3)] == [2, 1, 0]
    assert (find(database), find(database, SCOPE._replace(key="key-2"))) == (ANSWER, None)

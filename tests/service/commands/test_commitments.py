from datetime import timedelta

import pytest

from caserouter.domain.errors import Conflict, InvalidInput, NotFound
from caserouter.service.commands.closing import resolve
from caserouter.service.commands.commitments import commit, keep
from caserouter.store.tables import commitment, due


def test_a_commitment_comes_due_and_is_announced_before(desk):
    case_id = desk.create()
    promised = desk.now + timedelta(hours=5)
    made = desk.do(commit, case_id, due=promised)
    items = {row.kind: (row.at, row.ref) for row in desk.rows(due, case_id)}
    assert items == {
        "commitment_due": (promised, made.commitment),
        "commitment_warns": (promised - timedelta(hours=2), made.commitment),
    }


def test_a_commitment_is_kept_once(desk):
    case_id = desk.create()
    key = desk.do(commit, case_id, due=desk.now + timedelta(hours=5)).commitment
    desk.do(keep, case_id, key)
    assert desk.rows(commitment, case_id)[0].kept_at == desk.now
    assert desk.rows(due, case_id) == []
    with pytest.raises(Conflict, match="was kept on 2026-11-23"):
        desk.do(keep, case_id, key)


def test_a_commitment_may_be_kept_after_the_case_is_resolved(desk):
    desk.hire("ann")
    case_id = desk.create()
    key = desk.do(commit, case_id, due=desk.now + timedelta(hours=5)).commitment
    desk.do(resolve, case_id)
    desk.do(keep, case_id, key)
    assert desk.rows(commitment, case_id)[0].kept_at == desk.now


def test_a_commitment_lies_ahead(desk):
    case_id = desk.create()
    with pytest.raises(InvalidInput, match=r"is not after 2026-11-23T09:00:00\+00:00, when it was made"):
        desk.do(commit, case_id, due=desk.now)


def test_another_cases_commitment_is_not_found(desk):
    first, second = desk.create(), desk.create()
    key = desk.do(commit, first, due=desk.now + timedelta(hours=5)).commitment
    with pytest.raises(NotFound, match="has no such commitment"):
        desk.do(keep, second, key)

"""Lists and pages: what is chosen, in what order, and where the next page begins."""

from dataclasses import replace

import pytest
from tests.store.histories import NOW, assign, create_case, happen, hours, put_specialist

from caserouter.store.events import EventKind
from caserouter.store.queries import accounts, cases, commitments, history, policies, staff
from caserouter.store.queries.cases import CaseFilter
from caserouter.store.queries.history import EventFilter


@pytest.fixture
def stored(database):
    """Six cases, created an hour apart but for two; the first is Ann's."""
    with database.exclusive() as transaction:
        put_specialist(transaction, team="north")
        put_specialist(transaction, "bo", team="south")
        put_specialist(transaction, "cy")
        for number, (created, priority) in enumerate([(0, 3), (1, 1), (1, 1), (2, 2), (3, 1), (4, 3)], 1):
            name = f"C-{number}"
            of_account = f"A-{number % 2}"
            create_case(
                transaction,
                name,
                created=hours(created).isoformat(),
                priority=priority,
                account=of_account,
                external_id=f"x{number}",
            )
            happen(transaction, EventKind.CASE_QUEUED, name, mode="arrival", why={"code": "outbid", "by": number})
        assign(transaction, "C-1", "ann")
    return database


def pages(read, key, limit=2):
    """The ids of all pages, each begun behind the last row of the one before."""
    found, after = [], None
    while page := read(after=after, limit=limit):
        assert len(page) <= limit
        found.append([row["id"] for row in page])
        after = tuple(page[-1][name] for name in key)
    return found


def test_cases_come_newest_first(stored):
    with stored.reading() as connection:

        def read(**page):
            return cases.list_cases(connection, CaseFilter(), **page)

        assert pages(read, ("created_at", "id")) == [["C-6", "C-5"], ["C-4", "C-3"], ["C-2", "C-1"]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CaseFilter(status="ready"), ["C-1"]),
        (CaseFilter(holder="ann"), ["C-1"]),
        (CaseFilter(account="A-0"), ["C-6", "C-4", "C-2"]),
        (CaseFilter(source="crm", external_id="x5"), ["C-5"]),
        (CaseFilter(type="billing", status="queued", account="A-1"), ["C-5", "C-3"]),
        (CaseFilter(type="fraud"), []),
    ],
)
def test_cases_are_chosen(stored, wanted, found):
    with stored.reading() as connection:
        assert [row["id"] for row in cases.list_cases(connection, wanted)] == found


def test_a_case_is_found_by_its_id(stored):
    with stored.reading() as connection:
        assert cases.case_by_id(connection, "C-4")["external_id"] == "x4"
        assert cases.case_by_id(connection, "C-9") is None


def test_the_queue_is_in_the_order_of_urgency_and_says_why(stored):
    with stored.reading() as connection:

        def read(**page):
            return cases.queue(connection, **page)

        assert pages(read, ("priority", "created_at", "id")) == [["C-2", "C-3"], ["C-5", "C-4"], ["C-6"]]
        assert [(row["id"], row["why"]) for row in read(limit=2)] == [
            ("C-2", {"code": "outbid", "by": 2}),
            ("C-3", {"code": "outbid", "by": 3}),
        ]


def test_the_queue_says_why_by_the_last_decision(stored):
    with stored.exclusive() as transaction:
        last = happen(transaction, EventKind.CASE_QUEUED, "C-2", mode="pull", why={"code": "reserved"})
    with stored.reading() as connection:
        first = cases.queue(connection, limit=1)[0]
    assert (first["why"], first["decision_seq"]) == ({"code": "reserved"}, last.seq)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"team": "north"}, ["ann"]),
        ({"presence": "away"}, ["cy"]),
        ({"active": False}, ["bo"]),
        ({"after": ("ann",), "limit": 1}, ["bo"]),
        ({}, ["ann", "bo", "cy"]),
    ],
)
def test_specialists_are_chosen_by_id(stored, wanted, found):
    with stored.exclusive() as transaction:
        transaction.append(EventKind.SPECIALIST_RETIRED, at=NOW, specialist_id="bo", data={})
        transaction.append(EventKind.PRESENCE_SET, at=NOW, specialist_id="cy", data={"presence": "away", "until": None})
    with stored.reading() as connection:
        assert [row["id"] for row in staff.list_specialists(connection, **wanted)] == found


def test_a_book_lists_what_is_held(stored):
    with stored.reading() as connection:
        book = {"case_id": "C-1", "units": 2, "started_at": NOW, "status": "ready", "priority": 3}
        assert staff.book_of(connection, "ann") == [book]
        assert staff.book_of(connection, "bo") == []
        assert staff.specialist_by_id(connection, "zoe") is None
        assert staff.credential_by_id(connection, "L-1") is None


def test_accounts_are_chosen(stored):
    bodies = [{"id": "A-1", "owner": "ann"}, {"id": "A-2", "tier": "gold"}, {"id": "A-3", "tier": "gold", "at_risk": True}]
    with stored.exclusive() as transaction:
        for body in bodies:
            transaction.append(EventKind.ACCOUNT_PUT, at=NOW, account_id=body["id"], data={"account": body})
    choices = [{"owner": "ann"}, {"tier": "gold"}, {"at_risk": True}, {"after": ("A-2",)}, {"limit": 1}]
    with stored.reading() as connection:
        found = [[row["id"] for row in accounts.list_accounts(connection, **choice)] for choice in choices]
    assert found == [["A-1"], ["A-2", "A-3"], ["A-3"], ["A-3"], ["A-1"]]


def test_commitments_that_are_open_come_by_their_due_time(stored):
    with stored.exclusive() as transaction:
        for number, (case_id, due) in enumerate([("C-1", 9), ("C-1", 3), ("C-2", 5), ("C-2", 1)], 1):
            happen(transaction, EventKind.COMMITMENT_MADE, case_id, commitment=f"M-{number}", due=hours(due).isoformat())
        happen(transaction, EventKind.COMMITMENT_KEPT, "C-2", commitment="M-4")
        happen(transaction, EventKind.COMMITMENT_MISSED, "C-1", commitment="M-2")
    choices = [{}, {"due_before": hours(5)}, {"holder": "ann"}, {"after": (hours(3), "M-2")}, {"limit": 1}]
    with stored.reading() as connection:
        found = [[row["id"] for row in commitments.list_commitments(connection, **choice)] for choice in choices]
    assert found == [["M-2", "M-3", "M-1"], ["M-2"], ["M-2", "M-1"], ["M-3", "M-1"], ["M-2"]]


def test_nobody_is_asked_to_keep_the_commitments_of_a_case_that_is_at_an_end(stored):
    with stored.exclusive() as transaction:
        for case_id, ends in (("C-1", EventKind.CASE_CLOSED), ("C-2", EventKind.CASE_CANCELLED)):
            happen(transaction, EventKind.COMMITMENT_MADE, case_id, commitment=f"M-{case_id}", due=hours(1).isoformat())
            happen(transaction, ends, case_id)
    with stored.reading() as connection:
        assert commitments.list_commitments(connection) == []


def test_policies_come_newest_first(stored):
    with stored.exclusive() as transaction:
        for version in (1, 2, 3):
            transaction.append(EventKind.POLICY_ADDED, at=NOW, data={"version": version, "document": {}})
    with stored.reading() as connection:
        assert [row["version"] for row in policies.list_policies(connection, after=(3,))] == [2, 1]
        assert policies.policy_by_version(connection, 2)["document"] == {}
        assert (policies.policy_by_version(connection, 9), policies.active_policy(connection)) == (None, None)


BEFORE = EventFilter()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (replace(BEFORE, case_id="C-1"), [4, 5, 16]),
        (replace(BEFORE, kinds=(EventKind.CASE_ASSIGNED, EventKind.SPECIALIST_PUT)), [1, 2, 3, 16]),
        (replace(BEFORE, specialist_id="ann"), [1, 16]),
        (replace(BEFORE, actor="K-9", request_id="r-9"), [17]),
        (replace(BEFORE, account_id="A-9"), [17]),
        (replace(BEFORE, since=hours(1)), [17]),
        (replace(BEFORE, until=hours(1), case_id="C-2"), [6, 7]),
    ],
)
def test_events_are_chosen(stored, wanted, found):
    with stored.exclusive() as transaction:
        data = {"account": {"id": "A-9"}}
        transaction.append(EventKind.ACCOUNT_PUT, at=hours(1), account_id="A-9", data=data, actor="K-9", request_id="r-9")
    with stored.reading() as connection:
        assert [row["seq"] for row in history.list_events(connection, wanted)] == found


def test_events_are_paged_either_way(stored):
    with stored.reading() as connection:
        forward = history.list_events(connection, BEFORE, after=3, limit=2)
        backward = history.list_events(connection, BEFORE, after=3, limit=2, newest_first=True)
    assert ([row["seq"] for row in forward], [row["seq"] for row in backward]) == ([4, 5], [2, 1])
    assert "evidence" not in forward[0]


def test_the_decisions_on_a_case_come_with_their_evidence(stored):
    with stored.reading() as connection:
        decisions = history.decisions_of_case(connection, "C-1")
        assert [(row["seq"], row["evidence"]) for row in decisions] == [(16, {"chosen": "ann"}), (5, None)]
        assert history.newest_decision(connection, "C-1") == decisions[0]
        assert history.newest_decision(connection, "C-9") is None


def test_announcements_are_what_people_are_told(stored):
    with stored.exclusive() as transaction:
        for kind in history.ANNOUNCEMENTS[:4]:
            happen(transaction, kind, target="resolution", commitment="M-1")
    with stored.reading() as connection:
        found = history.announcements(connection, after=17)
    assert [row["kind"] for row in found] == list(history.ANNOUNCEMENTS[1:4])

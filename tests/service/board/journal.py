"""A board with its events, and a few words to make them happen: what the store, the engine and its commands do in the service."""

import json
from datetime import timedelta

from hypothesis import strategies as st
from tests import strategies
from tests.strategies import ACCOUNT_IDS, NOW, SPECIALIST_IDS

from caserouter.domain.lifecycle import HELD, CaseStatus
from caserouter.domain.service_policy import Acceptance, ServicePolicy
from caserouter.domain.specialist import Specialist
from caserouter.service.board import Board
from caserouter.service.board.deciding import place, pull
from caserouter.store.events import Event, EventKind


class Journal:
    """A board, the events that led to it, and what it was before each decision."""

    def __init__(self, policy=None):
        self.board = Board()
        self.events = []
        self.decisions = []
        self.now = NOW
        if policy is not None:
            self.record(EventKind.POLICY_ADDED, version=2, document=policy.model_dump(mode="json"))
            self.record(EventKind.POLICY_ACTIVATED, version=2)

    def record(self, kind, *, case_id=None, specialist_id=None, account_id=None, evidence=None, **data):
        """Record an event, as JSON would carry it, and fold it."""
        data = json.loads(json.dumps(data))
        event = Event(self.board.seq + 1, self.now, kind, data, case_id, specialist_id, account_id, evidence=evidence)
        self.events.append(event)
        self.board.fold(event)
        return event

    def put(self, specialist):
        body = specialist.model_dump(mode="json", exclude={"name", "held_cases"})
        if body["intake"]:
            body["intake"]["used"] = 0
        self.record(EventKind.SPECIALIST_PUT, specialist_id=specialist.id, specialist=body)

    def own(self, account):
        self.record(EventKind.ACCOUNT_PUT, account_id=account.id, account=account.model_dump(mode="json"))

    def create(self, case):
        """Create a case and route it."""
        self.record(EventKind.CASE_CREATED, case_id=case.id, case=case.model_dump(mode="json"), external_id=None)
        return self.route(case.id)

    def route(self, case_id):
        """Decide on a waiting case, and record it."""
        return self.settle(place(self.board, self.board.cases[case_id].case, self.now))

    def settle(self, outcome):
        """Record a decision."""
        seen = Board.restore(self.board.checkpoint())
        if outcome.specialist is None:
            event = self.record(EventKind.CASE_QUEUED, case_id=outcome.case_id, evidence=outcome.evidence, why=outcome.why)
        else:
            event = self.record(
                EventKind.CASE_ASSIGNED,
                case_id=outcome.case_id,
                specialist_id=outcome.specialist,
                evidence=outcome.evidence,
                units=outcome.units,
                status=outcome.status,
                offer_until=outcome.offer_until.isoformat() if outcome.offer_until else None,
            )
        self.decisions.append((seen, event, outcome))
        return outcome

    def pull(self, specialists=None, limit=50):
        """Give out what waits; what was given to whom."""
        return {
            one.case_id: self.settle(one).specialist for given in pull(self.board, specialists, self.now, limit) for one in given
        }

    def release(self, case_id, until=None):
        holder = self.board.cases[case_id].holder
        text = until.isoformat() if until else None
        self.record(EventKind.CASE_RELEASED, case_id=case_id, specialist_id=holder, reason="declined", until=text)

    def cases(self, *statuses):
        """Ids of the cases with one of these statuses, sorted."""
        return sorted(one.id for one in self.board.cases.values() if one.status in statuses)


MOVES = (
    "pass",
    "resolve",
    "reopen",
    "decline",
    "wait",
    "resume",
    "update",
    "cancel",
    "presence",
    "capacity",
    "put",
    "grant",
    "owner",
    "retire",
    "pull",
)
"""What may happen between two creations."""


STATED = (
    {"skills": {"claims": 5}, "languages": ["es"]},
    {"shifts": "Mon-Fri 09:00-17:00", "leave": "2026-02-26..2026-03-03", "time_zone": "Asia/Kolkata"},
    {"role": "manager", "cost_per_hour": "90 USD", "backup": None, "credentials": []},
    {"intake": {"limit": 1, "window_hours": 8}},
    {"team": "west", "capacity": 9},
    {"authority": {"refund": "unlimited"}},
)
"""What may be stated anew of somebody."""


def moves():
    """Something that happens, to whom or what, and how."""
    return st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 7), st.integers(0, 5)), max_size=12)


def policies():
    """A service's policy around a routing policy."""
    return st.builds(
        ServicePolicy,
        routing=strategies.settings(),
        policy=st.sampled_from(("priced", "priced", "round_robin", "least_loaded", "longest_idle")),
        acceptance=st.sampled_from((None, Acceptance())),
    )


def played(queue, policy, happenings, visit=lambda _journal: None):
    """A journal of the queue's people and cases, with other things happening in between; `visit` sees it after each."""
    journal = Journal(policy)
    for account in queue.accounts:
        journal.own(account)
    for specialist in queue.specialists:
        journal.put(specialist)
    waiting = list(queue.cases)
    for what, which, how in happenings:
        if waiting:
            journal.create(waiting.pop(0))
        _move(journal, what, which, how)
        visit(journal)
    for case in waiting:
        journal.create(case)
    visit(journal)
    return journal


def _move(journal, what, which, how):
    if what in ("presence", "capacity", "put", "grant", "owner", "retire"):
        _move_person(journal, what, SPECIALIST_IDS[which % len(SPECIALIST_IDS)], how)
    elif what == "pass":
        journal.now += timedelta(hours=(0.25, 1, 5, 13, 30, 100)[how])
    elif what == "pull":
        journal.pull(None if how else [SPECIALIST_IDS[which % len(SPECIALIST_IDS)]])
    elif what == "reopen":
        if found := journal.cases(CaseStatus.RESOLVED):
            case_id = found[which % len(found)]
            journal.record(EventKind.CASE_REOPENED, case_id=case_id, resolution_due=None)
            journal.route(case_id)
    elif found := journal.cases(*HELD):
        _move_case(journal, what, found[which % len(found)], how)


def _move_person(journal, what, name, how):
    known = journal.board.people.get(name)
    if known is None or not known.active:
        return
    if what == "presence":
        until = (journal.now + timedelta(hours=150 if how == 5 else how)).isoformat() if how > 1 else None
        journal.record(EventKind.PRESENCE_SET, specialist_id=name, presence="away" if how else "online", until=until)
    elif what == "capacity":
        journal.record(EventKind.CAPACITY_SET, specialist_id=name, capacity=how * 3)
    elif what == "put":
        journal.put(Specialist.model_validate({**known.body, **STATED[how]}))
    elif what == "grant":
        value = {"kind": "series_7", "jurisdictions": ["any"], "valid_from": None, "valid_until": None}
        kind = EventKind.CREDENTIAL_REVOKED if "L-1" in known.credentials else EventKind.CREDENTIAL_GRANTED
        journal.record(kind, specialist_id=name, credential="L-1", value=value)
    elif what == "owner":
        account = journal.board.records.accounts[ACCOUNT_IDS[how % 2]]
        journal.own(account.model_copy(update={"owner": name}))
    else:
        for one in [one for one in journal.board.cases.values() if one.holder == name]:
            journal.release(one.id)
        journal.record(EventKind.SPECIALIST_RETIRED, specialist_id=name)


def _move_case(journal, what, case_id, how):
    case = journal.board.cases[case_id]
    if what == "resolve":
        journal.record(EventKind.CASE_RESOLVED, case_id=case_id, close_after=(journal.now + timedelta(days=1)).isoformat())
    elif what == "decline":
        journal.release(case_id, journal.now + timedelta(hours=how))
        journal.route(case_id)
    elif what == "wait":
        units = journal.board.document.units_of(case.weight, parked=True)
        journal.record(EventKind.WAIT_BEGAN, case_id=case_id, on="customer", department=None, follow_up=None, units=units)
    elif what == "resume":
        journal.record(EventKind.WAIT_ENDED, case_id=case_id, units=case.weight)
    elif what == "update":
        changed = case.case.model_copy(update={"priority": how or 1, "type": "claim"})
        journal.record(EventKind.CASE_UPDATED, case_id=case_id, case=changed.model_dump(mode="json"), units=case.units)
    elif what == "cancel":
        journal.record(EventKind.CASE_CANCELLED, case_id=case_id, reason="withdrawn")

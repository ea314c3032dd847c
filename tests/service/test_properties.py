"""Whatever is asked of the service, in whatever order: the books add up, nobody waits for whom there is room, and a board can be loaded anew."""

from collections import Counter
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.databases import fresh_database
from tests.service.desk import Desk

from caserouter.domain.errors import Conflict, InvalidInput, NotFound
from caserouter.domain.lifecycle import ALLOWED, HELD, CaseStatus, Command
from caserouter.service.actor import KEEPER
from caserouter.service.board.deciding import place, pull
from caserouter.service.board.loading import load_board, load_seen
from caserouter.service.board.replaying import replay
from caserouter.service.commands.closing import cancel, close, erase, reopen, resolve
from caserouter.service.commands.commitments import commit, keep
from caserouter.service.commands.contacts import approve, contact, review
from caserouter.service.commands.credentials import revoke_credential
from caserouter.service.commands.holding import accept, decline, expire_offer, reassign
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.specialists import retire_specialist, set_capacity
from caserouter.service.commands.updating import update
from caserouter.service.commands.waits import resume, wait
from caserouter.store import due
from caserouter.store.due import DueKind
from caserouter.store.events import EventKind
from caserouter.store.tables import assignment, cases, commitment, credential, specialist

NAMES = ("ann", "ben", "cleo", "dora")

names = st.sampled_from(NAMES)
places = st.integers(0, 30)
maybe = st.booleans()
requirements = st.fixed_dictionaries(
    {},
    optional={
        "weight": st.integers(1, 3),
        "priority": st.integers(1, 5),
        "required_skills": st.sampled_from([{}, {}, {"tax": 3}, {"law": 2}]),
        "required_credentials": st.sampled_from([[], [], [["series_7"]]]),
        "excluded_specialists": st.lists(names, max_size=1),
        "risk_flags": st.sampled_from([[], [], ["legal"]]),
    },
)
people = st.fixed_dictionaries(
    {"capacity": st.integers(0, 5)},
    optional={
        "skills": st.sampled_from([{"tax": 3}, {"law": 4}, {"tax": 5, "law": 2}]),
        "role": st.sampled_from(["specialist", "manager"]),
        "intake": st.sampled_from([{"limit": 2, "window_hours": 2}]),
        "authority": st.sampled_from([{"refund": "unlimited"}]),
    },
)
policies = st.fixed_dictionaries(
    {"ramp": st.none()},
    optional={
        "acceptance": st.just({"minutes": 30}),
        "parked_factor": st.sampled_from([0.0, 0.5]),
        "targets": st.just([{"first_response_hours": 2, "resolution_hours": 8, "pauses_on_customer": True}]),
        "decline_hours": st.sampled_from([0.0, 1.0]),
        "reopen_days": st.just(0.5),
    },
)


class Service(RuleBasedStateMachine):
    """Everything that may be asked for, of cases and people that may or may not be there."""

    kind: ClassVar[str]

    def __init__(self):
        super().__init__()
        self.opened = ExitStack()
        folder = self.opened.enter_context(TemporaryDirectory())
        url = self.opened.enter_context(fresh_database(self.kind, Path(folder)))
        self.desk = self.opened.enter_context(closing(Desk(url)))
        self.ids = ["C-UNKNOWN"]

    def teardown(self):
        with self.opened:
            self.every_decision_can_be_made_again()

    @initialize(policy=policies)
    def begin(self, policy):
        self.desk.enact(**policy)
        self.desk.hire("ann", "series_7", capacity=3, skills={"tax": 4})
        self.desk.hire("ben", capacity=2)
        for _ in range(8):
            self.ids.append(self.desk.create())

    def ask(self, command, *arguments, **named):
        """A command that may be refused; then it has changed nothing."""
        head = self.desk.head()
        try:
            self.desk.do(command, *arguments, **named)
        except (Conflict, InvalidInput, NotFound):
            assert self.desk.head() == head

    def case_at(self, place, command=None):
        """A case; of those that `command` is allowed for, if there is one, now and then another."""
        with self.desk.engine.board() as board:
            found = [case.id for case in board.cases.values() if place % 8 and command and case.status in ALLOWED[command]]
        ids = found or self.ids
        return ids[place % len(ids)]

    def take_in(self, external, **fields):
        """A new case; one that names somebody or something that nobody knows is refused, and changes nothing."""
        head = self.desk.head()
        try:
            self.ids.append(self.desk.take_in(external, **fields).case.id)
        except InvalidInput:
            assert self.desk.head() == head

    @rule(
        asked=requirements,
        external=st.none() | st.sampled_from(["E-1", "E-2"]),
        linked=st.none() | places,
        apart=st.none() | places,
    )
    def create(self, asked, external, linked, apart):
        ties = {"linked_cases": linked, "separated_cases": apart}
        bound = {name: [self.case_at(place)] for name, place in ties.items() if place is not None}
        if len({case_id for ids in bound.values() for case_id in ids}) == len(bound):
            self.take_in(external, **asked, **bound)

    @rule(asked=requirements)
    def create_another(self, asked):
        self.take_in(None, **asked)

    @rule(place=places, changes=requirements)
    def update(self, place, changes):
        self.ask(update, self.case_at(place, Command.UPDATE), changes)

    @rule(place=places, flag=maybe)
    def answer_offer(self, place, flag):
        self.ask(accept if flag else decline, self.case_at(place, Command.DECLINE))

    @rule(place=places, who=st.none() | names, override=maybe)
    def reassign(self, place, who, override):
        self.ask(reassign, self.case_at(place, Command.REASSIGN), specialist=who, reason="because", override=override)

    @rule(place=places, flag=maybe)
    def contact(self, place, flag):
        self.ask(contact, self.case_at(place, Command.CONTACT), customer_facing=flag)

    @rule(place=places, on=st.sampled_from(["customer", "department", "approval", "review"]))
    def wait(self, place, on):
        self.ask(wait, self.case_at(place, Command.WAIT), on=on, department="treasury" if on == "department" else None)

    @rule(place=places, command=st.sampled_from([resume, review, resolve, reopen, cancel]))
    def end(self, place, command):
        self.ask(command, self.case_at(place, Command(command.__name__)))

    @rule(place=places)
    def resolve(self, place):
        self.ask(resolve, self.case_at(place, Command.RESOLVE))

    @rule(place=places)
    def erase(self, place):
        self.ask(erase, self.case_at(place))

    @rule(place=places, who=names)
    def approve(self, place, who):
        case_id = self.case_at(place, Command.WAIT)
        self.ask(update, case_id, {"action": "refund", "amount": "5 USD"})
        self.ask(wait, case_id, on="approval")
        self.ask(approve, case_id, approver=who, approved=True)

    @rule(place=places, flag=maybe)
    def promise(self, place, flag):
        case_id = self.case_at(place, Command.COMMIT)
        self.ask(commit, case_id, due=self.desk.now + timedelta(days=1))
        if flag and (rows := self.desk.rows(commitment, case_id)):
            self.ask(keep, case_id, rows[0].id)

    @rule(
        what=st.sampled_from(["put", "presence", "capacity", "revoke", "retire", "enact"]),
        who=names,
        fields=people,
        presence=st.sampled_from(["online", "busy", "away", "offline"]),
        policy=policies,
        flag=maybe,
    )
    def change_staff(self, what, who, fields, presence, policy, flag):
        if what == "put":
            self.desk.hire(who, *(["series_7"] if flag else []), **fields)
        elif what == "presence":
            self.ask(set_presence, who, presence)
        elif what == "capacity":
            self.ask(set_capacity, who, fields["capacity"])
        elif what == "revoke":
            self.revoke(who)
        elif what == "retire":
            self.ask(retire_specialist, who)
            self.desk.hire(who, **fields)
        else:
            self.desk.enact(**policy)

    def revoke(self, who):
        with self.desk.engine.read() as connection:
            mine = sa.select(credential.c.id).where(credential.c.specialist_id == who, credential.c.revoked_seq.is_(None))
            held = connection.execute(mine).scalars().all()
        for key in held:
            self.ask(revoke_credential, who, key)

    @rule(hours=st.integers(1, 30))
    def let_time_pass(self, hours):
        """What the keeper does meanwhile, as far as it matters here."""
        self.desk.wait(hours=hours)
        for case_id in self.ids:
            self.ask(expire_offer, case_id)
            self.ask(close, case_id)
        self.desk.do(lambda unit: unit.pull())

    @invariant()
    def the_books_add_up(self):
        with self.desk.engine.board() as board, self.desk.engine.read() as connection:
            held = {one.id: (one.holder, one.units) for one in board.cases.values() if one.status in HELD}
            still = sa.select(assignment).where(assignment.c.ended_at.is_(None))
            assert {row.case_id: (row.specialist_id, row.units) for row in connection.execute(still)} == held
            loads = Counter()
            for holder, units in held.values():
                loads[holder] += units
            assert {row.id: row.load for row in connection.execute(sa.select(specialist)) if row.load} == {
                name: load for name, load in loads.items() if load
            }
            rows = {row.id: row for row in connection.execute(sa.select(cases))}
            for one in board.cases.values():
                row = rows[one.id]
                assert (row.status, row.holder, row.wait_on) == (one.status, one.holder, one.wait_on)
                assert row.resolution_due == one.case.resolution_due

    @invariant()
    def nobody_waits_for_whom_there_is_room(self):
        self.finish_pulls()
        with self.desk.engine.board() as board:
            now = self.desk.now
            for one in list(board.cases.values()):
                if one.status is CaseStatus.QUEUED:
                    assert place(board, one.case, now).specialist is None
            assert next(pull(board, None, now, 1), None) is None

    @invariant()
    def a_board_loaded_anew_is_the_same(self):
        with self.desk.engine.board() as board, self.desk.engine.read() as connection:
            anew = load_board(connection)
            assert anew.checkpoint() == board.checkpoint()
            queued = [one.case for one in board.cases.values() if one.status is CaseStatus.QUEUED]
            for case in queued[:3]:
                assert place(anew, case, self.desk.now).evidence == place(board, case, self.desk.now).evidence

    def every_decision_can_be_made_again(self):
        made = self.desk.events(EventKind.CASE_ASSIGNED, EventKind.CASE_QUEUED)
        with self.desk.engine.read() as connection:
            for event in made[-12:]:
                replayed = replay(*load_seen(connection, event.seq))
                assert replayed.same, (event, replayed.differences)

    def finish_pulls(self):
        """What a pull that took too long has left to the keeper."""
        with self.desk.engine.unit(KEEPER) as unit:
            kinds = {item.kind for item in due.take(unit.connection, self.desk.now)}
            if DueKind.PULL in kinds:
                unit.pull()


class OnSQLite(Service):
    kind = "sqlite"


class OnPostgreSQL(Service):
    kind = "postgresql"


slowly = {"deadline": None, "suppress_health_check": list(HealthCheck)}
OnSQLite.TestCase.settings = settings(max_examples=12, stateful_step_count=40, **slowly)
OnPostgreSQL.TestCase.settings = settings(max_examples=3, stateful_step_count=40, **slowly)
TestOnSQLite = pytest.mark.slow(OnSQLite.TestCase)
TestOnPostgreSQL = pytest.mark.slow(OnPostgreSQL.TestCase)

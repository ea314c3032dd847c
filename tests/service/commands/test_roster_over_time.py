"""Days pass, people come, leave, lose licences and return: whoever holds a case may, and nobody waits for whom there is room."""

from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.databases import sqlite_url
from tests.service.office import Office

from caserouter.domain.calendar import Leave
from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, NotFound
from caserouter.domain.lifecycle import HELD, CaseStatus
from caserouter.service.board.deciding import place
from caserouter.service.board.loading import load_board
from caserouter.service.commands.coverage import uncovered
from caserouter.service.commands.credentials import grant_credential, revoke_credential
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.specialists import retire_specialist, set_capacity
from caserouter.service.keeper.due_items import work_off
from caserouter.service.keeper.watch import Watch
from caserouter.store.people import people_by_id

names = st.sampled_from(["ana", "ben", "cleo"])
kinds = st.sampled_from(["hipaa", "series_7"])
days_ahead = st.none() | st.integers(0, 4)


class RosterOverTime(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.opened = ExitStack()
        folder = self.opened.enter_context(TemporaryDirectory())
        self.office = self.opened.enter_context(closing(Office(sqlite_url(Path(folder) / "office.db"))))
        self.watch = Watch(self.office.engine)

    def teardown(self):
        self.opened.close()

    def ahead(self, days):
        return None if days is None else (self.office.now + timedelta(days=days)).date()

    def attempt(self, command, *arguments):
        """Carry out a command; it may be refused, as people retire and nobody may have been hired yet."""
        try:
            self.office.do(command, *arguments)
        except (Conflict, NotFound):
            return

    @rule(kinds=st.lists(kinds, max_size=2, unique=True), weight=st.integers(1, 3), priority=st.integers(1, 5))
    def create(self, kinds, weight, priority):
        self.office.create(required_credentials=kinds, weight=weight, priority=priority)

    @rule(name=names, kind=kinds, capacity=st.integers(0, 8), last=days_ahead, away=days_ahead, limit=st.none() | st.just(2))
    def hire(self, name, kind, capacity, last, away, limit):
        leave = () if away is None else (Leave(start=self.ahead(away), end=self.ahead(away + 5)),)
        intake = None if limit is None else {"limit": limit}
        held = Credential(kind=kind, valid_until=self.ahead(last))
        self.office.hire(name, held, capacity=capacity, leave=leave, intake=intake, time_zone="America/New_York")

    @rule(name=names, capacity=st.integers(0, 8))
    def resize(self, name, capacity):
        self.attempt(set_capacity, name, capacity)

    @rule(name=names, presence=st.sampled_from(["online", "busy", "away", "offline"]), hours=st.none() | st.integers(1, 100))
    def be(self, name, presence, hours):
        until = None if hours is None or presence == "online" else self.office.now + timedelta(hours=hours)
        self.attempt(set_presence, name, presence, until)

    @rule(name=names, kind=kinds, last=days_ahead)
    def grant(self, name, kind, last):
        self.attempt(grant_credential, name, Credential(kind=kind, valid_until=self.ahead(last)))

    @rule(name=names)
    def revoke(self, name):
        person = self.office.person(name)
        for credential in list(person.credentials)[:1] if person else []:
            self.attempt(revoke_credential, name, credential)

    @rule(name=names)
    def retire(self, name):
        self.attempt(retire_specialist, name)

    @rule(hours=st.sampled_from([1, 6, 30]))
    def wait(self, hours):
        self.office.wait(hours=hours)

    @invariant()
    def once_the_keeper_has_looked_all_is_well(self):
        while work_off(self.office.engine):
            pass
        self.watch.look()
        self.office.do(whoever_holds_may)
        self.office.do(nobody_waits_for_whom_there_is_room)
        self.office.do(a_board_loaded_anew_is_the_same)


def whoever_holds_may(unit):
    for one in people_by_id(unit.connection).values():
        held = [case for case in unit.board.cases.values() if case.holder == one.id and case.status in HELD]
        assert sum(case.units for case in held) == one.load
        assert one.active or not held
        assert uncovered(unit, [one.specialist]) == []


def nobody_waits_for_whom_there_is_room(unit):
    waiting = [case for case in unit.board.cases.values() if case.status is CaseStatus.QUEUED]
    assert all(place(unit.board, case.case, unit.now, mode="pull").specialist is None for case in waiting)


def a_board_loaded_anew_is_the_same(unit):
    assert load_board(unit.connection).checkpoint() == unit.board.checkpoint()


TestRosterOverTime = RosterOverTime.TestCase
TestRosterOverTime.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)

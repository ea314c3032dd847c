"""The service in use: anything is asked over HTTP in any order, days pass, and no hard rule is ever broken.

A model in plain Python says what each command may answer, and reads what happened event by event.
"""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.service.fuzz.journal import File, Journal
from tests.service.fuzz.model import ALLOWED, HELD, OVERRIDABLE, Licence, Need, Person, broken, uncovered
from tests.service.fuzz.site import START, Site, write_clock
from tests.serving import RunningService

NAMES = ("ann", "ben", "cleo")
PATIENCE_SECONDS = 60
"""How long the keeper may take until nobody waits for whom there is room, on a machine that is busy with other things."""

pytestmark = pytest.mark.slow

names = st.sampled_from(NAMES)
places = st.integers(0, 20)
days = st.none() | st.integers(-1, 2)
needs = st.builds(
    Need,
    weight=st.integers(1, 3),
    place=st.sampled_from([None, None, "NY", "FR"]),
    licences=st.sampled_from([(), (), (("series_7",),), (("series_7", "hipaa"),), (("series_7",), ("hipaa",))]),
    skills=st.sampled_from([{}, {}, {}, {"tax": 3}]),
    refund=st.sampled_from([None, None, 0, 50, 500]),
    excluded=st.sampled_from([frozenset(), frozenset(), frozenset(), frozenset({"ann"}), frozenset({"ben", "cleo"})]),
    flags=st.sampled_from([frozenset(), frozenset(), frozenset(), frozenset(), frozenset({"legal"}), frozenset({"media"})]),
)
people = st.builds(
    Person,
    capacity=st.sampled_from([8, 5, 3, 2, 0]),
    role=st.sampled_from(["specialist", "manager"]),
    skills=st.sampled_from([{"tax": 3}, {"tax": 2}, {}]),
    refunds=st.sampled_from([None, 50, 1_000]),
)
policies = st.fixed_dictionaries(
    {"ramp": st.none()},
    optional={
        "acceptance": st.just({"minutes": 300}),
        "decline_hours": st.sampled_from([0, 1]),
        "parked_factor": st.sampled_from([0.0, 0.5]),
        "reopen_days": st.just(0.5),
    },
)


class Use(RuleBasedStateMachine):
    """Everything that may be asked for, of cases and people that are there, mostly."""

    site: ClassVar[Site]

    def __init__(self):
        super().__init__()
        self.site.set((self.site.now + timedelta(days=4)).replace(hour=9))
        self.since = self.site.now
        self.source = f"example-{next(self.site.numbers)}"
        self.people: dict[str, Person] = {}
        self.journal = Journal(self.people)
        self.files = self.journal.files
        self.num_seen = 0

    def teardown(self):
        for name, person in self.people.items():
            if person.active:
                self.site.ask("DELETE", f"/specialists/{name}")
        for case_id, file in self.files.items():
            if file.status in ALLOWED["resolve"]:
                self.site.ask("POST", f"/cases/{case_id}/resolve")

    @property
    def now(self):
        return self.site.now

    def id(self, name):
        return f"{name}-{self.source}"

    @initialize(
        policy=policies,
        staff=st.fixed_dictionaries(dict.fromkeys(NAMES, people)),
        asked=st.lists(needs, min_size=4, max_size=8),
        last=days,
    )
    def begin(self, policy, staff, asked, last):
        version = self.site.ask("POST", "/policies", policy).json()["version"]
        assert self.site.ask("POST", f"/policies/{version}/activate").status_code == 200
        for name, person in staff.items():
            self.put(name, person)
            self.grant(name, "series_7", ["any"], -1, last)
        for need in asked:
            self.create(need, again=False)

    # ------------------------------------------------------------------------------------------------------- cases

    def case_at(self, place, command):
        """A case that the command is allowed for, None if there is none; now and then any case."""
        fitting = [case_id for case_id, file in self.files.items() if file.status in ALLOWED[command]]
        ids = list(self.files) if place % 7 == 0 else fitting
        return ids[place % len(ids)] if ids else None

    def post(self, case_id, command, body=None, *, unless=False, to=None):
        """Command something of a case, if there is one: carried out, or refused as the model says."""
        if case_id is None:
            return
        file = self.files[case_id]
        refused = unless or file.status not in ALLOWED[command]
        headers = {"Idempotency-Key": f"{self.source}-{self.site.num_requests}"}
        answers = [
            self.site.ask("POST", f"/cases/{case_id}/{command}", body, headers=headers) for _ in range(1 if refused else 2)
        ]
        assert answers[0].status_code == (409 if refused else 200), (answers[0].text, command, body, file)
        assert len({answer.content for answer in answers}) == 1
        if not refused and to is not None:
            assert answers[0].json()["case"]["status"] == to

    @rule(need=needs, again=st.booleans())
    def create(self, need, again):
        need = replace(need, excluded=frozenset(map(self.id, need.excluded)))
        body = {"source": self.source, "external_id": f"E-{len(self.files)}", **body_of(need)}
        answer = self.site.ask("POST", "/cases", body)
        assert answer.status_code == 201, answer.text
        self.files[answer.json()["case"]["id"]] = File(need)
        if again:
            repeated = self.site.ask("POST", "/cases", body)
            assert (repeated.status_code, repeated.json()["decision"]) == (200, None)
            assert repeated.json()["case"]["id"] == answer.json()["case"]["id"]

    @rule(place=places, need=needs)
    def update(self, place, need):
        case_id = self.case_at(place, "update")
        if case_id is None:
            return
        need = replace(need, excluded=frozenset(map(self.id, need.excluded)))
        tag = self.site.ask("GET", f"/cases/{case_id}").headers["ETag"]
        answer = self.site.ask("PATCH", f"/cases/{case_id}", body_of(need), headers={"If-Match": tag})
        allowed = self.files[case_id].status in ALLOWED["update"]
        assert answer.status_code == (200 if allowed else 409), answer.text
        if allowed:
            self.files[case_id].need = need

    @rule(place=places)
    def accept(self, place):
        self.post(self.case_at(place, "accept"), "accept", to="ready")

    @rule(place=places)
    def decline(self, place):
        self.post(self.case_at(place, "decline"), "decline", {"reason": "too much"})

    @rule(place=places, name=names, override=st.booleans())
    def reassign(self, place, name, override):
        case_id, chosen = self.case_at(place, "reassign"), self.id(name)
        file, person = self.files.get(case_id), self.people[self.id(name)]
        if file is None:
            return
        if not person.active:
            answer = self.site.ask("POST", f"/cases/{case_id}/reassign", {"specialist": chosen, "reason": "because"})
            assert answer.status_code == (404 if file.status in ALLOWED["reassign"] else 409), answer.text
            return
        rules = broken(file.need, chosen, self.people, self.now) - (OVERRIDABLE if override else set())
        full = self.journal.load(chosen) + file.need.weight > person.capacity
        body = {"specialist": chosen, "reason": "because", "override": override}
        self.post(case_id, "reassign", body, unless=bool(rules) or full or file.holder == chosen, to="ready")

    @rule(place=places)
    def put_back(self, place):
        case_id = self.case_at(place, "reassign")
        self.post(
            case_id,
            "reassign",
            {"specialist": None, "reason": "because"},
            unless=case_id is not None and self.files[case_id].holder is None,
        )

    @rule(place=places, on=st.sampled_from(["customer", "department", "approval"]))
    def wait(self, place, on):
        case_id = self.case_at(place, "wait")
        body = {"on": on} | ({"department": "treasury"} if on == "department" else {})
        nothing_to_approve = on == "approval" and case_id is not None and self.files[case_id].need.refund is None
        self.post(case_id, "wait", body, unless=nothing_to_approve, to=f"waiting_{on}")

    @rule(place=places)
    def resume(self, place):
        self.post(self.case_at(place, "resume"), "resume", to="ready")

    @rule(place=places, name=names)
    def approve(self, place, name):
        case_id, approver = self.case_at(place, "approve"), self.id(name)
        file, person = self.files.get(case_id), self.people[self.id(name)]
        if file is not None and person.active:
            refund = file.need.refund
            may = (
                refund is not None
                and person.may_refund(refund)
                and approver not in file.need.excluded
                and file.holder != approver
            )
            self.post(case_id, "approve", {"approver": approver, "approved": True}, unless=not may, to="ready")

    @rule(place=places)
    def resolve(self, place):
        case_id = self.case_at(place, "resolve")
        file = self.files.get(case_id)
        asked = None if file is None or file.holder is None else file.need.refund
        alone = asked is None or self.journal.people[file.holder].may_refund(asked)
        self.post(case_id, "resolve", unless=not alone and (file.decided is None or file.decided < asked), to="resolved")

    @rule(place=places)
    def reopen(self, place):
        case_id = self.case_at(place, "reopen")
        over = None if case_id is None else self.files[case_id].close_after
        self.post(case_id, "reopen", unless=over is not None and over <= self.now)

    @rule(place=places)
    def cancel(self, place):
        self.post(self.case_at(place, "cancel"), "cancel", {"reason": "withdrawn"}, to="cancelled")

    # ------------------------------------------------------------------------------------------------------ people

    @rule(name=names, person=people)
    def put(self, name, person):
        """Say everything anew; whoever has retired is back, and holds the credentials of before."""
        before = self.people.get(self.id(name), person)
        body = {"capacity": person.capacity, "role": person.role, "skills": person.skills}
        if person.refunds is not None:
            body["authority"] = {"refund": f"{person.refunds}.00 USD"}
        answer = self.site.ask("PUT", f"/specialists/{self.id(name)}", body)
        assert answer.is_success, answer.text
        kept = {"licences": dict(before.licences), "presence": before.presence, "until": before.until}
        self.people[self.id(name)] = replace(person, **kept)

    @rule(name=names, capacity=st.sampled_from([8, 5, 3, 1, 0]))
    def set_capacity(self, name, capacity):
        if self.change("PUT", name, "/capacity", {"capacity": capacity}):
            self.people[self.id(name)].capacity = capacity

    @rule(name=names, presence=st.sampled_from(["online", "busy", "away", "offline"]), hours=st.none() | st.integers(1, 100))
    def set_presence(self, name, presence, hours):
        until = self.now + timedelta(hours=hours) if hours and presence != "online" else None
        if self.change("PUT", name, "/presence", {"presence": presence, "until": until and until.isoformat()}):
            self.people[self.id(name)].presence, self.people[self.id(name)].until = presence, until

    @rule(
        name=names,
        kind=st.sampled_from(["series_7", "hipaa"]),
        where=st.sampled_from([["any"], ["NY"], ["FR", "NY"]]),
        first=days,
        last=days,
    )
    def grant(self, name, kind, where, first, last):
        today = self.now.date()
        dates = [None if day is None else today + timedelta(days=day) for day in (first, last)]
        if None not in dates:
            dates.sort()
        licence = Licence(kind, frozenset(where), *dates)
        if licence in self.people[self.id(name)].licences.values():
            return
        body = {
            "kind": kind,
            "jurisdictions": where,
            "valid_from": dates[0] and str(dates[0]),
            "valid_until": dates[1] and str(dates[1]),
        }
        if granted := self.change("POST", name, "/credentials", body):
            self.people[self.id(name)].licences[granted["id"]] = licence

    @rule(name=names, place=places)
    def revoke(self, name, place):
        held = self.people[self.id(name)].licences
        if held:
            key = list(held)[place % len(held)]
            answer = self.site.ask("POST", f"/specialists/{self.id(name)}/credentials/{key}/revoke")
            assert answer.status_code == 200, answer.text
            del held[key]

    @rule(name=names, place=places)
    def retire(self, name, place):
        if place % 3 == 0 and self.change("DELETE", name, "", None):
            self.people[self.id(name)].active = False

    def change(self, method, name, path, body):
        """Ask for a change of somebody, which is refused once they have retired; the answer, if it was made."""
        answer = self.site.ask(method, f"/specialists/{self.id(name)}{path}", body)
        active = self.people[self.id(name)].active
        assert answer.is_success == active, answer.text
        return answer.json() if active else None

    @rule(hours=st.sampled_from([1, 5, 24, 48]))
    def let_time_pass(self, hours):
        self.site.set(self.now + timedelta(hours=hours))

    # -------------------------------------------------------------------------------------------------- what holds

    @invariant()
    def everything_comes_to_rest_with_the_rules_kept(self):
        """What happened breaks no rule, the lists say what the events say, and soon nobody waits for whom there is room."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.read()
            left = self.unsettled()
            if not left:
                break
            assert time.monotonic() < deadline, left
            time.sleep(0.05)

    def read(self):
        for event in self.site.items("/audit", since=self.since.isoformat()):
            if event["seq"] > self.num_seen:
                self.num_seen = event["seq"]
                self.journal.read(event)

    def unsettled(self):
        """What time has not put right yet: cases held without cover or overlooked, and lists that are ahead of the events read."""
        now = self.now
        bare = [
            (case_id, file)
            for case_id, file in self.files.items()
            if file.status in HELD and uncovered(file.need, self.people[file.holder], now)
        ]
        late = [
            (case_id, file) for case_id, file in self.files.items() if file.status == "offered" and self.is_past(file.until, now)
        ]
        return bare or late or self.journal.overlooked(now) or self.differences()

    @staticmethod
    def is_past(moment: datetime | None, now: datetime) -> bool:
        return moment is not None and moment <= now

    def differences(self):
        """Where the lists and the events say different things."""
        cases = {one["id"]: one for one in self.site.items("/cases", source=self.source)}
        listed = {case_id: (one["status"], one["holder"]) for case_id, one in cases.items()}
        ours = {case_id: (file.status, file.holder) for case_id, file in self.files.items()}
        loads = {name: self.journal.load(name) for name in self.people}
        staff = {one["id"]: one["load"] for one in self.site.items("/specialists") if one["id"] in loads}
        return [] if (listed, staff) == (ours, loads) else [set(listed.items()) ^ set(ours.items()), staff, loads]


def body_of(need):
    return {
        "weight": need.weight,
        "jurisdiction": need.place,
        "required_credentials": ["|".join(group) for group in need.licences],
        "required_skills": need.skills,
        "action": None if need.refund is None else "refund",
        "amount": None if need.refund is None else f"{need.refund}.00 USD",
        "excluded_specialists": sorted(need.excluded),
        "risk_flags": sorted(need.flags),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    clock = folder / "clock"
    write_clock(clock, START)
    environment = {"CASEROUTER_TEST_CLOCK": str(clock), "CASEROUTER_REOPTIMISE_SECONDS": "1"}
    with RunningService(folder, environment=environment) as service, service.client() as client:
        yield Site(service, client, clock)


@pytest.mark.parametrize(
    ("num_examples", "num_steps"), [(6, 25), pytest.param(60, 50, marks=pytest.mark.durability)], ids=["little", "much"]
)
def test_whatever_is_asked_no_hard_rule_is_broken(site, num_examples, num_steps):
    Use.site = site
    run_state_machine_as_test(
        Use,
        settings=settings(
            max_examples=num_examples,
            stateful_step_count=num_steps,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Credentials: what they cover, and what becomes of it when they are revoked or lapse."""

from datetime import UTC, date, datetime, timedelta

import pytest

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Conflict, InvalidInput, NotFound
from caserouter.service.commands.credentials import grant_credential, revoke_credential
from caserouter.service.commands.holding import accept, expire_offer
from caserouter.service.commands.lapses import announce_lapse, let_lapse
from caserouter.service.commands.specialists import patch_specialist, retire_specialist
from caserouter.store.due import DueKind
from caserouter.store.events import EventKind

NEEDS_HIPAA = {"required_credentials": ["hipaa"]}
ENDS_TUESDAY = Credential(kind="hipaa", valid_until=date(2026, 11, 24))
LAPSES = datetime(2026, 11, 25, tzinfo=UTC)


def credential_of(office, name):
    """The id of the only credential that somebody holds."""
    (only,) = office.person(name).credentials
    return only


def test_a_credential_that_is_granted_pulls_what_asks_for_it(office):
    office.hire("ana")
    case = office.create(**NEEDS_HIPAA)
    office.do(grant_credential, "ana", Credential(kind="hipaa"), evidence="certificate 4711")
    assert office.holder(case) == "ana"


def test_evidence_stays_out_of_the_events(office):
    office.hire("ana")
    office.do(grant_credential, "ana", Credential(kind="hipaa"), evidence="certificate 4711")
    assert "4711" not in str(office.events())


def test_the_same_credential_is_not_granted_twice(office):
    office.hire("ana", "hipaa")
    with pytest.raises(Conflict, match="ana holds hipaa with the same places and dates already, as L-"):
        office.do(grant_credential, "ana", Credential(kind="hipaa"))


def test_a_credential_that_has_lapsed_already_is_announced_to_nobody(office):
    office.hire("ana", Credential(kind="hipaa", valid_until=office.now.date() - timedelta(days=2)))
    assert office.due("ana") == []


def test_an_unknown_place_is_refused(office):
    office.hire("ana")
    with pytest.raises(InvalidInput, match="Nowhere: unknown jurisdiction; write a code such as NY or FR"):
        office.do(grant_credential, "ana", Credential(kind="broker", jurisdictions={"Nowhere"}))


def test_what_a_revoked_credential_covered_goes_to_others_at_once(office):
    office.hire("ana", "hipaa", capacity=20)
    covered, other = office.create(**NEEDS_HIPAA), office.create()
    office.hire("ben", "hipaa")
    assert office.do(revoke_credential, "ana", credential_of(office, "ana")) == [covered]
    assert (office.holder(covered), office.holder(other)) == ("ben", "ana")
    assert office.person("ana").credentials == {}


def test_what_another_credential_covers_stays(office):
    office.enact(routing={"credentials": {"implies": {"series_7": ["series_6"]}}})
    office.hire("ana", "series_6", "series_7")
    case = office.create(required_credentials=["series_6"])
    office.hire("ben", "series_6")
    kinds = {held.kind: key for key, held in office.person("ana").credentials.items()}
    assert office.do(revoke_credential, "ana", kinds["series_6"]) == []
    assert office.holder(case) == "ana"
    assert office.do(revoke_credential, "ana", kinds["series_7"]) == [case]
    assert office.holder(case) == "ben"


def test_only_what_is_held_is_revoked(office):
    office.hire("ana", "hipaa")
    office.hire("ben")
    with pytest.raises(NotFound, match="ben holds no credential of this id; list what is held"):
        office.do(revoke_credential, "ben", credential_of(office, "ana"))


def test_a_dated_credential_comes_due_ahead_and_at_the_end_of_its_last_day(office):
    office.hire("ana", ENDS_TUESDAY, time_zone="America/New_York")
    lapses = LAPSES + timedelta(hours=5)
    assert [(at, kind) for at, kind, _ in office.due("ana")] == [
        (lapses - timedelta(hours=24), DueKind.CREDENTIAL_LAPSING),
        (lapses, DueKind.CREDENTIAL_LAPSES),
    ]


def test_another_time_zone_moves_what_comes_due(office):
    office.hire("ana", ENDS_TUESDAY, time_zone="America/New_York")
    office.do(patch_specialist, "ana", {"time_zone": "UTC"})
    assert [at for at, _, _ in office.due("ana")] == [LAPSES - timedelta(hours=24), LAPSES]


def test_a_time_zone_in_which_a_credential_has_lapsed_already_ends_it_at_once(office):
    office.hire("ana", ENDS_TUESDAY, time_zone="America/New_York")
    case = office.create(**NEEDS_HIPAA)
    office.clock.moment = LAPSES + timedelta(hours=1)
    office.do(patch_specialist, "ana", {"time_zone": "UTC"})
    assert (LAPSES, DueKind.CREDENTIAL_LAPSES) in [(at, kind) for at, kind, _ in office.due("ana")]
    office.do(let_lapse, "ana", credential_of(office, "ana"))
    assert (office.holder(case), office.due("ana")) == (None, [])
    office.do(patch_specialist, "ana", {"time_zone": "Asia/Tokyo"})
    assert office.due("ana") == []


def test_another_lead_moves_what_comes_due(office):
    office.hire("ana", ENDS_TUESDAY)
    office.enact(lapse_lead_hours=10)
    assert [at for at, _, _ in office.due("ana")] == [LAPSES - timedelta(hours=10), LAPSES]


def test_before_a_lapse_what_others_can_take_is_handed_over(office):
    """Ben has room for one of the two; the other stays with Ana, who may still work on it, until the lapse."""
    office.hire("ana", ENDS_TUESDAY, capacity=20)
    urgent, later, free = office.create(priority=1, **NEEDS_HIPAA), office.create(**NEEDS_HIPAA), office.create()
    office.hire("ben", "hipaa", capacity=1)
    office.wait(hours=16)
    assert office.do(announce_lapse, "ana", credential_of(office, "ana")) == [urgent]
    assert [office.holder(one) for one in (urgent, later, free)] == ["ben", "ana", "ana"]
    announced = office.last(EventKind.CREDENTIAL_LAPSING).data
    assert (announced["kind"], announced["jurisdictions"], announced["lapsed"]) == ("hipaa", ["any"], False)
    assert datetime.fromisoformat(announced["lapses"]) == LAPSES


def test_what_nobody_wants_ahead_of_a_lapse_returns_to_its_holder_until_then(office):
    office.enact(acceptance={"minutes": 30})
    office.hire("ana", ENDS_TUESDAY)
    case = office.create(**NEEDS_HIPAA)
    office.do(accept, case)
    office.hire("ben", "hipaa", capacity=1)
    office.wait(hours=16)
    assert office.do(announce_lapse, "ana", credential_of(office, "ana")) == [case]
    assert (office.holder(case), office.last(EventKind.CASE_RELEASED).data["until"]) == ("ben", None)
    office.wait(minutes=31)
    office.do(expire_offer, case)
    assert office.holder(case) == "ana"
    office.do(accept, case)
    office.clock.moment = LAPSES
    assert office.do(let_lapse, "ana", credential_of(office, "ana")) == [case]
    assert office.holder(case) == "ben"


def test_the_room_that_a_hand_over_leaves_is_given_out_at_once(office):
    office.hire("ana", ENDS_TUESDAY, capacity=1, skills={"claims": 3})
    covered = office.create(**NEEDS_HIPAA)
    waiting = office.create(required_skills={"claims": 3})
    office.hire("ben", "hipaa", capacity=1)
    office.wait(hours=16)
    office.do(announce_lapse, "ana", credential_of(office, "ana"))
    assert (office.holder(covered), office.holder(waiting)) == ("ben", "ana")


def test_at_the_lapse_the_rest_goes_back_to_the_queue(office):
    office.hire("ana", ENDS_TUESDAY)
    covered, free = office.create(**NEEDS_HIPAA), office.create()
    office.clock.moment = LAPSES
    assert office.do(let_lapse, "ana", credential_of(office, "ana")) == [covered]
    assert (office.holder(covered), office.holder(free)) == (None, "ana")
    assert office.last(EventKind.CREDENTIAL_LAPSING).data["lapsed"] is True
    assert office.due("ana") == []


def test_a_renewed_credential_keeps_what_it_covers(office):
    office.hire("ana", ENDS_TUESDAY)
    (old,) = office.person("ana").credentials
    case = office.create(**NEEDS_HIPAA)
    office.hire("ben", "hipaa")
    office.do(grant_credential, "ana", Credential(kind="hipaa", valid_from=date(2026, 11, 20)))
    assert office.do(announce_lapse, "ana", old) == []
    office.clock.moment = LAPSES
    assert office.do(let_lapse, "ana", old) == []
    assert office.holder(case) == "ana"


def test_nothing_lapses_too_early_or_without_its_holder(office):
    office.hire("ana", ENDS_TUESDAY)
    only = credential_of(office, "ana")
    before = office.head()
    assert office.do(let_lapse, "ana", only) == []
    assert office.do(let_lapse, "nobody", only) == []
    assert office.head() == before
    office.do(retire_specialist, "ana")
    office.clock.moment = LAPSES
    assert office.do(let_lapse, "ana", only) == []


def test_a_put_that_states_credentials_grants_and_revokes(office):
    office.hire("ana", "hipaa", "series_6")
    office.hire("ana", "series_6", "series_7")
    assert {held.kind for held in office.person("ana").credentials.values()} == {"series_6", "series_7"}
    assert len(office.events(EventKind.CREDENTIAL_GRANTED)) == 3
    assert len(office.events(EventKind.CREDENTIAL_REVOKED)) == 1

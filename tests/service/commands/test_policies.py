"""Versions of the policy: checked, kept, made active, and the queue looked at again."""

from datetime import date, timedelta

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.domain.service_policy import ServicePolicy, TargetRule
from caserouter.service.absences import PRESENCE
from caserouter.service.commands.policies import activate_policy, add_policy
from caserouter.service.commands.presence import set_presence
from caserouter.store.documents import newest_policy_version, policy_of
from caserouter.store.due import DueKind
from caserouter.store.events import EventKind


def test_a_version_is_kept_under_the_next_number(office):
    version = office.do(add_policy, ServicePolicy(decline_hours=2, routing={"name": "winter"}))
    with office.engine.read() as connection:
        kept = policy_of(connection, version)
        assert newest_policy_version(connection) == version == 2
    assert (kept.decline_hours, kept.routing.name, kept.routing.version) == (2, "winter", 2)
    with office.engine.board() as board:
        assert board.policy_version == 1


def test_another_version_looks_at_the_queue_again(office):
    office.hire("ana", skills={"claims": 2})
    case = office.create(required_skills={"claims": 3})
    assert office.holder(case) is None
    office.enact(routing={"relaxations": {"proficiency": {"price": 10}}})
    assert office.holder(case) == "ana"


def test_the_active_version_is_not_made_active_again(office):
    version = office.enact(decline_hours=2)
    assert office.do(activate_policy, version) is False
    assert len(office.events(EventKind.POLICY_ACTIVATED)) == 2
    assert office.do(activate_policy, 1) is True


def test_an_unknown_version_is_not_made_active(office):
    with pytest.raises(NotFound, match="policy 7: there is no such version; add it first"):
        office.do(activate_policy, 7)


def test_a_credential_that_no_longer_implies_the_one_needed_covers_nothing(office):
    office.enact(routing={"credentials": {"implies": {"series_7": ["series_6"]}}})
    office.hire("ana", "series_7")
    case = office.create(required_credentials=["series_6"])
    assert office.holder(case) == "ana"
    office.enact()
    assert office.holder(case) is None
    assert office.events(EventKind.CASE_RELEASED)[-1].data["reason"] == "credential"


def test_a_version_that_the_roster_contradicts_by_now_is_not_made_active(office):
    version = office.do(add_policy, ServicePolicy(routing={"currency": "EUR"}))
    office.hire("ana", cost_per_hour="40 USD")
    with pytest.raises(InvalidInput, match=r"policy 2: routing.currency: cost per hour of ana: is in USD, not in EUR; take it"):
        office.do(activate_policy, version)


def test_a_currency_in_which_an_authority_would_count_for_nothing_is_refused(office):
    office.hire("ana", authority={"refund": "100 USD", "credit": "unlimited"})
    said = "refund authority of ana: is in USD, not in EUR; take it from the specialist until the policy counts in EUR"
    with pytest.raises(InvalidInput, match=said) as refused:
        office.enact(routing={"currency": "EUR"})
    assert len(refused.value.findings) == 1
    office.hire("ana", authority={"credit": "unlimited"})
    office.enact(routing={"currency": "EUR"})


def test_another_shortest_absence_moves_what_comes_due(office):
    office.hire("ana")
    office.do(set_presence, "ana", "offline")
    office.enact(absence_hours=24)
    assert office.due("ana") == [(office.now + timedelta(hours=24), DueKind.ABSENCES, PRESENCE)]


def test_every_problem_of_a_version_is_listed(office):
    office.hire("ana", team="east", cost_per_hour="40 USD")
    wide, hidden = TargetRule(resolution_hours=8), TargetRule(priorities={1}, resolution_hours=2)
    holidays = {date(2026, 11, 1) + timedelta(days=k) for k in range(1_500)}
    document = ServicePolicy(
        targets=(wide, hidden),
        calendar={"holidays": holidays},
        routing={"currency": "EUR", "team_caps": {"eats": 5, "planned": 7}},
    )
    with pytest.raises(InvalidInput, match=r"policy: targets\.1: an earlier rule matches every case of this one") as refused:
        office.do(add_policy, document)
    assert [finding.column for finding in refused.value.findings] == [
        "targets.1",
        "calendar",
        "routing.team_caps",
        "routing.currency",
    ]
    assert str(refused.value.findings[2]) == "routing.team_caps: eats: nobody belongs to this team; did you mean east?"
    with office.engine.read() as connection:
        assert newest_policy_version(connection) == 1

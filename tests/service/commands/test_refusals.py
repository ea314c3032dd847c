"""What a client gave and the commands refuse is found at the name under which it was given."""

from datetime import timedelta

import pytest
from tests.service.office import MONDAY

from caserouter.domain.errors import InvalidInput
from caserouter.service.commands.commitments import commit
from caserouter.service.commands.contacts import review
from caserouter.service.commands.holding import reassign
from caserouter.service.commands.keys import create_key, rotate_key
from caserouter.service.commands.presence import set_presence
from caserouter.service.commands.specialists import set_capacity
from caserouter.service.commands.updating import update
from caserouter.service.commands.waits import wait
from caserouter.service.tokens import Scope

LATER = MONDAY + timedelta(hours=1)


@pytest.mark.parametrize(
    ("command", "given", "column", "value"),
    [
        (update, {"changes": {"source": "crm"}}, "source", ""),
        (update, {"changes": {}, "occurred_at": LATER}, "occurred_at", LATER.isoformat()),
        (reassign, {"specialist": "ann", "reason": " ", "override": True}, "reason", ""),
        (review, {"flags": ["media", "legal"]}, "flags", "legal, media"),
        (commit, {"due": MONDAY}, "due", MONDAY.isoformat()),
        (wait, {"on": "customer", "follow_up": MONDAY}, "follow_up", MONDAY.isoformat()),
        (wait, {"on": "department"}, "department", ""),
    ],
)
def test_a_refused_change_of_a_case_says_which_value_it_is(desk, command, given, column, value):
    desk.hire("ann")
    case_id = desk.create()
    head = desk.head()
    with pytest.raises(InvalidInput) as refused:
        desk.do(command, case_id, **given)
    (finding,) = refused.value.findings
    assert (finding.column, finding.value, bool(finding.rule), bool(finding.remedy)) == (column, value, True, True)
    assert desk.head() == head


@pytest.mark.parametrize(
    ("command", "given", "column", "value"),
    [
        (set_capacity, {"capacity": 100_001}, "capacity", "100001"),
        (set_presence, {"presence": "online", "until": LATER}, "until", LATER.isoformat()),
        (set_presence, {"presence": "away", "until": MONDAY}, "until", MONDAY.isoformat()),
    ],
)
def test_a_refused_change_of_a_specialist_says_which_value_it_is(office, command, given, column, value):
    office.hire("ann")
    with pytest.raises(InvalidInput) as refused:
        office.do(command, "ann", **given)
    (finding,) = refused.value.findings
    assert (finding.column, finding.value, bool(finding.rule), bool(finding.remedy)) == (column, value, True, True)


@pytest.mark.parametrize(
    ("given", "column", "value"),
    [
        ({"name": " "}, "name", ""),
        ({"name": "x" * 101}, "name", "x" * 20),
        ({"name": "crm", "expires_at": MONDAY}, "expires_at", MONDAY.isoformat()),
    ],
)
def test_a_refused_key_says_which_value_it_is(office, given, column, value):
    with pytest.raises(InvalidInput) as refused:
        office.do(create_key, scopes=[Scope.ROUTE], **given)
    (finding,) = refused.value.findings
    assert finding.column == column
    assert finding.value.strip().startswith(value)


@pytest.mark.parametrize("hours", [-1.0, 1e9, float("nan"), float("inf")])
def test_a_key_overlaps_for_a_number_of_hours(office, hours):
    made = office.do(create_key, name="crm", scopes=[Scope.ROUTE])
    with pytest.raises(InvalidInput, match=r"overlap_hours .*: outside 0 to 8760; choose one in between"):
        office.do(rotate_key, made.key.id, overlap_hours=hours)

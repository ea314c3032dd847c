"""Exports of other systems, read as ours."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.domain.money import Money
from caserouter.files.crm_map import CrmMap, load_map, map_names, map_text
from caserouter.files.readers import read_cases

DATA = Path(__file__).parent / "data"


def read(write, crm_map, text):
    loaded = read_cases(write("e.csv", text), crm_map=CrmMap.model_validate({"name": "m", **crm_map}))
    folder = loaded.file.rpartition("/")[0]
    return loaded, [f"{finding.severity} {str(finding).removeprefix(folder + '/')}" for finding in loaded.findings]


def test_a_zendesk_export_is_read_with_the_shipped_map():
    loaded = read_cases(DATA / "zendesk.csv", crm_map="zendesk")
    first, second, third = loaded.items
    assert (first.id, first.priority, first.type, first.source) == ("35436", 1, "claim_denial", "zendesk")
    assert first.required_skills == {"claims": 3, "appeals": 2}
    assert (first.risk_flags, first.jurisdiction, first.amount) == ({"legal"}, "NY", Money.of(1250))
    assert first.created == datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
    assert (second.type, second.priority, second.language, second.root_cause) == ("general", 3, "es", "fee_engine")
    assert (second.preferred_specialists, first.preferred_specialists) == ({"M. Okafor"}, frozenset())
    assert (third.priority, third.risk_flags, str(third.required_credentials[0][0])) == (1, {"regulator"}, "hipaa")
    assert [str(finding).rpartition("/")[2] for finding in loaded.findings] == [
        "zendesk.csv: Status is Solved: 1 row left out by the map zendesk; see its key 'only'",
        "zendesk.csv:1: Language [list]: no such column for our language",
    ]


def test_a_salesforce_report_is_read_with_the_shipped_map():
    loaded = read_cases(DATA / "salesforce.csv", crm_map="salesforce")
    first, second, third = loaded.items
    assert (first.id, first.priority, first.jurisdiction, first.amount) == ("00001042", 1, "NY", Money.of(4800))
    assert first.created == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    assert first.required_skills == {"payments": 3, "negotiation": 1}
    assert [str(need) for need in first.required_credentials[0]] == ["series_6", "series_7"]
    assert (second.risk_flags, second.resolution_due) == ({"regulator"}, datetime(2026, 3, 9, 4, tzinfo=UTC))
    assert (third.customer, third.language) == ("Noé Tremblay", "fr")
    assert [finding.severity for finding in loaded.findings] == ["warning"] * 3
    assert "5 rows after this blank line left out as the footer of the report" in str(loaded.findings[-1])


def test_values_defaults_and_constants_fill_columns(write):
    crm_map = {
        "columns": {"id": ["No", "Key"], "created": "At", "priority": "Urgency", "channel": "Via"},
        "values": {"priority": {"High": "1", "*": "4"}},
        "defaults": {"priority": "5", "type": "other"},
        "constants": {"source": "desk"},
    }
    loaded, _ = read(
        write, crm_map, "Key,At,Urgency,Via\n1,2026-03-01T10:00Z,HIGH,\n2,2026-03-01T10:00Z,odd,web\n3,2026-03-01T10:00Z,,\n"
    )
    assert [(case.id, case.priority, case.channel) for case in loaded.items] == [("1", 1, None), ("2", 4, "web"), ("3", 5, None)]
    assert {(case.source, case.type) for case in loaded.items} == {("desk", "other")}


def test_a_value_that_the_map_does_not_name_is_a_finding_in_its_own_column(write):
    crm_map = {"columns": {"id": "No", "created": "At", "priority": "Urgency"}, "values": {"priority": {"High": "1"}}}
    _, messages = read(write, crm_map, "No,At,Urgency\n1,2026-03-01T10:00Z,Odd\n")
    assert messages == ["error e.csv:2, Urgency: Odd: not a whole number"]


def test_rules_and_tags_set_and_add(write):
    crm_map = {
        "columns": {"id": "No", "created": "At", "required_skills": "Skills"},
        "tags": {"column": "Tags", "separator": ",", "prefixes": {"sk_": "required_skills", "lang_": "language"}},
        "rules": [
            {"column": "Tags", "contains": "vip", "add": {"risk_flags": "executive"}, "set": {"priority": "1"}},
            {"column": "Kind", "equals": "Claim Denial", "add": {"required_skills": "appeals:2; claims"}},
        ],
    }
    text = 'No,At,Skills,Tags,Kind\n1,2026-03-01T10:00Z,claims,"VIP, sk_tax_4,lang_fr",claim denial\n'
    (case,) = read(write, crm_map, text)[0].items
    assert case.required_skills == {"claims": 1, "tax": 4, "appeals": 2}
    assert (case.language, case.priority, case.risk_flags) == ("fr", 1, {"executive"})


def test_rows_left_out_are_counted_by_reason(write):
    crm_map = {"columns": {"id": "No", "created": "At"}, "only": {"Status": ["open", "New"]}}
    text = "No,At,Status\n" + "".join(
        f"{k},2026-03-01T10:00Z,{status}\n" for k, status in enumerate(["Open", "Closed", "Closed", ""])
    )
    loaded, messages = read(write, crm_map, text)
    assert [case.id for case in loaded.items] == ["0"]
    assert messages == [
        "warning e.csv: Status is Closed: 2 rows left out by the map m; see its key 'only'",
        "warning e.csv: Status is empty: 1 row left out by the map m; see its key 'only'",
    ]


def test_columns_that_the_export_lacks_are_told_with_the_header(write):
    crm_map = {"columns": {"id": "Ticket Id", "created": "Created", "language": "Locale"}}
    loaded, messages = read(write, crm_map, "Ticket ID,Created,Created\n1,x,2026-03-01T10:00Z\n")
    assert messages == [
        "error e.csv:1, Created: Created: this column stands 2 times in the header; keep one of them",
        "error e.csv:1: Ticket Id: no such column for our id; did you mean Ticket ID? then correct the map",
        "warning e.csv:1: Locale: no such column for our language",
    ]
    assert len(loaded.fatal) == 2


def test_other_columns_of_the_map_that_the_export_lacks_are_told(write):
    crm_map = {
        "columns": {"id": "No", "created": "At"},
        "only": {"Statuss": ["Open"]},
        "tags": {"column": "Labels", "prefixes": {"lang_": "language"}},
        "rules": [{"column": "Kind", "equals": "x", "set": {"type": "y"}}],
    }
    loaded, messages = read(write, crm_map, "No,At,Status\n1,2026-03-01T10:00Z,Closed\n")
    assert len(loaded.items) == 1
    assert messages == [
        "warning e.csv:1: Statuss: no such column, without which the map m cannot apply only.Statuss; did you mean Status?",
        "warning e.csv:1: Labels: no such column, without which the map m cannot apply tags",
        "warning e.csv:1: Kind: no such column, without which the map m cannot apply rules.0",
    ]


def test_a_map_that_says_nothing_of_a_required_column_is_told_once(write):
    _, messages = read(write, {"columns": {"id": "No"}}, "No,At\n1,x\n2,y\n")
    assert messages == ["error e.csv:1, created: created: the map m says nothing of this column; name its column in the map"]


def test_the_maps_time_zone_and_formats_apply(write):
    crm_map = {"columns": {"id": "No", "created": "At"}, "time_zone": "Europe/Berlin", "time_formats": ["%d.%m.%Y %H:%M"]}
    (case,) = read(write, crm_map, "No;At\n1;01.07.2026 09:00\n")[0].items
    assert case.created == datetime(2026, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: m\ncolumns: {prority: P}", "columns.prority: prority: not a column of cases; did you mean priority?"),
        ("name: m\ncolums: {}", "colums: colums: unknown key; did you mean columns?"),
        ("name: m\ntime_zone: Mars", "time_zone: Mars: not an IANA time zone; write it as America/New_York"),
        (
            "name: m\nrules:\n- {column: T, set: {type: x}}",
            "rules.0: a rule asks either equals or contains; write one of the two",
        ),
    ],
)
def test_a_wrong_map_is_refused_with_its_line(write, text, message):
    with pytest.raises(InvalidInput, match="not a map: 1 problem") as caught:
        load_map(write("m.yaml", text))
    (finding,) = caught.value.findings
    assert str(finding).rpartition("yaml:")[2].partition(", ")[2] == message


def test_shipped_maps_load_and_can_be_copied(write):
    assert map_names() == ("salesforce", "zendesk")
    for name in map_names():
        assert load_map(name) == load_map(write("copy.yaml", map_text(name)))
    with pytest.raises(NotFound, match="zen: neither a shipped map nor a file; shipped are salesforce, zendesk"):
        map_text("zen")

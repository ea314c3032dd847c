"""One table from one file: what each row becomes, and what each mistake is called."""

from datetime import UTC, date, datetime, time

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.domain.money import Money
from caserouter.domain.specialist import Role
from caserouter.files.readers import read_accounts, read_cases, read_specialists

NAIVE = "add an offset such as Z or -05:00, or set time_zone in the policy file or in the map"


def messages(loaded):
    """Findings without the folder of the test."""
    folder = loaded.file.rpartition("/")[0]
    return [str(finding).removeprefix(f"{folder}/") for finding in loaded.findings]


def test_a_case_is_read_from_csv(write):
    header = "ID,Created,Required Skills,required-credentials,action,amount,commitments,linked_cases,risk_flags,priority\n"
    row = 'C-1,2026-03-01T10:00Z,negotiation:3; claims,series_6|series_7; hipaa@NY,refund,"1,150.50",2026-03-02T10:00Z call,C-2;C-3,legal,2\n'
    (case,) = read_cases(write("a.csv", header + row)).items
    assert case.created == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert case.required_skills == {"negotiation": 3, "claims": 1}
    assert [[str(need) for need in group] for group in case.required_credentials] == [["series_6", "series_7"], ["hipaa@NY"]]
    assert case.amount == Money.of("1150.50")
    assert (case.commitments[0].note, case.linked_cases, case.priority) == ("call", {"C-2", "C-3"}, 2)


def test_a_specialist_is_read_from_csv(write):
    header = "id;capacity;role;skills;credentials;authority;held_cases;shifts;leave;intake;cost_per_hour;languages\n"
    row = (
        'S-1;8;manager;"negotiation:3; claims:4";"property_casualty@NY+NJ 2024-01-01..2026-12-31; hipaa@any; series_7 ..2026-05-01";'
        '"refund:150.00 USD; credit:unlimited";"C-1:2; C-2";"Mon-Fri 09:00-12:00, 13:00-17:00";2026-12-24;3/24h used 1;52;en\n'
    )
    (person,) = read_specialists(write("a.csv", header + row)).items
    assert (person.role, person.skills) == (Role.MANAGER, {"negotiation": 3, "claims": 4})
    first, second, third = person.credentials
    assert (first.jurisdictions, first.valid_until) == ({"NY", "NJ"}, date(2026, 12, 31))
    assert (second.jurisdictions, third.valid_from, third.valid_until) == ({"any"}, None, date(2026, 5, 1))
    assert person.authority == {"refund": Money.of(150), "credit": "unlimited"}
    assert person.caseload == 3
    assert [shift.end for shift in person.shifts] == [time(12), time(17)]
    assert (person.intake.limit, person.intake.window_hours, person.intake.used) == (3, 24, 1)


def test_yaml_and_json_may_use_lists_and_mappings(write):
    text = """
- id: 0012
  capacity: 8
  skills: {claims: 4}
  credentials:
    - {kind: hipaa, jurisdictions: any, valid_until: 2026-12-31}
    - series_7@NY
  authority: {refund: 150, credit: unlimited}
  languages: [NO, en]
  held_cases: [{id: C-1, weight: 2}, C-2]
  shifts: [{days: [0, 1], start: "09:00", end: "17:00"}, Sat 10:00-14:00]
  leave: [{start: 2026-12-01, end: 2026-12-05}, 2026-12-24]
  intake: {limit: 3}
"""
    (person,) = read_specialists(write("a.yaml", text)).items
    assert (person.id, person.languages, person.caseload) == ("0012", {"no", "en"}, 3)
    assert [credential.kind for credential in person.credentials] == ["hipaa", "series_7"]
    assert [sorted(shift.days) for shift in person.shifts] == [[0, 1], [5]]
    assert len(person.leave) == 2


def test_accounts_are_read(write):
    (account,) = read_accounts(write("a.jsonl", '{"id": "A-1", "owner": "S-1", "health": 70.5, "at_risk": true}')).items
    assert (account.owner, account.health, account.at_risk) == ("S-1", 70.5, True)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("created", "2026-03-01 10:00", f"created: 2026-03-01 10:00: a time without a time zone; {NAIVE}"),
        ("amount", "-5", "amount: -5: below zero; amounts are zero or more"),
        (
            "amount",
            "5 EUR",
            "amount: 5.00 EUR: not in USD, the one currency of this queue; convert it, or set currency in the policy file",
        ),
        ("amount", "150,00", "amount: 150,00: not an amount; write it as 1,500.00 USD"),
        ("priority", "urgent", "priority: urgent: not a whole number"),
        ("priority", "9", "priority: 9: above 5, the most allowed"),
        ("weight", "0", "weight: 0: below 1, the least allowed"),
        ("required_skills", "claims:7", "required_skills.claims: 7: above 5, the most allowed"),
        ("required_skills", "claims:1; claims:2", "required_skills: claims: named twice in one cell; keep one"),
        (
            "required_credentials",
            "hipaa@",
            "required_credentials: hipaa@: no jurisdiction after the @; write kind@NY, or leave the @ out",
        ),
        ("risk_flags", "legl", "risk_flags: legl: not one of executive, media, legal, regulator; did you mean legal?"),
        ("linked_cases", "C-1", "C-1: C-1 is linked to or separated from itself; leave it out of its own lists"),
        ("action", "a|b", "action: a|b: contains ';', '|' or a line break, which separate names in files; rename it"),
    ],
)
def test_a_bad_cell_of_a_case_says_value_rule_and_remedy(write, column, cell, message):
    row = {"id": "C-1", "created": "2026-03-01T10:00Z", "action": "refund", column: cell}
    text = ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values())
    loaded = read_cases(write("a.csv", text))
    place = "a.csv:2: " if message.startswith("C-1") else "a.csv:2, "
    assert messages(loaded) == [place + message]
    assert loaded.items == ()


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        (
            "skills",
            "claims:3, tax:4",
            "skills: claims:3, tax:4: more than one name before the value; separate one from the next by ;",
        ),
        ("skills", "claims:3:4", "skills: claims:3:4: more than one name before the value; separate one from the next by ;"),
        ("skills", "claims", "skills: claims: no value after the name; write the proficiency, 1 to 5: negotiation:3"),
        (
            "authority",
            "refund:5 EUR",
            "authority: 5.00 EUR: not in USD, the one currency of this queue; convert it, or set currency in the policy file",
        ),
        ("authority", "refund:-5", "authority: -5: below zero; amounts are zero or more"),
        (
            "credentials",
            "hipaa 2024-01-01",
            "credentials: hipaa 2024-01-01: not a credential; write property_casualty@NY+NJ 2024-01-01..2026-12-31",
        ),
        (
            "credentials",
            "hipaa 2025-01-01..2024-01-01",
            "credentials: hipaa is valid until 2024-01-01, before its first day 2025-01-01",
        ),
        ("capacity", "-1", "capacity: -1: below 0, the least allowed"),
        ("capacity", "", "capacity: required, but not given; fill it in"),
        ("role", "boss", "role: boss: not a role; use specialist, coordinator, manager"),
        ("time_zone", "Mars", "time_zone: Mars: not an IANA time zone; write it as America/New_York"),
        ("intake", "many", "intake: many: not an intake limit; write 3/24h, or 3/24h used 1"),
        ("backup", "S-1", "S-1: S-1 is named as their own backup; name someone else or nobody"),
    ],
)
def test_a_bad_cell_of_a_specialist_says_value_rule_and_remedy(write, column, cell, message):
    row = {"id": "S-1", "capacity": "8", column: cell}
    text = ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values())
    place = "a.csv:2: " if message.startswith("S-1") else "a.csv:2, "
    assert messages(read_specialists(write("a.csv", text))) == [place + message]


def test_all_problems_of_all_rows_come_at_once(write):
    loaded = read_cases(
        write("a.csv", "id,created,priority,weight\nC-1,today,9,0\n,2026-03-01T10:00Z,2,1\nC-3,2026-03-01T10:00Z,2,1\n")
    )
    assert [(finding.line, finding.column) for finding in loaded.findings] == [
        (2, "created"), (2, "weight"), (2, "priority"), (3, "id"),
    ]  # fmt: skip
    assert [case.id for case in loaded.items] == ["C-3"]
    assert [(row.line, row.values["id"]) for row in loaded.bad_rows] == [(2, "C-1"), (3, "")]
    assert loaded.fatal == ()


def test_a_duplicate_id_names_both_lines(write):
    loaded = read_cases(write("a.csv", "id,created\nC-1,2026-03-01T10:00Z\nC-2,2026-03-01T10:00Z\nC-1,2026-03-02T10:00Z\n"))
    assert messages(loaded) == ["a.csv:4, id: C-1: this id stands on line 2 already; give every row an id of its own"]
    assert loaded.lines == {"C-1": 2, "C-2": 3}


def test_unknown_and_missing_columns_are_errors_of_the_header(write):
    loaded = read_cases(write("a.csv", "id,prioritty,zzz,id\nC-1,9,x,y\n"))
    known = "known are id, created, source, account, customer"
    found = messages(loaded)
    assert "a.csv:1, prioritty: prioritty: unknown column; did you mean priority?" in found
    assert any(message.startswith(f"a.csv:1, zzz: zzz: unknown column; {known}") for message in found)
    assert "a.csv:1, id: id: this column stands twice in the header; keep one of them" in found
    assert "a.csv:1, created: created: this column is missing from the header; add it; every case needs id, created" in found
    assert len(loaded.fatal) == 4
    assert loaded.items == ()


def test_an_unknown_key_has_its_own_line(write):
    loaded = read_specialists(write("a.yaml", "- id: S-1\n  capacity: 3\n  skils: {}\n"))
    assert messages(loaded) == ["a.yaml:3, skils: skils: unknown key; did you mean skills?"]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl", ".yaml"])
def test_an_empty_file_is_an_error(write, suffix):
    loaded = read_cases(write(f"a{suffix}", ""))
    assert messages(loaded) == [f"a{suffix}: the file is empty; it should hold cases"]
    assert loaded.fatal


@pytest.mark.parametrize(("name", "text"), [("a.csv", "id,created\n"), ("a.json", "[]"), ("a.yaml", "cases: []")])
def test_a_file_without_rows_is_a_warning(write, name, text):
    loaded = read_cases(write(name, text))
    assert messages(loaded) == [f"{name}: no cases in this file; check that it is the right one"]
    assert not loaded.fatal


def test_naive_times_take_the_zone_that_is_given(write):
    loaded = read_cases(write("a.csv", "id,created\nC-1,2026-03-01 10:00\n"), time_zone="America/New_York")
    assert loaded.items[0].created == datetime(2026, 3, 1, 15, tzinfo=UTC)


def test_bare_amounts_are_in_the_currency_of_the_queue(write):
    path = write("a.csv", "id,created,action,amount\nC-1,2026-03-01T10:00Z,refund,1500\n")
    assert read_cases(path, currency="JPY").items[0].amount == Money(minor=1500, currency="JPY")


def test_semicolons_windows_letters_and_a_mark_are_read(write):
    text = 'id;created;type;required_skills\nC-1;2026-03-01T10:00Z;réclamation;"a:1; b:2"\n'
    for encoding in ("cp1252", "utf-8-sig", "utf-16"):
        (case,) = read_cases(write("a.csv", text.encode(encoding))).items
        assert (case.type, case.required_skills) == ("réclamation", {"a": 1, "b": 2})


def test_a_broken_row_reports_its_shape_alone(write):
    loaded = read_cases(write("a.csv", "id,created,priority\nC-1,x\n"))
    assert len(loaded.findings) == 1
    assert "2 cells under a header of 3" in messages(loaded)[0]


def test_other_files_are_refused_with_the_suffixes_that_work(write):
    assert messages(read_cases(write("a.xlsx", "x"))) == ["a.xlsx: unknown kind of file .xlsx; use .csv, .json, .jsonl or .yaml"]


def test_a_missing_file_or_map_is_not_found(write, tmp_path):
    with pytest.raises(NotFound, match="no such file"):
        read_cases(tmp_path / "none.csv")
    with pytest.raises(NotFound, match=r"zendsk: neither a shipped map nor a file; did you mean zendesk\?"):
        read_cases(write("a.csv", "id\n"), crm_map="zendsk")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="a directory"):
        read_cases(tmp_path)


def test_an_id_that_is_there_already_is_said_of_bad_rows_too(write):
    rows = (
        "C-1,2026-03-01T10:00Z,1\nC-1,2026-03-01T10:00Z,99\nC-2,2026-03-01T10:00Z,99\nC-2,yesterday,1\nC-2,2026-03-01T10:00Z,1\n"
    )
    loaded = read_cases(write("c.csv", f"id,created,weight\n{rows}"))
    assert [(finding.line, finding.column) for finding in loaded.findings] == [
        (3, "weight"),
        (3, "id"),
        (4, "weight"),
        (5, "created"),
        (5, "id"),
    ]
    assert [case.id for case in loaded.items] == ["C-1", "C-2"]

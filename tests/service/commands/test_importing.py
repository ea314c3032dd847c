"""Importing specialists: every row or none, and whoever is known is changed by what the cells say."""

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.service.commands.importing import import_specialists, read_specialists_csv


def load(office, text):
    return office.do(import_specialists, read_specialists_csv(text.encode(), currency="USD"))


def test_rows_become_specialists_who_pull_at_once(office):
    case = office.create(required_skills={"claims": 3})
    done = load(office, "id,name,capacity,skills,credentials\nana,Ana,5,claims:4,hipaa@any\nben,Ben,3,,\n")
    assert (done.created, done.updated, done.unchanged) == (("ana", "ben"), (), ())
    assert office.holder(case) == "ana"
    assert [held.kind for held in office.person("ana").credentials.values()] == ["hipaa"]


def test_whoever_is_known_is_changed_by_the_cells_that_are_filled(office):
    office.hire("ana", "hipaa", name="Ana", team="east", skills={"claims": 2})
    office.hire("ben", capacity=3)
    done = load(office, "id,capacity,skills,team\nana,8,claims:5,\nben,3,,\n")
    assert (done.created, done.updated, done.unchanged) == ((), ("ana",), ("ben",))
    ana = office.person("ana").specialist
    assert (ana.name, ana.team, ana.capacity, dict(ana.skills)) == ("Ana", "east", 8, {"claims": 5})
    assert [held.kind for held in ana.credentials] == ["hipaa"]


def test_credentials_that_a_row_states_are_all_that_is_held(office):
    office.hire("ana", "hipaa")
    case = office.create(required_credentials=["hipaa"])
    load(office, "id,capacity,credentials\nana,10,series_6@any\n")
    assert [held.kind for held in office.person("ana").credentials.values()] == ["series_6"]
    assert office.holder(case) is None


def test_one_wrong_row_stops_them_all_and_everything_is_listed(office):
    text = (
        "id,capacity,skills,credentials,held_cases,cost_per_hour\n"
        "ana,5,claims:9,,,\n"
        "ben,many,,,,\n"
        "cid,5,,broker@Nowhere,,\n"
        "dan,5,,,C-1,\n"
        "eva,5,,,,40.00 EUR\n"
        "fay,5,,,,\n"
    )
    before = office.head()
    with pytest.raises(
        InvalidInput, match=r"specialists.csv: nothing imported: 5 problems, first specialists.csv:2, skills"
    ) as refused:
        load(office, text)
    assert [(finding.line, finding.column) for finding in refused.value.findings] == [
        (2, "skills.claims"),
        (3, "capacity"),
        (4, "credentials"),
        (5, "held_cases"),
        (6, "cost_per_hour"),
    ]
    assert {finding.file for finding in refused.value.findings} == {"specialists.csv"}
    assert office.head() == before


def test_a_file_without_capacities_is_refused_once(office):
    with pytest.raises(InvalidInput, match="capacity") as refused:
        load(office, "id,name\nana,Ana\nben,Ben\n")
    assert len(refused.value.findings) == 1


def test_a_backup_that_contradicts_what_is_known_is_refused(office):
    office.hire("ana")
    with pytest.raises(InvalidInput, match="named as their own backup"):
        load(office, "id,capacity,backup\nana,10,ana\n")


def test_an_empty_file_is_refused(office):
    with pytest.raises(InvalidInput, match="the file is empty"):
        load(office, "")


def test_a_workbook_is_refused(office):
    with pytest.raises(InvalidInput, match="Excel"):
        office.do(import_specialists, read_specialists_csv(b"PK\x03\x04 and so on", currency="USD"))

from pathlib import Path

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.files.crm_map import load_map
from caserouter.files.readers import read_cases
from caserouter.files.starter import guess_columns, starter_map

DATA = Path(__file__).parent / "data"


def test_columns_are_guessed_by_their_names():
    names = ("Ticket ID", "Date/Time Opened", "State [list]", "Severity", "Group", "Contact Name")
    assert guess_columns(names) == {
        "id": "Ticket ID", "created": "Date/Time Opened", "customer": "Contact Name", "jurisdiction": "State [list]", "priority": "Severity",
    }  # fmt: skip


def test_a_name_is_used_once():
    assert list(guess_columns(("Reference",)).values()) == ["Reference"]


@pytest.mark.parametrize("name", ["zendesk", "salesforce"])
def test_a_first_map_reads_the_export_it_was_made_from(write, name):
    path = write("m.yaml", starter_map(DATA / f"{name}.csv"))
    loaded = read_cases(DATA / f"{name}.csv", crm_map=path)
    assert len(loaded.items) == 4
    assert {case.priority for case in loaded.items} <= {1, 2, 3, 4}


def test_a_first_map_says_what_it_leaves_to_do(write):
    text = starter_map(write("e.csv", 'Key;Severity;Labels;Status;Note "x"\n7;Critical;vip;Open;\n'))
    assert "  # created: required! When it was created" in text
    assert '    "Critical": "1"' in text
    assert '# tags: {column: "Labels", prefixes: {skill_: required_skills, lang_: language}}' in text
    assert '# only: {"Status": ["Open"]}' in text
    assert '#   Note "x": no values' in text
    assert load_map(write("m.yaml", text)).columns == {"id": ("Key",), "priority": ("Severity",)}


def test_naive_times_suggest_a_zone_and_their_formats(write):
    text = starter_map(write("e.csv", "Id,Created\n1,13/02/2026 09:00\n"))
    assert 'time_zone: UTC\ntime_formats: ["%d/%m/%Y %H:%M"]' in text


def test_json_rows_give_a_header_too(write):
    assert '  id: "ticket id"  # such as 7' in starter_map(write("e.jsonl", '{"ticket id": 7}\n{"opened": "x"}\n'))


def test_there_must_be_a_header(write, tmp_path):
    with pytest.raises(InvalidInput, match=r"no header to map; export it again with its column names"):
        starter_map(write("e.csv", "\n\n"))
    with pytest.raises(InvalidInput, match=r"cannot be mapped: 1 problem, first .*the file is empty"):
        starter_map(write("e.csv", ""))
    with pytest.raises(NotFound, match="no such file"):
        starter_map(tmp_path / "none.csv")

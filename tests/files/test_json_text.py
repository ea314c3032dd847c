import pytest

from caserouter.files.json_text import read_json, read_json_lines
from caserouter.files.problems import Report


def test_a_list_gives_a_record_per_object_with_its_line(write):
    records = list(read_json(write("a.json", '[\n  {"id": 7,\n   "x": 1.50},\n  {"id": "b"}\n]\n'), "utf-8", Report("a")))
    assert [(record.line, dict(record.values)) for record in records] == [(2, {"id": "7", "x": "1.50"}), (4, {"id": "b"})]


def test_objects_one_after_the_other_do_as_well(write):
    records = list(read_json(write("a.json", '{"id": "a"}\n{\n"id": "b"}'), "utf-8", Report("a")))
    assert [record.line for record in records] == [1, 2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[{"id": 1}, {"id" 2}]',
            "a:1: not JSON from here on: expecting ':' delimiter at character 19; correct it; the rest of the file was not read",
        ),
        ('[{"id": 1}', "a:1: the list that begins this file never ends; add a ] at the end"),
        ("[]\nmore", "a:1: more: text after the end of the list; one file holds one list"),
        ("[" * 100_000, "a:1: not JSON from here on: nested too deeply; correct it; the rest of the file was not read"),
    ],
)
def test_broken_json_is_an_error_of_the_file(write, text, message):
    report = Report("a")
    list(read_json(write("a.json", text), "utf-8", report))
    assert [str(finding) for finding in report.findings] == [message]


def test_a_broken_line_of_json_lines_spoils_its_row_only(write):
    records = list(read_json_lines(write("a.jsonl", '{"id": 1}\n\n{"id": \n[2]\n{"id": 3}\n'), "utf-8", Report("a")))
    assert [record.line for record in records] == [1, 3, 4, 5]
    assert str(records[1].problems[0]).startswith('a:3: {"id":: not JSON: expecting value at character')
    assert str(records[2].problems[0]) == 'a:4: [\'2\']: not an object; write one object per row, such as {"id": "C-1"}'


def test_a_key_given_twice_is_a_problem_of_the_row(write):
    records = list(read_json_lines(write("a.jsonl", '{"id": 1, "id": 2}\n'), "utf-8", Report("a")))
    assert str(records[0].problems[0]) == "a:1, id: id: this key stands twice in one object; keep one"

import pytest

from caserouter.files.problems import Report
from caserouter.files.yaml_text import read_document, read_yaml


def document(path):
    report = Report("a")
    return read_document(path, "utf-8", report), [str(finding) for finding in report.findings]


def test_scalars_stay_as_they_were_written(write):
    found, _ = document(write("a.yaml", "a: NO\nb: 0012\nc: 1.50\nd: 2026-03-01\ne: ~\nf: 'null'\ng:\nh: yes\n"))
    assert found.data == {"a": "NO", "b": "0012", "c": "1.50", "d": "2026-03-01", "e": None, "f": "null", "g": None, "h": "yes"}


def test_keys_know_their_lines(write):
    found, _ = document(write("a.yaml", "a:\n  b:\n    - c: 1\n      d: 2\n"))
    assert found.lines["a", "b", 0, "d"] == 4


def test_anchors_are_followed(write):
    assert document(write("a.yaml", "a: &x [1]\nb: *x\n"))[0].data == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1\nb: 2", "a:2: not YAML: while parsing a flow sequence expected ',' or ']', but got ':'; correct it"),
        ("a: 1\nb: 2\na: 3\n", "a:3, a: a: this key stood on line 1 already; keep one"),
        ("? [1]\n: 2\n", "a:1: a list or mapping as a key; write a plain word"),
        ("&a [*a]", "a: nested too deeply, or too large once its aliases are followed; write it out flat"),
        (
            "\ta: 1",
            "a:1: not YAML: while scanning for the next token found character '\\t' that cannot start any token; correct it",
        ),
    ],
)
def test_what_is_no_plain_document_is_an_error(write, text, message):
    assert document(write("a.yaml", text))[1] == [message]


def test_aliases_of_aliases_do_not_blow_up(write):
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, 12)]
    assert "too large once its aliases are followed" in document(write("a.yaml", "\n".join(levels)))[1][0]


def test_rows_may_stand_under_the_tables_name(write):
    path = write("a.yaml", "cases:\n- id: a\n-\n  id: b\n- 7\n")
    records = list(read_yaml(path, "utf-8", Report("a"), "cases"))
    assert [(record.line, dict(record.values)) for record in records] == [(2, {"id": "a"}), (4, {"id": "b"}), (5, {})]
    assert str(records[2].problems[0]) == "a:5: 7: not a mapping; write 'key: value' lines"


def test_a_mapping_is_no_list_of_rows(write):
    report = Report("a")
    assert list(read_yaml(write("a.yaml", "id: a\n"), "utf-8", report, "cases")) == []
    assert [str(finding) for finding in report.findings] == [
        "a:1: not a list; write a list of cases: lines that begin with '- id:'"
    ]

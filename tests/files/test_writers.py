import json
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.domain.money import Money
from caserouter.domain.specialist import Role
from caserouter.files.writers import check_writable, write_table, write_text

ROWS = [
    {
        "case": "C-1",
        "cost": 12.5,
        "late": True,
        "at": datetime(2026, 3, 1, 10, tzinfo=UTC),
        "tags": ("a", "b"),
        "limit": Money.of(5),
    },
    {"case": "C-2", "cost": None, "late": False, "at": None, "tags": (), "limit": None, "note": "é"},
]


def test_csv_holds_plain_cells(tmp_path):
    write_table(tmp_path / "a.csv", ROWS)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == (
        "case,cost,late,at,tags,limit,note\nC-1,12.5,true,2026-03-01T10:00:00+00:00,a; b,5.00 USD,\nC-2,,false,,,,é\n"
    )


def test_formulas_are_escaped_and_numbers_are_not(tmp_path):
    write_table(tmp_path / "a.csv", [{"x": text} for text in ("=1+1", "+x", "-x", "@x", "-5", -5, "\tx", "a=b")])
    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert lines == ["x", "'=1+1", "'+x", "'-x", "'@x", "-5", "-5", "'\tx", "a=b"]


def test_columns_choose_and_order(tmp_path):
    write_table(tmp_path / "a.tsv", ROWS, ["cost", "case"])
    assert (tmp_path / "a.tsv").read_text() == "cost\tcase\n12.5\tC-1\n\tC-2\n"


def test_json_keeps_types(tmp_path):
    write_table(tmp_path / "a.json", [{"x": float("inf"), "role": Role.MANAGER, "days": {date(2026, 3, 1)}}])
    assert json.loads((tmp_path / "a.json").read_text()) == [{"x": None, "role": 3, "days": ["2026-03-01"]}]
    write_table(tmp_path / "a.jsonl", ROWS, ["case", "limit"])
    assert (tmp_path / "a.jsonl").read_text().splitlines()[0] == '{"case": "C-1", "limit": "5.00 USD"}'


def test_no_rows_still_make_a_file(tmp_path):
    for suffix in ("csv", "json", "jsonl", "parquet"):
        write_table(tmp_path / f"a.{suffix}", [], ["case"])
    assert json.loads((tmp_path / "a.json").read_text()) == []
    assert (tmp_path / "a.csv").read_text() == "case\n"


def test_parquet_reads_back(tmp_path):
    write_table(tmp_path / "a.parquet", [*ROWS, {"cost": 3, "tags": {"k": 1}}])
    table = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["cost"] for row in table] == [12.5, None, 3.0]
    assert [row["tags"] for row in table] == ['["a", "b"]', "[]", '{"k": 1}']
    assert (table[0]["at"], table[0]["limit"], table[0]["late"]) == (ROWS[0]["at"], "5.00 USD", True)


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")

    class Broken:
        def __str__(self):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_table(path, [{"x": Broken()}])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_suffix_or_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match=r"cannot write this kind of file; use \.csv, \.tsv, \.json, \.jsonl, \.parquet"):
        write_table(tmp_path / "a.xlsx", ROWS)
    with pytest.raises(InvalidInput, match=r"cannot be written \(No such file or directory\); choose another path"):
        write_table(tmp_path / "none" / "a.csv", ROWS)


def test_what_cannot_be_written_is_found_out_beforehand(tmp_path):
    (tmp_path / "old.csv").write_text("old")
    for fine in (tmp_path / "a.csv", tmp_path / "old.csv"):
        check_writable(fine)
    with pytest.raises(InvalidInput, match=r"none/a\.csv: cannot be written \(No such file or directory\); choose another path"):
        check_writable(tmp_path / "none" / "a.csv")
    with pytest.raises(InvalidInput, match=r"old\.csv/a\.csv: cannot be written \(Not a directory\); choose another path"):
        check_writable(tmp_path / "old.csv" / "a.csv")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old.csv", "old")]


def test_a_link_is_followed_and_a_pipe_is_written_directly(tmp_path):
    target = tmp_path / "real.txt"
    (tmp_path / "link.txt").symlink_to(target)
    write_text(tmp_path / "link.txt", "hello")
    assert target.read_text() == "hello"
    write_text("/dev/null", "gone")

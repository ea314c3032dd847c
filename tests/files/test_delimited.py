import pytest

from caserouter.files.delimited import open_csv
from caserouter.files.problems import Report


def rows(path, report=None, **options):
    source = open_csv(path, "utf-8-sig", report or Report("a.csv"), **options)
    return source.header, list(source.records)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_splits_the_header_most(write, delimiter):
    header, records = rows(write("a.csv", delimiter.join(["id", '"a,b;c"', "x", "y"]) + "\n" + delimiter.join("1234")))
    assert header == ("id", "a,b;c", "x", "y")
    assert records[0].values == {"id": "1", "a,b;c": "2", "x": "3", "y": "4"}


def test_excels_sep_line_names_the_delimiter(write):
    header, records = rows(write("a.csv", "sep=;\nid;x,y,z\n1;2\n"))
    assert header == ("id", "x,y,z")
    assert (records[0].line, records[0].values) == (3, {"id": "1", "x,y,z": "2"})


def test_a_byte_order_mark_is_no_part_of_the_first_name(write):
    assert rows(write("a.csv", b"\xef\xbb\xbfid,x\n1,2\n"))[0] == ("id", "x")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_lines(write, end):
    _, records = rows(write("a.csv", end.join(["id,x", '1,"two', 'lines"', "2,b", ""])))
    assert [record.line for record in records] == [2, 4]


def test_blank_rows_are_skipped(write):
    _, records = rows(write("a.csv", "id,x\n\n , \n,\n1,2\n"))
    assert [record.values for record in records] == [{"id": "1", "x": "2"}]


def test_too_few_and_too_many_cells_are_problems_of_the_row(write):
    _, records = rows(write("a.csv", "id,x\n1\n2,b,c\n3,c,,\n"))
    problems = [[str(finding) for finding in record.problems] for record in records]
    remedy = "quote cells that hold the delimiter; keep the delimiters of empty cells"
    assert problems == [
        [f"a.csv:2: 1 cell under a header of 2; {remedy}"],
        [f"a.csv:3: 3 cells under a header of 2; {remedy}"],
        [],
    ]


def test_a_stray_quote_spoils_its_row_only(write):
    _, records = rows(write("a.csv", 'id,x\n1,"a"b\n2,c\n'))
    assert str(records[0].problems[0]) == "a.csv:2: a quoted cell goes on after its closing quote; double the quotes inside"
    assert records[1].values == {"id": "2", "x": "c"}


def test_a_quote_that_never_closes_is_an_error_of_the_file(write):
    report = Report("a.csv")
    _, records = rows(write("a.csv", 'id,x\n1,a\n2,"b\n3,c\n'), report)
    assert [record.values["id"] for record in records] == ["1"]
    assert [str(finding) for finding in report.findings] == [
        (
            "a.csv:3: a quote opens here and never closes, so the rest of the file cannot be read;"
            " close it, or double the quotes inside a cell"
        )
    ]


def test_an_open_quote_before_a_great_deal_of_text_is_told_too(write):
    report = Report("a.csv")
    rows(write("a.csv", 'id,x\n1,"' + "long\n" * 50_000), report)
    assert "never closes" in report.findings[0].rule


def test_a_footer_is_left_out_and_counted(write):
    report = Report("a.csv")
    _, records = rows(write("a.csv", 'id,x\n1,2\n\nGrand Totals\n"Copyright"\n'), report, footer=True)
    assert len(records) == 1
    assert [str(finding) for finding in report.findings] == [
        "a.csv:3: 2 rows after this blank line left out as the footer of the report"
    ]


def test_progress_ends_at_the_last_row(write):
    calls = []
    rows(write("a.csv", "id\n" + "1\n" * 4_500), progress=lambda count, fraction: calls.append((count, fraction)))
    assert [count for count, _ in calls] == [2_000, 4_000, 4_500]
    assert calls[-1][1] == 1.0
    assert all(0 <= fraction <= 1 for _, fraction in calls)

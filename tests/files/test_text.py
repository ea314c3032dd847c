import codecs

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.files.problems import Report
from caserouter.files.text import detect_encoding, require_file


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"id\n\xc3\xa9", "utf-8-sig"),
        (codecs.BOM_UTF8 + b"id\n", "utf-8-sig"),
        ("id\né".encode("utf-16"), "utf-16"),
        ("id\né".encode("cp1252"), "cp1252"),
        (b"", "utf-8-sig"),
    ],
)
def test_an_encoding_is_recognised(write, content, encoding):
    assert detect_encoding(write("a.csv", content), Report("a.csv")) == encoding


def test_windows_1252_is_a_warning_at_the_first_foreign_byte(write):
    report = Report("a.csv")
    detect_encoding(write("a.csv", b"id\nok\ncaf\xe9\n"), report)
    assert [str(finding) for finding in report.findings] == [
        "a.csv:3: not UTF-8: read as Windows-1252; save the file as UTF-8 if accented letters come out wrong"
    ]
    assert report.findings[0].severity == "warning"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "a.csv: this is a zip archive or an Excel workbook; save the sheet as CSV (UTF-8)"),
        (b"id\n\x00\x01", "a.csv:1: holds NUL bytes, so it is no text file; save it again as CSV (UTF-8)"),
        (b"id\n\xe9\x81", "a.csv:2: neither UTF-8 nor Windows-1252; save the file as UTF-8"),
        (b"\xff\xfei", "a.csv:1: begins as UTF-16 but does not go on so; save the file as UTF-8"),
    ],
)
def test_what_is_no_text_is_an_error(write, content, message):
    report = Report("a.csv")
    assert detect_encoding(write("a.csv", content), report) is None
    assert [str(finding) for finding in report.findings] == [message]


def test_a_letter_split_between_chunks_is_still_utf8(write):
    path = write("a.csv", b"x" * ((1 << 20) - 1) + "é".encode())
    assert detect_encoding(path, Report("a.csv")) == "utf-8-sig"


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"nothing\.csv: no such file; check the path"):
        require_file(tmp_path / "nothing.csv")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="a directory; name one file in it"):
        require_file(tmp_path)

"""From bytes to text: which encoding a file is in, found by reading it once."""

import codecs
from pathlib import Path

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.files.problems import Report, shown_path

_CHUNK = 1 << 20
_UNDEFINED_IN_WINDOWS_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_BINARY = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF file",
}


def require_file(path: Path) -> None:
    """Raise NotFound or InvalidInput unless `path` is a file that can be opened."""
    if not path.exists():
        raise NotFound(f"{shown_path(path)}: no such file; check the path", ids=[str(path)])
    if path.is_dir():
        raise InvalidInput(f"{shown_path(path)}: a directory; name one file in it", ids=[str(path)])
    try:
        path.open("rb").close()
    except OSError as error:
        raise InvalidInput(f"{shown_path(path)}: cannot be read ({error.strerror}); check its permissions") from error


def detect_encoding(path: Path, report: Report) -> str | None:
    """The encoding of a text file, or None, with the reason in `report`, when it is no text.

    UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252, which is reported as a warning because
    nothing in the bytes proves it.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for magic, what in _BINARY.items():
        if head.startswith(magic):
            report.error("", f"this is {what}", "save the sheet as CSV (UTF-8)")
            return None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _if_valid(path, "utf-16", report)
    return _if_valid(path, "utf-8-sig", report)


def _if_valid(path: Path, encoding: str, report: Report) -> str | None:
    """`encoding` if the whole file decodes, else what to read it as."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += chunk[: error.start].count(b"\n")
                return _fall_back(path, encoding, line, report)
            if b"\0" in chunk and encoding != "utf-16":
                report.error("", "holds NUL bytes, so it is no text file", "save it again as CSV (UTF-8)", line)
                return None
            if not chunk:
                return encoding
            line += chunk.count(b"\n")


def _fall_back(path: Path, encoding: str, line: int, report: Report) -> str | None:
    """Windows-1252 with a warning, unless the bytes rule that out too."""
    remedy = "save the file as UTF-8"
    if encoding == "utf-16":
        report.error("", "begins as UTF-16 but does not go on so", remedy, line)
        return None
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk or _UNDEFINED_IN_WINDOWS_1252.intersection(chunk):
                report.error("", "neither UTF-8 nor Windows-1252", remedy, line)
                return None
    report.warn("", "not UTF-8: read as Windows-1252", f"{remedy} if accented letters come out wrong", line)
    return "cp1252"

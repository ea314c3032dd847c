"""JSON: a list of objects, objects one after the other, or JSON Lines, with the line of each."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caserouter.files.problems import Report
from caserouter.files.records import Progress, Record

_STRIDE = 2_000
_SPACE = " \t\r\n"
_REMEDY = 'write one object per row, such as {"id": "C-1"}'


def read_json_lines(path: Path, encoding: str, report: Report, progress: Progress | None = None) -> Iterator[Record]:
    """One record per line; blank lines are skipped."""
    size = max(path.stat().st_size, 1)
    with io.TextIOWrapper(path.open("rb"), encoding=encoding) as file:
        for line, text in enumerate(file, 1):
            if progress and line % _STRIDE == 0:
                progress(line, min(file.buffer.tell() / size, 1.0))
            if not text.isspace():
                yield _record(text.strip(_SPACE), line, report)


def read_json(path: Path, encoding: str, report: Report) -> Iterator[Record]:
    """The objects of one list, or of a sequence of objects; the text is held in memory."""
    text = path.read_text(encoding=encoding)
    at = _skip(text, 0, _SPACE)
    in_list = text[at : at + 1] == "["
    at = _skip(text, at + in_list, _SPACE)
    counted, line = 0, 1
    while at < len(text):
        line += text.count("\n", counted, at)
        counted = at
        if in_list and text[at] == "]":
            _refuse_rest(text[at + 1 :], line, report)
            return
        duplicates: list[str] = []
        try:
            value, at = _decoder(duplicates).raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            where = line + (error.lineno - line if isinstance(error, json.JSONDecodeError) else 0)
            report.error("", f"not JSON from here on: {_reason(error)}", "correct it; the rest of the file was not read", where)
            return
        yield _checked(value, duplicates, line, report)
        at = _skip(text, at, _SPACE + ",")
    if in_list:
        report.error("", "the list that begins this file never ends", "add a ] at the end", line)


def _record(text: str, line: int, report: Report) -> Record:
    """The record of one line of JSON Lines."""
    duplicates: list[str] = []
    try:
        value = _decoder(duplicates).decode(text)
    except (ValueError, RecursionError) as error:
        return Record(line, {}, problems=(report.finding(text, f"not JSON: {_reason(error)}", _REMEDY, line),))
    return _checked(value, duplicates, line, report)


def _checked(value: Any, duplicates: list[str], line: int, report: Report) -> Record:
    """A decoded value as a record; anything but an object, and any key given twice, is a problem of the row."""
    if not isinstance(value, dict):
        return Record(line, {}, problems=(report.finding(value, "not an object", _REMEDY, line),))
    problems = tuple(report.finding(key, "this key stands twice in one object", "keep one", line, key) for key in duplicates)
    return Record(line, value, problems=problems)


def _decoder(duplicates: list[str]) -> json.JSONDecoder:
    """A decoder that keeps numbers as text and notes keys that an object holds twice."""

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            duplicates.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return found

    return json.JSONDecoder(object_pairs_hook=collect, parse_int=str, parse_float=str, parse_constant=str)


def _skip(text: str, at: int, marks: str) -> int:
    """The first position from `at` on that holds none of `marks`."""
    while at < len(text) and text[at] in marks:
        at += 1
    return at


def _refuse_rest(rest: str, line: int, report: Report) -> None:
    """Report text after the list."""
    if rest.strip(_SPACE):
        report.error(rest.strip(_SPACE), "text after the end of the list", "one file holds one list", line)


def _reason(error: ValueError | RecursionError) -> str:
    """What a decoder complains of, in a few words."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)

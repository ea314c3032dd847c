"""CSV: delimiters , ; tab or |, one header line, rows read one at a time."""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from caserouter.domain.errors import Finding
from caserouter.files.problems import Report, plural
from caserouter.files.records import Progress, Record, Source

_DELIMITERS = ",;\t|"
_STRIDE = 2_000
_BLANK = "\ufeff \t\r\n"


def open_csv(path: Path, encoding: str, report: Report, progress: Progress | None = None, *, footer: bool = False) -> Source:
    """A CSV file as records.

    Parameters
    ----------
    footer
        Whether what follows the first blank line is the footer of a report, to be left out with a warning.
    """
    file = io.TextIOWrapper(path.open("rb"), encoding=encoding, newline="")
    first = file.readline()
    skipped = 0
    delimiter = None
    if first.lower().startswith("sep=") and len(first.strip(_BLANK)) == len("sep=,"):
        delimiter, first, skipped = first[len("sep=")], file.readline(), 1
    reader = csv.reader(itertools.chain([first], file), delimiter=delimiter or _sniff(first), strict=True)
    try:
        header = tuple(cell.strip(_BLANK) for cell in next(reader, ()))
    except csv.Error:
        report.error("", "the header line has a quote that never closes", "close it, or double the quotes inside a name", 1)
        header = ()
    if not any(header):
        file.close()
        return Source((), iter(()))
    pull = _Rows(reader, header, report, skipped, footer=footer)
    return Source(header, _closing(file, pull, path.stat().st_size, progress))


def _sniff(line: str) -> str:
    """The delimiter that splits a header line into most columns, outside quotes; a comma when none does."""
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _closing(
    file: "io.TextIOWrapper[io.BufferedReader]", rows: "_Rows", size: int, progress: Progress | None
) -> Iterator[Record]:
    """The records of `rows`, with progress by bytes, closing the file at the end."""
    count = 0
    with file:
        for count, record in enumerate(rows.records(), 1):
            if progress and count % _STRIDE == 0:
                progress(count, min(file.buffer.tell() / max(size, 1), 1.0))
            yield record
    if progress:
        progress(count, 1.0)


class _Reader(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class _Rows:
    """Rows of one reader as records, with each broken row reported and the next one tried."""

    def __init__(self, reader: "_Reader", header: Sequence[str], report: Report, skipped: int, *, footer: bool) -> None:
        self.reader = reader
        self.header = header
        self.report = report
        self.skipped = skipped
        self.footer = footer

    def records(self) -> Iterator[Record]:
        width = len(self.header)
        while True:
            line = self.reader.line_num + 1 + self.skipped
            try:
                cells = next(self.reader, None)
            except csv.Error as error:
                if self._is_fatal(error, line):
                    return
                finding = self.report.finding(
                    "", "a quoted cell goes on after its closing quote", "double the quotes inside", line
                )
                yield Record(line, {}, problems=(finding,))
                continue
            if cells is None:
                return
            if not any(cells) or not any(map(str.strip, cells)):
                if self.footer and not cells:
                    self._leave_out_rest(line)
                    return
            elif len(cells) == width:
                yield Record(line, dict(zip(self.header, cells, strict=True)))
            else:
                yield self._ragged(line, cells)

    def _ragged(self, line: int, cells: list[str]) -> Record:
        """A row with fewer or more cells than the header; empty cells at the end do no harm."""
        width = len(self.header)
        problems: tuple[Finding, ...] = ()
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            finding = self.report.finding(
                "",
                f"{plural(len(cells), 'cell')} under a header of {width}",
                "quote cells that hold the delimiter; keep the delimiters of empty cells",
                line,
            )
            problems = (finding,)
        return Record(line, dict(zip(self.header, cells, strict=False)), problems=problems)

    def _is_fatal(self, error: csv.Error, line: int) -> bool:
        """Report an error after which the rest of the file cannot be told apart."""
        if "unexpected end" not in str(error) and "field larger" not in str(error):
            return False
        rule = "a quote opens here and never closes, so the rest of the file cannot be read"
        self.report.error("", rule, "close it, or double the quotes inside a cell", line)
        return True

    def _leave_out_rest(self, line: int) -> None:
        """Count what follows a blank line and say that it was taken for a footer."""
        count = 0
        try:
            count = sum(1 for cells in self.reader if any(cells))
        except csv.Error:
            count += 1
        if count:
            self.report.warn("", f"{plural(count, 'row')} after this blank line left out as the footer of the report", "", line)

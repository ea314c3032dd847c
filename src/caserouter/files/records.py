"""Records: what every file format yields, one per row, with scalars as the text that the file holds.

A number in JSON or YAML stays the text it was written as, so that ``0012`` keeps its zeros, ``NO`` is Norway and not
False, 150.10 loses no cent, and one set of cell parsers serves every format.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caserouter.domain.errors import Finding
from caserouter.domain.model import FrozenDict

Key = tuple[str | int, ...]
"""A path of keys and list positions inside one record."""

Progress = Callable[[int, float], None]
"""Called now and then with the rows read so far and the fraction of the file, 0 to 1."""

NO_LINES: Mapping[Key, int] = FrozenDict()
NO_FILES: Mapping[Key, str] = FrozenDict()


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    Parameters
    ----------
    line
        1-based line on which it starts.
    values
        Text, truth values, None, lists and mappings by column or key.
    lines
        Lines of single keys, for formats in which a record spans several.
    problems
        What made the row unreadable in part; such a row becomes no object.
    files
        Files of single keys, where several files make up the record.
    """

    line: int
    values: Mapping[str, Any]
    lines: Mapping[Key, int] = NO_LINES
    problems: tuple[Finding, ...] = ()
    files: Mapping[Key, str] = NO_FILES

    def line_of(self, key: Key) -> int:
        """Line of `key`, or of the nearest key around it."""
        return self.lines.get(self._nearest(key), self.line)

    def file_of(self, key: Key, otherwise: str) -> str:
        """File of `key`, or of the nearest key around it; `otherwise` where one file makes up the record."""
        return self.files.get(self._nearest(key), otherwise)

    def _nearest(self, key: Key) -> Key:
        """`key`, or the nearest key around it that has a line; empty if none has."""
        while key and key not in self.lines:
            key = key[:-1]
        return key


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: its header, if the format has one, and its records, read as they are asked for."""

    header: tuple[str, ...] | None
    records: Iterator[Record]

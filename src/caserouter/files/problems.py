"""What is wrong with a file: a report that collects findings, and the words they use."""

import difflib
import reprlib
import string
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from caserouter.domain.errors import Finding

_MAX_SHOWN = 80
_MAX_COMPARED = 5_000
_NO_DIGITS = str.maketrans("", "", string.digits)
_SHORT = reprlib.Repr()
_SHORT.maxstring = _MAX_SHOWN


class CellError(ValueError):
    """A cell breaks a rule of its column.

    Parameters
    ----------
    rule, remedy
        As in Finding.
    value
        The part of the cell that breaks it; None for the whole cell.
    """

    def __init__(self, rule: str, remedy: str = "", value: str | None = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy
        self.value = value


@dataclass(slots=True)
class Report:
    """Findings about one file.

    Parameters
    ----------
    file
        Its name, as the user wrote it.
    findings
        Errors and warnings about the file as a whole; those of single rows stay with the rows.
    """

    file: str
    findings: list[Finding] = field(default_factory=list)

    def finding(self, value: object, rule: str, remedy: str = "", line: int | None = None, column: str | None = None) -> Finding:
        """An error in this file, not yet recorded here."""
        return Finding(shown(value), rule, remedy, self.file, line, column and shown(column))

    def error(self, value: object, rule: str, remedy: str = "", line: int | None = None, column: str | None = None) -> None:
        """Record an error about the file as a whole."""
        self.findings.append(self.finding(value, rule, remedy, line, column))

    def warn(self, value: object, rule: str, remedy: str = "", line: int | None = None, column: str | None = None) -> None:
        """Record a warning."""
        self.findings.append(
            Finding(shown(value), rule, remedy, self.file, line, column and shown(column), severity="warning"),
        )


def shown(value: object) -> str:
    """`value` as one short printable line, for a finding."""
    text = value if isinstance(value, str) else "" if value is None else _SHORT.repr(value)
    text = _printable(" ".join(text[: 4 * _MAX_SHOWN].split()))
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def shown_path(path: str | Path) -> str:
    """`path` as one printable line, whole, since its end tells files apart."""
    return _printable(str(path))


def _printable(text: str) -> str:
    return "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text)


def did_you_mean(word: str, known: Collection[str], otherwise: str = "") -> str:
    """The nearest of the `known` words as a question, or `otherwise` when none is near."""
    key = word.casefold()
    by_key = {name.casefold(): name for name in sorted(known)}
    if key in by_key:
        return f"did you mean {by_key[key]}?"
    if len(by_key) > _MAX_COMPARED:
        return otherwise
    near = difflib.get_close_matches(key, by_key, n=3, cutoff=0.7)
    # Ids that differ in their digits alone, such as S-12 and S-13, are neighbours and no misspellings.
    likely = [name for name in near if name.translate(_NO_DIGITS) != key.translate(_NO_DIGITS)]
    return f"did you mean {by_key[likely[0]]}?" if likely else otherwise


def listed(words: Collection[str], limit: int = 40) -> str:
    """`words` separated by commas, in their order, at most `limit` of them."""
    more = f" and {len(words) - limit} more" if len(words) > limit else ""
    return ", ".join(list(words)[:limit]) + more


def plural(count: int, noun: str) -> str:
    """`count` with its noun: 1 row, 2 rows."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

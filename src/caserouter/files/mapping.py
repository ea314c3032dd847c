"""A map at work: rows of another system's export as rows with our columns."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from caserouter.files.crm_map import CrmMap, Rule
from caserouter.files.problems import Report, did_you_mean, listed, plural
from caserouter.files.records import Record, Source
from caserouter.files.tables import CASES

_WORDS = re.compile(r"[\s,;]+")
_LEVEL = re.compile(r"^(.+)_([1-5])$")
_WITH_LEVEL = frozenset({"required_skills"})


class MappedRecords:
    """The records of a source, with our columns.

    Parameters
    ----------
    crm_map, source, report
        What to apply, to what, and where problems with the header go.

    Attributes
    ----------
    labels
        The export's name of each of our columns, for findings.
    absent
        Required columns that the export has no column for; reported with the header.
    """

    def __init__(self, crm_map: CrmMap, source: Source, report: Report) -> None:
        self._map = crm_map
        self._source = source
        self._report = report
        self._left_out: Counter[str] = Counter()
        self.labels = {column: names[0] for column, names in crm_map.columns.items()}
        self.absent: frozenset[str] = frozenset()
        if source.header is not None:
            self._check_header(source.header)

    def __iter__(self) -> Iterator[Record]:
        for record in self._source.records:
            if record.problems:
                yield record
            elif self._keep(record.values):
                yield Record(record.line, self._mapped(record.values))
        for reason, count in self._left_out.items():
            self._report.warn(reason, f"{plural(count, 'row')} left out by the map {self._map.name}", "see its key 'only'")

    def _check_header(self, header: tuple[str, ...]) -> None:
        """Report duplicate columns, and those of the map that the file lacks."""
        if not header:
            self._report.error("", "the file is empty", "export it again, with its header line")
            self.absent = frozenset(CASES.required)
            return
        others = self._other_columns()
        used = {name for names in (*self._map.columns.values(), *others) for name in names}
        for name, count in Counter(header).items():
            if count > 1 and name in used:
                self._report.error(name, f"this column stands {count} times in the header", "keep one of them", 1, name)
        given = self._map.defaults.keys() | self._map.constants.keys()
        missing = {column for column, names in self._map.columns.items() if not set(names) & set(header)}
        for column in self._map.columns:
            if column in missing:
                self._report_missing(column, header, is_needed=column in CASES.required and column not in given)
        for names, keys in others.items():
            if not set(names) & set(header):
                rule = f"no such column, without which the map {self._map.name} cannot apply {keys}"
                self._report.warn(names[0], rule, did_you_mean(names[0], set(header)), 1)
        unmapped = [column for column in CASES.required if column not in self._map.columns and column not in given]
        for column in unmapped:
            rule = f"the map {self._map.name} says nothing of this column"
            self._report.error(column, rule, "name its column in the map", 1, column)
        self.absent = frozenset(missing & set(CASES.required) - given).union(unmapped)

    def _other_columns(self) -> dict[tuple[str, ...], str]:
        """The export's columns that the map reads beside those of `columns`, and the keys that read them."""
        found: dict[tuple[str, ...], str] = {(name,): f"only.{name}" for name in self._map.only}
        readers = [(f"rules.{position}", rule.column) for position, rule in enumerate(self._map.rules)]
        if self._map.tags is not None:
            readers.insert(0, ("tags", self._map.tags.column))
        for key, names in readers:
            found[names] = f"{found[names]}, {key}" if names in found else key
        return found

    def _report_missing(self, column: str, header: tuple[str, ...], *, is_needed: bool) -> None:
        """Say that the export has no column for one of ours: an error if nothing else can fill it."""
        name = self._map.columns[column][0]
        rule = f"no such column for our {column}"
        hint = did_you_mean(name, set(header))
        if is_needed:
            self._report.error(name, rule, f"{hint} then correct the map" if hint else f"the file has {listed(header)}", 1)
        else:
            self._report.warn(name, rule, hint, 1)

    def _keep(self, values: Mapping[str, Any]) -> bool:
        for column, allowed in self._map.only.items():
            text = _text(values.get(column))
            if column in values and text.casefold() not in {value.casefold() for value in allowed}:
                self._left_out[f"{column} is {text}" if text else f"{column} is empty"] += 1
                return False
        return True

    def _mapped(self, values: Mapping[str, Any]) -> dict[str, Any]:
        ours: dict[str, Any] = dict(self._map.defaults)
        for column, names in self._map.columns.items():
            name = next((name for name in names if name in values), None)
            if name is not None:
                self.labels[column] = name
                if (value := self._translated(column, values[name])) not in {None, ""}:
                    ours[column] = value
        ours |= self._map.constants
        self._add_tags(values, ours)
        for rule in self._map.rules:
            if _applies(rule, values):
                ours |= rule.set
                for column, extra in rule.add.items():
                    _extend(ours, column, extra)
        return ours

    def _translated(self, column: str, value: Any) -> Any:
        """Our value for theirs; a value that the map does not name stays as it is."""
        if isinstance(value, list | dict):
            return str(value)
        table = self._map.values.get(column)
        if table is None or value is None:
            return value
        key = _text(value).casefold()
        for theirs, ours in table.items():
            if theirs.casefold() == key:
                return ours
        return table.get("*", value) if key else value

    def _add_tags(self, values: Mapping[str, Any], ours: dict[str, Any]) -> None:
        tags = self._map.tags
        if tags is None:
            return
        text = next((_text(values[name]) for name in tags.column if name in values), "")
        for tag in text.split(None if tags.separator.isspace() else tags.separator):
            for prefix, column in tags.prefixes.items():
                rest = tag.strip().removeprefix(prefix)
                if rest and rest != tag.strip():
                    _extend(ours, column, _LEVEL.sub(r"\1:\2", rest) if column in _WITH_LEVEL else rest)


def _applies(rule: Rule, values: Mapping[str, Any]) -> bool:
    text = next((_text(values[name]) for name in rule.column if name in values), "").casefold()
    if rule.equals is not None:
        return text == rule.equals.casefold()
    return rule.contains is not None and rule.contains.casefold() in _WORDS.split(text)


def _extend(ours: dict[str, Any], column: str, extra: str) -> None:
    """Append to a list column; a column that holds one value is overwritten; what is there already stays single."""
    if column not in CASES.parsers or column in {"created", "amount", "first_response_due", "resolution_due"}:
        ours[column] = extra
        return
    parts = [part.strip() for part in str(ours.get(column, "")).split(";") if part.strip()]
    ours[column] = "; ".join(dict.fromkeys([*parts, *(part.strip() for part in extra.split(";"))]))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)

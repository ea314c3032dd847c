"""A first map for any export, guessed from its header and a sample of its values."""

import difflib
import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from caserouter.domain.case import Case
from caserouter.domain.errors import InvalidInput
from caserouter.files.documents import refusal
from caserouter.files.problems import Report, shown, shown_path
from caserouter.files.settings_template import parameter_notes
from caserouter.files.sources import open_source
from caserouter.files.state_names import CODE_BY_NAME
from caserouter.files.tables import CASES

_SAMPLE = 500
_MAX_VALUES = 12
_KIND = re.compile(r"\s*\[\w+\]$")
_WORDS = re.compile(r"[^a-z0-9]+")
_SYNONYMS: Mapping[str, str] = {
    "id": "case number, case id, ticket id, ticket number, number, reference, key",
    "created": "created at, created date, created on, date time opened, opened, opened date, requested, date created",
    "account": "organization, organisation, account name, account id, company, household",
    "customer": "requester, contact, contact name, customer id, customer name, member, requester id",
    "type": "case type, ticket type, category, record type, issue type",
    "root_cause": "reason, case reason, cause",
    "channel": "via, origin, case origin, source channel",
    "language": "locale, case language",
    "jurisdiction": "state, mailing state, mailing state province, billing state, billing state province, province, country",
    "required_skills": "skills, skills needed",
    "required_credentials": "licence, license, licences, licenses, required licenses, credentials",
    "action": "requested action, action requested, remedy",
    "amount": "amount in dispute, disputed amount, refund amount, value",
    "priority": "severity, urgency, case priority, ticket priority",
    "first_response_due": "first reply due, first response target, target response, response due",
    "resolution_due": "due date, due at, target date, sla due, resolution target, deadline",
    "linked_cases": "parent case, parent, problem id, related cases",
    "preferred_specialists": "assignee, case owner, owner, agent, assigned to",
}
_TIME_FORMATS = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y, %I:%M %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d-%b-%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y",
)
_LANGUAGES = {
    "english": "en",
    "spanish": "es",
    "french": "fr",
    "german": "de",
    "portuguese": "pt",
    "italian": "it",
    "chinese": "zh",
}
_VALUES = {"priority": "1 (highest) to 5", "language": "a code such as en", "jurisdiction": "a code such as NY"}
_TIMES = ("created", "first_response_due", "resolution_due")


def starter_map(path: str | Path) -> str:
    """YAML text of a commented map for the file at `path`, to be completed by hand.

    Columns are guessed by the likeness of names; values of columns such as the priority are listed as they occur in the
    first rows.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it has no header and no rows to take one from.
    """
    path = Path(path)
    report = Report(str(path))
    source = open_source(path, CASES.plural, report)
    rows = [record.values for record in itertools.islice(source.records, _SAMPLE) if not record.problems]
    header = source.header if source.header is not None else tuple(dict.fromkeys(key for row in rows for key in row))
    if any(finding.severity == "error" for finding in report.findings):
        raise refusal(report.findings, f"{path}: cannot be mapped")
    if not any(header):
        raise InvalidInput(f"{shown_path(path)}: no header to map; export it again with its column names")
    samples = {name: _distinct([row.get(name) for row in rows]) for name in header if name}
    return "\n".join([*_head(path), *_columns(samples), *_values(samples), *_more(samples), *_times(samples), ""])


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """The likeliest of `names` by our column, each name used once, certain matches first."""
    scored = [
        (score, column, name)
        for column in Case.model_fields
        for name in names
        if (score := max(_likeness(alias, name) for alias in (column, *_SYNONYMS.get(column, column).split(", ")))) >= 0.84
    ]
    found: dict[str, str] = {}
    for _, column, name in sorted(scored, key=lambda entry: -entry[0]):
        if column not in found and name not in found.values():
            found[column] = name
    return {column: found[column] for column in Case.model_fields if column in found}


def _likeness(alias: str, name: str) -> float:
    """How alike two names are, 0 to 1, whatever their case and punctuation."""
    plain = _KIND.sub("", name.strip())
    ours, theirs = (_WORDS.sub(" ", text.lower()).strip() for text in (alias, plain))
    return difflib.SequenceMatcher(None, ours, theirs).ratio() if theirs else 0.0


def _distinct(values: Sequence[object]) -> list[str]:
    """Distinct values of a column, in the order of the rows."""
    return list(dict.fromkeys(value.strip() for value in values if isinstance(value, str) and value.strip()))


def _head(path: Path) -> list[str]:
    return [
        f"# A first map for {shown(path.name)}. Check every guess, fill in what is missing, then:",
        "#   caserouter check --cases FILE --map THIS_FILE",
        f"name: {_quoted(path.stem[:100] or 'map')}",
        "",
        "# Our column: their column.",
    ]


def _columns(samples: Mapping[str, list[str]]) -> list[str]:
    guessed = guess_columns(tuple(samples))
    notes = parameter_notes(Case)
    lines = [
        "columns:",
        *(f"  {column}: {_quoted(name)}  # such as {_some(samples[name])}" for column, name in guessed.items()),
        *(
            f"  # {column}: {'required! ' if column in CASES.required else ''}{_first(notes.get(column, ''))}"
            for column in Case.model_fields
            if column not in guessed
        ),
    ]
    lines += ["", "# Their columns that no line above uses:"]
    lines += [f"#   {shown(name)}: {_some(values)}" for name, values in samples.items() if name not in guessed.values()]
    return [*lines, ""]


def _values(samples: Mapping[str, list[str]]) -> list[str]:
    """Value maps to fill in, for guessed columns whose values cannot be ours as they are."""
    guessed = guess_columns(tuple(samples))
    lines = []
    for column, meaning in _VALUES.items():
        values = samples.get(guessed.get(column, ""), [])
        if values and not (column == "priority" and set(values) <= set("12345")):
            lines.append(f"  {column}:  # {meaning}")
            lines += [f"    {_quoted(value)}: {_quoted(_guess_value(column, value))}" for value in values[:_MAX_VALUES]]
    lines = ["# Our value by theirs.", "values:", *lines, ""] if lines else []
    return [*lines, "# Where a cell is empty.", "defaults:", '  priority: "3"', ""]


def _guess_value(column: str, value: str) -> str:
    """A first guess at our value for theirs."""
    if column == "language":
        return _LANGUAGES.get(value.casefold(), value)
    if column == "jurisdiction":
        return CODE_BY_NAME.get(value.casefold(), value)
    levels = (
        {"critical", "urgent", "highest", "p1"},
        {"high", "p2"},
        {"normal", "medium", "p3"},
        {"low", "p4"},
        {"lowest", "p5"},
    )
    word = value.casefold().rpartition(" ")[2]
    return next((str(level) for level, names in enumerate(levels, 1) if word in names), "3")


def _more(samples: Mapping[str, list[str]]) -> list[str]:
    """Examples, to be uncommented, for a status to choose rows by and a column of tags."""
    lines = []
    for name, values in samples.items():
        if _likeness("status", name) > 0.9:
            kept = ", ".join(_quoted(value) for value in values[:_MAX_VALUES])
            lines += ["# Rows to keep; the others are counted in a warning.", f"# only: {{{_quoted(name)}: [{kept}]}}", ""]
        if max(_likeness("tags", name), _likeness("labels", name)) > 0.9:
            prefixes = "{skill_: required_skills, lang_: language}"
            lines += ["# Tags with a meaning.", f"# tags: {{column: {_quoted(name)}, prefixes: {prefixes}}}", ""]
    return lines


def _times(samples: Mapping[str, list[str]]) -> list[str]:
    guessed = guess_columns(tuple(samples))
    values = [value for column in _TIMES for value in samples.get(guessed.get(column, ""), [])]
    formats = [style for style in _TIME_FORMATS if any(_fits(value, style) for value in values)]
    lines = ["# The time zone of times that name none, and their format; %d/%m or %m/%d is yours to decide."]
    lines.append("time_zone: UTC" if any(_is_naive(value) for value in values) else "# time_zone: America/New_York")
    listed = ", ".join(_quoted(style) for style in formats)
    return [*lines, f"time_formats: [{listed}]" if formats else '# time_formats: ["%m/%d/%Y %H:%M"]']


def _fits(value: str, style: str) -> bool:
    try:
        datetime.strptime(value, style)  # noqa: DTZ007 - only whether it fits
    except ValueError:
        return False
    return True


def _is_naive(value: str) -> bool:
    """Whether a time names no zone, as far as one can tell."""
    return not re.search(r"(Z|UTC|GMT|[+-]\d\d:?\d\d)$", value)


def _quoted(text: str) -> str:
    """`text` as a double-quoted YAML scalar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(mark if mark.isprintable() else f"\\U{ord(mark):08x}" for mark in escaped) + '"'


def _some(values: Sequence[str]) -> str:
    return "; ".join(shown(value)[:30] for value in values[:3]) or "no values"


def _first(note: str) -> str:
    """The first sentence of a note."""
    return note.split(". ", maxsplit=1)[0].split("; ", maxsplit=1)[0].rstrip(".")

"""Maps that read another system's export as ours: columns, values, defaults, tags and rules, in one YAML file."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from caserouter.domain.case import Case
from caserouter.domain.errors import NotFound
from caserouter.domain.model import Model, Name, TimeZone
from caserouter.files.documents import read_model, refuse
from caserouter.files.problems import Report, did_you_mean, listed

_FOLDER = resources.files("caserouter.files") / "maps"


def _known_column(name: str) -> str:
    if name not in Case.model_fields:
        remedy = did_you_mean(name, Case.model_fields, f"known are {listed(tuple(Case.model_fields))}")
        raise ValueError(f"not a column of cases; {remedy}")
    return name


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Column = Annotated[str, AfterValidator(_known_column)]
"""One of our columns."""

Theirs = Annotated[str, Field(min_length=1)]
"""A column name of the export, as its header has it."""

OneOrMore = Annotated[tuple[Theirs, ...], BeforeValidator(_as_list), Field(min_length=1)]
"""One name, or several of which the first that the file has counts."""


class Tags(Model):
    """A column of tags whose prefixes say what each tag means.

    Parameters
    ----------
    column
        The export's column.
    separator
        What stands between tags; a blank is any white space.
    prefixes
        Our column by prefix: ``{"lang_": "language"}`` turns the tag ``lang_es`` into the language ``es``. For skills, a
        level after a last underscore counts: ``skill_claims_3`` is ``claims:3``.
    """

    column: OneOrMore
    separator: str = Field(default=" ", min_length=1)
    prefixes: Mapping[str, Column] = Field(default_factory=dict)


class Rule(Model):
    """What a value of the export says about a case.

    Parameters
    ----------
    column
        The export's column.
    equals, contains
        The whole cell, or one tag or word of it, in any case; exactly one of the two.
    set
        Our columns to overwrite.
    add
        Our list columns to extend.
    """

    column: OneOrMore
    equals: str | None = None
    contains: str | None = None
    set: Mapping[Column, str] = Field(default_factory=dict)
    add: Mapping[Column, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.equals is None) == (self.contains is None):
            raise ValueError("a rule asks either equals or contains; write one of the two")
        return self


class CrmMap(Model):
    """How an export becomes our cases.

    Parameters
    ----------
    name, description
        For people to read.
    columns
        The export's column, or several to try in turn, by our column.
    values
        Our value by theirs, in any case, by our column; ``"*"`` stands for every value not named.
    defaults
        Value by our column where the cell is empty or the file has no such column.
    constants
        Value by our column, whatever the file holds.
    tags, rules
        What tags and single values add; after columns, values and defaults.
    only
        Rows to keep: allowed values by the export's column; the others are counted in a warning.
    time_zone
        IANA zone of times that name none.
    time_formats
        Formats of its times, as `datetime.strptime` writes them.
    footer
        Whether the export ends in a footer after a blank line.
    """

    name: Name
    description: str = ""
    columns: Mapping[Column, OneOrMore] = Field(default_factory=dict)
    values: Mapping[Column, Mapping[str, str | None]] = Field(default_factory=dict)
    defaults: Mapping[Column, str] = Field(default_factory=dict)
    constants: Mapping[Column, str] = Field(default_factory=dict)
    tags: Tags | None = None
    rules: tuple[Rule, ...] = ()
    only: Mapping[Theirs, OneOrMore] = Field(default_factory=dict)
    time_zone: TimeZone | None = None
    time_formats: tuple[str, ...] = ()
    footer: bool = False

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, value: Any) -> Any:
        """A key with nothing but comments below it is as if it were not there."""
        return {key: item for key, item in value.items() if item is not None} if isinstance(value, dict) else value


def map_names() -> tuple[str, ...]:
    """Names of the maps that are shipped."""
    return tuple(sorted(Path(file.name).stem for file in _FOLDER.iterdir() if file.name.endswith(".yaml")))


def map_text(name: str) -> str:
    """The YAML of a shipped map, to copy and adapt; raises NotFound."""
    if name not in map_names():
        remedy = did_you_mean(name, map_names(), f"shipped are {listed(map_names())}")
        raise NotFound(f"{name}: neither a shipped map nor a file; {remedy}", ids=[name])
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def load_map(name_or_path: str | Path) -> CrmMap:
    """A shipped map by its name, or the map of a file.

    Raises
    ------
    NotFound
        If it is neither.
    InvalidInput
        If the file is not a map; with every finding.
    """
    path = Path(name_or_path)
    if str(name_or_path) in map_names():
        with resources.as_file(_FOLDER / f"{name_or_path}.yaml") as shipped:
            return _read(shipped)
    if not path.exists():
        map_text(str(name_or_path))
    return _read(path)


def _read(path: Path) -> CrmMap:
    report = Report(str(path))
    found = read_model(path, CrmMap, report)
    if found is None:
        raise refuse(report, "map")
    return found

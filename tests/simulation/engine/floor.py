"""A floor so small that every event can be worked out by hand: its scenario and arrivals as text, and as text what happened on it.

Moments are told as local clock times from Monday 2026-03-02 on, such as ``Mon 09:20``, after the first week with their date; spans as hours
and minutes, such as ``0:20``. What is not told of a case or contact is as it is for one to which nothing happened: no moment, no time, a
count of none.
"""

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import isinf, isnan
from pathlib import Path
from textwrap import dedent
from typing import Any

from caserouter.simulation.engine.journal import Entry
from caserouter.simulation.loading import load_scenario
from caserouter.simulation.records import ContactKind, Labels, Records, Table
from caserouter.simulation.replication import compiled, run_replication
from caserouter.simulation.world import World

BASE = """\
name: floor
start: 2026-03-02T00:00
window: {length: 1 w}
routing: {policy: first_eligible}
"""
_MONDAY = date(2026, 3, 2)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WAITS = ("unassigned", "in_book", "off_shift", "department", "customer", "approval", "review")

Row = dict[str, float]


@dataclass(frozen=True)
class Run:
    """One replication of such a floor.

    Parameters
    ----------
    world, records, journal
        What was run, what it left behind, and every event.
    """

    world: World
    records: Records
    journal: list[Entry]

    @property
    def whole(self) -> list[str]:
        """Every event, every row of the cases (``*``) and every row of the contacts (``+``)."""
        return [*self.story, *self.cases, *self.contacts]

    @property
    def story(self) -> list[str]:
        """Every event, as ``Mon 09:20 case-1 assigned (ann)``."""
        return [f"{self._when(one.hour)} {one.case} {one.event}{self._by(one.specialist)}" for one in self.journal]

    @property
    def cases(self) -> list[str]:
        """The rows of the cases, by arrival."""
        return [self._case(row) for row in _rows(self.records.cases)]

    @property
    def contacts(self) -> list[str]:
        """The rows of the contacts, by end."""
        return [self._contact(row) for row in _rows(self.records.contacts)]

    def case(self, name: str) -> Row:
        """The row of one case, as numbers."""
        (found,) = (row for row in _rows(self.records.cases) if self._name(row) == name)
        return found

    def hours(self, specialist: str) -> str:
        """A specialist's hours in the measured window, in all, and the units in the book times hours, as ``paid 8:00, busy 0:30, held 2:30``."""
        number, staff = self._labels.specialists.index(specialist), self.records.staff
        hours = {name: float(getattr(staff, name)[number]) for name in ("paid", "blocks", "sick", "staffed", "busy", "overtime")}
        start, end = self.records.window
        hours["held"] = float(staff.caseload[number]) * (end - start)
        return ", ".join(f"{name} {_span(value)}" for name, value in hours.items() if not _is(value, 0))

    @property
    def _labels(self) -> Labels:
        return self.world.labels

    def _when(self, hour: float) -> str:
        local = self.world.clock.moment(round(hour * 3600) / 3600).astimezone(self.world.zone)
        first_week = _MONDAY <= local.date() < _MONDAY + timedelta(days=7)
        return f"{_DAYS[local.weekday()]}{'' if first_week else f' {local:%d.%m.}'} {local:%H:%M:%S}".removesuffix(":00")

    def _by(self, specialist: float) -> str:
        return f" ({self._labels.specialists[int(specialist)]})" if specialist >= 0 else ""

    def _name(self, row: Row) -> str:
        return f"{self._labels.streams[int(row['stream'])]}-{int(row['ordinal']) + 1}"

    def _case(self, row: Row) -> str:
        told = self._columns()
        said = {column: tell(row[column]) for column, (tell, nothing) in told.items() if not _is(row[column], nothing)}
        if said.get("first_response") == said.get("first_contact"):
            said.pop("first_contact", None)
            said = {"first_contact_and_response" if column == "first_response" else column: said[column] for column in said}
        if "specialist" in said and said.get("first_specialist") == said["specialist"]:
            del said["first_specialist"]
        words = [f"{column} {value}".replace("_", " ") for column, value in said.items()]
        return f"* {self._name(row)}: {', '.join(words)}"

    def _columns(self) -> dict[str, tuple[Callable[[float], Any], float]]:
        """How each column of the cases is told, and what it holds where there is nothing to tell."""
        labels, nan, inf = self._labels, float("nan"), float("inf")

        def named(names: tuple[str, ...], nothing: int) -> tuple[Callable[[float], Any], float]:
            return (lambda number: names[int(number)]), nothing

        moments = ("arrival", "assigned", "first_contact", "first_response", "resolved", "abandoned")
        hours = (*(f"wait_{cause}" for cause in _WAITS), "contact_hours", "closed_hours")
        counts = ("num_contacts", "hand_offs", "reopens", "commitments", "commitments_kept", "chases", "approvals")
        return {
            "case_type": named(labels.case_types, 0),
            "account": named(labels.accounts, -1),
            "priority": (int, 3),
            "weight": (int, 1),
            "amount": (float, nan),
            "root_cause": named(labels.root_causes, -1),
            "measured": (bool, 1),
            **dict.fromkeys(moments, (self._when, nan)),
            **dict.fromkeys(("first_specialist", "specialist"), named(labels.specialists, -1)),
            **dict.fromkeys(("first_response_due", "resolution_due"), (self._when, inf)),
            **dict.fromkeys(("first_response_met", "resolution_met"), (bool, nan)),
            **dict.fromkeys(hours, (_span, 0)),
            **dict.fromkeys(counts, (int, 0)),
        }

    def _contact(self, row: Row) -> str:
        kind = ContactKind(int(row["kind"]))
        stages = self._labels.stages[int(row["case_type"])]
        what = stages[int(row["stage"])] if kind is ContactKind.STAGE else kind.name.lower()
        said = [f"+ {self._name(row)} {what} {int(row['number'])}{self._by(row['specialist'])}"]
        said.append(f"{self._when(row['start'])} to {self._when(row['end'])}")
        if not _is(row["ready"], row["start"]):
            said.append(f"ready {self._when(row['ready'])}")
        hours = ("handle", "documentation", "suspended", "in_book", "off_shift")
        said += [f"{name.replace('_', ' ')} {_span(row[name])}" for name in hours if not _is(row[name], 0)]
        said += [word for column, word in (("customer_facing", "internal"), ("measured", "not measured")) if not row[column]]
        return ", ".join(said)


def run(text: str, arrivals: str = "") -> Run:
    """Run a floor once.

    Parameters
    ----------
    text
        The scenario file in its difference from `BASE`.
    arrivals
        One case a line: when, which type, and what else is known, as ``Mon 09:20 claim amount=150 USD, jurisdiction=NY``. The cases
        are ``case-1``, ``case-2`` and so on.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenario = load_scenario(_written(folder, dedent(text), [_arrival(line) for line in lines(arrivals)]))
        journal: list[Entry] = []
        records = run_replication(scenario, folder=folder, journal=journal)
        return Run(compiled(scenario, folder), records, journal)


def lines(text: str) -> list[str]:
    """The lines of a text, without blanks around them and without empty ones; a line that ends with a comma goes on with the next."""
    joined = " ".join(f"{line.strip()}\n" if not line.rstrip().endswith(",") else line.strip() for line in text.splitlines())
    return [line.strip() for line in joined.splitlines() if line.strip()]


def _written(folder: Path, text: str, cases: list[dict[str, str]]) -> Path:
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    if cases:
        table = io.StringIO()
        writer = csv.DictWriter(table, sorted({column for case in cases for column in case}))
        writer.writeheader()
        writer.writerows(cases)
        (folder / "cases.csv").write_text(table.getvalue(), encoding="utf-8")
        types = ", ".join(f"{name}: 1" for name in sorted({case["type"] for case in cases}))
        demand = f"demand: {{case: {{types: {{{types}}}, trace: cases.csv}}}}"
        (folder / "arrivals.yaml").write_text(f"extends: base.yaml\n{demand}\n", encoding="utf-8")
    path = folder / "floor.yaml"
    path.write_text(f"extends: {'arrivals' if cases else 'base'}.yaml\n{text}", encoding="utf-8")
    return path


def _arrival(line: str) -> dict[str, str]:
    day, clock, case_type, *rest = line.split(" ", 3)
    known = dict(part.strip().split("=", 1) for part in " ".join(rest).split(",") if part.strip())
    return {"arrived_at": f"{_MONDAY + timedelta(days=_DAYS.index(day)):%Y-%m-%d}T{clock}", "type": case_type} | known


def _rows(table: Table) -> list[Row]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.data.tolist()]


def _span(hours: float) -> str:
    seconds = round(hours * 3600)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}" + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _is(value: float, nothing: float) -> bool:
    if isnan(nothing) or isinf(nothing):
        return isnan(value) if isnan(nothing) else isinf(value)
    return abs(value - nothing) < 1e-6

"""The rows of a recorded history, read one after the other: every error with its line and column, and the numbers of the trace."""

from array import array
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from caserouter.files.problems import CellError, Report
from caserouter.files.records import Record
from caserouter.files.times import parse_moment
from caserouter.routing.clock import Clock
from caserouter.simulation.arrivals import Arrivals
from caserouter.simulation.recorded_cells import CELLS, KnownNames, number_of

_LONG_SILENCE = 48.0
_MANY_GAPS = 20.0

V = TypeVar("V")


class HistoryRows:
    """The rows so far.

    Parameters
    ----------
    name_by_column
        The name that the header has for each of our columns.
    known
        What rows may name, by each case type that the stream lists.
    clock, time_zone
        Hour 0, and the zone of times that name none.
    report
        Takes what is wrong.
    """

    def __init__(
        self, name_by_column: Mapping[str, str], known: Mapping[str, KnownNames], clock: Clock, time_zone: str, report: Report
    ) -> None:
        self._name_by_column = name_by_column
        self._known = known
        self._numbers = {name: number for number, name in enumerate(known)}
        self._clock = clock
        self._time_zone = time_zone
        self._report = report
        self._cells = {column: cell for column, cell in CELLS.items() if column in name_by_column}
        self._hours = array("d")
        self._lines = array("q")
        self._values = {into: array("d") for into in ("case_type", *(cell.into for cell in self._cells.values()))}

    def add(self, record: Record) -> None:
        """Take one row, or report what is wrong with it."""
        self._report.findings += record.problems
        if record.problems:
            return
        hour = self._read(record, "arrived_at", self._hour)
        if hour is not None:
            self._hours.append(hour)
            self._lines.append(record.line)
        known = self._read(record, "type", self._type)
        if known is None:
            return
        self._values["case_type"].append(known.case_type)
        for column, cell in self._cells.items():
            value = self._read(record, column, partial(cell.value, known))
            if value is not None:
                self._values[cell.into].append(value)

    def arrivals(self) -> Arrivals:
        """The rows as arrivals, in their order, if none was wrong."""
        known = {into: np.array(values) for into, values in self._values.items()}
        return Arrivals(np.arange(len(self._hours)), np.array(self._hours), known)

    def warn_of_silence(self) -> None:
        """A long time without a case may be rows that are missing.

        It is long beyond two days, and beyond twenty times the mean of the other gaps between two rows.
        """
        gaps = np.diff(np.array(self._hours))
        if len(gaps) < 2:
            return
        longest = int(np.argmax(gaps))
        if gaps[longest] > max(_LONG_SILENCE, _MANY_GAPS * np.delete(gaps, longest).mean()):
            before, after = self._lines[longest], self._lines[longest + 1]
            rule = f"no case for {gaps[longest] / 24.0:.1f} days between line {before} and line {after}"
            self._report.warn("", rule, "check that no rows are missing", after, self._name_by_column["arrived_at"])

    def _read(self, record: Record, column: str, read: Callable[[str], V]) -> V | None:
        """What a cell holds; None with an error in the report, or for want of the column, which the header's errors say."""
        if column not in self._name_by_column:
            return None
        name = self._name_by_column[column]
        text = str(record.values.get(name) or "").strip()
        try:
            return read(text)
        except CellError as error:
            self._report.error(error.value or text, error.rule, error.remedy, record.line, name)
            return None

    def _type(self, text: str) -> KnownNames:
        number_of(text, self._numbers, "case type of this stream")
        return self._known[text]

    def _hour(self, text: str) -> float:
        moment = _moment(text, self._time_zone)
        hour = self._clock.hours(moment)
        if hour < 0.0:
            raise CellError("before the scenario starts", "start the scenario earlier, or leave the row out")
        if not self._hours or hour >= self._hours[-1]:
            return hour
        later = self._clock.hours(_second_reading(text, moment, self._time_zone))
        if later < self._hours[-1]:
            raise CellError(f"earlier than line {self._lines[-1]}", "sort the rows by arrived_at")
        return later


def _moment(text: str, time_zone: str | None) -> datetime:
    try:
        return parse_moment(text, time_zone)
    except CellError as error:
        remedy = "write it as 2026-03-01T09:30, in the scenario's time zone, or with an offset as 2026-03-01T09:30-05:00"
        raise CellError(error.rule, remedy) from error


def _second_reading(text: str, moment: datetime, time_zone: str) -> datetime:
    """A local time that the end of summer time repeats, read as the second of the two; any other as it is."""
    try:
        return parse_moment(text)
    except CellError:
        return moment.astimezone(ZoneInfo(time_zone)).replace(fold=1).astimezone(UTC)

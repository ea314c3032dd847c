"""The demand trace of a replication: every case, when it arrives and what it asks for, drawn before the event loop begins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caserouter.simulation.accounts import Accounts
from caserouter.simulation.arrivals import (
    Arrivals,
    Replication,
    arrivals_at_rate,
    arrivals_of_open_cases,
    arrivals_of_recurring_work,
    arrivals_of_surge,
)
from caserouter.simulation.draws import CaseDraws, Draws, FloatArray, IntArray
from caserouter.simulation.language.case_type import CaseType
from caserouter.simulation.language.demand import Stream
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.mix import Cases
from caserouter.simulation.recorded import recorded_arrivals
from caserouter.simulation.vocabulary import NONE, Vocabulary

Columns = dict[str, NDArray[Any]]

_DTYPES: Mapping[str, type[np.generic]] = {
    "stream": np.int16,
    "ordinal": np.int64,
    "arrival": np.float64,
    "case_type": np.int16,
    "account": np.int32,
    "jurisdiction": np.int16,
    "language": np.int16,
    "amount": np.float64,
    "flags": np.uint8,
    "root_cause": np.int16,
    "first_stage": np.int16,
    "effort": np.float64,
}
_ROWS_AT_A_TIME = 4096


@dataclass(frozen=True, slots=True, eq=False)
class DemandTrace:
    """The cases of a replication, sorted by arrival, then stream, then ordinal; arrays have the shape (num_cases,).

    Parameters
    ----------
    stream, ordinal
        Number of the stream, and of the case within it; together they key the case's draws.
    arrival
        Hour, 0 or more.
    case_type, account, jurisdiction, language, root_cause
        Numbers into the tuples below, -1 for none.
    amount
        In minor units; NaN for none.
    flags
        Bit k is the k-th of the sorted risk flags.
    first_stage
        Number of the stage, within the type, at which the walk begins.
    effort
        Factor on the case's handle times: 1 unless a history recorded it.
    streams, case_types, jurisdictions, languages, root_causes, accounts
        Names, by number.
    draws
        What is drawn while the replication runs.
    """

    stream: NDArray[np.int16]
    ordinal: IntArray
    arrival: FloatArray
    case_type: NDArray[np.int16]
    account: NDArray[np.int32]
    jurisdiction: NDArray[np.int16]
    language: NDArray[np.int16]
    amount: FloatArray
    flags: NDArray[np.uint8]
    root_cause: NDArray[np.int16]
    first_stage: NDArray[np.int16]
    effort: FloatArray
    streams: tuple[str, ...]
    case_types: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    languages: tuple[str, ...]
    root_causes: tuple[str, ...]
    accounts: tuple[str, ...]
    draws: CaseDraws

    def __len__(self) -> int:
        return len(self.arrival)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The cases one by one as Python numbers, in the order of the arrays from `stream` to `effort`; only a few are held at a time."""
        columns = [getattr(self, name) for name in _DTYPES]
        for first in range(0, len(self), _ROWS_AT_A_TIME):
            yield from zip(*(column[first : first + _ROWS_AT_A_TIME].tolist() for column in columns), strict=True)


def build_trace(
    scenario: Scenario, seed: int, replication: int, horizon_hours: float, *, folder: Path | None = None
) -> DemandTrace:
    """Every case that arrives before the horizon.

    Parameters
    ----------
    scenario
        Whose names all exist: its streams name case types and account groups that it has.
    seed, replication
        Keys of the draws, each 0 or more.
    horizon_hours
        Arrivals at this hour or later are left out; those before are the same for every horizon.
    folder
        Where the scenario file lies, for the paths of recorded histories; None for the current folder.

    Raises
    ------
    InvalidInput
        If a recorded history holds errors, or a stream brings more than ten million cases.
    NotFound
        If there is no such recorded history.
    """
    run = Replication(scenario, Draws(seed, replication), horizon_hours, Accounts.of(scenario))
    vocabulary = Vocabulary.of(scenario)
    streams = []
    for number, (name, stream) in enumerate(scenario.demand.items()):
        arrivals = _arrivals(name, stream, run, folder)
        columns = _columns(name, stream, arrivals, run, vocabulary) | {"stream": np.full(len(arrivals), number)}
        streams.append({key: columns[key].astype(dtype, copy=False) for key, dtype in _DTYPES.items()})
    return DemandTrace(
        **_by_arrival(streams),
        **asdict(vocabulary),
        streams=tuple(scenario.demand),
        accounts=run.accounts.ids,
        draws=CaseDraws(run.draws, tuple(scenario.demand)),
    )


def _arrivals(name: str, stream: Stream, run: Replication, folder: Path | None) -> Arrivals:
    if stream.kind == "rate":
        return arrivals_at_rate(name, stream, run)
    if stream.kind == "surge":
        return arrivals_of_surge(name, stream, run)
    if stream.kind == "every":
        return arrivals_of_recurring_work(name, stream, run)
    if stream.kind == "open_cases":
        return arrivals_of_open_cases(stream)
    return recorded_arrivals(stream, run, folder)


def _columns(name: str, stream: Stream, arrivals: Arrivals, run: Replication, vocabulary: Vocabulary) -> Columns:
    """What is known of the cases of a stream, and the rest drawn; each column of shape (num_cases,)."""
    cases = Cases(run.draws, name, arrivals.ordinals)
    types = arrivals.known.get("case_type")
    if types is None:
        types = cases.choices("type", stream.types, vocabulary.case_types)
    columns: Columns = {"ordinal": arrivals.ordinals, "arrival": arrivals.hours, "case_type": types}
    columns["effort"] = np.ones(len(arrivals))
    columns["account"] = _accounts(cases, stream, run.accounts)
    for number, case_type in enumerate(run.scenario.case_types.values()):
        places = np.flatnonzero(types == number)
        if len(places):
            drawn = _asked(Cases(run.draws, name, arrivals.ordinals[places]), case_type, stream, vocabulary)
            for key, values in drawn.items():
                columns.setdefault(key, np.empty(len(arrivals), dtype=_DTYPES[key]))[places] = values
    empty = {key: np.zeros(0) for key in _DTYPES}
    return (empty if not len(arrivals) else {}) | columns | dict(arrivals.known)


def _asked(cases: Cases, case_type: CaseType, stream: Stream, vocabulary: Vocabulary) -> Columns:
    """What cases of one type ask for, and where their walks begin."""
    stages = tuple(case_type.stages)
    shares = {name: share for name, share in stream.open_stages.items() if name in stages} or {case_type.start: 1.0}
    return {
        "jurisdiction": cases.choices("jurisdiction", case_type.jurisdictions, vocabulary.jurisdictions),
        "language": cases.choices("language", case_type.languages, vocabulary.languages),
        "root_cause": cases.choices("root_cause", case_type.root_causes, vocabulary.root_causes),
        "amount": cases.amounts(case_type),
        "flags": cases.flags(case_type),
        "first_stage": cases.choices("open_stage", shares, stages),
    }


def _accounts(cases: Cases, stream: Stream, accounts: Accounts) -> IntArray:
    """The account of each case: a group by its share, then any of its members alike."""
    if not stream.accounts:
        return np.full(len(cases.ordinals), NONE)
    group = cases.choices("account_group", stream.accounts, tuple(accounts.groups))
    sizes = np.array([members.count for members in accounts.groups.values()])
    number: IntArray = (cases.uniforms("account") * sizes[group]).astype(np.int64)
    return np.array(list(accounts.firsts.values()))[group] + number


def _by_arrival(streams: Sequence[Columns]) -> dict[str, Any]:
    """The cases of all streams in the order of their arrival; those that arrive together by stream, then ordinal, as they come in."""
    arrival = np.concatenate([np.zeros(0), *(columns["arrival"] for columns in streams)])
    order = np.argsort(arrival, kind="stable")
    return {
        key: np.concatenate([np.zeros(0, dtype), *(columns[key] for columns in streams)], dtype=dtype)[order]
        for key, dtype in _DTYPES.items()
    }

"""Cases and contacts as data frames, with names for numbers.

Columns of names are categorical. Times are hours since the scenario's start; the columns that end in ``_at`` hold the same as moments
in its time zone.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from caserouter.simulation.cohort import numbered
from caserouter.simulation.local_time import LocalTime
from caserouter.simulation.records import ContactKind, FloatArray, Labels, Records, Table

_CASE_COUNTS = "ordinal priority weight num_contacts hand_offs reopens commitments commitments_kept chases approvals".split()
_CASE_MOMENTS = ("arrival", "assigned", "first_contact", "first_response", "resolved", "abandoned")
_CONTACT_COUNTS = ("ordinal", "number")
_CONTACT_MOMENTS = ("ready", "start", "end")


def cases_frame(records: Sequence[Records], labels: Labels, local_time: LocalTime) -> pd.DataFrame:
    """One row per case, measured or not: ``replication``, the columns of `CASE_COLUMNS`, and the moments.

    ``stream``, ``case_type``, ``account``, ``root_cause``, ``first_specialist`` and ``specialist`` are names, missing for none;
    ``account_tier`` and ``staff_group``, that of the last holder, are added. ``measured`` is true or false.
    """
    numbers = _stacked(records, [one.cases for one in records])
    names = {
        "stream": labels.streams,
        "case_type": labels.case_types,
        "account": labels.accounts,
        "root_cause": labels.root_causes,
        "first_specialist": labels.specialists,
        "specialist": labels.specialists,
    }
    named = {column: _named(numbers[column], known) for column, known in names.items()}
    named["account_tier"] = _named(numbers["account"], labels.tiers)
    named["staff_group"] = _named(numbers["specialist"], labels.groups)
    return _frame(numbers, named, _CASE_COUNTS, ("measured",), _CASE_MOMENTS, local_time)


def contacts_frame(records: Sequence[Records], labels: Labels, local_time: LocalTime) -> pd.DataFrame:
    """One row per contact: ``replication``, the columns of `CONTACT_COLUMNS`, and the moments.

    ``stream``, ``kind`` (of `ContactKind`, in lower case), ``case_type``, ``stage`` and ``specialist`` are names, missing for none;
    ``staff_group`` is added. ``measured`` and ``customer_facing`` are true or false.
    """
    numbers = _stacked(records, [one.contacts for one in records])
    first_stage = np.cumsum([0, *map(len, labels.stages)])
    stage = np.where(numbers["stage"] < 0, -1, numbers["stage"] + first_stage[numbers["case_type"].astype(np.int64)])
    named = {
        "stream": _named(numbers["stream"], labels.streams),
        "kind": _named(numbers["kind"], tuple(kind.name.lower() for kind in ContactKind)),
        "case_type": _named(numbers["case_type"], labels.case_types),
        "stage": _named(stage, tuple(name for names in labels.stages for name in names)),
        "specialist": _named(numbers["specialist"], labels.specialists),
        "staff_group": _named(numbers["specialist"], labels.groups),
    }
    return _frame(numbers, named, _CONTACT_COUNTS, ("measured", "customer_facing"), _CONTACT_MOMENTS, local_time)


def _stacked(records: Sequence[Records], tables: Sequence[Table]) -> dict[str, FloatArray]:
    """The columns of the tables, one after another, and the replication of each row."""
    replication = np.repeat([one.replication for one in records], [len(table) for table in tables])
    columns = {name: np.concatenate([table[name] for table in tables]) for name in tables[0].columns}
    return {"replication": replication, **columns}


def _named(numbers: FloatArray, names: tuple[str, ...]) -> pd.Categorical:
    """Name of each number, missing for -1; numbers may share one."""
    if not names:
        return pd.Categorical.from_codes(np.full(len(numbers), -1), categories=[])
    present = numbers >= 0
    categories, codes = numbered(names, np.where(present, numbers, 0).astype(np.int64))
    return pd.Categorical.from_codes(np.where(present, codes, -1), categories=list(categories))


def _frame(
    numbers: dict[str, FloatArray],
    named: dict[str, pd.Categorical],
    counts: Iterable[str],
    flags: Iterable[str],
    moments: Iterable[str],
    local_time: LocalTime,
) -> pd.DataFrame:
    """The columns of `numbers` in their order, each of its kind, then those that are added."""
    columns = dict(numbers) | named
    columns |= {name: numbers[name].astype(np.int64) for name in counts}
    columns |= {name: numbers[name] == 1.0 for name in flags}
    columns |= {f"{name}_at": local_time.moments(numbers[name]) for name in moments}
    return pd.DataFrame(columns, copy=False)

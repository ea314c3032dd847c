"""Columns over a roster: one entry per specialist, and by name those of which most specialists have none."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.specialist import Specialist

Scalar = TypeVar("Scalar", bound=np.generic)
Entries = Iterable[tuple[Any, Any]]
"""Names that a specialist has something of, and what."""


def columns_by_name(
    specialists: Sequence[Specialist], entries: Callable[[Specialist], Entries], dtype: Any, fill: Any = 0
) -> dict[Any, NDArray[Any]]:
    """One array of shape (num_specialists,) per name that `entries` gives for a specialist, `fill` for those without."""
    columns: dict[Any, NDArray[Any]] = {}
    for j, one in enumerate(specialists):
        for name, value in entries(one):
            if name not in columns:
                columns[name] = np.full(len(specialists), fill, dtype=dtype)
            columns[name][j] = value
    return columns


def with_entry(column: NDArray[Scalar], index: int, value: Any) -> NDArray[Scalar]:
    """A copy of a column with another value at `index`."""
    changed = column.copy()
    changed[index] = value
    return changed


def with_entries(columns: dict[Any, NDArray[Any]], index: int, entries: Entries, blank: NDArray[Any]) -> dict[Any, NDArray[Any]]:
    """The columns with other entries at `index`; those that stay the same are shared.

    Parameters
    ----------
    columns
        As `columns_by_name` builds them; one that loses its last entry stays, and says of nobody what no column would say.
    index, entries
        Whose, and all that they have now.
    blank
        A column without any entry.
    """
    wanted = dict(entries)
    touched = {name for name, column in columns.items() if column[index] != blank[index]} | wanted.keys()
    changed = {name: with_entry(columns.get(name, blank), index, wanted.get(name, blank[index])) for name in touched}
    return columns | changed

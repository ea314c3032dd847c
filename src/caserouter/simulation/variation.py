"""Variants made in Python: a scenario with changes laid over it, as a file that extends another one lays them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from caserouter.files.complaints import complaints
from caserouter.files.documents import refusal
from caserouter.files.problems import Report
from caserouter.files.records import Record
from caserouter.simulation.language.scenario import Scenario


def vary(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with `changes` laid over it.

    Parameters
    ----------
    scenario
        The base; it stays as it is.
    changes
        What a file with ``extends`` would say, as nested mappings in the written forms: mappings are merged key by key, None takes an
        entry away, anything else replaces what was there. ``{"staff": {"east": {"capacity": 20}}}`` changes one number.

    Raises
    ------
    InvalidInput
        If the result is no scenario; its findings are every problem, each with its key.
    """
    data = _merged(scenario.model_dump(mode="json", exclude_unset=True), changes)
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        what = f"changes of {scenario.name}"
        found = complaints(error, Scenario, Record(1, data), Report(what), {})
        raise refusal([replace(finding, file=None, line=None) for finding in found], what) from error


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above` laid over `below`; neither of them changes."""
    merged = {name: value for name, value in below.items() if name not in above}
    for name, value in above.items():
        if isinstance(value, Mapping):
            underneath = below.get(name)
            merged[name] = _merged(underneath if isinstance(underneath, Mapping) else {}, value)
        elif value is not None:
            merged[name] = value
    return merged

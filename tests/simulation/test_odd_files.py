"""Whatever stands in a scenario file, the answer is a scenario or what is wrong with it."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.simulation.written import BASE

from caserouter.simulation.loading import check_scenario
from caserouter.simulation.preflight import preflight

MORE = """
accounts: {gold: {count: 3, owners: [team], revenue: 5 USD}}
departments: {lab: {staff: 2, hours: "Mon-Fri 09:00-17:00"}}
routing: {reviews: {regulator: {department: lab, handle: 1 h}}, settings: {prices: {hour: 4}}}
targets: [{measure: occupancy, at_most: 0.9}]
"""
ODD = [
    None,
    3,
    -1,
    0,
    "x",
    "",
    [],
    {},
    [1],
    {"a": 1},
    "1 h",
    "-5 min",
    1e9,
    "2 per hour",
    "any",
    "5 EUR",
    "9999-12-31",
    "uniform(5 h, 2 h)",
]


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(BASE + MORE), default=str))


def keys(node: Any, inside: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of everything in a document but itself."""
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path for name, value in parts for path in ((*inside, name), *keys(value, (*inside, name)))]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_odd_value_anywhere_is_found_or_harmless(whole, tmp_path, data):
    odd = deepcopy(whole)
    *inside, last = data.draw(st.sampled_from(keys(whole)))
    here = odd
    for part in inside:
        here = here[part]
    here[last] = data.draw(st.sampled_from(ODD))
    path = tmp_path / "odd.yaml"
    path.write_text(json.dumps(odd), encoding="utf-8")
    scenario, findings = check_scenario(path)
    assert (scenario is None) == any(finding.severity == "error" for finding in findings)
    assert all(finding.file for finding in findings)
    if scenario is not None:
        assert all(problem.offered > problem.staffed for problem in preflight(scenario))

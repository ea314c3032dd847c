"""The scenarios that come with the package are valid, and so is the one that the documentation shows."""

import re
from pathlib import Path

import pytest

from caserouter.simulation.loading import check_scenario, load_scenario

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_scenario_is_valid_without_a_warning(file):
    _, findings = check_scenario(file)
    assert findings == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_scenario_points_an_editor_at_the_schema(file):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=scenario.schema.json"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_scenario_is_listed_where_a_reader_looks(file):
    assert f"`{file.name}`" in (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")


def test_every_scenario_is_named_after_its_file():
    assert [load_scenario(file).name for file in FILES] == [file.stem for file in FILES]


def test_the_smallest_scenario_of_the_how_to_is_valid(tmp_path):
    page = (ROOT / "docs" / "how-to" / "write-a-scenario.md").read_text(encoding="utf-8")
    example = re.search(r"## The smallest scenario\n+```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "smallest.yaml").write_text(example[1], encoding="utf-8")
    assert check_scenario(tmp_path / "smallest.yaml")[1] == []

"""The reference pages name everything that exists: what is added to the code without its documentation fails here."""

import re
from pathlib import Path

import click
import pytest

from caserouter import compare
from caserouter.cli.main import COMMANDS, cli
from caserouter.domain.account import Account
from caserouter.domain.business_time import BusinessCalendar
from caserouter.domain.case import Case
from caserouter.domain.rules import HARD_RULES, Rule
from caserouter.domain.service_policy import Acceptance, Ramp, ServicePolicy, TargetRule
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.reporting.results import tables_of
from caserouter.routing.costs import TERMS
from caserouter.simulation.measures import MEASURES

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def rows(page: str) -> dict[str, str]:
    """The first cell's codes of each table row of a page, with the whole row."""
    found = {}
    for line in (REFERENCE / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            found.update(dict.fromkeys(re.findall(r"`([^`]+)`", line.split("|")[1]), line))
    return found


@pytest.mark.parametrize("model", [Case, Specialist, Account])
def test_every_column_is_documented(model):
    assert set(model.model_fields) <= set(rows("file-formats.md"))


def test_every_rule_is_documented_with_its_kind():
    documented = rows("rules.md")
    assert set(documented) == {rule.value for rule in Rule}
    assert {Rule(code) for code, row in documented.items() if "| hard |" in row} == HARD_RULES


def test_every_setting_is_documented():
    named = {name.split(".")[0] for name in rows("policy-settings.md")}
    assert named == set(Settings.model_fields)


@pytest.mark.parametrize("group", ["prices", "handling"])
def test_every_nested_setting_is_documented(group):
    fields = type(getattr(Settings(), group)).model_fields
    assert {f"{group}.{name}" for name in fields} <= set(rows("policy-settings.md"))


def test_every_price_is_documented_with_its_default():
    documented = rows("policy-settings.md")
    for name, price in Settings().prices.model_dump().items():
        assert documented[f"prices.{name}"].endswith(f"| {price:g} |")


NESTED = {"acceptance": Acceptance, "targets": TargetRule, "calendar": BusinessCalendar, "ramp": Ramp}


def test_every_setting_of_the_service_policy_is_documented():
    nested = {f"{part}.{name}" for part, model in NESTED.items() for name in model.model_fields}
    assert set(rows("service-policy.md")) == set(ServicePolicy.model_fields) | nested


@pytest.mark.parametrize("part", ["", "acceptance.", "ramp."])
def test_every_number_of_the_service_policy_is_documented_with_its_default(part):
    model = NESTED[part.rstrip(".")] if part else ServicePolicy
    documented = rows("service-policy.md")
    for name, value in model().model_dump().items():
        if isinstance(value, int | float):
            assert documented[part + name].endswith(f"| {value:g} |")


def test_every_cost_term_is_documented():
    assert list(rows("cost-terms.md")) == list(TERMS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_is_documented(name):
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    command = cli.get_command(click.Context(cli), name)
    assert f"## `caserouter {name}`" in page
    for option in (parameter for parameter in command.params if isinstance(parameter, click.Option)):
        assert option.opts[0] in page


def test_the_docs_name_no_remote_fonts():
    assert "font: false" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_the_tutorial_shows_real_files_and_real_output():
    """Its files are the data of the command line's tests, and what it says that they print is what they print."""
    tutorial = (ROOT / "docs" / "tutorial" / "first-queue.md").read_text(encoding="utf-8")
    data = [f"data/{name}.csv" for name in ("cases", "specialists", "accounts")]
    golden = [f"golden/{name}.txt" for name in ("check", "route", "explain", "compare")]
    for name in data + golden:
        assert (ROOT / "tests" / "cli" / name).read_text(encoding="utf-8") in tutorial, name


def sections(page: str) -> dict[str, list[str]]:
    """The names in the first column of each section's table of a page, in their order, by the section's name."""
    found: dict[str, list[str]] = {}
    for line in (REFERENCE / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line.removeprefix("## ").strip("`")
        elif line.startswith("| `"):
            found.setdefault(name, []).append(re.findall(r"`([^`]+)`", line.split("|")[1])[0])
    return found


def test_every_column_of_the_results_is_documented_in_its_order():
    data = ROOT / "tests" / "cli" / "data"
    answer = compare(data / "desk.yaml", [data / "desk_three.yaml"], replications=1, jobs=1)
    documented = sections("results.md")
    assert documented.pop("Measures") == list(MEASURES)
    tables = {"differences": answer.differences} | tables_of(answer.base)
    assert {name: list(table.columns) for name, table in tables.items()} == documented


def test_every_measure_is_documented_with_its_unit_and_meaning():
    documented = rows("results.md")
    for name, measure in MEASURES.items():
        assert documented[name] == f"| `{name}` | {measure.unit} | {measure.meaning} | {measure.better or 'depends'} |"

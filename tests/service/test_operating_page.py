"""The page for operators names every setting, with its default, and every command of the service."""

import re
from pathlib import Path

import click
import pytest

from caserouter.cli.main import cli
from caserouter.service.settings import ServiceSettings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "operate-the-service.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def documented() -> dict[str, str]:
    """Defaults by setting, as the table of settings has them."""
    section = PAGE.partition("## Settings")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \|.*\| `([^`]*)` \|$", section, flags=re.MULTILINE))


def shown(default: object) -> str:
    if default == ():
        return "none"
    return f"{default:g}" if isinstance(default, float) else str(default).lower() if isinstance(default, bool) else str(default)


def test_every_setting_is_documented_with_its_default():
    defaults = {name: shown(field.default) for name, field in ServiceSettings.model_fields.items()}
    assert documented() == defaults


@pytest.mark.parametrize("name", ["key", "db"])
def test_every_subcommand_and_its_options_are_documented(name):
    group = cli.get_command(click.Context(cli), name)
    assert isinstance(group, click.Group)
    for subcommand in group.commands.values():
        assert f"caserouter {name} {subcommand.name}" in COMMANDS
        for option in (parameter for parameter in subcommand.params if isinstance(parameter, click.Option)):
            assert option.opts[0] in COMMANDS


def test_every_option_of_serve_is_a_setting():
    command = cli.get_command(click.Context(cli), "serve")
    assert command is not None
    assert {option.name for option in command.params} - {"config"} <= set(ServiceSettings.model_fields)

"""Options of the commands that touch the service's database, and the settings that they lead to."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from caserouter.cli.options import FILE

if TYPE_CHECKING:
    from caserouter.service.settings import ServiceSettings

Command = TypeVar("Command", bound=Callable[..., Any])


def database_options(command: Command) -> Command:
    """Where the settings come from, and the one that says which database."""
    for option in reversed(
        (
            click.option("--config", type=FILE, help="File of settings: TOML if it ends so, else YAML."),
            click.option("--database-url", metavar="URL", help="sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."),
        )
    ):
        command = option(command)
    return command


def settings_from(config: Path | None, **options: Any) -> "ServiceSettings":
    """The settings: options before the environment, the environment before the file; raises InvalidInput with every problem."""
    from caserouter.service.configuration import read_service_settings

    return read_service_settings(options, os.environ, config)

"""Options that several commands share, and what their values mean."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(dir_okay=False, path_type=Path)
"""A file to read; the readers say which one does not exist, with the exit status of a missing thing."""


def moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    """A moment in ISO 8601 as an option's value; without an offset it is refused, since it would mean another one elsewhere.

    Raises
    ------
    click.BadParameter
        If it is not a time, or has no offset from UTC.
    """
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a time; write it as 2026-03-02T10:00:00-05:00") from error
    if found.tzinfo is None:
        written = found.isoformat(timespec="minutes")
        raise click.BadParameter(f"{value!r} has no offset from UTC; write it as {written}-05:00, or {written}Z for UTC")
    return found


def input_files(command: Command) -> Command:
    """The files of a queue, shared by `route` and `check`."""
    for option in reversed(
        (
            click.option("--cases", type=FILE, help="Cases that wait: CSV, JSON Lines, JSON or YAML."),
            click.option("--specialists", type=FILE, help="The roster, in the same formats."),
            click.option("--accounts", type=FILE, help="Accounts with their owners, in the same formats."),
            click.option("--policy", type=FILE, help="Policy file (YAML); `caserouter policy` prints the default one."),
            click.option("--at", metavar="TIME", callback=moment, help="Moment of the decision, with offset; now when left out."),
            click.option("--map", "crm_map", metavar="MAP", help="Map of the cases' columns: a shipped one by name, or a file."),
            click.option("--skip-bad", is_flag=True, help="Set bad rows aside, listed, and go on with the others."),
        )
    ):
        command = option(command)
    return command


json_flag = click.option("--json", "as_json", is_flag=True, help="Exactly one JSON document on stdout.")

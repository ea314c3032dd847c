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
        If it is not a time, has no offset from UTC, or lies outside the years of the domain's moments.
    """
    if value is None:
        return None
    from caserouter.domain.model import FIRST_YEAR, LAST_YEAR

    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a time; write it as 2026-03-02T10:00:00-05:00") from error
    if found.tzinfo is None:
        written = found.isoformat(timespec="minutes")
        raise click.BadParameter(f"{value!r} has no offset from UTC; write it as {written}-05:00, or {written}Z for UTC")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise click.BadParameter(f"{value!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}; correct the year")
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


def sampling_options(command: Command) -> Command:
    """How much to simulate, shared by `simulate` and `compare`."""
    for option in reversed(
        (
            click.option("--repeat", type=FILE, metavar="MANIFEST", help="Repeat the run of this manifest.json instead."),
            click.option("--replications", type=click.IntRange(min=1), help="How many; 20 unless a half-width is asked for."),
            click.option(
                "--half-width",
                type=click.FloatRange(min=0, min_open=True),
                help="Replicate until the targets are known so closely: 0.01 is one point, or one per cent of what is no share.",
            ),
            click.option(
                "--max-replications", type=click.IntRange(min=1), help="Where --half-width gives up; 1000 when left out."
            ),
            click.option("--jobs", type=click.IntRange(min=1), help="Processes; one per core when left out. Changes no number."),
            click.option("--seed", type=click.IntRange(min=0), help="Seed of the draws; the scenario's when left out."),
            click.option(
                "--out",
                type=click.Path(file_okay=False, path_type=Path),
                help="Write tables, a report with charts and a manifest into this folder.",
            ),
        )
    ):
        command = option(command)
    return command


json_flag = click.option("--json", "as_json", is_flag=True, help="Exactly one JSON document on stdout.")

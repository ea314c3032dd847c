"""``caserouter key``: API keys, managed at the database."""

from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caserouter.cli.options import json_flag, moment
from caserouter.cli.service_options import database_options, settings_from

if TYPE_CHECKING:
    from caserouter.service.actor import Actor
    from caserouter.service.engine import Engine
    from caserouter.store.keys import StoredKey


@click.group()
def key() -> None:
    """Create, list, rotate and revoke API keys.

    On SQLite a running service owns the database: stop it first, or use its endpoints under /v1/keys.
    """


@key.command(short_help="Create a key and print its token, once.")
@database_options
@click.option("--name", required=True, help="What it is for, as lists show it.")
@click.option(
    "--scope", "scopes", multiple=True, required=True, metavar="SCOPE", help="route, read, manage or supervise; repeat it."
)
@click.option("--expires", metavar="TIME", callback=moment, help="When it stops to work, with offset; never when left out.")
@click.option("--rate-per-minute", type=int, help="Requests a minute after which it gets 429; no limit when left out.")
def create(
    config: Path | None,
    database_url: str | None,
    name: str,
    scopes: tuple[str, ...],
    expires: datetime | None,
    rate_per_minute: int | None,
) -> None:
    """Create a key and print its token: it is shown this once, since the database keeps only its digest."""
    from caserouter.service.commands.keys import create_key, scopes_named

    wanted = scopes_named(scopes)
    with _engine(config, database_url) as engine, engine.unit(_actor()) as unit:
        made = create_key(unit, name=name, scopes=wanted, expires_at=expires, rate_per_minute=rate_per_minute)
    click.echo(f"key {made.key.id}", err=True)
    click.echo(made.token)


@key.command("list", short_help="List the keys, without their tokens.")
@database_options
@json_flag
def list_(config: Path | None, database_url: str | None, *, as_json: bool) -> None:
    """List the keys: id, name, scopes, and until when each works."""
    from caserouter.service.clock import ServiceClock
    from caserouter.store.database import Database
    from caserouter.store.keys import all_keys

    settings = settings_from(config, database_url=database_url)
    with (
        closing(Database.open(settings.database_url, pool_size=1, read_only_ok=True)) as database,
        database.reading() as connection,
    ):
        keys = all_keys(connection)
    if as_json:
        from pydantic_core import to_json

        click.echo(to_json([_shown(one) for one in keys], indent=2))
        return
    now = ServiceClock.from_environment().now()
    for one in keys:
        click.echo(f"{one.id}  {','.join(one.scopes):29}  {_state(one, now):30}  {one.name}")


@key.command(short_help="Stop a key from working.")
@database_options
@click.argument("key_id", metavar="KEY")
def revoke(config: Path | None, database_url: str | None, key_id: str) -> None:
    """Revoke the key of this id: a service that runs refuses it within a second."""
    from caserouter.service.commands.keys import revoke_key

    with _engine(config, database_url) as engine, engine.unit(_actor()) as unit:
        revoke_key(unit, key_id)
    click.echo(f"revoked {key_id}", err=True)


@key.command(short_help="Replace a key, and let the old one work for a while.")
@database_options
@click.argument("key_id", metavar="KEY")
@click.option("--overlap-hours", type=float, help="For how long, a year at most; 24 when left out.")
def rotate(config: Path | None, database_url: str | None, key_id: str, overlap_hours: float | None) -> None:
    """Create a key with the same name, scopes and limit, print its token, and let the old one work until the overlap is over."""
    from caserouter.service.commands.keys import OVERLAP_HOURS, rotate_key

    hours = OVERLAP_HOURS if overlap_hours is None else overlap_hours

    with _engine(config, database_url) as engine, engine.unit(_actor()) as unit:
        made = rotate_key(unit, key_id, overlap_hours=hours)
    click.echo(f"key {made.key.id} replaces {key_id}", err=True)
    click.echo(made.token)


def _shown(stored: "StoredKey") -> dict[str, Any]:
    """A key as JSON, without the digest of its token."""
    return {name: value for name, value in stored._asdict().items() if name != "hash"}


def _state(stored: "StoredKey", now: datetime) -> str:
    """Whether it works, and until when."""
    if stored.revoked_at is not None:
        return f"revoked {stored.revoked_at:%Y-%m-%d %H:%M}Z"
    if stored.expires_at is None:
        return "works"
    return f"{'works until' if stored.works(now) else 'lapsed'} {stored.expires_at:%Y-%m-%d %H:%M}Z"


def _engine(config: Path | None, database_url: str | None) -> "AbstractContextManager[Engine]":
    from caserouter.service.opening import opened_engine

    return opened_engine(settings_from(config, database_url=database_url), pool_size=2)


def _actor() -> "Actor":
    from caserouter.service.actor import Actor

    return Actor("operator")

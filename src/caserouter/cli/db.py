"""``caserouter db``: the service's database, looked after by its operator."""

from contextlib import closing
from pathlib import Path

import click

from caserouter.cli.options import FILE
from caserouter.cli.service_options import database_options, settings_from


@click.group()
def db() -> None:
    """Upgrade, check, back up and restore the service's database."""


@db.command(short_help="Bring the schema to that of this version.")
@database_options
def upgrade(config: Path | None, database_url: str | None) -> None:
    """Create the tables, or bring them to the schema of this version.

    `caserouter serve` does it by itself on SQLite, where the file is backed up first. On PostgreSQL, back up before you run it.
    """
    from caserouter.store import migrate

    url = settings_from(config, database_url=database_url).database_url
    before = migrate.current(url)
    backup = migrate.upgrade(url)
    if backup is not None:
        click.echo(f"the file as it was is in {backup}", err=True)
    now = migrate.current(url)
    click.echo(f"schema {now}, as before" if before == now else f"schema {now}, from {before or 'nothing'}")


@db.command(short_help="Find out whether the database agrees with itself.")
@database_options
def check(config: Path | None, database_url: str | None) -> None:
    """Check the schema, and whether loads, holders and counts agree with each other; exits with 5 if not.

    It only reads, and may run beside the service.
    """
    from caserouter.domain.errors import StoreError
    from caserouter.store.database import Database
    from caserouter.store.integrity import contradictions

    url = settings_from(config, database_url=database_url).database_url
    with closing(Database.open(url, pool_size=1, read_only_ok=True)) as database, database.reading() as connection:
        found = contradictions(connection)
    for sentence in found:
        click.echo(sentence)
    if found:
        raise StoreError("the database contradicts itself: restore a backup, and keep this one to find out why")
    click.echo("the database agrees with itself")


@db.command(short_help="Write everything into one file.")
@database_options
@click.argument("file", type=FILE)
def backup(config: Path | None, database_url: str | None, file: Path) -> None:
    """Write a consistent copy of the database into FILE, while the service goes on.

    On PostgreSQL this calls pg_dump, which has to be installed.
    """
    from caserouter.store.backup import write_backup

    write_backup(settings_from(config, database_url=database_url).database_url, file)
    click.echo(f"wrote {file}", err=True)


@db.command(short_help="Bring back what a backup holds.")
@database_options
@click.argument("file", type=FILE)
def restore(config: Path | None, database_url: str | None, file: Path) -> None:
    """Bring back the database that FILE holds. Stop the service first.

    On SQLite a file that is in the way is kept under another name. On PostgreSQL the database has to be empty, and pg_restore installed.
    """
    from caserouter.store.backup import restore_backup

    kept = restore_backup(settings_from(config, database_url=database_url).database_url, file)
    if kept is not None:
        click.echo(f"the file that was in the way is {kept} now", err=True)
    click.echo(f"restored {file}", err=True)

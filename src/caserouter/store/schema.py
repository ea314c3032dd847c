"""Which schema a database has, and which one this version needs."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from caserouter.domain.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's settings: where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache
def head() -> str:
    """The schema that this version needs."""
    return str(ScriptDirectory.from_config(configuration()).get_current_head())


@cache
def known() -> frozenset[str]:
    """Every schema that was ever released, up to this version's."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions())


def current_of(connection: sa.Connection) -> str | None:
    """The schema of a database; None before its first migration."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def require_current(connection: sa.Connection) -> None:
    """Refuse a database with another schema than this version's.

    Raises
    ------
    StoreError
        If it is older, newer, or none.
    """
    found = current_of(connection)
    if found == head():
        return
    if found is None:
        raise StoreError("the database is empty: it has no tables of ours yet; run `caserouter db upgrade`")
    require_known(found)
    raise StoreError(f"the database has schema {found}, older than {head()}; run `caserouter db upgrade`")


def require_known(found: str | None) -> None:
    """Refuse a schema of a later release; None, where there is none yet, is fine.

    Raises
    ------
    StoreError
        If it is one of those.
    """
    if found is not None and found not in known():
        raise StoreError(
            f"the database has schema {found}, which this version does not know; use the newer caserouter that made it"
        )

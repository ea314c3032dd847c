"""The SQL of a migration: first what both databases are told, then what only the one is told that it runs on."""

from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType

from alembic import op

_VERSIONS = Path(__file__).parent / "versions"

_TYPES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "postgresql": {"moment": "TIMESTAMP WITH TIME ZONE", "bytes": "BYTEA", "number": "BIGINT", "counter": "BIGSERIAL"},
        "sqlite": {"moment": "VARCHAR(32)", "bytes": "BLOB", "number": "INTEGER", "counter": "INTEGER"},
    }
)
"""What ``$moment`` and the others stand for in the SQL of both; a number is a key, and a counter one that counts up by itself."""


def run_statements(name: str) -> None:
    """Run ``versions/NAME.sql`` and ``versions/NAME.DIALECT.sql``: statements with one blank line between two."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    shared = Template((_VERSIONS / f"{name}.sql").read_text(encoding="utf-8")).substitute(_TYPES[dialect])
    own = (_VERSIONS / f"{name}.{dialect}.sql").read_text(encoding="utf-8")
    for statement in f"{shared}\n{own}".split("\n\n"):
        connection.exec_driver_sql(statement)

"""The SQL of a migration, from the file of the dialect that it runs on."""

from pathlib import Path

from alembic import op

_VERSIONS = Path(__file__).parent / "versions"


def run_statements(name: str) -> None:
    """Run ``versions/NAME.DIALECT.sql``: statements with one blank line between two."""
    connection = op.get_bind()
    text = (_VERSIONS / f"{name}.{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in text.split("\n\n"):
        if statement.strip():
            connection.exec_driver_sql(
                statement.strip().replace("%", "%%") if connection.dialect.name == "postgresql" else statement
            )

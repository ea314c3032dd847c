"""Events, the tables that follow from them, keys, answers, and the triggers that guard them."""

from caserouter.store.migrations.statements import run_statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make everything from nothing."""
    run_statements("0001")

"""Which keeper keeps: on PostgreSQL several may be started, and one of them holds the advisory lock.

The election saves work and nothing else. Every duty looks at the state in its exclusive unit and does nothing the second time, so two
keepers that both believe to be elected, as after a network fault, do no harm.
"""

from typing import Protocol


class Election(Protocol):
    """Says whether this keeper is to keep."""

    def won(self) -> bool:
        """Whether it is to keep at this moment."""

    def close(self) -> None:
        """Stand down, so that another keeper can follow at once."""


class Alone:
    """The election where one process owns the database: always won."""

    def won(self) -> bool:
        """True."""
        return True

    def close(self) -> None:
        """Do nothing."""

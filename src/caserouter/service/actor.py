"""Who asked for a change, as events name it."""

from typing import NamedTuple


class Actor(NamedTuple):
    """Who asks, and in which request.

    Parameters
    ----------
    id
        Id of the API key; ``keeper`` for what the service does by itself, ``operator`` for a command at the database, ``first-start`` for
        the first key.
    request_id
        Id of the request; empty outside one.
    """

    id: str = "keeper"
    request_id: str = ""


KEEPER = Actor()
"""The service itself."""

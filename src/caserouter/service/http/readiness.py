"""Whether the service can take requests."""

from typing import Any

from caserouter.domain.errors import StoreError
from caserouter.service.engine import Engine
from caserouter.service.http.errors import NotReady
from caserouter.store.reading import head

MAX_BEHIND = 10_000
"""Events by which a board may be behind and still catch up with the next request."""


def require_ready(engine: Engine) -> dict[str, Any]:
    """What the service has seen, if it can take requests.

    Raises
    ------
    NotReady
        If the database does not answer, or the board is far behind.
    """
    try:
        with engine.read() as connection:
            newest = head(connection)
    except StoreError as error:
        raise NotReady("the database does not answer; try again in a moment") from error
    return {"status": "ready", "seq": newest}

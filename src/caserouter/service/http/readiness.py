"""Whether the service can take requests."""

from typing import Any

from caserouter.domain.errors import StoreError
from caserouter.service.engine import Engine
from caserouter.service.http.errors import NotReady
from caserouter.store.queries.figures import require_writable


def require_ready(engine: Engine) -> dict[str, Any]:
    """What the service has seen, if it can take requests; that the schema is this version's was checked when the database was opened.

    Raises
    ------
    NotReady
        If the database does not answer, or cannot be written.
    """
    try:
        with engine.database.writing() as connection:
            require_writable(connection)
        with engine.board() as board:
            return {"status": "ready", "seq": board.seq}
    except StoreError as error:
        raise NotReady("the database does not answer, or cannot be written; try again in a moment") from error

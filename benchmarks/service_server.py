"""The service with two routes more, which do less and less of what creating a case does; `service.py` starts it.

- ``/v1/bare``: the same body model, key, log line and connection pool; one durable row, and no decision;
- ``/v1/validated``: the same without the row.

The routes are added where this module is imported, which the service's worker processes do as well.
"""

import sys
from typing import Annotated

import sqlalchemy as sa
from fastapi import Depends
from starlette.responses import Response

from caserouter.service.http.answers import answer
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import MayRoute
from caserouter.service.http.documentation import documented
from caserouter.service.http.routes import cases
from caserouter.service.schemas.cases import CreateCase
from caserouter.store.columns import encode

BARE = sa.text("INSERT INTO bare (body) VALUES (:body)")


@cases.router.post("/bare")
@documented({200: CreateCase})
def insert_bare(call: MayRoute, body: Annotated[CreateCase, Depends(JsonBody(CreateCase))]) -> Response:
    """Validate, and insert one durable row."""
    row = {"body": encode(body.model_dump(mode="json", exclude_defaults=True))}
    database = call.engine.database
    if database.dialect == "postgresql":
        with database.autocommitting() as connection:
            connection.execute(BARE, row)
    else:
        with database.writing() as connection:
            connection.execute(BARE, row)
    return answer({"external_id": body.external_id})


@cases.router.post("/validated")
@documented({200: CreateCase})
def validate_only(call: MayRoute, body: Annotated[CreateCase, Depends(JsonBody(CreateCase))]) -> Response:  # noqa: ARG001 (its key is checked)
    """Validate, and answer."""
    return answer({"external_id": body.external_id})


if __name__ == "__main__":
    from caserouter.cli.main import cli

    cli(["serve", *sys.argv[1:]])

"""The application: every collaborator of the service over HTTP, wired in one place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI

from caserouter.service.engine import Engine
from caserouter.service.http.body_limit import BodyLimit
from caserouter.service.http.callers import Caller, KnownCallers
from caserouter.service.http.docs_page import serve_docs
from caserouter.service.http.middleware import LastResort, Observation, RequestIds
from caserouter.service.http.problems import handle_problems
from caserouter.service.http.rate_limits import RateLimits
from caserouter.service.http.routes import ROUTERS
from caserouter.service.settings import ServiceSettings
from caserouter.service.tokens import Scope
from caserouter.store.keys import find_key

IMPORT_PATH = "/v1/specialists/import"


def create_app(engine: Engine, settings: ServiceSettings) -> FastAPI:
    """The service over HTTP.

    Parameters
    ----------
    engine
        What runs commands and reads; it has started.
    settings
        Limits and time-outs.
    """
    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_as_many_threads_as_connections
    )
    app.state.engine = engine
    app.state.settings = settings
    app.state.callers = KnownCallers(lambda digest: _find(engine, digest))
    app.state.rate_limits = RateLimits()
    for router in ROUTERS:
        app.router.routes.extend(router.routes)  # flat, so that what looks for a route finds it in one pass
    handle_problems(app)
    if settings.docs:
        serve_docs(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limit=settings.body_limit, limits={IMPORT_PATH: settings.import_limit})
    app.add_middleware(LastResort)
    app.add_middleware(Observation)
    app.add_middleware(RequestIds)
    return app


@asynccontextmanager
async def _as_many_threads_as_connections(app: FastAPI) -> AsyncIterator[None]:
    """Work on as many requests at a time as there are connections, so that none waits for a connection while it holds a thread."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = app.state.settings.pool_size
    yield


def _find(engine: Engine, digest: str) -> Caller | None:
    """Ask the database for a key that was not revoked."""
    with engine.read() as connection:
        key = find_key(connection, digest)
    if key is None or key.revoked_at is not None:
        return None
    return Caller(key.id, key.name, frozenset(Scope(scope) for scope in key.scopes), key.rate_per_minute, key.expires_at)

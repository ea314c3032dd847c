"""One call of a route: who asks for it, and the conditions that its headers make. Routes say in their signature which scope they need."""

import re
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from caserouter.domain.errors import Finding
from caserouter.files.problems import shown
from caserouter.service.actor import Actor
from caserouter.service.engine import Engine
from caserouter.service.findings import refused
from caserouter.service.http.bodies import fingerprint
from caserouter.service.http.callers import Caller
from caserouter.service.http.errors import Forbidden, Unauthenticated
from caserouter.service.logging import request_id
from caserouter.service.reply import IdempotencyScope
from caserouter.service.tokens import Scope, token_digest

_BEARER = re.compile(r"(?i:bearer) +(?P<token>[!-~]{1,200}) *")
IDEMPOTENCY_KEY = "Idempotency-Key"
_KEY = re.compile("[!-~]{1,200}")
_NO_KEY = "send the header Authorization: Bearer cr_…, with a key that `caserouter key create` made"


class Call:
    """What a route knows of its request.

    Parameters
    ----------
    request
        The request.
    caller
        The key that asks.
    """

    def __init__(self, request: Request, caller: Caller) -> None:
        self.request = request
        self.caller = caller
        self.actor = Actor(caller.id, request_id.get())

    @property
    def engine(self) -> Engine:
        """What runs commands and reads."""
        engine: Engine = self.request.app.state.engine
        return engine

    def may(self, scope: Scope) -> bool:
        """Whether the key has `scope` as well."""
        return scope in self.caller.scopes

    def once(self) -> IdempotencyScope | None:
        """What makes this request the same as one with the same ``Idempotency-Key``; None without one.

        Raises
        ------
        InvalidInput
            If the key is none.
        """
        key = self.request.headers.get(IDEMPOTENCY_KEY)
        if key is None or self.request.method != "POST":
            return None
        if not _KEY.fullmatch(key):
            raise refused([Finding(shown(key), "not 1 to 200 visible characters", "send a UUID", column=IDEMPOTENCY_KEY)])
        return IdempotencyScope(self.caller.id, self.request.method, self.request.scope["path"], key, fingerprint(self.request))


class Needs:
    """Lets a key through that has any of some scopes: a dependency of routes.

    Parameters
    ----------
    scopes
        Any one of them is enough.
    """

    def __init__(self, *scopes: Scope) -> None:
        self.scopes = scopes

    async def __call__(self, request: Request) -> Call:
        """The call, if its key may make it.

        Raises
        ------
        Unauthenticated
            If there is no valid key.
        Forbidden
            If the key has none of the scopes.
        TooManyRequests
            If the key has a limit and has used it up.
        """
        caller = await _caller(request)
        request.scope["caserouter.caller"] = caller
        if caller.scopes.isdisjoint(self.scopes):
            has, needed = ", ".join(sorted(caller.scopes)) or "no scope", " or ".join(self.scopes)
            raise Forbidden(f"key {caller.id} has {has}; {needed} is needed here; use a key with that scope", ids=[caller.id])
        request.app.state.rate_limits.count(caller)
        return Call(request, caller)


async def _caller(request: Request) -> Caller:
    """The valid key that a request shows."""
    header = request.headers.get("authorization")
    if header is None:
        raise Unauthenticated(f"no key; {_NO_KEY}")
    match = _BEARER.fullmatch(header)
    if match is None:
        raise Unauthenticated(f"not of the form Bearer cr_…; {_NO_KEY}")
    digest = token_digest(match["token"])
    known = request.app.state.callers
    caller: Caller | None = known.remembered(digest) or await run_in_threadpool(known.look_up, digest)
    engine: Engine = request.app.state.engine
    if caller is None:
        raise Unauthenticated(f"an unknown key, or one that was revoked; {_NO_KEY}")
    if caller.ends is not None and caller.ends <= engine.clock.now():
        raise Unauthenticated(
            f"key {caller.id} ended at {caller.ends.isoformat()}; use the one that replaced it", ids=[caller.id]
        )
    return caller


MayRoute = Annotated[Call, Depends(Needs(Scope.ROUTE))]
MayRead = Annotated[Call, Depends(Needs(Scope.READ))]
MayReadOrRoute = Annotated[Call, Depends(Needs(Scope.READ, Scope.ROUTE))]
MayReadOrManage = Annotated[Call, Depends(Needs(Scope.READ, Scope.MANAGE))]
MayRouteOrManage = Annotated[Call, Depends(Needs(Scope.ROUTE, Scope.MANAGE))]
MayManage = Annotated[Call, Depends(Needs(Scope.MANAGE))]
MaySupervise = Annotated[Call, Depends(Needs(Scope.SUPERVISE))]

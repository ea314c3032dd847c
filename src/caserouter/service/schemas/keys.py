"""API keys."""

from datetime import datetime

from pydantic import Field

from caserouter.service.commands.keys import MAX_NAME, MAX_OVERLAP_HOURS, MAX_RATE, OVERLAP_HOURS
from caserouter.service.schemas.base import Body, Moment, Name, View
from caserouter.service.tokens import Scope


class CreateKey(Body):
    """A key for a client."""

    name: Name = Field(max_length=MAX_NAME, description="What it is for, such as `CRM, production`.")
    scopes: list[Scope] = Field(min_length=1, max_length=4, description="What it may be used for; none contains another one.")
    expires_at: Moment | None = Field(default=None, description="From when on it does not work; never if left out.")
    rate_per_minute: int | None = Field(
        default=None, ge=1, le=MAX_RATE, description="Requests that it may make in a minute; no limit if left out."
    )


class RotateKey(Body):
    """How a key is replaced."""

    overlap_hours: float = Field(
        default=OVERLAP_HOURS, ge=0, le=MAX_OVERLAP_HOURS, description="Hours for which the old one works still."
    )


class KeyView(View):
    """A key, without its token."""

    id: str
    prefix: str = Field(description="Begin of the token, after `cr_`.")
    name: str
    scopes: list[Scope]
    rate_per_minute: int | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    replaced_by: str | None = Field(description="Id of the key that takes its place.")


class NewKeyView(View):
    """A key, with its token: told this once."""

    key: KeyView
    token: str


class KeysView(View):
    """Every key, the oldest first."""

    items: list[KeyView]

"""Versions of the policy."""

from datetime import datetime
from typing import Any

from pydantic import Field

from caserouter.service.schemas.base import View


class PolicyLineView(View):
    """A version of the policy, without its document."""

    version: int
    name: str
    active: bool
    added_at: datetime
    activated_at: datetime | None


class PolicyView(PolicyLineView):
    """A version of the policy."""

    document: dict[str, Any] = Field(description="The policy, as it was added.")


class PoliciesView(View):
    """A page of versions, the newest first."""

    items: list[PolicyLineView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")

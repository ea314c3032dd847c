"""Accounts: who owns them, and how they are doing."""

from typing import Any

from pydantic import Field

from caserouter.domain.account import Account
from caserouter.service.findings import read_fields
from caserouter.service.schemas.base import Body, Name, View


class AccountBody(Body):
    """An account: in a PUT, what is left out takes its default; in a PATCH, it stays, and null takes the default."""

    owner: Name | None = Field(default=None, description="Id of the specialist who owns it.")
    tier: Name | None = Field(default=None, description="Commercial tier, such as gold.")
    health: float | None = Field(default=None, ge=0, le=100, description="0 (lost) to 100 (thriving).")
    at_risk: bool | None = Field(default=None, description="Whether it needs outreach before it calls.")

    def changes(self) -> dict[str, Any]:
        """What is given."""
        return self.model_dump(mode="json", exclude_unset=True)

    def to_account(self, account_id: str) -> Account:
        """The domain's account."""
        given = {name: value for name, value in self.changes().items() if value is not None}
        return read_fields(Account, {**given, "id": account_id})


class AccountView(View):
    """An account."""

    id: str
    version: int = Field(description="Rises with every change; the ETag names it.")
    owner: str | None
    tier: str | None
    health: float | None
    at_risk: bool


class AccountsView(View):
    """A page of accounts, by id."""

    items: list[AccountView]
    next: str | None = Field(description="Cursor of the next page; null on the last one.")

"""Accounts: the customers with a name, an owner and a health of their own."""

from pydantic import Field

from caserouter.domain.model import Model, Name


class Account(Model):
    """A customer organisation or household whose cases belong together.

    Parameters
    ----------
    id
        Unique id.
    owner
        Id of the specialist who owns the account; continuity with the owner has a price in the policy.
    tier
        Commercial tier, such as ``gold``.
    health
        Health score, 0 (lost) to 100 (thriving).
    at_risk
        Whether it needs outreach before it calls.
    """

    id: Name
    owner: Name | None = None
    tier: Name | None = None
    health: float | None = Field(default=None, ge=0, le=100)
    at_risk: bool = False

"""Bodies of what may be done to a case."""

from pydantic import Field

from caserouter.domain.case import RiskFlag
from caserouter.service.commands.waits import WaitOn
from caserouter.service.schemas.base import Body, Moment, Name, Text


class Dated(Body):
    """What a client says of something that happened."""

    occurred_at: Moment | None = Field(
        default=None, description="When it happened in the system that says so; older than what is known, it changes nothing."
    )


class Accept(Dated):
    """An offer is taken."""

    specialist: Name | None = Field(default=None, description="Who takes it; refused if the offer is somebody else's.")


class Decline(Dated):
    """A case is given back."""

    specialist: Name | None = Field(default=None, description="Who declines; refused if somebody else holds the case.")
    reason: Text = Field(default="", description="Why; erasable.")


class Contact(Dated):
    """A contact was made."""

    customer_facing: bool = Field(description="Whether the customer took part; the first one is the first response.")
    commitment: Moment | None = Field(default=None, description="By when the customer was promised to hear from us next.")
    note: Text = Field(default="", description="What was promised; erasable.")


class Wait(Dated):
    """The case waits for somebody else."""

    on: WaitOn = Field(description="For whom.")
    department: Name | None = Field(default=None, description="Which department.")
    follow_up: Moment | None = Field(default=None, description="When to look again.")


class Review(Dated):
    """Legal or compliance has passed the case."""

    flags: list[RiskFlag] | None = Field(
        default=None, max_length=4, description="Risk flags that were reviewed; all of the case if left out."
    )


class Approve(Dated):
    """Somebody with the authority has decided."""

    approver: Name = Field(description="Id of the specialist who decided.")
    approved: bool = Field(description="What was decided.")


class Cancel(Dated):
    """The case is withdrawn."""

    reason: Text = Field(default="", description="Why; erasable.")


class Reassign(Dated):
    """A supervisor gives a case to somebody."""

    specialist: Name | None = Field(description="Who takes it; null puts it back into the queue.")
    reason: Text = Field(min_length=1, description="Why; erasable.")
    override: bool = Field(default=False, description="Whether to pass over skills, role floor, shift and intake.")


class Commit(Dated):
    """The customer was promised a follow-up."""

    due: Moment = Field(description="By when the customer hears from us.")
    note: Text = Field(default="", description="What was promised; erasable.")

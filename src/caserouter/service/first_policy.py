"""The policy that is active from the first start."""

from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.unit import Unit
from caserouter.store.events import EventKind
from caserouter.store.lookups import any_policy


def activate_first_policy(unit: Unit) -> None:
    """Add the default policy as version 1 and activate it, unless there is a policy."""
    if any_policy(unit.connection):
        return
    document = ServicePolicy()
    data = {"version": 1, "name": document.routing.name, "document": document.model_dump(mode="json")}
    unit.record(EventKind.POLICY_ADDED, data=data)
    unit.record(EventKind.POLICY_ACTIVATED, data={"version": 1})

"""The tables follow from the events: what each event changes, applied in the transaction that records it.

Every rule of a projection reads the event and at most the row that it changes, so that the tables can be written again from the events.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sqlalchemy as sa

from caserouter.store.events import Event, EventKind
from caserouter.store.projection.assignments import project_assignment
from caserouter.store.projection.cases import project_case
from caserouter.store.projection.commitments import project_commitment
from caserouter.store.projection.deadlines import project_deadlines
from caserouter.store.projection.policies import project_account, project_policy
from caserouter.store.projection.staff import project_credential, project_specialist

Projector = Callable[[sa.Connection, Event], None]

_NOTHING: tuple[Projector, ...] = ()

PROJECTORS: Mapping[EventKind, tuple[Projector, ...]] = MappingProxyType(
    {
        EventKind.CASE_CREATED: (project_case, project_deadlines),
        EventKind.CASE_ASSIGNED: (project_assignment, project_case, project_deadlines),
        EventKind.CASE_QUEUED: (project_case,),
        EventKind.CASE_RELEASED: (project_assignment, project_case, project_deadlines),
        EventKind.CASE_ACCEPTED: (project_case, project_deadlines),
        EventKind.CASE_UPDATED: (project_deadlines, project_case, project_assignment),
        EventKind.CONTACT_MADE: (project_case, project_deadlines),
        EventKind.WAIT_BEGAN: (project_case, project_assignment, project_deadlines),
        EventKind.WAIT_ENDED: (project_case, project_assignment, project_deadlines),
        EventKind.REVIEW_PASSED: (project_case,),
        EventKind.APPROVAL_DECIDED: (project_case,),
        EventKind.COMMITMENT_MADE: (project_case, project_commitment, project_deadlines),
        EventKind.COMMITMENT_KEPT: (project_case, project_commitment, project_deadlines),
        EventKind.COMMITMENT_DUE: (project_commitment, project_deadlines),
        EventKind.COMMITMENT_MISSED: (project_case, project_commitment, project_deadlines),
        EventKind.CASE_RESOLVED: (project_case, project_assignment, project_deadlines),
        EventKind.CASE_REOPENED: (project_case, project_deadlines),
        EventKind.CASE_CANCELLED: (project_case, project_assignment, project_deadlines),
        EventKind.CASE_CLOSED: (project_case, project_deadlines),
        EventKind.CASE_ERASED: (project_case,),
        EventKind.TARGET_WARNED: (project_deadlines,),
        EventKind.TARGET_MISSED: (project_deadlines,),
        EventKind.EVENT_IGNORED: _NOTHING,
        EventKind.SPECIALIST_PUT: (project_specialist,),
        EventKind.SPECIALIST_RETIRED: (project_specialist, project_deadlines),
        EventKind.PRESENCE_SET: (project_specialist, project_deadlines),
        EventKind.CAPACITY_SET: (project_specialist,),
        EventKind.CREDENTIAL_GRANTED: (project_credential, project_deadlines),
        EventKind.CREDENTIAL_REVOKED: (project_credential, project_deadlines),
        EventKind.CREDENTIAL_LAPSING: (project_deadlines,),
        EventKind.ACCOUNT_PUT: (project_account,),
        EventKind.POLICY_ADDED: (project_policy,),
        EventKind.POLICY_ACTIVATED: (project_policy,),
        EventKind.PRICE_INPUTS_PUBLISHED: _NOTHING,
        EventKind.KEY_CREATED: _NOTHING,
        EventKind.KEY_REVOKED: _NOTHING,
    }
)
"""Which tables each kind of event changes, in this order."""


def project(connection: sa.Connection, event: Event) -> None:
    """Write into the tables what follows from `event`."""
    for projector in PROJECTORS[event.kind]:
        projector(connection, event)

"""What the events of people, accounts, policies and prices change on the board."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from caserouter.domain.account import Account
from caserouter.domain.presence import ABSENT
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.board.case_events import moment
from caserouter.service.board.intake import is_long
from caserouter.service.board.person import Person
from caserouter.service.board.records import Records
from caserouter.store.events import Event, EventKind

_LAID_OUT = ("team", "authority")
"""What whole columns of a roster, and the waiting cases compiled for it, are laid out by."""


def fold_person(records: Records, event: Event) -> None:
    """Take up an event of a specialist."""
    change = _CHANGES.get(event.kind)
    if change is None or event.specialist_id is None:
        return
    person = records.people.get(event.specialist_id)
    if person is None:
        person = records.people[event.specialist_id] = Person(event.specialist_id, {"id": event.specialist_id, "capacity": 0})
    change(records, person, event)
    records.changes.people[person.id] = None


def fold_account(records: Records, event: Event) -> None:
    """Take up a statement of an account; only its owner matters to routing."""
    account = Account.model_validate(event.data["account"])
    former = records.accounts.get(account.id)
    records.accounts[account.id] = account
    if (former.owner if former else None) != account.owner:
        records.changes.accounts[account.id] = None


def fold_policy(records: Records, event: Event) -> None:
    """Take up a version of the policy, or its activation."""
    version = int(event.data["version"])
    if event.kind is EventKind.POLICY_ADDED:
        records.documents[version] = event.data["document"]
        return
    records.policy_version = version
    records.document = ServicePolicy.model_validate(records.documents.get(version, {}))
    records.changes.roster = True
    records.recount()


def fold_prices(records: Records, event: Event) -> None:
    """Take up new price inputs."""
    records.price_inputs, records.sample = int(event.data["version"]), event.data["sample"]
    records.changes.prices = True


def _put(records: Records, person: Person, event: Event) -> None:
    body = event.data["specialist"]
    if person.active and all(body.get(name) == person.body.get(name) for name in _LAID_OUT):
        records.changes.stated[person.id] = None
    else:
        records.changes.roster = True
    person.restate(body)


def _retire(records: Records, person: Person, _event: Event) -> None:
    person.active = False
    records.changes.roster = True


def _presence(records: Records, person: Person, event: Event) -> None:
    person.presence, person.until = event.data["presence"], moment(event.data.get("until"))
    if person.presence in ABSENT:
        person.absent_since = person.absent_since or event.at
        if is_long(person.absent_since, person.until, records.document.ramp):
            records.changes.stated[person.id] = None
        return
    if is_long(person.absent_since, event.at, records.document.ramp):
        person.returned = event.at
        records.changes.stated[person.id] = None
    person.absent_since = None


def _capacity(_records: Records, person: Person, event: Event) -> None:
    person.resize(int(event.data["capacity"]))


def _grant(records: Records, person: Person, event: Event) -> None:
    person.credentials[str(event.data["credential"])] = event.data["value"]
    person.changed()
    records.changes.stated[person.id] = None


def _revoke(records: Records, person: Person, event: Event) -> None:
    person.revoke(str(event.data["credential"]), event.data.get("value"))
    records.changes.stated[person.id] = None


_CHANGES: Mapping[EventKind, Callable[[Records, Person, Event], None]] = MappingProxyType(
    {
        EventKind.SPECIALIST_PUT: _put,
        EventKind.SPECIALIST_RETIRED: _retire,
        EventKind.PRESENCE_SET: _presence,
        EventKind.CAPACITY_SET: _capacity,
        EventKind.CREDENTIAL_GRANTED: _grant,
        EventKind.CREDENTIAL_REVOKED: _revoke,
    }
)

"""Records as bytes and back, so that a start need not fold every event since the first."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from caserouter.domain.account import Account
from caserouter.domain.errors import StoreError
from caserouter.domain.lifecycle import CaseStatus
from caserouter.domain.service_policy import ServicePolicy
from caserouter.service.board.open_case import OpenCase
from caserouter.service.board.person import Person
from caserouter.service.board.records import Records

FORMAT = 3
"""Of the bytes; a checkpoint of another format is not read, and the events are folded instead."""

_PLAIN = ("documents", "policy_version", "price_inputs", "sample")


class Restored(NamedTuple):
    """What a checkpoint held."""

    seq: int
    digest: str
    records: Records


def to_bytes(seq: int, digest: str, records: Records) -> bytes:
    """Records after the event `seq`, as UTF-8 JSON."""
    document = {
        "format": FORMAT,
        "seq": seq,
        "digest": digest,
        **{name: getattr(records, name) for name in _PLAIN},
        "accounts": [account.model_dump(mode="json") for account in records.accounts.values()],
        "people": [_told(person) for person in records.people.values()],
        "cases": [_told(case) for case in records.cases.values()],
    }
    return json.dumps(document, separators=(",", ":"), default=_moment).encode()


def from_bytes(body: bytes) -> Restored:
    """The records of a checkpoint.

    Raises
    ------
    StoreError
        If it has another format.
    """
    document = json.loads(body)
    if document.get("format") != FORMAT:
        raise StoreError(f"checkpoint format {document.get('format')}: this version reads {FORMAT}; fold the events instead")
    records = Records(
        policy_version=document["policy_version"],
        price_inputs=document["price_inputs"],
        sample=document["sample"],
        documents={int(version): text for version, text in document["documents"].items()},
        accounts={account["id"]: Account.model_validate(account) for account in document["accounts"]},
        people={person["id"]: _person(person) for person in document["people"]},
        cases={case["id"]: _case(case) for case in document["cases"]},
    )
    records.document = ServicePolicy.model_validate(records.documents.get(records.policy_version, {}))
    for case in records.cases.values():
        records.tie(case)
    return Restored(document["seq"], document["digest"], records)


def _told(one: OpenCase | Person) -> dict[str, Any]:
    """The fields of a record, but for what is derived from others."""
    return {field.name: getattr(one, field.name) for field in fields(one) if not field.name.startswith("_")}


def _moment(value: Any) -> str:
    """Moments are the only thing in records that JSON has no form for."""
    text: str = value.isoformat()
    return text


def _read(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The same with the named fields as moments."""
    return {**told, **{name: datetime.fromisoformat(told[name]) for name in names if told[name] is not None}}


def _person(told: Mapping[str, Any]) -> Person:
    person = Person(**_read(told, "until", "absent_since", "returned", "last_assigned"))
    person.taken = [datetime.fromisoformat(one) for one in told["taken"]]
    return person


def _case(told: Mapping[str, Any]) -> OpenCase:
    case = OpenCase(**_read(told, "since", "offer_until", "first_response_at", "resolved_at", "close_after"))
    case.status, case.reviewed = CaseStatus(case.status), tuple(case.reviewed)
    case.declined = {who: datetime.fromisoformat(until) for who, until in told["declined"].items()}
    return case

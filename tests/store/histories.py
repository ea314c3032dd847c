"""Events for tests: short ways to say that something happened."""

from datetime import UTC, datetime, timedelta

from caserouter.store.events import EventKind

NOW = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
"""A Monday."""


def hours(number):
    return NOW + timedelta(hours=number)


def case_body(case_id="C-1", **fields):
    """The domain case as JSON, as events hold it."""
    return {"id": case_id, "created": NOW.isoformat(), "source": "crm", "type": "billing", "weight": 2, "priority": 2} | fields


def put_specialist(transaction, specialist_id="ann", *, capacity=10, name="Ann Lee", **fields):
    body = {"id": specialist_id, "capacity": capacity, **fields}
    data = {"specialist": body}
    return transaction.append(EventKind.SPECIALIST_PUT, at=NOW, specialist_id=specialist_id, data=data, personal={"name": name})


def create_case(transaction, case_id="C-1", *, external_id=None, personal=None, data=None, **fields):
    data = {"case": case_body(case_id, **fields), "external_id": external_id} | (data or {})
    return transaction.append(EventKind.CASE_CREATED, at=NOW, case_id=case_id, data=data, personal=personal)


def assign(transaction, case_id="C-1", specialist_id="ann", *, units=2, at=NOW, status="ready", **data):
    data = {"units": units, "status": status, "mode": "arrival"} | data
    return transaction.append(
        EventKind.CASE_ASSIGNED,
        at=at,
        case_id=case_id,
        specialist_id=specialist_id,
        data=data,
        evidence={"chosen": specialist_id},
    )


def happen(transaction, kind, case_id="C-1", *, at=NOW, **data):
    """Anything else that happens to a case."""
    return transaction.append(kind, at=at, case_id=case_id, data=data)


def held_case(database, case_id="C-1", *, units=2):
    """A case in Ann's book."""
    with database.exclusive() as transaction:
        put_specialist(transaction)
        create_case(transaction, case_id)
        assign(transaction, case_id, units=units)

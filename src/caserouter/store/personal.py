"""Personal data, kept apart from events so that it can be erased: who the customer is, what was noted, names of specialists."""

from collections.abc import Mapping

import sqlalchemy as sa

from caserouter.store.events import Event
from caserouter.store.tables import credential, personal, specialist

_INSERT = sa.insert(personal)
_NAME = sa.update(specialist).where(specialist.c.id == sa.bindparam("whose")).values(name=sa.bindparam("new_name"))
_EVIDENCE = sa.update(credential).where(credential.c.id == sa.bindparam("which")).values(evidence=sa.bindparam("new_evidence"))


def keep_personal(connection: sa.Connection, event: Event, values: Mapping[str, str]) -> None:
    """Keep what an event carries of personal data, by field.

    Of a case: rows of `personal`, until the case is erased. Of a specialist: ``name``. Of a credential that was granted: ``evidence``,
    such as the number of the licence.

    Raises
    ------
    ValueError
        For a field that is none of these.
    """
    if event.case_id is not None:
        rows = [{"case_id": event.case_id, "seq": event.seq, "field": field, "value": value} for field, value in values.items()]
        connection.execute(_INSERT, rows)
        return
    for field, value in values.items():
        if field == "name":
            connection.execute(_NAME, {"whose": event.specialist_id, "new_name": value})
        elif field == "evidence":
            connection.execute(_EVIDENCE, {"which": event.data["credential"], "new_evidence": value})
        else:
            raise ValueError(f"{field}: not a field for personal data of {event.kind}; use name or evidence, or name a case")


def erase_personal(connection: sa.Connection, case_id: str) -> None:
    """Delete what is personal about a case, for good."""
    connection.execute(sa.delete(personal).where(personal.c.case_id == case_id))

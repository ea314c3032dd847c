"""Cases as bodies: read from what a client gives, and written as events and tables hold them, without anything personal."""

from collections.abc import Mapping
from typing import Any

from caserouter.domain.case import Case
from caserouter.service.findings import read_fields

PERSONAL = frozenset({"customer", "commitments"})
"""Fields of a case that its body leaves out: the customer is personal, as are the words of a commitment; both are kept elsewhere."""


def read_case(fields: Mapping[str, Any]) -> Case:
    """A case from values or JSON.

    Raises
    ------
    InvalidInput
        With a finding for every field that is wrong.
    """
    return read_fields(Case, fields)


def stored_body(case: Case) -> dict[str, Any]:
    """The JSON of a case that events hold."""
    return case.model_dump(mode="json", exclude=set(PERSONAL))

"""Cases as bodies: read from what a client gives, and written as events and tables hold them, without anything personal."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from caserouter.domain.case import Case
from caserouter.domain.errors import InvalidInput
from caserouter.service.commands.findings import model_findings

PERSONAL = frozenset({"customer", "commitments"})
"""Fields of a case that its body leaves out: the customer is personal, as are the words of a commitment; both are kept elsewhere."""


def read_case(fields: Mapping[str, Any]) -> Case:
    """A case from values or JSON.

    Raises
    ------
    InvalidInput
        With a finding for every field that is wrong.
    """
    try:
        return Case.model_validate(fields)
    except ValidationError as error:
        findings = model_findings(error, Case)
        raise InvalidInput("; ".join(str(one) for one in findings), findings=findings) from None


def stored_body(case: Case) -> dict[str, Any]:
    """The JSON of a case that events hold."""
    return case.model_dump(mode="json", exclude=set(PERSONAL))

"""From bodies to the domain: what the domain refuses is the client's mistake, and is said so."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from caserouter.domain.errors import Finding, InvalidInput
from caserouter.service.commands.findings import model_findings

MAX_QUOTED = 3
"""Findings that a message quotes at most."""

Model = TypeVar("Model", bound=BaseModel)


def read_domain(model: type[Model], fields: Mapping[str, Any]) -> Model:
    """A domain object from JSON.

    Raises
    ------
    InvalidInput
        With everything that is wrong.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise refused(model_findings(error, model)) from error


def refused(findings: Sequence[Finding]) -> InvalidInput:
    """The error that carries what is wrong, and quotes the first of it."""
    quoted = "; ".join(str(one) for one in findings[:MAX_QUOTED])
    more = f"; and {len(findings) - MAX_QUOTED} more, see findings" if len(findings) > MAX_QUOTED else ""
    return InvalidInput(quoted + more, findings=findings)

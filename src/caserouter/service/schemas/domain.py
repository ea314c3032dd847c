"""From bodies to the domain: what the domain refuses is the client's mistake, and is said so."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from caserouter.service.commands.findings import model_findings, refused

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

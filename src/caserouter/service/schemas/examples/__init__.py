"""An example of every body and every answer, for the documentation; a test holds each to its model."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from caserouter.service.schemas.examples import of_cases, of_people

CSV_EXAMPLE = (
    "id,name,team,skills,capacity,shifts,time_zone\nS-7,Ana Ruiz,North,negotiation:4,8,Mon-Fri 09:00-17:00,America/New_York\n"
)
HEADER_EXAMPLES: Mapping[str, str] = {"Idempotency-Key": "zendesk-35436-created", "If-Match": '"3"'}
EXAMPLES: Mapping[type[BaseModel], Any] = {**of_cases.EXAMPLES, **of_people.EXAMPLES}


def example_of(model: type[BaseModel]) -> Any:
    """The example of a body or an answer."""
    return EXAMPLES[model]

"""What a route answers, stated beside it: its views, its problems, and an example of each. `service.http.openapi` makes the document of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

Route = TypeVar("Route", bound=Callable[..., Any])
_ATTRIBUTE = "__documentation__"


@dataclass(frozen=True, slots=True)
class Documentation:
    """What the document says of a route beside what its signature says.

    Parameters
    ----------
    answers
        What is answered where nothing is wrong, by status: a view.
    problems
        Codes of the problems that this route may answer, beside those that follow from its signature.
    headers
        Names of headers that answers have.
    media_type
        Type of the answers.
    """

    answers: Mapping[int, type[BaseModel]]
    problems: Sequence[str] = ()
    headers: Sequence[str] = ()
    media_type: str = "application/json"


def documented(
    answers: Mapping[int, type[BaseModel]],
    *,
    problems: Sequence[str] = (),
    headers: Sequence[str] = (),
    media_type: str = "application/json",
) -> Callable[[Route], Route]:
    """State what a route answers."""

    def state(route: Route) -> Route:
        setattr(route, _ATTRIBUTE, Documentation(answers, problems, headers, media_type))
        return route

    return state


def documentation_of(route: Callable[..., Any]) -> Documentation | None:
    """What was stated of a route; None if nothing was."""
    found: Documentation | None = getattr(route, _ATTRIBUTE, None)
    return found

"""Entity tags: the version of a thing in the header ``ETag``, and what ``If-Match`` asks of it."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header

from caserouter.service.http.errors import PreconditionFailed, PreconditionRequired

_TAGS = re.compile(r'\s*(?:W/)?"[!#-~]*"\s*(?:,\s*(?:W/)?"[!#-~]*"\s*)*')
_STRONG = re.compile(r'(?<!/)"([!#-~]*)"')

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="ETag of what was read: the change is made only if that is still the version. `*` takes any version.",
        examples=['"3"'],
    ),
]


def entity_tag(version: int) -> str:
    """The tag of a version."""
    return f'"{version}"'


@dataclass(frozen=True, slots=True)
class Precondition:
    """What a change asks of what it changes.

    Parameters
    ----------
    versions
        One of these has to be the present version; None for any, as long as there is one.
    """

    versions: frozenset[int] | None

    def check(self, version: int | None, name: str) -> None:
        """Refuse to change what is at another version; `version` is None for what does not exist.

        Raises
        ------
        PreconditionFailed
            If it is at another version, or does not exist.
        """
        if version is None:
            raise PreconditionFailed(f"{name}: does not exist; leave If-Match out to create it", ids=[name])
        if self.versions is not None and version not in self.versions:
            asked = " or ".join(entity_tag(one) for one in sorted(self.versions))
            raise PreconditionFailed(f"{name} is at version {entity_tag(version)}, not {asked}; read it again", ids=[name])


def precondition_of(if_match: str | None) -> Precondition | None:
    """What an ``If-Match`` asks; None where there is none.

    Raises
    ------
    PreconditionFailed
        If it names no version of ours.
    """
    if if_match is None:
        return None
    if if_match.strip() == "*":
        return Precondition(None)
    tags = _STRONG.findall(if_match) if _TAGS.fullmatch(if_match) else []
    versions = frozenset(int(tag) for tag in tags if tag.isascii() and tag.isdigit() and len(tag) < 19)
    if not versions:
        raise PreconditionFailed(f'{if_match}: not a version; send the ETag that you read, such as "3"')
    return Precondition(versions)


def required_precondition(if_match: str | None) -> Precondition:
    """What an ``If-Match`` asks that a change has to have.

    Raises
    ------
    PreconditionRequired
        If there is none.
    PreconditionFailed
        If it names no version of ours.
    """
    found = precondition_of(if_match)
    if found is None:
        raise PreconditionRequired('no If-Match; send the ETag that you read, such as "3", or * for any version')
    return found

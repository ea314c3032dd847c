"""Entity tags: the version of a thing in the header ``ETag``, and what ``If-Match`` asks of it."""

import re
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


def wanted_version(if_match: str | None) -> frozenset[int] | None:
    """Versions that an ``If-Match`` allows; None for any.

    Raises
    ------
    PreconditionRequired
        If there is none.
    PreconditionFailed
        If it names no version of ours.
    """
    if if_match is None:
        raise PreconditionRequired('no If-Match; send the ETag that you read, such as "3", or * for any version')
    if if_match.strip() == "*":
        return None
    tags = _STRONG.findall(if_match) if _TAGS.fullmatch(if_match) else []
    versions = frozenset(int(tag) for tag in tags if tag.isascii() and tag.isdigit() and len(tag) < 19)
    if not versions:
        raise PreconditionFailed(f'{if_match}: not a version; send the ETag that you read, such as "3"')
    return versions


def require_version(wanted: frozenset[int] | None, version: int, name: str) -> None:
    """Refuse to change what is no longer at a version that the client asks for.

    Raises
    ------
    PreconditionFailed
        If it is not.
    """
    if wanted is not None and version not in wanted:
        asked = " or ".join(entity_tag(one) for one in sorted(wanted))
        raise PreconditionFailed(f"{name} is at version {entity_tag(version)}, not {asked}; read it again", ids=[name])

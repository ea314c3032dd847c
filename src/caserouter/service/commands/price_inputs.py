"""Price inputs: a sample of recent cases that stands for those to come, published so that every worker prices alike.

The sample says what cases ask for, and nothing of whose they are.
"""

from datetime import datetime
from typing import Any

from caserouter.service.unit import Unit
from caserouter.store.columns import moment_text
from caserouter.store.documents import published_sample, recent_case_bodies
from caserouter.store.events import EventKind

SAMPLE_SIZE = 400
"""Recent cases in the sample."""

_OMITTED = frozenset(
    {
        "account",
        "customer",
        "commitments",
        "linked_cases",
        "separated_cases",
        "excluded_specialists",
        "preferred_specialists",
        "first_response_due",
        "resolution_due",
    }
)
"""What says nothing of the mix of cases, or whose a case is."""


def publish_price_inputs(unit: Unit, sample_size: int = SAMPLE_SIZE) -> int | None:
    """Publish the sample of recent cases, if it is another one than the last.

    Returns
    -------
    int or None
        Version of the price inputs; None if nothing had changed, or there is no case yet.
    """
    sample = _sample(recent_case_bodies(unit.connection, sample_size), unit.now)
    if not sample or _asks(sample) == _asks(published_sample(unit.connection) or []):
        return None
    version = unit.board.price_inputs + 1
    unit.record(EventKind.PRICE_INPUTS_PUBLISHED, data={"version": version, "sample": sample})
    if unit.board.document.routing.reserve:
        unit.pull()  # only where a case may wait for a better price do prices decide whether it waits
    return version


def _sample(bodies: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Cases without names, all created now, numbered in the order of their creation."""
    oldest_first = reversed(bodies)
    return [
        {name: value for name, value in body.items() if name not in _OMITTED}
        | {"id": f"sample-{number:04d}", "created": moment_text(now)}
        for number, body in enumerate(oldest_first, 1)
    ]


def _asks(sample: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the cases of a sample ask for, whenever it was published."""
    return [{name: value for name, value in body.items() if name != "created"} for body in sample]

"""Recorded histories: whether the files that streams name can be read, and what is wrong with their rows."""

from collections.abc import Iterator
from pathlib import Path

from caserouter.domain.errors import Finding, InvalidInput, NotFound
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.recorded import check_history


def wrong_histories(draft: Draft, place: Place, folder: Path) -> Iterator[Finding]:
    """What is wrong with recorded histories, each in its own file.

    Parameters
    ----------
    draft, place
        As for every check.
    folder
        Where the scenario file lies.
    """
    if not {"start", "time_zone", "case_types", "accounts"} <= draft.right:
        return
    for name, stream in draft.scenario.demand.items():
        if stream.trace is None:
            continue
        try:
            yield from check_history(stream, draft.scenario, folder)
        except NotFound:
            yield place(("demand", name, "trace"), stream.trace, "no such file", "the name is relative to the scenario file")
        except InvalidInput as error:
            yield place(("demand", name, "trace"), stream.trace, "cannot be read", error.message)

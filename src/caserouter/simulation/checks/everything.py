"""Every check of a scenario, in the order in which a file is read."""

from pathlib import Path

from caserouter.domain.errors import Finding
from caserouter.simulation.checks.codes import foreign_money, unknown_places
from caserouter.simulation.checks.coherence import equal_ids, immeasurable_targets, missing_reviews
from caserouter.simulation.checks.doubts import long_shifts, nothing_happens, surges_outside, unheld_preferences
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.checks.histories import wrong_histories
from caserouter.simulation.checks.names import unknown_names
from caserouter.simulation.checks.service import undecidable_amounts, unservable_cases
from caserouter.simulation.checks.stages import endless_walks, idle_stages, misplaced_open_cases

CHECKS = (
    unknown_names,
    endless_walks,
    idle_stages,
    misplaced_open_cases,
    equal_ids,
    missing_reviews,
    immeasurable_targets,
    foreign_money,
    unknown_places,
    unservable_cases,
    undecidable_amounts,
    surges_outside,
    nothing_happens,
    long_shifts,
    unheld_preferences,
)
"""Each answers for the parts of a draft that are right."""


def check_everything(draft: Draft, place: Place, folder: Path) -> list[Finding]:
    """What every check finds.

    Parameters
    ----------
    draft, place
        What to check, and where its findings belong.
    folder
        Where the scenario file lies: recorded histories are read from there.
    """
    findings = [finding for check in CHECKS for finding in check(draft, place)]
    return findings + list(wrong_histories(draft, place, folder))

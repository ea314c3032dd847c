"""Importing specialists from CSV: every row or none, with every problem listed.

A row states what its filled cells say. What an empty cell would say stays as it is for somebody who is known, and takes its default for
somebody new; filled cells about credentials say all that is held.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.domain.specialist import Specialist
from caserouter.files.documents import refusal
from caserouter.files.readers import Loaded, read_specialists
from caserouter.service.commands.specialist_findings import findings_of_specialist
from caserouter.service.commands.specialists import record_specialist
from caserouter.service.findings import model_findings
from caserouter.service.unit import Unit
from caserouter.store.people import Person, people_by_id

NAME = "specialists.csv"
"""What the findings call the file."""


class Imported(NamedTuple):
    """What an import did.

    Parameters
    ----------
    created, updated, unchanged
        Ids of specialists who are new, who were changed, and who were as the file says already.
    warnings
        What is doubtful about the file.
    """

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    warnings: tuple[Finding, ...]


def read_specialists_csv(body: bytes, *, currency: str) -> Loaded[Specialist]:
    """The specialists of a CSV file, with every problem; read before the unit of work begins, as that takes its time.

    Parameters
    ----------
    body
        The bytes of the file.
    currency
        The policy's, in which amounts are counted.
    """
    with TemporaryDirectory(prefix="caserouter-") as folder:
        path = Path(folder) / NAME
        path.write_bytes(body)
        loaded = read_specialists(path, currency=currency)
    return replace(loaded, file=NAME, findings=tuple(replace(finding, file=NAME) for finding in loaded.findings))


def import_specialists(unit: Unit, loaded: Loaded[Specialist]) -> Imported:
    """Put every specialist of a file.

    Raises
    ------
    InvalidInput
        If anything is wrong in any row: then nothing was done, and all of it is listed.
    """
    known = people_by_id(unit.connection, [one.id for one in loaded.items])
    wanted = {one.id: _merged(known.get(one.id), one) for one in loaded.items}
    findings = [*loaded.findings, *_row_findings(unit, loaded, wanted.values())]
    if any(finding.severity == "error" for finding in findings):
        raise refusal(sorted(findings, key=lambda finding: finding.line or 0), f"{NAME}: nothing imported")
    puts = [
        record_specialist(unit, known.get(one.id), wanted[one.id], credentials="credentials" in one.model_fields_set)
        for one in loaded.items
    ]
    if any(put.changed for put in puts):
        unit.pull()
    return Imported(
        created=tuple(put.specialist_id for put in puts if put.created),
        updated=tuple(put.specialist_id for put in puts if put.changed and not put.created),
        unchanged=tuple(put.specialist_id for put in puts if not put.changed),
        warnings=tuple(findings),
    )


def _merged(known: Person | None, stated: Specialist) -> Specialist:
    """The specialist as known, with what the row states."""
    if known is None:
        return stated
    return known.specialist.model_copy(update={name: getattr(stated, name) for name in stated.model_fields_set})


def _row_findings(unit: Unit, loaded: Loaded[Specialist], wanted: Iterable[Specialist]) -> list[Finding]:
    settings = unit.board.document.routing
    found = []
    for one in wanted:
        problems = findings_of_specialist(one, settings) + _contradictions(one)
        found += [replace(problem, file=NAME, line=loaded.line_of(one.id)) for problem in problems]
    return found


def _contradictions(specialist: Specialist) -> list[Finding]:
    """What a row contradicts of what is known: named their own backup, for one."""
    try:
        Specialist.model_validate(specialist.model_dump())
    except ValidationError as error:
        return model_findings(error, Specialist)
    return []

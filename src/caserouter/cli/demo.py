"""``caserouter demo``: a bundled queue, routed, explained and compared."""

import shlex
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from caserouter.cli.options import json_flag

FOLDER = Path(__file__).parents[1] / "demo"
AT = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("America/New_York"))
"""The moment of the demo: a Monday, ten in the morning in New York."""

FIRST_ROWS = 12
FIRST_SPECIAL = "C-1901"
"""From this id on, nobody may take the cases, each for a reason of its own."""


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write its files into this folder instead, to try commands on.",
)
@json_flag
def demo(out: Path | None, *, as_json: bool) -> None:
    """Route a bundled queue: an insurer, a bank and a health plan with 40 specialists and somewhat more work than room."""
    if out is not None:
        _write_files(out)
        return
    from caserouter.cli.report import Request, report
    from caserouter.files.queue import load_queue
    from caserouter.reporting.assignment import assignment_rows
    from caserouter.reporting.console import notices
    from caserouter.reporting.progress import SolvingProgress
    from caserouter.routing.answer import route

    queue = load_queue(*(FOLDER / name for name in ("cases.csv", "specialists.csv", "accounts.csv", "policy.yaml")), at=AT)
    with SolvingProgress(notices()) as progress:
        answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=AT, progress=progress)
    request = Request(
        explain=_worth_explaining(assignment_rows(answer)),
        compare=("round_robin", "least_loaded"),
        as_json=as_json,
        most=FIRST_ROWS,
    )
    report(answer, queue, request)


def _worth_explaining(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """One case of each fate: the most urgent of those that need an approval and of the outbid, and one that nobody may take."""
    by_status: dict[str, list[Mapping[str, Any]]] = {"assigned": [], "outbid": [], "nobody_eligible": []}
    for row in rows:
        by_status[row["status"]].append(row)
    special = [row for row in by_status["nobody_eligible"] if row["case"] >= FIRST_SPECIAL]
    chosen = (
        min(by_status["assigned"], key=lambda row: (not row["approver_needed"], row["priority"], row["case"])),
        min(by_status["outbid"], key=lambda row: (row["priority"], row["case"])),
        min(special, key=lambda row: row["case"]),
    )
    return tuple(row["case"] for row in chosen)


def _write_files(folder: Path) -> None:
    """Copy the demo's files, and say how to route them."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(FOLDER.iterdir()):
        shutil.copyfile(source, folder / source.name)
        click.echo(f"wrote {folder / source.name}", err=True)
    files = [f"--{name}={folder / name}.csv" for name in ("cases", "specialists", "accounts")]
    click.echo(shlex.join(["caserouter", "route", *files, f"--policy={folder / 'policy.yaml'}", f"--at={AT.isoformat()}"]))

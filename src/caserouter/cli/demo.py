"""``caserouter demo``: a bundled queue, routed, explained and compared."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from caserouter.cli.options import json_flag

FOLDER = Path(__file__).parents[1] / "demo"
AT = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("America/New_York"))
"""The moment of the demo: a Monday, ten in the morning in New York."""

FIRST_ROWS = 12


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
    from caserouter.reporting.console import notices
    from caserouter.reporting.progress import SolvingProgress
    from caserouter.routing.answer import route

    queue = load_queue(*(FOLDER / name for name in ("cases.csv", "specialists.csv", "accounts.csv", "policy.yaml")), at=AT)
    with SolvingProgress(notices()) as progress:
        answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=AT, progress=progress)
    report(answer, queue, Request(as_json=as_json, most=FIRST_ROWS, compare=("round_robin", "least_loaded")))


def _write_files(folder: Path) -> None:
    """Copy the demo's files, and say how to route them."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(FOLDER.iterdir()):
        shutil.copyfile(source, folder / source.name)
        click.echo(f"wrote {folder / source.name}", err=True)
    files = " ".join(f"--{name} {folder / name}.csv" for name in ("cases", "specialists", "accounts"))
    click.echo(f"caserouter route {files} --policy {folder / 'policy.yaml'} --at {AT.isoformat()}")

"""``caserouter check``: every problem of the input files at once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from caserouter.cli.options import input_files, json_flag
from caserouter.domain.errors import InvalidInput


@click.command()
@input_files
@json_flag
def check(
    cases: Path | None,
    specialists: Path | None,
    accounts: Path | None,
    policy: Path | None,
    at: datetime | None,
    crm_map: str | None,
    *,
    skip_bad: bool,
    as_json: bool,
) -> None:
    """Read whichever files are given and report all of their problems, each with file, line, column, value, rule and remedy.

    Exits with 0 if the files can be routed, with 2 if not. With --skip-bad, rows that `route --skip-bad` would set aside do
    not count.
    """
    from caserouter.files.queue import read_queue
    from caserouter.reporting.console import answers, notices
    from caserouter.reporting.findings import check_document, print_check
    from caserouter.reporting.progress import ReadingProgress

    if not any((cases, specialists, accounts, policy)):
        raise InvalidInput("no file to check; name one with --cases, --specialists, --accounts or --policy")
    at = at or datetime.now(UTC)
    with ReadingProgress(notices()) as progress:
        queue = read_queue(cases, specialists, accounts, policy, crm_map=crm_map, at=at, progress=progress)
    if as_json:
        click.echo(json.dumps(check_document(queue), indent=2, ensure_ascii=False))
    else:
        print_check(answers(), queue)
    if queue.fatal if skip_bad else queue.errors:
        raise click.exceptions.Exit(InvalidInput.exit_status)

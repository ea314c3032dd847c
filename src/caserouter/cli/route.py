"""``caserouter route``: a queue and a roster in, a proven assignment out."""

from datetime import UTC, datetime
from pathlib import Path

import click

from caserouter.cli.options import FILE, input_files, json_flag
from caserouter.domain.errors import InvalidInput

POLICIES = ("round_robin", "longest_idle", "least_loaded", "most_specialised", "fastest", "first_eligible", "random", "priced")
MOST_ROWS = 100
"""Rows that are printed of a long assignment."""
FIRST_ROWS = 10
"""As above, where a file holds all of them."""


@click.command()
@input_files
@click.option("--out", type=FILE, help="Write one row per case: .csv, .tsv, .json, .jsonl or .parquet.")
@click.option("--explain", multiple=True, metavar="CASE", help="Explain this case; may be repeated.")
@click.option("--insight", is_flag=True, help="Say what the queue is short of and which prices matter.")
@click.option(
    "--compare", multiple=True, type=click.Choice(POLICIES), help="Run this policy on the same queue too; may be repeated."
)
@click.option(
    "--work-limit",
    type=click.FloatRange(min=0),
    help="Deterministic effort, 1.0 is one to three seconds; the policy's when left out.",
)
@click.option("--time-limit", type=click.FloatRange(min=0), help="Seconds after which the best so far is the answer.")
@click.option(
    "--gap", type=click.FloatRange(min=0), default=0.0, show_default=True, help="Stop once the gap is this small, as 0.01."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the search.")
@json_flag
def route(
    cases: Path | None,
    specialists: Path | None,
    accounts: Path | None,
    policy: Path | None,
    at: datetime | None,
    crm_map: str | None,
    out: Path | None,
    explain: tuple[str, ...],
    compare: tuple[str, ...],
    work_limit: float | None,
    time_limit: float | None,
    gap: float,
    seed: int,
    *,
    skip_bad: bool,
    insight: bool,
    as_json: bool,
) -> None:
    """Assign a queue of cases to the specialists who may take them, as one problem, with a certified gap.

    Ctrl-C stops the search and reports the best assignment found so far.
    """
    from caserouter.cli.reading import read_inputs
    from caserouter.cli.report import Request, check_request, report
    from caserouter.reporting.console import notices
    from caserouter.reporting.progress import SolvingProgress
    from caserouter.routing.answer import route as solve_queue

    if cases is None or specialists is None:
        raise InvalidInput("nothing to route; name the files with --cases and --specialists")
    at = at or datetime.now(UTC)
    queue = read_inputs(cases, specialists, accounts, policy, crm_map=crm_map, at=at, skip_bad=skip_bad)
    most = MOST_ROWS if out is None else FIRST_ROWS
    request = Request(out, explain, compare, insight=insight, as_json=as_json, seed=seed, most=most)
    check_request(request, queue)
    with SolvingProgress(notices()) as progress:
        answer = solve_queue(
            queue.cases,
            queue.specialists,
            queue.accounts,
            queue.settings,
            at=at,
            work_limit=work_limit,
            time_limit=time_limit,
            gap=gap,
            seed=seed,
            progress=progress,
        )
    report(answer, queue, request)

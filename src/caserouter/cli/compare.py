"""``caserouter compare``: variants against a base, on the same demand."""

from pathlib import Path

import click

from caserouter.cli.options import FILE, json_flag, sampling_options
from caserouter.domain.errors import InvalidInput


@click.command()
@click.argument("base", type=FILE, required=False)
@click.argument("variants", type=FILE, nargs=-1)
@sampling_options
@json_flag
def compare(
    base: Path | None,
    variants: tuple[Path, ...],
    repeat: Path | None,
    replications: int | None,
    half_width: float | None,
    max_replications: int | None,
    jobs: int | None,
    seed: int | None,
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Simulate BASE and each of VARIANTS on the same demand, and say what differs and how sure that is.

    Ctrl-C prints what is finished, with the wider intervals of fewer replications.
    """
    from caserouter.cli.sampling import Sampling, run, task_of
    from caserouter.reporting.comparison_tables import print_comparison
    from caserouter.reporting.console import answers
    from caserouter.simulation.comparison import compare as compare_scenarios

    if base and not variants:
        raise InvalidInput(f"{base}: nothing to compare it with; name at least one variant")
    sampling = Sampling(replications, half_width, max_replications, seed)
    task = task_of("compare", [base, *variants] if base else [], repeat, sampling)
    run(
        task,
        lambda **how: compare_scenarios(task.scenarios[0], task.scenarios[1:], **how),
        lambda answer: print_comparison(answers(), answer),
        jobs=jobs,
        out=out,
        as_json=as_json,
    )

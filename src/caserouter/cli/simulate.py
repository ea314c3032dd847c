"""``caserouter simulate``: a scenario in, estimates with intervals out."""

from pathlib import Path

import click

from caserouter.cli.options import FILE, json_flag, sampling_options


@click.command()
@click.argument("scenario", type=FILE, required=False)
@sampling_options
@json_flag
def simulate(
    scenario: Path | None,
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
    """Simulate SCENARIO with the router that routes real cases, and say what to expect and how sure that is.

    Ctrl-C prints what is finished, with the wider intervals of fewer replications.
    """
    from caserouter.cli.sampling import Sampling, run, task_of
    from caserouter.reporting.console import answers
    from caserouter.reporting.simulation_tables import print_simulation
    from caserouter.simulation.answer import simulate as simulate_scenario

    sampling = Sampling(replications, half_width, max_replications, seed)
    task = task_of("simulate", [scenario] if scenario else [], repeat, sampling)
    run(
        task,
        lambda **how: simulate_scenario(task.scenarios[0], **how),
        lambda answer: print_simulation(answers(), answer),
        jobs=jobs,
        out=out,
        as_json=as_json,
    )

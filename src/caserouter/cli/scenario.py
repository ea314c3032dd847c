"""``caserouter scenario``: every problem of scenario files at once, and the schema that editors check them by."""

import json
from pathlib import Path

import click

from caserouter.cli.options import FILE, json_flag
from caserouter.domain.errors import InvalidInput


@click.group()
def scenario() -> None:
    """Check scenario files, and help editors write them."""


@scenario.command(short_help="Report every problem of scenario files at once.")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE…")
@json_flag
def check(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Report every problem of the scenario files, each with file, line, key path, value, rule and remedy.

    What a file extends and the histories that it names are checked with it. A scenario that holds together is also compared with its
    staffed hours: what cannot be stable is a warning. Exits with 0 if every scenario can be simulated, with 2 if not.
    """
    from caserouter.reporting.console import answers
    from caserouter.reporting.scenario_check import CheckedScenario, print_scenario_check, scenario_check_document
    from caserouter.simulation.loading import check_scenario
    from caserouter.simulation.preflight import preflight

    checked = []
    for file in files:
        found, findings = check_scenario(file)
        checked.append(CheckedScenario(str(file), found, findings, preflight(found, file.parent) if found else ()))
    if as_json:
        click.echo(json.dumps(scenario_check_document(checked), indent=2, ensure_ascii=False))
    else:
        for one in checked:
            print_scenario_check(answers(), one)
    if any(one.scenario is None for one in checked):
        raise click.exceptions.Exit(InvalidInput.exit_status)


@scenario.command(short_help="Print the JSON Schema of scenario files, for editors.")
@click.option("--out", type=FILE, help="Write it there instead of printing it.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of scenario files.

    A first line `# yaml-language-server: $schema=scenario.schema.json` makes an editor use the file of that name.
    """
    from caserouter.files.writers import write_text
    from caserouter.simulation.schema import schema_text

    if out is None:
        click.echo(schema_text(), nl=False)
    else:
        write_text(out, schema_text())
        click.echo(f"wrote {out}", err=True)

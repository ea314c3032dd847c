"""``caserouter map``: maps that read another system's export as ours."""

from pathlib import Path

import click

from caserouter.cli.options import FILE
from caserouter.domain.errors import InvalidInput


@click.command("map")
@click.argument("file", type=FILE, required=False)
@click.option("--list", "list_shipped", is_flag=True, help="List the maps that are shipped.")
@click.option("--out", type=FILE, help="Write it there instead of printing it.")
def map_(file: Path | None, out: Path | None, *, list_shipped: bool) -> None:
    """Write a starter map for the header of FILE: what looks familiar is mapped, the rest is listed for you to fill in.

    Use it afterwards as `caserouter route --map MAP --cases FILE …`.
    """
    from caserouter.files.crm_map import map_names
    from caserouter.files.starter import starter_map

    if list_shipped:
        click.echo("\n".join(map_names()))
        return
    if file is None:
        raise InvalidInput("no file to map; name an export, as in caserouter map tickets.csv, or use --list")
    text = starter_map(file)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"wrote {out}", err=True)

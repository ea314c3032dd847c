"""``caserouter map``: maps that read another system's export as ours."""

from pathlib import Path

import click

from caserouter.cli.options import FILE
from caserouter.domain.errors import InvalidInput


@click.command("map")
@click.argument("file", type=FILE, required=False)
@click.option("--list", "list_shipped", is_flag=True, help="List the maps that are shipped.")
@click.option("--show", metavar="NAME", help="Print a shipped map, to start from.")
@click.option("--out", type=FILE, help="Write it there instead of printing it.")
def map_(file: Path | None, show: str | None, out: Path | None, *, list_shipped: bool) -> None:
    """Write a starter map for the header of FILE: what looks familiar is mapped, the rest is listed for you to fill in.

    Use it afterwards as `caserouter route --map MAP --cases FILE …`.
    """
    from caserouter.files.crm_map import map_names, map_text
    from caserouter.files.starter import starter_map
    from caserouter.files.writers import write_text

    if list_shipped:
        text = "".join(f"{name}\n" for name in map_names())
    elif show:
        text = map_text(show)
    elif file:
        text = starter_map(file)
    else:
        raise InvalidInput("no file to map; name an export, as in caserouter map tickets.csv, or use --list")
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text)
        click.echo(f"wrote {out}", err=True)

"""``caserouter serve``: the routing service."""

from pathlib import Path
from typing import Any

import click

from caserouter.cli.service_options import database_options, settings_from


@click.command()
@database_options
@click.option("--host", metavar="ADDRESS", help="Address to listen on; 127.0.0.1 when left out.")
@click.option("--port", metavar="PORT", help="Port to listen on; 8000 when left out, and 0 takes a free one.")
@click.option("--workers", metavar="N", help="Web processes; more than one needs PostgreSQL.")
@click.option("--pool-size", metavar="N", help="Connections to the database, and requests at a time, of each web process.")
@click.option("--reoptimise-seconds", metavar="S", help="Seconds between two optimisations of the whole queue; 0 for none.")
@click.option("--grace-seconds", metavar="S", help="How long requests may go on once the service was told to stop.")
@click.option("--log-level", metavar="LEVEL", help="debug, info, warning or error.")
def serve(config: Path | None, **options: Any) -> None:
    """Run the routing service until it is told to stop (Ctrl-C, or SIGTERM).

    Without options it keeps its state in caserouter.db in this folder, creates the file at the first start, and prints the first API key once.
    Every setting can also stand in the environment (CASEROUTER_PORT) or in the file of --config.
    """
    settings = settings_from(config, **options)
    from caserouter.service.server import serve as run

    run(settings, on_warming=_say_warming, on_ready=lambda url: _say_ready(url, docs=settings.docs), on_key_file=_say_where)


def _say_warming() -> None:
    click.echo("compiling the routing kernels: up to half a minute the first time", err=True)


def _say_ready(url: str, *, docs: bool) -> None:
    click.echo(f"caserouter listens on {url}" + (f" (documentation at {url}/docs)" if docs else ""), err=True)


def _say_where(path: Path) -> None:
    click.echo(
        f"the first API key, with every scope, is in {path}: move it to where your secrets live, and delete the file", err=True
    )

"""``caserouter policy``: the documented default policy file."""

from pathlib import Path

import click

from caserouter.cli.options import FILE


@click.command()
@click.option("--out", type=FILE, help="Write it there instead of printing it.")
def policy(out: Path | None) -> None:
    """Print the default policy, every setting with its meaning: a policy file to start from."""
    from caserouter.files.settings_file import default_settings_yaml

    text = default_settings_yaml()
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"wrote {out}", err=True)

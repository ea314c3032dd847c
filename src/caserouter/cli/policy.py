"""``caserouter policy``: the documented default policy file."""

from pathlib import Path

import click

from caserouter.cli.options import FILE


@click.command()
@click.option("--out", type=FILE, help="Write it there instead of printing it.")
def policy(out: Path | None) -> None:
    """Print the default policy, every setting with its meaning: a policy file to start from."""
    from caserouter.files.settings_file import default_settings_yaml
    from caserouter.files.writers import write_text

    text = default_settings_yaml()
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text)
        click.echo(f"wrote {out}", err=True)

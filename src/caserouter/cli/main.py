"""The `caserouter` command: a group whose subcommands are imported when they are called.

Listing the commands imports none of them, so that ``caserouter --help`` answers at once.
"""

import os
import sys
from importlib import import_module
from typing import Any

import click

from caserouter import __version__
from caserouter.domain.errors import CaserouterError, InvalidInput

COMMANDS = {
    "route": ("caserouter.cli.route:route", "Assign a queue of cases to specialists and prove how good the assignment is."),
    "check": ("caserouter.cli.check:check", "Report every problem of the input files at once."),
    "map": ("caserouter.cli.map:map_", "Write a starter map for another system's export, or list the maps that are shipped."),
    "policy": ("caserouter.cli.policy:policy", "Print the documented default policy file."),
    "scenario": ("caserouter.cli.scenario:scenario", "Check scenario files, or print their schema for editors."),
    "simulate": ("caserouter.cli.simulate:simulate", "Simulate a staffing scenario: what to expect, and how sure that is."),
    "compare": ("caserouter.cli.compare:compare", "Compare staffing scenarios on the same demand."),
    "serve": ("caserouter.cli.serve:serve", "Run the routing service: cases in by HTTP, and who takes them."),
    "key": ("caserouter.cli.key:key", "Create, list, rotate and revoke the service's API keys."),
    "db": ("caserouter.cli.db:db", "Upgrade, check, back up and restore the service's database."),
    "demo": ("caserouter.cli.demo:demo", "Route a bundled queue of 320 cases and explain what happened."),
}
"""Where each command lives, and its line in the list of commands."""

INTERRUPTED = 130
BROKEN_PIPE = 141


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is called, and turns errors into messages and exit statuses."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Names of the commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """The command called `cmd_name`, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's signature)
        """List the commands from the table above, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong becomes a message on stderr and an exit status."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except CaserouterError as error:
            show_error(error)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            # The reader of stdout has gone: nothing more can be said there, not even at the interpreter's exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(BROKEN_PIPE)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        return result


def show_error(error: CaserouterError) -> None:
    """Print the message, and every finding below it that does not say the same, on stderr."""
    click.echo(f"error: {error.message}", err=True)
    findings = error.findings if isinstance(error, InvalidInput) else ()
    for line in map(str, findings):
        if line != error.message:
            click.echo(f"  {line}", err=True)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="caserouter")
def cli() -> None:
    """Route escalated cases to the specialists who may take them, prove how good the routing is, and say why.

    Start with `caserouter demo`. Every command has its own --help.
    """


def main() -> None:
    """Entry point of the console script."""
    cli(prog_name="caserouter")

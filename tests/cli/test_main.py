"""The group: help, errors as messages and exit statuses."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from tests.cli.support import DATA

from caserouter import __version__
from caserouter.cli.main import COMMANDS, cli
from caserouter.domain.errors import Finding, InvalidInput, NotFound, SolverError


def run(*arguments: str):
    return CliRunner().invoke(cli, list(arguments), prog_name="caserouter")


@pytest.fixture
def failing(monkeypatch):
    """Make `caserouter policy` raise."""

    def arrange(error: BaseException) -> None:
        @click.command()
        def broken() -> None:
            raise error

        monkeypatch.setattr(cli, "get_command", lambda _ctx, name: broken if name == "policy" else None)

    return arrange


def test_help_lists_every_command_with_its_line():
    result = run("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: caserouter {name} ")


def test_version_is_printed():
    assert run("--version").output == f"caserouter, version {__version__}\n"


def test_an_unknown_command_exits_with_2():
    result = run("rout")
    assert result.exit_code == 2
    assert "No such command 'rout'" in result.stderr


@pytest.mark.parametrize(("error", "status"), [(InvalidInput("a"), 2), (NotFound("b"), 3), (SolverError("c"), 6)])
def test_an_error_becomes_a_message_and_its_exit_status(failing, error, status):
    failing(error)
    result = run("policy")
    assert (result.exit_code, result.stdout, result.stderr) == (status, "", f"error: {error.message}\n")


def test_findings_are_listed_below_the_message(failing):
    finding = Finding("-5.00", "an amount is zero or more", "write 5.00 USD", "cases.csv", 7, "amount")
    failing(InvalidInput("1 problem", findings=[finding]))
    assert run("policy").stderr == ("error: 1 problem\n  cases.csv:7, amount: -5.00: an amount is zero or more; write 5.00 USD\n")


def test_an_interrupt_without_an_answer_exits_with_130(failing):
    failing(KeyboardInterrupt())
    result = run("policy")
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


def test_help_loads_nothing_that_takes_long():
    """Python itself takes most of the time then, some 0.1 s in all on an idle machine."""
    slow = {"fastapi", "matplotlib", "numba", "numpy", "ortools", "pandas", "pyarrow", "pydantic", "scipy", "sqlalchemy"}
    program = f"""
import sys
from caserouter.cli.main import cli
cli(["--help"], standalone_mode=False)
print(sorted({slow} & set(sys.modules)))
"""
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert "Usage" in said
    assert said.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["policy"], ["check", "--cases", "cases.csv", "--specialists", "specialists.csv"]])
def test_a_closed_pipe_ends_quietly(arguments):
    """No traceback, and the status that a shell gives to a broken pipe, whether click prints or rich."""
    command = [sys.executable, "-m", "caserouter", *arguments]
    with subprocess.Popen(command, cwd=DATA, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (141, "")

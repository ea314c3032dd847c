"""What the tests of the command line share."""

import re
from pathlib import Path

from click.testing import CliRunner, Result

from caserouter.cli.main import cli

DATA = Path(__file__).parent / "data"
GOLDEN = Path(__file__).parent / "golden"
AT = "2026-03-02T10:00:00-05:00"
SMALL = ("--cases", "cases.csv", "--specialists", "specialists.csv", "--accounts", "accounts.csv", "--at", AT)


def run(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="caserouter")


def timeless(text: str) -> str:
    """`text` without what differs from run to run: seconds, and blanks at the ends of lines."""
    text = re.sub(r"\d+\.\d+ s\b", "_ s", text)
    text = re.sub(r'"(runtime_seconds|work)": [\d.e-]+', r'"\1": 0', text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def assert_golden(name: str, text: str) -> None:
    """Compare with the golden file `name`; to accept a change, delete the file and run the test twice."""
    path = GOLDEN / name
    if not path.exists():
        path.write_text(timeless(text), encoding="utf-8")
        raise AssertionError(f"wrote {path}: read it, then run again")
    assert timeless(text) == path.read_text(encoding="utf-8")

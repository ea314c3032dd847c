"""Pages with `curl` examples: read from Markdown, run as one shell session against a real service, and compared with what they say is answered.

A block of shell that asks the service is followed by a block with the answer: a status line, perhaps some headers, an empty line, and the body,
shortened: `…` stands for more items of a list, for the rest of a text, or for more members of an object. All else has to be there.
Ids, moments, digests, tokens and numbers of events differ each time, so that only their form is compared.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
PAGES = ("routing-api.md", "routing-api-roster.md", "routing-api-oversight.md")
"""In the order in which they are read, in one shell."""

_BLOCKS = re.compile(r"^```sh\n(?P<command>.*?)^```\n(?:\n```http\n(?P<answer>.*?)^```\n)?", flags=re.MULTILINE | re.DOTALL)
_MARK = "\x1e"
_VARYING = (
    (r"\b([CLM])-[0-9A-Z]{16}\b", r"\1-<id>"),
    (r"\bK-[0-9a-f]{10}\b", "K-<id>"),
    (r"\bcr_[0-9a-f]{10}_([0-9a-f]{64}|…)", "<token>"),
    (r"\b([0-9a-f]{64}|[0-9a-f]{8}…)", "<digest>"),
    (r"\b([0-9a-f]{16}|[0-9a-f]{10})\b", "<hex>"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "<moment>"),
)
_COUNTED = frozenset({"seq", "seen", "after", "next"})
"""Members that count events, or stand for a place among them: the keeper's own come between as time has it."""


class Example(NamedTuple):
    """A block of shell, and the answer that the page shows below it."""

    page: str
    command: str
    answer: str | None


class Answered(NamedTuple):
    """What a block of shell printed, and the requests that it made: each its status, method and address."""

    printed: str
    requests: list[tuple[int, str, str]]


def examples(page: str) -> list[Example]:
    """The shell blocks of a page, in their order."""
    return _examples(page, (HOW_TO / page).read_text(encoding="utf-8"))


def readme_examples(section: str) -> list[Example]:
    """The shell blocks of a section of the README, in their order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return _examples("README.md", text.partition(f"\n## {section}\n")[2].partition("\n## ")[0])


def _examples(page: str, text: str) -> list[Example]:
    return [Example(page, found["command"], found["answer"]) for found in _BLOCKS.finditer(text)]


def run(commands: Iterable[str], *, url: str, key: str, folder: Path) -> list[Answered]:
    """Run blocks verbatim, one after the other in one shell.

    `curl` is told by a file in its home to say, on stderr, which request it made and what the status was; the commands stay as they are.
    """
    (folder / ".curlrc").write_text(r'write-out = "%{stderr}%{http_code} %{method} %{url_effective}\n"' + "\n", encoding="utf-8")
    marks = f"printf '{_MARK}'; printf '{_MARK}' >&2\n"
    script = folder / "session.sh"
    script.write_text("set -uo pipefail\n" + "".join(command + marks for command in commands), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "CURL_HOME": str(folder), "API": url}
    done = subprocess.run(
        ["bash", str(script)],
        input=key + "\n",
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pieces = zip(done.stdout.split(_MARK)[:-1], done.stderr.split(_MARK)[:-1], strict=True)
    return [Answered(printed, [_request(line) for line in said.splitlines()]) for printed, said in pieces]


def _request(line: str) -> tuple[int, str, str]:
    found = re.fullmatch(r"(\d{3}) ([A-Z]+) (http\S+)", line)
    assert found, f"a command said on stderr: {line}"
    return int(found[1]), found[2], found[3]


def split_answer(text: str) -> tuple[str, dict[str, str], str]:
    """Status line, headers and body of an answer as it is sent, or as a page shows it."""
    head, _, body = text.replace("\r", "").partition("\n\n")
    first, *rest = head.splitlines()
    return first, {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}, body


def relaxed(shown: str) -> Any:
    """A shortened body as JSON: `…` becomes an item "…" of a list, or a member "…" of an object."""
    inside: list[str] = []
    written = []
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|.', shown, flags=re.DOTALL):
        if token in "[{":
            inside.append(token)
        elif token in "]}":
            inside.pop()
        written.append(token if token != "…" else '"…": 0' if inside[-1] == "{" else '"…"')
    return json.loads("".join(written))


def plain(text: str) -> str:
    """A text without what differs each time."""
    for pattern, stands_for in _VARYING:
        text = re.sub(pattern, stands_for, text)
    return text


def differences(shown: Any, real: Any, at: str = "") -> list[str]:
    """Where an answer is not as the page shows it."""
    if isinstance(shown, Mapping) and isinstance(real, Mapping):
        missing = [f"{at}.{name}: not in the answer" for name in shown if name != "…" and name not in real]
        missing += [f"{at}.{name}: left out without …" for name in real if "…" not in shown and name not in shown]
        pairs = [
            (name, shown[name], real[name])
            for name in shown
            if name in real and not (name in _COUNTED and shown[name] and real[name])
        ]
        return missing + [one for name, left, right in pairs for one in differences(left, right, f"{at}.{name}")]
    if isinstance(shown, list) and isinstance(real, list):
        items = [one for one in shown if one != "…"]
        if len(items) > len(real) or (len(items) < len(real) and "…" not in shown):
            return [f"{at}: {len(real)} items, not {len(items)}"]
        pairs_of_items = zip(items, real, strict=False)
        return [one for number, (left, right) in enumerate(pairs_of_items) for one in differences(left, right, f"{at}[{number}]")]
    if isinstance(shown, str) and isinstance(real, str):
        pattern = re.escape(plain(shown)).replace("…", ".*")
        return [] if re.fullmatch(pattern, plain(real), flags=re.DOTALL) else [f"{at}: {real!r}, not {shown!r}"]
    return [] if shown == real and type(shown) is type(real) else [f"{at}: {real!r}, not {shown!r}"]

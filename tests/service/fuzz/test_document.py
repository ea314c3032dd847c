"""Anything that the document allows, and much that it does not, is asked of a running service: with a key that may do everything, and with none.

Nothing may fail on our side, or answer with a status, a type of content, a header or a body that the document does not state, or accept what it
rules out; and what one answer holds is followed to the requests that take it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.service.fuzz.known import something_to_find
from tests.serving import RunningService

SETTINGS = Path(__file__).with_name("schemathesis.toml")
LITTLE = ("--phases", "examples,fuzzing,stateful", "--max-examples", "4")
MUCH = ("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "25")
PUBLIC = {"/health", "/ready", "/metrics", "unmatched"}

pytestmark = pytest.mark.slow
amounts = pytest.mark.parametrize("amount", [LITTLE, pytest.param(MUCH, marks=pytest.mark.durability)], ids=["little", "much"])


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    """A service whose clock stands in the week of the document's examples."""
    clock = tmp_path / "clock"
    clock.write_text("2026-11-23T10:00:00Z", encoding="utf-8")
    with RunningService(tmp_path, environment={"CASEROUTER_TEST_CLOCK": str(clock)}) as running:
        yield running


@amounts
def test_with_a_key_everything_is_answered_as_documented(service, amount):
    token = service.first_key
    answered = fuzz(service, *amount, "--header", f"Authorization: Bearer {token}")
    done = {(line["method"], line["route"]) for line in answered if 200 <= line["status"] < 300}
    unreached = operations_of(service) - done
    assert len(unreached) <= 15, f"operations that no request got through to: {sorted(unreached)}"
    assert token not in service.said()


@amounts
def test_without_a_key_nothing_is_told_or_done(service, amount):
    answered = fuzz(service, *amount)
    assert {line["route"] for line in answered if line["status"] < 400} <= PUBLIC


def fuzz(service: RunningService, *arguments: str) -> list[dict]:
    """Ask a service for whatever its document leads to; the lines of its log about it. Nothing may be wrong, or have failed unseen.

    A request is logged once its answer is on its way, so that the lines about what was made beforehand are told by their ids.
    """
    ours: set[str] = set()
    with service.client() as client:
        client.event_hooks["response"].append(lambda answer: ours.add(answer.headers["x-request-id"]))
        values = [f"[dictionaries.{name}]\nvalues = {json.dumps(ids)}\n" for name, ids in something_to_find(client).items()]
    settings = service.folder / SETTINGS.name
    settings.write_text(SETTINGS.read_text(encoding="utf-8") + "".join(values), encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings), "--no-color", "run"]
    done = subprocess.run(
        [*command, f"{service.url}/openapi.json", "--workers", "2", "--continue-on-failure", *arguments],
        cwd=service.folder,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0 or only_stumbled(done.stdout), said
    assert [line for line in service.log() if line["level"] in {"error", "critical"}] == []
    return [line for line in service.log() if line["message"] == "request" and line["request_id"] not in ours]


def only_stumbled(said: str) -> bool:
    """Whether nothing was found, and the client's own interpreter stumbled: CPython 3.11 does where a parser meets the recursion limit."""
    stumbled = "AST constructor recursion depth mismatch" in said and "Runtime Error: 1\n" in said
    return stumbled and "Failures:" not in said and "Network Error" not in said


def operations_of(service: RunningService) -> set[tuple[str, str]]:
    """Every operation of the document, as method and path."""
    paths = httpx.get(f"{service.url}/openapi.json", timeout=30).json()["paths"]
    return {(method.upper(), path) for path, operations in paths.items() for method in operations}

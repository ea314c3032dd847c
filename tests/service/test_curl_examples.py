"""The pages on the API run as they stand, with bash and curl, against `caserouter serve`; and they leave no operation out."""

import json
import re
import subprocess

import httpx
import pytest
from tests.service.curl_pages import (
    HOW_TO,
    PAGES,
    Answered,
    Example,
    differences,
    examples,
    plain,
    readme_examples,
    relaxed,
    run,
    split_answer,
)
from tests.serving import RunningService

ALL = [one for page in PAGES for one in examples(page)]
START = "caserouter serve\n"
"""The one command that is not run in the session: the service is what the session talks to."""
SESSION = [one for one in ALL if one.command != START]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A service as the page starts it: nothing is in its database but what the first start puts there."""
    with RunningService(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="module")
def answered(service, tmp_path_factory) -> list[Answered]:
    """What the blocks of all pages print, run in one shell."""
    folder = tmp_path_factory.mktemp("shell")
    return run([one.command for one in SESSION], url=service.url, key=service.first_key, folder=folder)


def name(example: Example) -> str:
    return f"{example.page}: {next((line for line in example.command.splitlines() if 'curl ' in line), example.command)[:90]}"


@pytest.mark.parametrize("number", range(len(SESSION)), ids=[name(one) for one in SESSION])
def test_each_command_is_answered_as_the_page_says(answered, number):
    """One request per block: its status is the one shown, and so are the headers and the members of the body that the page shows."""
    check(SESSION[number], answered[number])


def check(example: Example, actual: Answered) -> None:
    """Compare what a block of shell did with what the page says."""
    if example.answer is None:
        assert actual.requests == []
        return
    ((status, _method, _url),) = actual.requests
    line, headers, body = split_answer(example.answer)
    assert line.startswith(f"HTTP/1.1 {status} ")
    printed = actual.printed
    if printed.startswith("HTTP/"):
        _, sent, printed = split_answer(printed)
        assert {one: plain(sent[one]) for one in headers} == {one: plain(value) for one, value in headers.items()}
    if body.startswith("{"):
        assert differences(relaxed(body), json.loads(printed)) == []
    else:
        assert body == printed


def test_the_readme_routes_a_case_in_three_commands(tmp_path):
    """As it says, but for the port, which is a free one here."""
    start, *shown = readme_examples("Route on creation")
    assert start.command == START
    assert len(shown) == 2
    with RunningService(tmp_path) as service:
        commands = [one.command.replace("http://127.0.0.1:8000", service.url) for one in shown]
        _, *done = run(["read -r KEY\n", *commands], url=service.url, key=service.first_key, folder=tmp_path)
    for example, actual in zip(shown, done, strict=True):
        check(example, actual)


def test_the_pages_leave_no_operation_out(service, answered):
    document = httpx.get(f"{service.url}/openapi.json").json()
    asked = {(method, url.removeprefix(service.url).partition("?")[0]) for one in answered for _, method, url in one.requests}
    for path, operations in document["paths"].items():
        form = re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
        for method in operations:
            assert any(one == method.upper() and form.fullmatch(address) for one, address in asked), f"{method} {path}"


def test_the_service_is_started_as_the_page_says():
    assert [one.command for one in ALL].count(START) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_block_that_asks_shows_its_answer(page):
    text = (HOW_TO / page).read_text(encoding="utf-8")
    assert text.count("```sh\n") == len(examples(page))
    asking = [one for one in examples(page) if re.search(r"\bcurl ", one.command)]
    assert text.count("```http\n") == len(asking) == len([one for one in examples(page) if one.answer is not None])


def test_a_body_that_differs_is_found():
    """The comparison itself: values, members, items and text count; what the page says that it leaves out, and what varies, do not."""
    shown = relaxed(
        '{"id": "C-0000000000000000", "n": 1, "items": [{"a": "x…", …}, …], "at": "2026-11-22T08:01:16Z", "all": [1], …}'
    )
    real = {
        "id": "C-38G28R9ZE0JZ8T8B",
        "n": 1,
        "items": [{"a": "xyz", "b": 2}, {}],
        "at": "2027-01-01T00:00:00.5Z",
        "all": [1],
        "more": 0,
    }
    assert differences(shown, real) == []
    assert differences(shown, real | {"n": 2}) == [".n: 2, not 1"]
    assert differences(shown, real | {"all": [1, 2]}) == [".all: 2 items, not 1"]
    assert differences(shown, real | {"items": [{"a": "y"}]}) == [".items[0].a: 'y', not 'x…'"]
    assert differences(shown, {one: real[one] for one in real if one != "n"}) == [".n: not in the answer"]
    assert differences({"n": 1}, {"n": 1, "more": 0}) == [".more: left out without …"]


def test_curl_is_the_real_one():
    assert subprocess.run(["curl", "--version"], capture_output=True, check=True).stdout.startswith(b"curl ")

"""Logs: one JSON object a line, of fields that are listed, and of nothing else."""

import io
import json
import logging

import pytest

from caserouter.service.logging import configure_logging, request_id


@pytest.fixture
def lines():
    """What is logged, parsed, until the test is over."""
    root = logging.getLogger()
    before = list(root.handlers), root.level, logging.getLogger("caserouter").level
    stream = io.StringIO()
    configure_logging("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before[:2]
    logging.getLogger("caserouter").setLevel(before[2])


LOG = logging.getLogger("caserouter.test")


def test_a_line_says_when_where_and_what(lines):
    LOG.info("stopped after %d", 3)
    (line,) = lines()
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "logger": "caserouter.test", "message": "stopped after 3"}


def test_a_line_names_its_request(lines):
    token = request_id.set("r-17")
    LOG.info("done", extra={"status": 201})
    request_id.reset(token)
    assert (lines()[0]["request_id"], lines()[0]["status"]) == ("r-17", 201)


def test_fields_that_are_not_listed_are_left_out(lines):
    LOG.info("done", extra={"body": "my card is 4111", "authorization": "Bearer cr_x", "case_id": "C-1"})
    (line,) = lines()
    assert set(line) == {"at", "level", "logger", "message", "case_id"}


def test_an_error_is_logged_without_its_message(lines):
    """Libraries quote statements and values in theirs."""
    try:
        raise ValueError("INSERT … 'Jane Doe'")
    except ValueError:
        LOG.exception("a request failed")
    (line,) = lines()
    assert line["error"]["type"] == "builtins.ValueError"
    assert line["error"]["at"][0].endswith("test_an_error_is_logged_without_its_message")
    assert "Jane" not in json.dumps(line)


def test_a_line_break_in_a_message_makes_no_second_line(lines):
    LOG.warning("one\ntwo")
    assert lines()[0]["message"] == "one\ntwo"


def test_libraries_are_heard_from_warnings_on(lines):
    logging.getLogger("uvicorn.error").info("started")
    logging.getLogger("uvicorn.error").warning("slow")
    assert [line["message"] for line in lines()] == ["slow"]

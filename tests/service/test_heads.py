"""Heads of requests that do not arrive in time, or do not end, on a real uvicorn."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn

from caserouter.service.heads import HEAD_LIMIT, protocol_with_limits

LIMIT = 0.4
LONG = 60.0
"""A limit that no test reaches."""
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def slow_app(scope, receive, send):
    """Answers after longer than a head may take."""
    await asyncio.sleep(2 * LIMIT)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@contextmanager
def listening(limit):
    """The port of a server on which a head may take so long."""
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(slow_app, http=protocol_with_limits(limit), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        yield bound.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def port():
    with listening(LIMIT) as port:
        yield port


@pytest.fixture(scope="module")
def patient_port():
    with listening(LONG) as port:
        yield port


def connected(port):
    return socket.create_connection(("127.0.0.1", port), timeout=LONG)


def read_answers(client, number=1):
    """Read whole answers: their heads and bodies may come one by one, or all at once."""
    received = b""
    while received.count(b"\r\n\r\nok") < number:
        part = client.recv(1000)
        assert part, received
        received += part
    assert received.count(b"HTTP/1.1 200 OK") == number


@pytest.mark.parametrize("said", [b"", REQUEST[:-2]], ids=["nothing", "half a head"])
def test_a_connection_is_closed_when_no_head_arrives(port, said):
    with connected(port) as client:
        client.sendall(said)
        assert client.recv(100) == b""


def send_headers(client, header, pause):
    """A head of twenty headers, one after the other, which does not end."""
    client.sendall(REQUEST[:-2])
    for _ in range(20):
        time.sleep(pause)
        client.sendall(header)


def test_a_head_that_trickles_is_given_no_more_time_than_one_that_does_not(port):
    with connected(port) as client, pytest.raises(ConnectionError):
        send_headers(client, b"X-Slow: 1\r\n", LIMIT / 4)


def test_an_answer_may_take_longer_and_so_may_the_pause_before_the_next_request(port):
    with connected(port) as client:
        for _ in range(2):
            client.sendall(REQUEST)
            read_answers(client)
            time.sleep(2 * LIMIT)


def test_the_head_of_a_later_request_has_the_same_limit(port):
    with connected(port) as client:
        client.sendall(REQUEST)
        read_answers(client)
        client.sendall(REQUEST[:10])
        assert client.recv(100) == b""


def test_a_head_that_grows_too_long_is_cut_off_before_its_time_is_over(patient_port):
    with connected(patient_port) as client, pytest.raises(ConnectionError):
        send_headers(client, b"X-Long: " + b"x" * HEAD_LIMIT + b"\r\n", LIMIT / 4)


def test_a_long_body_does_not_count_as_part_of_the_head_after_it(patient_port):
    """Both requests in one go: what is read at once may hold the end of a body and the beginning of a head."""
    post = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (4 * HEAD_LIMIT)
    with connected(patient_port) as client:
        client.sendall(post + b"x" * 4 * HEAD_LIMIT + REQUEST[:10])
        time.sleep(LIMIT / 4)
        client.sendall(REQUEST[10:])
        read_answers(client, 2)

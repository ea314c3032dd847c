"""Heads of requests that do not arrive in time, or do not end, on a real uvicorn."""

import asyncio
import socket
import threading
import time

import pytest
import uvicorn

from caserouter.service.heads import HEAD_LIMIT, protocol_with_limits

LIMIT = 0.4
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def slow_app(scope, receive, send):
    """Answers after longer than a head may take."""
    await asyncio.sleep(2 * LIMIT)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def port():
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(slow_app, http=protocol_with_limits(LIMIT), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    yield bound.getsockname()[1]
    server.should_exit = True
    thread.join()


def connected(port):
    return socket.create_connection(("127.0.0.1", port), timeout=10 * LIMIT)


@pytest.mark.parametrize("said", [b"", REQUEST[:-2]], ids=["nothing", "half a head"])
def test_a_connection_is_closed_when_no_head_arrives(port, said):
    with connected(port) as client:
        client.sendall(said)
        assert client.recv(100) == b""


def send_headers(client, header, pause):
    """One header after the other, for as long as anybody listens."""
    client.sendall(REQUEST[:-2])
    while True:
        time.sleep(pause)
        client.sendall(header)


def test_a_head_that_trickles_is_given_no_more_time_than_one_that_does_not(port):
    begun = time.monotonic()
    with connected(port) as client, pytest.raises(ConnectionError):
        send_headers(client, b"X-Slow: 1\r\n", LIMIT / 4)
    assert time.monotonic() - begun < 5 * LIMIT


def test_an_answer_may_take_longer_and_so_may_the_pause_before_the_next_request(port):
    with connected(port) as client:
        for _ in range(2):
            client.sendall(REQUEST)
            assert b"200 OK" in client.recv(1000)
            time.sleep(2 * LIMIT)


def test_the_head_of_a_later_request_has_the_same_limit(port):
    with connected(port) as client:
        client.sendall(REQUEST)
        client.recv(1000)
        client.sendall(REQUEST[:10])
        assert client.recv(100) == b""


def test_a_head_that_grows_too_long_is_cut_off_before_its_time_is_over(port):
    begun = time.monotonic()
    with connected(port) as client, pytest.raises(ConnectionError):
        send_headers(client, b"X-Long: " + b"x" * HEAD_LIMIT + b"\r\n", LIMIT / 20)
    assert time.monotonic() - begun < LIMIT


def test_a_long_body_does_not_count_as_part_of_the_head_after_it(port):
    """Both requests in one go: what is read at once may hold the end of a body and the beginning of a head."""
    post = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (4 * HEAD_LIMIT)
    with connected(port) as client:
        client.sendall(post + b"x" * 4 * HEAD_LIMIT + REQUEST[:10])
        time.sleep(LIMIT / 4)
        client.sendall(REQUEST[10:])
        assert b"200 OK" in client.recv(1000)
        assert b"200 OK" in client.recv(1000)

"""The socket of the service."""

import socket

import pytest

from caserouter.domain.errors import Conflict, InvalidInput
from caserouter.service.listening import address_of, bind


def test_a_free_port_is_taken_and_does_not_listen_yet():
    with bind("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        assert address_of(bound) == f"http://127.0.0.1:{port}"
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_port_in_use_is_a_conflict():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            Conflict, match=rf"^127\.0\.0\.1:{port}: the port is in use; stop what listens there, or choose another one"
        ):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.9", "no such host", "x" * 64, "a..b"])
def test_an_address_of_another_machine_is_refused(host):
    with pytest.raises(InvalidInput, match=f"^{host}: not an address of this machine; write 127.0.0.1"):
        bind(host, 0)


def test_every_network_is_shown_as_an_address_that_a_browser_can_open():
    with bind("0.0.0.0", 0) as bound:
        assert address_of(bound).startswith("http://127.0.0.1:")

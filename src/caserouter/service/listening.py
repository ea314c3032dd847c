"""The socket that the service listens on, bound before anything else is begun: a port in use is no reason to touch the database."""

import errno
import socket

from caserouter.domain.errors import Conflict, InvalidInput
from caserouter.files.problems import shown

_BUSY = {errno.EADDRINUSE}
_FORBIDDEN = {errno.EACCES, errno.EPERM}


def bind(host: str, port: int) -> socket.socket:
    """A socket that is bound and does not listen yet: who connects before the service is ready is refused at once.

    Raises
    ------
    Conflict
        If the port is in use.
    InvalidInput
        If this machine has no such address, or does not let us have the port.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, ValueError) as error:  # a ValueError where it is no name at all, as one of over 63 characters without a dot
        raise _no_address(host) from error
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise _refusal(host, port, error) from error
    bound.set_inheritable(False)
    return bound


def port_in_use(host: str, port: int) -> Conflict:
    """The error for a port that somebody else listens on."""
    return Conflict(
        f"{host}:{port}: the port is in use; stop what listens there, or choose another one with --port", ids=[str(port)]
    )


def _refusal(host: str, port: int, error: OSError) -> Conflict | InvalidInput:
    """The error for an address that cannot be bound."""
    if error.errno in _BUSY:
        return port_in_use(host, port)
    if error.errno in _FORBIDDEN:
        return InvalidInput(f"port {port}: this user may not have it; choose one from 1024 on with --port")
    return _no_address(host)


def _no_address(host: str) -> InvalidInput:
    """The error for what this machine does not listen on."""
    return InvalidInput(f"{shown(host)}: not an address of this machine; write 127.0.0.1, or 0.0.0.0 for every network")


def address_of(bound: socket.socket) -> str:
    """The URL at which a browser on this machine finds the service."""
    host, port = bound.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 (compared only)
    return f"http://{shown}:{port}"

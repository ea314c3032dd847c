"""Limits on the head of a request, its first line and its headers, which uvicorn does not have: how long it takes to arrive, and its size.

Without them, a client that says nothing holds its connection for ever, and one that does not stop fills the memory, before any key is looked at.
"""

import asyncio
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT = 65_536
"""Bytes of a head, about, after which a connection is closed."""


def protocol_with_limits(seconds: float) -> type[HttpToolsProtocol]:
    """The protocol of one of uvicorn's connections, which hangs up where a head is not complete in time, or grows past `HEAD_LIMIT`.

    Parameters
    ----------
    seconds
        From the opening of the connection, or from the first byte of a later request, to the end of the request's headers.
    """

    class Impatient(HttpToolsProtocol):
        _hang_up: asyncio.TimerHandle | None = None
        _received = 0

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(cast("asyncio.Transport", transport))
            self._wait_for_head()

        def data_received(self, data: bytes) -> None:
            if self._hang_up is not None:
                self._received += len(data)
            super().data_received(data)
            if self._hang_up is not None and self._received > HEAD_LIMIT:
                self.transport.close()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            self._wait_for_head()
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            self._stop_waiting()
            super().on_headers_complete()

        def _wait_for_head(self) -> None:
            if self._hang_up is None:
                self._received = 0
                self._hang_up = self.loop.call_later(seconds, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._hang_up is not None:
                self._hang_up.cancel()
                self._hang_up = None

    return Impatient

"""A limit on the time that the head of a request takes to arrive, which uvicorn does not have.

Without one, a client that says nothing holds its connection for ever, and enough of them keep out everybody.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


def protocol_with_limit(seconds: float) -> type[HttpToolsProtocol]:
    """The protocol of one of uvicorn's connections, which hangs up where a head is not complete in time.

    Parameters
    ----------
    seconds
        From the opening of the connection, or from the first byte of a later request, to the end of the request's headers.
    """

    class Impatient(HttpToolsProtocol):
        _hang_up: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait_for_head()

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
                self._hang_up = self.loop.call_later(seconds, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._hang_up is not None:
                self._hang_up.cancel()
                self._hang_up = None

    return Impatient

"""One client of the service: a connection, and a journal of what it asked and was answered."""

import http.client
import time
from urllib.parse import urlsplit

from tests.service.crash.journal import Answered

TIMEOUT_SECONDS = 60.0
_BUSY = (503, 429)
_IN_FLIGHT = b'"in_flight"'
_PAUSE_SECONDS = 0.05


class Lost(Exception):
    """The connection broke before an answer came: nobody knows what became of the request."""


class Client:
    """Sends requests, and repeats those that were not answered.

    Parameters
    ----------
    url, token
        Of the service, and the key to show.
    journal
        Where to write what happens.
    """

    def __init__(self, url, token, journal):
        self.journal = journal
        self._address = urlsplit(url).netloc
        self._token = token
        self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._hang_up()

    def request(self, method, path, body="{}", *, key=None, if_match=""):
        """Ask something new, until it is answered.

        Raises
        ------
        Lost
            If the connection breaks; the journal has the request as open.
        """
        return self.send(self.journal.ask(method, path, body, key=key, if_match=if_match))

    def send(self, asked):
        """Ask, or ask again, what is in the journal; a service that is busy is asked once more after a moment."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            answer = self._exchange(asked.method, asked.path, asked)
            in_flight = answer.status == 409 and _IN_FLIGHT in answer.body
            if (answer.status not in _BUSY and not in_flight) or time.monotonic() > deadline:
                self.journal.note(asked, answer)
                return answer
            time.sleep(_PAUSE_SECONDS)

    def finish(self):
        """Ask again whatever was not answered."""
        for asked in self.journal.open:
            self.send(asked)

    def get(self, path):
        """Read something; that leaves no trace in the journal."""
        return self._exchange("GET", path)

    def _exchange(self, method, path, asked=None):
        headers = {"Authorization": f"Bearer {self._token}"}
        if asked is not None:
            headers |= {"Content-Type": "application/json", "X-Request-Id": asked.id}
            headers |= {"Idempotency-Key": asked.key} if asked.key else {}
            headers |= {"If-Match": asked.if_match} if asked.if_match else {}
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._address, timeout=TIMEOUT_SECONDS)
            self._connection.request(method, path, None if asked is None else asked.body.encode(), headers)
            response = self._connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._hang_up()
            raise Lost(f"{method} {path}: {error!r}") from error
        replayed = response.headers.get("Idempotency-Replayed") == "true"
        return Answered(response.status, body, replayed, response.headers.get("ETag", ""))

    def _hang_up(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

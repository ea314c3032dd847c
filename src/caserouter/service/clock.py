"""The service's clock: the one place that says what time it is.

A test moves it by a file that the environment names: the running service reads the file each time it asks, so that shifts begin and credentials
lapse in a real server without waiting for them.
"""

import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from caserouter.domain.errors import InvalidInput

TEST_CLOCK = "CASEROUTER_TEST_CLOCK"
"""Variable that names the file of the test clock. It is for tests: a production service runs on the system's clock."""


_logger = logging.getLogger(__name__)


class ServiceClock:
    """Says what time it is, in UTC.

    Parameters
    ----------
    test_file
        File that holds a moment in ISO 8601 with an offset, at which the clock then stands, or ``+seconds`` (or ``-seconds``), by which it
        then is ahead of the system's. Without one, or while the file does not exist, the system's clock is the clock.
    """

    def __init__(self, test_file: Path | None = None) -> None:
        self._test_file = test_file

    @classmethod
    def from_environment(cls) -> "ServiceClock":
        """The system's clock, unless the environment names the file of a test clock."""
        name = os.environ.get(TEST_CLOCK)
        return cls(Path(name) if name else None)

    def now(self) -> datetime:
        """The present moment, in UTC.

        Raises
        ------
        InvalidInput
            If the file of the test clock holds neither a moment nor an offset.
        """
        if self._test_file is None:
            return datetime.now(UTC)
        try:
            text = self._test_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return datetime.now(UTC)
        return _moment(text)


def warn_of_test_clock() -> None:
    """Log that the environment names a test clock, so that nobody takes its time for the real one unawares."""
    if name := os.environ.get(TEST_CLOCK):
        _logger.warning("%s is in force: the time comes from the file %s", TEST_CLOCK, name)


def _moment(text: str) -> datetime:
    """The moment that the text of a test clock's file stands for."""
    try:
        if text.startswith(("+", "-")):
            return datetime.now(UTC) + timedelta(seconds=float(text))
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(f"{text!r}: no time for the test clock; write 2026-03-02T10:00:00Z or +3600") from error
    if moment.tzinfo is None:
        raise InvalidInput(f"{text!r}: a time without an offset; write {text}Z for UTC")
    return moment.astimezone(UTC)

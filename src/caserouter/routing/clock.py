"""The one place where moments become hours: datetimes stay at the edges, routing computes in float hours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from caserouter.domain.errors import InvalidInput

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Converts between aware datetimes and hours since `start`.

    Parameters
    ----------
    start
        The moment that is hour 0, with a time zone.

    Raises
    ------
    InvalidInput
        If `start` has no time zone.
    """

    start: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise InvalidInput(
                f"{self.start.isoformat()}: a moment needs a time zone; write {self.start.isoformat()}+00:00 for UTC"
            )

    def hours(self, moment: datetime) -> float:
        """Hours from the start to `moment`, negative before it.

        Both go through UTC: Python subtracts wall clocks where two datetimes share a zone, an hour off across a DST change.
        """
        return (moment.astimezone(UTC) - self.start.astimezone(UTC)) / _HOUR

    def moment(self, hours: float) -> datetime:
        """The moment in UTC that lies `hours` after the start, to the microsecond."""
        return self.start.astimezone(UTC) + timedelta(hours=hours)

"""What HTTP itself refuses, before or beside any command. Statuses and titles are in `service.http.problems`."""

from collections.abc import Iterable

from caserouter.domain.errors import CaserouterError


class MalformedBody(CaserouterError):
    """The body of a request is no JSON."""

    code = "malformed_body"


class Unauthenticated(CaserouterError):
    """No key, or one that is unknown, has expired or was revoked."""

    code = "unauthenticated"


class Forbidden(CaserouterError):
    """The key lacks the scope that the request needs."""

    code = "forbidden"


class SlowBody(CaserouterError):
    """The body of a request took too long to arrive."""

    code = "slow_body"


class PreconditionFailed(CaserouterError):
    """What was to be changed has changed since the client read it."""

    code = "precondition_failed"


class PreconditionRequired(CaserouterError):
    """A change has to name the version that it changes."""

    code = "precondition_required"


class BodyTooLarge(CaserouterError):
    """The body of a request is larger than allowed."""

    code = "body_too_large"


class UnsupportedMediaType(CaserouterError):
    """The body of a request is of a type that is not read here."""

    code = "unsupported_media_type"


class TooManyRequests(CaserouterError):
    """A key has used up its own limit of requests.

    Parameters
    ----------
    retry_after
        Whole seconds after which the next request is let through.
    """

    code = "too_many_requests"

    def __init__(self, message: str, *, ids: Iterable[str] = (), retry_after: int = 1) -> None:
        super().__init__(message, ids=ids)
        self.retry_after = retry_after


class NotReady(CaserouterError):
    """The service cannot take requests yet, or not at present."""

    code = "not_ready"

"""Logs: one JSON object a line, on stderr, with the request that each line belongs to.

What may stand in a line is a list, not a habit: fields that are not named here are left out, so that no body, no header, no key and nothing about
a customer gets into a log by way of a convenient ``extra``.
"""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Request that the present thread or task works for; empty outside requests."""

FIELDS = frozenset(
    {
        *("method", "route", "status", "milliseconds", "key_id", "case_id", "seq", "kind"),
        *("worker", "pid", "exit_status", "attempts", "seconds", "count", "code"),
    }
)
"""Fields that a line may have beside its time, level, logger, message and request."""

_ROOT = "caserouter"
_LIBRARIES = ("uvicorn", "sqlalchemy", "alembic")


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of `record`, without a line break."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current := request_id.get():
            line["request_id"] = current
        line |= {name: value for name, value in vars(record).items() if name in FIELDS}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = error_outline(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def error_outline(error: BaseException, trace: TracebackType | None) -> dict[str, Any]:
    """What went wrong and where, without the message: messages of libraries quote statements and the values in them."""
    frames = traceback.extract_tb(trace)
    cause = error.__cause__ or error.__context__
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "cause": f"{type(cause).__module__}.{type(cause).__qualname__}" if cause else None,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def configure_logging(level: str = "info", stream: TextIO | None = None) -> None:
    """Send what the service and its libraries log to `stream` (stderr when left out), and nothing anywhere else."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_ROOT).setLevel(level.upper())
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(logging.WARNING)

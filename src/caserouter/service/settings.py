"""Settings of the service: what an operator decides about one deployment. The policy, which decides about cases, lives in the database."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from caserouter.domain.model import Model

PREFIX = "CASEROUTER_"
"""Before the name of a setting, in capitals, in the environment."""

_SQLITE = "sqlite:///"
_SCHEMES = (_SQLITE, "postgresql+psycopg://")
_SECONDS_PER_DAY = 86_400.0

Seconds = Annotated[float, Field(gt=0, le=_SECONDS_PER_DAY)]
"""A time-out or an interval, at most a day."""


class ServiceSettings(Model):
    """How one deployment of the service runs.

    Parameters
    ----------
    database_url
        Where state is kept: ``sqlite:///`` and the path of a file, or ``postgresql+psycopg://user:password@host/database``.
    host
        Address to listen on. Every network (0.0.0.0) only behind a proxy that speaks TLS.
    port
        Port to listen on; 0 takes a free one.
    workers
        Web processes, from 1 to 64; more than one needs PostgreSQL.
    pool_size
        Connections to the database, and requests worked on at a time, of each web process, from 1 to 100.
    keep_alive_seconds
        How long an idle connection of a client stays open.
    grace_seconds
        How long requests may go on after the service was told to stop.
    head_seconds
        How long the head of a request (its first line and headers) may take to arrive; then the connection is closed.
    body_seconds
        How long a request's body may take to arrive.
    body_limit
        Largest body of a request, in bytes.
    import_limit
        Largest CSV file of specialists, in bytes.
    reoptimise_seconds
        Seconds between two optimisations of the whole queue; 0 for none.
    reoptimise_budget_seconds
        How long one optimisation may take before it is given up.
    price_inputs_seconds
        Seconds between two publications of the cases that prices of scarce capacity are made from.
    checkpoint_events
        Events between two checkpoints: how much a process folds at most when it starts.
    docs
        Whether /docs and /openapi.json are served.
    log_level
        Least severity of what is logged.
    """

    database_url: str = "sqlite:///caserouter.db"
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=0, le=65_535)
    workers: int = Field(default=1, ge=1, le=64)
    pool_size: int = Field(default=8, ge=1, le=100)
    keep_alive_seconds: Seconds = 20.0
    grace_seconds: Seconds = 20.0
    head_seconds: Seconds = 10.0
    body_seconds: Seconds = 15.0
    body_limit: int = Field(default=1_000_000, ge=1_000, le=100_000_000)
    import_limit: int = Field(default=20_000_000, ge=1_000, le=1_000_000_000)
    reoptimise_seconds: float = Field(default=60.0, ge=0, le=_SECONDS_PER_DAY)
    reoptimise_budget_seconds: Seconds = 10.0
    price_inputs_seconds: Seconds = 3_600.0
    checkpoint_events: int = Field(default=5_000, ge=10, le=1_000_000)
    docs: bool = True
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("database_url")
    @classmethod
    def _known_scheme(cls, url: str) -> str:
        if not any(url.startswith(scheme) and len(url) > len(scheme) for scheme in _SCHEMES):
            # The value may hold a password, so the finding shows the rule alone.
            raise ValueError(
                "not a database that is supported; write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
            )
        return url

    @model_validator(mode="after")
    def _one_process_on_sqlite(self) -> "ServiceSettings":
        if self.dialect == "sqlite" and self.workers > 1:
            raise ValueError(
                f"{self.workers} workers on SQLite, whose file one process owns; use PostgreSQL for more than one, or leave workers out"
            )
        return self

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Kind of the database."""
        return "sqlite" if self.database_url.startswith(_SQLITE) else "postgresql"

    @property
    def database_file(self) -> Path:
        """The file of a SQLite database, as an absolute path."""
        return Path(self.database_url.removeprefix(_SQLITE)).absolute()

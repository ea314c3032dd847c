"""What the service says of itself."""

from typing import Literal

from pydantic import Field, RootModel

from caserouter.service.schemas.base import View


class HealthView(View):
    """The process is alive."""

    status: Literal["ok"]


class ReadyView(View):
    """Requests can be taken."""

    status: Literal["ready"]
    seq: int = Field(description="Number of the last event.")


class MetricsView(RootModel[str]):
    """Metrics in the text form of Prometheus."""

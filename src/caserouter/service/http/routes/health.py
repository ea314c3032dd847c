"""Whether the service is alive, whether it can take requests, and what it counts: for whoever runs it, without a key."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from caserouter.service.http.answers import answer
from caserouter.service.http.documentation import documented
from caserouter.service.http.metrics import CONTENT_TYPE, render_metrics
from caserouter.service.http.readiness import require_ready
from caserouter.service.schemas.health import HealthView, MetricsView, ReadyView

router = APIRouter(tags=["operation"])


@router.get("/health")
@documented({200: HealthView})
async def read_health() -> Response:
    """Whether the process is alive."""
    return answer({"status": "ok"})


@router.get("/ready")
@documented({200: ReadyView}, problems=["not_ready"])
def read_readiness(request: Request) -> Response:
    """Whether requests can be taken: the schema is this version's, the database can be written, and the board is caught up."""
    return answer(require_ready(request.app.state.engine))


@router.get("/metrics")
@documented({200: MetricsView}, media_type="text/plain")
def read_metrics(request: Request) -> Response:
    """Metrics in the text form of Prometheus."""
    return Response(render_metrics(request.app.state.engine), media_type=CONTENT_TYPE)

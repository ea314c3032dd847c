"""The documentation page: Swagger UI from files that come along, so that it works without a network."""

from importlib.resources import files

from fastapi import FastAPI
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from caserouter.service.http.openapi import openapi_of

_ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>caserouter: the API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="api"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "openapi.json", dom_id: "#api", deepLinking: true, persistAuthorization: false, validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis], docExpansion: "list", defaultModelsExpandDepth: 0, filter: true,
});
"""


def serve_docs(app: FastAPI) -> None:
    """Let `app` serve ``/docs`` and ``/openapi.json``; the document is made when it is first asked for."""

    def document(_request: Request) -> Response:
        app.openapi_schema = app.openapi_schema or openapi_of(app)
        return Response(to_json(app.openapi_schema), media_type="application/json")

    def page(_request: Request) -> Response:
        return Response(_PAGE, media_type="text/html", headers={"Content-Security-Policy": _POLICY})

    def start(_request: Request) -> Response:
        return Response(_START, media_type="text/javascript")

    def asset(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        body = files("fastapi_offline").joinpath("static", name).read_bytes()
        return Response(body, media_type=_ASSETS[name], headers={"Cache-Control": "max-age=86400"})

    app.add_route("/openapi.json", document, include_in_schema=False)
    app.add_route("/docs", page, include_in_schema=False)
    app.add_route("/docs/start.js", start, include_in_schema=False)
    for name in _ASSETS:
        app.add_route(f"/docs/{name}", asset, include_in_schema=False)

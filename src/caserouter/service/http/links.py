"""Which answer holds what another request needs: links in the OpenAPI document, for readers and for programs that follow them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Source(NamedTuple):
    """Where an id comes from.

    Parameters
    ----------
    method, path, status
        The answer that holds it.
    expression
        Where in the answer, as a runtime expression.
    """

    method: str
    path: str
    status: str
    expression: str


_CASE = "/v1/cases/{case_id}"
SOURCES: Mapping[str, tuple[Source, ...]] = {
    "case_id": (Source("post", "/v1/cases", "201", "$response.body#/case/id"),),
    "commitment_id": (Source("post", f"{_CASE}/commitments", "201", "$response.body#/commitment"),),
    "seq": (Source("get", f"{_CASE}/decision", "200", "$response.body#/seq"),),
    "specialist_id": (Source("put", "/v1/specialists/{specialist_id}", "201", "$response.body#/id"),),
    "credential_id": (Source("post", "/v1/specialists/{specialist_id}/credentials", "201", "$response.body#/id"),),
    "account_id": (Source("put", "/v1/accounts/{account_id}", "201", "$response.body#/id"),),
    "version": (Source("post", "/v1/policies", "201", "$response.body#/version"),),
    "key_id": (Source("post", "/v1/keys", "201", "$response.body#/key/id"),),
}
"""By parameter of a path."""


def add_links(paths: Mapping[str, Mapping[str, Any]]) -> None:
    """Link each answer of `SOURCES` to every operation that takes what it holds."""
    for path, operations in paths.items():
        for operation in operations.values():
            for source, parameters in _links_to(path, operation):
                answer = paths[source.path][source.method]["responses"][source.status]
                answer.setdefault("links", {})[operation["operationId"]] = {
                    "operationId": operation["operationId"],
                    "parameters": parameters,
                }


def _links_to(path: str, operation: Mapping[str, Any]) -> Iterator[tuple[Source, dict[str, str]]]:
    """The answer that holds the last parameter of a path, and where the parameters are found."""
    names = [parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "path"]
    if not names:
        return
    *earlier, last = names
    for source in SOURCES[last]:
        if source.path != path:
            yield source, {last: source.expression} | {name: f"$request.path.{name}" for name in earlier}

"""Whatever is sent to a service on PostgreSQL: no trouble of ours, no status that the document does not name, no answer of another form."""

from collections.abc import Iterator
from itertools import count

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from tests.postgres import postgres_url
from tests.service.http.serving import Service, running

from caserouter.service.http import create_app
from caserouter.service.http.openapi import openapi_of
from caserouter.service.settings import ServiceSettings

pytestmark = pytest.mark.slow

DOCUMENT = openapi_of(create_app(None, ServiceSettings()))  # type: ignore[arg-type]
CHECKS: list[CheckFunction] = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FUZZ = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_turns = count()
schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.config.phases.update(phases=["examples", "fuzzing"])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on PostgreSQL, which refuses more than SQLite does."""
    with running(tmp_path_factory.mktemp("fuzz"), postgres_url()) as started:
        yield started


@pytest.fixture(scope="module")
def known(client: httpx.Client) -> dict[str, object]:
    """Ids that exist, by the names of the parameters that take them."""
    client.put("/v1/specialists/S-1", json={"capacity": 50})
    case = client.post("/v1/cases", json={}).json()["case"]["id"]
    credential = client.post("/v1/specialists/S-1/credentials", json={"kind": "hipaa"}).json()["id"]
    commitment = client.post(f"/v1/cases/{case}/commitments", json={"due": "2090-01-01T00:00:00Z"}).json()["commitment"]
    client.put("/v1/accounts/A-1", json={})
    return {
        "case_id": case,
        "specialist_id": "S-1",
        "account_id": "A-1",
        "credential_id": credential,
        "commitment_id": commitment,
        "seq": client.get(f"/v1/cases/{case}/decision").json()["seq"],
        "version": 1,
    }


@schema.exclude(path_regex="^/v1/keys/").parametrize()
@FUZZ
def test_with_a_key(case, service, client, known):
    """Half of the requests name things that exist, so that they get past the first check."""
    if case.path_parameters and next(_turns) % 2:
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
    if "/{case_id}/" in case.path:
        known["case_id"] = client.post("/v1/cases", json={}).json()["case"]["id"]
    answer = case.call(base_url=service.url, headers={"Authorization": client.headers["authorization"]})
    case.validate_response(answer, checks=CHECKS)

"""What asking for anything has found: plain examples, so that it stays found."""

import httpx
import pytest
from tests.service.http.serving import running


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> httpx.Client:
    with running(tmp_path_factory.mktemp("service")) as service:
        yield service.client()


@pytest.mark.parametrize(
    "amount",
    [{"minor": False}, {"minor": "5"}, {"minor": 5, "currency": "usd"}, 5, "5", "USD 5.00", "5.00 usd"],
    ids=str,
)
def test_an_amount_of_another_form_than_the_document_says_is_refused(client, amount):
    answer = client.post("/v1/cases/preview", json={"action": "refund", "amount": amount})
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["at"] == "amount"


@pytest.mark.parametrize("query", ["audit?until", "audit?since", "commitments?due_before"])
@pytest.mark.parametrize("moment", ["0.5", "1790000000", "2026-11-23"])
def test_a_number_is_no_moment_in_a_query(client, query, moment):
    assert client.get(f"/v1/{query}={moment}").status_code == 422


@pytest.mark.parametrize("moment", ["0.5", "1790000000", "2026-11-23"])
def test_a_number_in_quotes_is_no_moment_in_a_body(client, moment):
    assert client.post("/v1/cases/preview", json={"occurred_at": moment}).status_code == 422


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("cases/preview", "POST"), ("specialists/import", "POST"), ("policies/active", "GET"), ("cases/C-1", "GET, PATCH")],
)
def test_allow_names_what_the_document_has_for_a_path(client, path, allowed):
    answer = client.request("TRACE", f"/v1/{path}")
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)

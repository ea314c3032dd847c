"""Names in paths and queries: which there are, and what is said of others."""

import pytest

from caserouter.service.http.parameters import fits_into_a_path

CSV = {"content-type": "text/csv"}


@pytest.mark.parametrize(
    "query", ["cases?type=%00", "cases?type=a;b", "accounts?owner=%20a", "specialists/a%01b", "accounts/a%7Cb"]
)
def test_what_is_no_name_is_refused_in_words(client, query):
    answer = client.get(f"/v1/{query}")
    assert answer.status_code == 422
    (found,) = answer.json()["findings"]
    assert found["rule"] == "has a control character, ';' or '|' in it, or white space around it"
    assert found["remedy"] == "write it as it was given"


@pytest.mark.parametrize("cursor", ["é", "a b", "%00"])
def test_a_cursor_of_other_letters_is_refused_like_any_that_is_none_of_ours(client, cursor):
    answer = client.get(f"/v1/cases?cursor={cursor}")
    assert answer.status_code == 422
    assert [(one["at"], one["rule"]) for one in answer.json()["findings"]] == [("cursor", "not one of ours")]


@pytest.mark.parametrize(
    ("name", "fits"), [("S-1", True), ("山田　太郎", True), ("a b", True), ("EMEA/17", False), ("a\x01b", False)]
)
def test_a_slash_or_a_control_character_fits_into_no_path(name, fits):
    assert fits_into_a_path(name) is fits


def test_nobody_is_imported_whom_no_path_could_name(client, name):
    answer = client.post("/v1/specialists/import", content=f"id,capacity\n{name},4\nEMEA/17,4\na\x01b,4\n", headers=CSV)
    assert answer.status_code == 422
    assert [(one["line"], one["at"]) for one in answer.json()["findings"]] == [(3, "id"), (4, "id")]
    assert client.get(f"/v1/specialists/{name}").status_code == 404


def test_a_file_that_begins_like_json_nested_too_deeply_is_no_fault_of_ours(client, name):
    header = {**CSV, "Idempotency-Key": name}
    answer = client.post("/v1/specialists/import", content=b"[" * 100_000 + b",id,capacity\n1,B,1\n", headers=header)
    assert answer.status_code == 422


def test_the_word_bearer_may_be_written_in_any_case(client):
    header = client.headers["authorization"].replace("Bearer", "BEARER")
    assert client.get("/v1/queue", headers={"authorization": header}).status_code == 200

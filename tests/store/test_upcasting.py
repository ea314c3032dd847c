"""Bodies that every release has written are read by this one."""

import json
from pathlib import Path

import pytest

from caserouter.domain.case import Case
from caserouter.domain.errors import StoreError
from caserouter.domain.specialist import Specialist
from caserouter.store import upcasting

GOLDEN = json.loads((Path(__file__).parent / "golden" / "bodies.json").read_text(encoding="utf-8"))
READERS = {
    "case": (upcasting.upcast_case, upcasting.CASE_SCHEMA, Case, {"customer", "commitments"}),
    "specialist": (upcasting.upcast_specialist, upcasting.SPECIALIST_SCHEMA, Specialist, {"name", "held_cases"}),
}


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['of']}-{row['schema_version']}")
def test_a_body_of_every_release_is_read(row):
    upcast, _, model, elsewhere = READERS[row["of"]]
    body = upcast(row["body"], row["schema_version"])
    read = model.model_validate(body)
    assert model.model_validate(read.model_dump(mode="json", exclude=elsewhere)) == read


@pytest.mark.parametrize("of", READERS)
def test_there_is_a_golden_body_of_every_version(of):
    """Raise the version of a schema, and this asks for a body as the new release writes it."""
    versions = [row["schema_version"] for row in GOLDEN if row["of"] == of]
    assert versions == list(range(1, READERS[of][1] + 1))


@pytest.mark.parametrize(
    "row", [row for row in GOLDEN if row["schema_version"] == READERS[row["of"]][1]], ids=lambda row: row["of"]
)
def test_a_body_of_this_release_is_written_as_it_was_read(row):
    """A field that was added, renamed or dropped shows here: raise the version, and write the step that leads to it."""
    _, _, model, elsewhere = READERS[row["of"]]
    written = model.model_validate(row["body"]).model_dump(mode="json", exclude=elsewhere)
    assert sorted(written) == sorted(row["body"])
    assert model.model_validate(written) == model.model_validate(row["body"])


def test_the_steps_are_climbed_one_after_the_other(monkeypatch):
    monkeypatch.setattr(upcasting, "CASE_STEPS", {1: lambda body: body | {"a": 1}, 2: lambda body: body | {"b": body["a"] + 1}})
    assert upcasting.upcast_case({}, 1) == {"a": 1, "b": 2}
    assert upcasting.upcast_case({"a": 5}, 2) == {"a": 5, "b": 6}


def test_a_body_of_a_later_release_is_refused():
    with pytest.raises(StoreError, match="version 2: this release knows them up to 1; use the newer one"):
        upcasting.upcast_specialist({}, 2)

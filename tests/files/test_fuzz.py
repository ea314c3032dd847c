"""Whatever a file holds, it gives objects or findings and never anything else."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caserouter.domain.errors import CaserouterError
from caserouter.files.crm_map import load_map
from caserouter.files.queue import read_queue
from caserouter.files.readers import read_accounts, read_cases, read_specialists
from caserouter.files.settings_file import read_settings
from caserouter.files.starter import starter_map

GOOD = {
    "cases": (
        b"id,created,required_skills,required_credentials,action,amount,commitments,linked_cases\n"
        b"C-1,2026-03-01T10:00Z,negotiation:3; claims,series_6|series_7; hipaa@NY,refund,150.00 USD,2026-03-02T10:00Z call,C-2\n"
        b'C-2,2026-03-01T10:00Z,"negotiation:3",,,,,\n'
    ),
    "specialists": (
        b"id,capacity,skills,credentials,authority,held_cases,shifts,leave,intake\n"
        b"S-1,8,negotiation:3,hipaa@NY+NJ 2024-01-01..,refund:150 USD,C-9:2,Mon-Fri 09:00-17:00,2026-12-24,3/24h used 1\n"
    ),
    "accounts": b"id,owner,tier,health,at_risk\nA-1,S-1,gold,70,true\n",
}
READERS = {"cases": read_cases, "specialists": read_specialists, "accounts": read_accounts}
SUFFIXES = (".csv", ".json", ".jsonl", ".yaml")

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["1:1", "a@b", "..", ";", "2026-03-01", "9999-12-31T23:59:59-12:00", "Mon 9", "1e400", "\ud800", "inf"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def check(kind: str, path: Path) -> None:
    """Read a file as a table; every row is an object or a bad row with findings, and every finding prints."""
    loaded = READERS[kind](path)
    for finding in loaded.findings:
        assert str(finding).startswith(str(path))
        str(finding).encode()
    assert all(row.findings for row in loaded.bad_rows)
    assert len(loaded.lines) == len(loaded.items)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_findings(tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"any{suffix}"
    path.write_bytes(content)
    for kind in READERS:
        check(kind, path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=st.text(alphabet="-:[]{}\"'\\,;|@#&*!%>?~ \n\t019aézN", max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_punctuation_gives_findings(tmp_path_factory: pytest.TempPathFactory, suffix: str, content: str) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"any{suffix}"
    path.write_text(content, encoding="utf-8")
    check("cases", path)


@pytest.mark.parametrize("kind", sorted(GOOD))
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_mangled_table_gives_findings(tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b'"', b",", b"\n", b";", b"@"])
        )
    path = tmp_path_factory.mktemp("fuzz") / "mangled.csv"
    path.write_bytes(bytes(content))
    check(kind, path)


@pytest.mark.parametrize("kind", sorted(READERS))
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_value_in_any_column_gives_findings(tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject) -> None:
    columns = GOOD[kind].split(b"\n")[0].decode().split(",")
    rows = data.draw(st.lists(st.dictionaries(st.sampled_from(columns), values, max_size=5), max_size=3))
    path = tmp_path_factory.mktemp("fuzz") / "rows.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    check(kind, path)


@given(content=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_export_under_a_map_gives_findings(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "export.csv"
    path.write_bytes(b"Case Number,Date/Time Opened,Status,Priority\n1,3/2/2026 9:05 AM,New,High\n" + content)
    for finding in read_cases(path, crm_map="salesforce").findings:
        str(finding).encode()


@given(content=st.text(alphabet="-:[]{}\"',;@#&*!| \npriceshouryamlcolumnsdcd019", max_size=100) | values.map(json.dumps))
@settings(max_examples=150, deadline=None)
def test_any_policy_or_map_is_read_or_refused_on_purpose(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "any.yaml"
    path.write_text(content, encoding="utf-8")
    for read in (read_settings, load_map):
        with contextlib.suppress(CaserouterError):
            read(path)


@given(header=st.lists(st.text(max_size=12), max_size=6), cells=st.lists(st.text(max_size=12), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_header_gives_a_map_that_loads(tmp_path_factory: pytest.TempPathFactory, header: list[str], cells: list[str]) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = folder / "export.csv"
    path.write_text(",".join(header) + "\n" + ",".join(cells), encoding="utf-8")
    try:
        text = starter_map(path)
    except CaserouterError:
        return
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    crm_map = load_map(folder / "map.yaml")
    read_queue(cases=path, crm_map=crm_map)

"""Cursors: the last item of a page as text, whatever its id is made of."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caserouter.service.http.cursors import Paging, make_cursor, read_cursor

_IDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200)
_MOMENTS = st.integers(-2_000_000_000, 30_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.integers(-(2**63) + 1, 2**63 - 1), _MOMENTS, _IDS)
def test_a_cursor_is_read_as_what_it_was_made_from(number, moment, name):
    cursor = Paging(cursor=make_cursor(number, moment, name)).cursor
    assert read_cursor(cursor, int, datetime, str) == (number, moment, name)


@pytest.mark.parametrize("name", ["山田\u3000太郎", "a\u00a0b", "a\u200bb", "日" * 200, "😀" * 200], ids=ascii)
def test_a_list_goes_on_behind_any_id(client, name):
    team = name[:100]
    for person in (name, f"{name[:199]}z"):
        assert client.put(f"/v1/specialists/{person}", json={"capacity": 1, "team": team}).status_code == 201
    first = client.get("/v1/specialists", params={"team": team, "limit": 1}).json()
    second = client.get("/v1/specialists", params={"team": team, "limit": 1, "cursor": first["next"]}).json()
    assert {one["id"] for page in (first, second) for one in page["items"]} == {name, f"{name[:199]}z"}
    assert second["next"] is None

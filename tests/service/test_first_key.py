"""The first key is told once, where only the operator reads it."""

import io
import os
import stat

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.service.first_key import FILE_NAME, ensure_key
from caserouter.service.settings import ServiceSettings
from caserouter.store.keys import all_keys


@pytest.fixture
def settings(tmp_path):
    return ServiceSettings(database_url=f"sqlite:///{tmp_path / 'caserouter.db'}")


def keys_of(office):
    with office.engine.read() as connection:
        return all_keys(connection)


def test_where_there_is_no_terminal_it_is_in_a_file_for_this_user_alone(office, settings, tmp_path):
    path = ensure_key(office.engine, settings, io.StringIO())
    assert path == tmp_path / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith(f"cr_{keys_of(office)[0].prefix}_")


def test_it_is_made_once(office, settings):
    ensure_key(office.engine, settings, io.StringIO())
    assert ensure_key(office.engine, settings, io.StringIO()) is None
    assert len(keys_of(office)) == 1


def test_what_a_start_that_was_cut_short_has_left_is_no_obstacle(office, settings, tmp_path):
    """A container gives its process the same number each time."""
    for name in (f".{FILE_NAME}.{os.getpid()}", f"{FILE_NAME}.partial"):
        (tmp_path / name).write_text("half a key")
    assert ensure_key(office.engine, settings, io.StringIO()) == tmp_path / FILE_NAME


def test_where_it_cannot_be_told_there_is_none(office, settings, tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(
        InvalidInput, match=rf"{FILE_NAME}: the first key cannot be written there \(.*\); make the folder writable"
    ):
        ensure_key(office.engine, settings, io.StringIO())
    assert keys_of(office) == []

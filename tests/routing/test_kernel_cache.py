"""A place for compiled kernels, also where numba would find none."""

import os

import pytest

from caserouter.routing.kernel_cache import CACHE, provide_cache


@pytest.fixture
def read_only(monkeypatch, tmp_path):
    """Nothing may be written but the folder of temporary files."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_whoever_may_write_beside_the_code_needs_no_other_place(tmp_path):
    environment = {"XDG_CACHE_HOME": "/proc/nobody"}
    assert provide_cache(environment, tmp_path) is None
    assert CACHE not in environment


@pytest.mark.usefixtures("read_only")
def test_whoever_may_write_nowhere_gets_a_private_folder(tmp_path):
    environment = {"HOME": "/proc/nobody"}
    folder = provide_cache(environment, tmp_path)
    assert folder is not None
    assert environment == {"HOME": "/proc/nobody", CACHE: str(folder)}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("read_only")
def test_a_folder_that_is_named_stays_the_one(tmp_path):
    environment = {CACHE: "/var/cache/caserouter"}
    assert provide_cache(environment, tmp_path) is None
    assert environment == {CACHE: "/var/cache/caserouter"}

"""What `import caserouter` offers, and what it must not load."""

import subprocess
import sys

import caserouter

HEAVY = ("click", "numba", "ortools", "pandas", "pyarrow", "rich", "scipy")


def loaded_by(statement: str) -> list[str]:
    """Heavy packages that a fresh interpreter has loaded after `statement`."""
    script = f"import sys; {statement}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import caserouter") == []


def test_the_domain_loads_nothing_heavy():
    assert loaded_by("from caserouter import Case, Specialist, Account, Settings") == []


def test_help_loads_click_alone():
    assert loaded_by("import caserouter.cli.main") == ["click"]


def test_every_exported_name_exists():
    for name in caserouter.__all__:
        assert getattr(caserouter, name) is not None


def test_dir_lists_the_exported_names():
    assert set(caserouter.__all__) <= set(dir(caserouter))


def test_an_unknown_name_is_an_attribute_error():
    try:
        caserouter.no_such_name  # noqa: B018
    except AttributeError as error:
        assert str(error) == "module 'caserouter' has no attribute 'no_such_name'"
    else:
        raise AssertionError("no error")

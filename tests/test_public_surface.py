"""What `import caserouter` offers, and what it must not load."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import caserouter

HEAVY = (
    *("alembic", "click", "fastapi", "jinja2", "joblib", "matplotlib", "numba", "ortools", "pandas", "prometheus_client"),
    *("psycopg", "pyarrow", "rich", "scipy", "simpy", "sqlalchemy", "starlette", "uvicorn"),
)


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
    with pytest.raises(AttributeError, match=r"^module 'caserouter' has no attribute 'no_such_name'$"):
        _ = caserouter.no_such_name


def test_the_exported_names_are_these():
    assert sorted(caserouter.__all__) == [
        "Account",
        "Case",
        "CaserouterError",
        "ComparisonAnswer",
        "Credential",
        "CredentialNeed",
        "Explanation",
        "Finding",
        "InvalidInput",
        "Money",
        "NotFound",
        "Role",
        "RoutingAnswer",
        "RoutingProblem",
        "RoutingResult",
        "Scenario",
        "Sensitivity",
        "Settings",
        "Shortage",
        "SimulationAnswer",
        "SolverError",
        "Specialist",
        "__version__",
        "compare",
        "explain",
        "find_sensitivity",
        "find_shortages",
        "load_queue",
        "load_scenario",
        "read_queue",
        "route",
        "simulate",
        "solve",
        "vary",
        "write_report",
    ]


def test_typed_imports_and_the_table_of_names_agree():
    """What type checkers see at the top of the package is what is imported at run time."""
    source = Path(caserouter.__file__).read_text(encoding="utf-8")
    seen = re.findall(r"^    from (\S+) import (\w+) as \2$", source, flags=re.MULTILINE)
    assert {name for _, name in seen} == set(caserouter.__all__) - {"__version__"}
    for module, name in seen:
        assert getattr(import_module(module), name) is getattr(caserouter, name)

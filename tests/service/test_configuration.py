"""Where settings come from, and what is said of wrong ones."""

import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.service.configuration import read_service_settings
from caserouter.service.settings import ServiceSettings


def findings(options=(), environment=(), config=None) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_service_settings(dict(options), dict(environment), config)
    return [str(finding) for finding in caught.value.findings]


def test_without_anything_the_defaults_hold():
    assert read_service_settings({}, {}) == ServiceSettings()


def test_an_option_goes_before_the_environment_and_that_before_the_file(tmp_path):
    config = tmp_path / "service.yaml"
    config.write_text("port: 1\nhost: 10.0.0.1\npool_size: 3\n", encoding="utf-8")
    environment = {"CASEROUTER_PORT": "2", "CASEROUTER_HOST": "10.0.0.2"}
    settings = read_service_settings({"port": "3", "host": None}, environment, config)
    assert (settings.port, settings.host, settings.pool_size) == (3, "10.0.0.2", 3)


def test_a_toml_file_is_read_by_its_suffix(tmp_path):
    config = tmp_path / "service.toml"
    config.write_text('port = 81\nhost = "10.0.0.1"\ndocs = false\n', encoding="utf-8")
    settings = read_service_settings({}, {}, config)
    assert (settings.port, settings.host, settings.docs) == (81, "10.0.0.1", False)


def test_every_problem_of_every_source_is_listed_with_its_place(tmp_path):
    config = tmp_path / "service.yaml"
    config.write_text("hots: x\npool_size: 0\n", encoding="utf-8")
    assert findings({"port": "high"}, {"CASEROUTER_WORKER": "4"}, config) == [
        f"{config}:1: hots: no such setting; did you mean host?",
        "environment: CASEROUTER_WORKER: no such setting; did you mean CASEROUTER_WORKERS?",
        "--port: high: not a whole number",
        f"{config}:2, pool_size: 0: below 1, the least allowed",
    ]


def test_a_file_that_is_no_toml_says_where(tmp_path):
    config = tmp_path / "service.toml"
    config.write_text("port = = 1\n", encoding="utf-8")
    assert findings(config=config)[0].startswith(f"{config}: not TOML: Invalid value (at line 1")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("port = true", "port: true: not a whole number"),
        ("port = 8000.5", "port: 8000.5: not a whole number; write a whole number"),
        ("port = 2026-01-01", "port: 2026-01-01: not a whole number"),
        ("port = 1000000000000", "port: 1000000000000: above 65535, the most allowed"),
        ("docs = 2", "docs: 2: neither true nor false"),
        ("host = ''", "host: empty"),
        ("workers = -1", "workers: -1: below 1, the least allowed"),
        ("grace_seconds = 0", "grace_seconds: 0: not above 0; write more than 0"),
        ("grace_seconds = nan", "grace_seconds: nan: not a finite number"),
        ("body_seconds = inf", "body_seconds: inf: not a finite number"),
        ("head_seconds = 86400.5", "head_seconds: 86400.5: above 86400, the most allowed"),
        ("reoptimise_seconds = -1", "reoptimise_seconds: -1: below 0, the least allowed"),
        ("log_level = 'DEBUG'", "log_level: DEBUG: not one of debug, info, warning, error; did you mean debug?"),
        ("database_url = 'x'", "database_url: not a database that is supported; write sqlite:///FILE or postgresql"),
    ],
)
@pytest.mark.parametrize("suffix", ["toml", "yaml"])
def test_each_wrong_value_is_refused_with_its_rule(tmp_path, suffix, text, finding):
    config = tmp_path / f"service.{suffix}"
    config.write_text(text if suffix == "toml" else text.replace(" = ", ": "), encoding="utf-8")
    (said,) = findings(config=config)
    assert said.startswith(f"{config}, {finding}" if suffix == "toml" else f"{config}:1, {finding}")


@pytest.mark.parametrize("deep", ["a = " + "[" * 5_000, "a = " + "{a = " * 5_000])
def test_toml_that_is_nested_too_deeply_is_refused(tmp_path, deep):
    config = tmp_path / "service.toml"
    config.write_text(deep, encoding="utf-8")
    assert findings(config=config) == [f"{config}: not TOML: nested too deeply; write it out flat"]


def test_toml_with_a_byte_order_mark_is_read(tmp_path):
    config = tmp_path / "service.toml"
    config.write_text("port = 81\n", encoding="utf-8-sig")
    assert read_service_settings({}, {}, config).port == 81


@pytest.mark.parametrize("name", ["service.toml", "service.yaml"])
def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(InvalidInput, match=f"{name}: a directory; name one file in it"):
        read_service_settings({}, {}, tmp_path / name)


def test_an_empty_variable_is_a_wrong_value():
    assert findings(environment={"CASEROUTER_PORT": ""}) == ["environment, CASEROUTER_PORT: not a whole number"]


def test_a_file_that_is_a_list_is_refused(tmp_path):
    config = tmp_path / "service.yaml"
    config.write_text("- port\n", encoding="utf-8")
    assert findings(config=config) == [f"{config}:1: not a mapping of settings to values; write lines such as 'port: 8000'"]


def test_a_file_that_does_not_exist_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="no such file"):
        read_service_settings({}, {}, tmp_path / "none.yaml")


def test_a_database_of_another_kind_is_refused_without_showing_the_password():
    (finding,) = findings({"database_url": "mysql://root:hunter2@localhost/x"})
    assert finding.startswith("--database-url: not a database that is supported; write sqlite:///FILE or postgresql")
    assert "hunter2" not in finding


def test_several_workers_need_postgresql():
    assert findings({"workers": "2"}) == [
        "2 workers on SQLite, whose file one process owns; use PostgreSQL for more than one, or leave workers out"
    ]


def test_the_variables_of_tests_are_no_settings():
    environment = {"CASEROUTER_TEST_CLOCK": "clock.txt", "CASEROUTER_FAILPOINT": "after_commit", "PATH": "/bin"}
    assert read_service_settings({}, environment) == ServiceSettings()

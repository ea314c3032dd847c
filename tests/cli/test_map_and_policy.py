"""``caserouter map`` and ``caserouter policy``: what they print can be read back."""

from tests.cli.support import DATA, run

from caserouter.domain.settings import Settings
from caserouter.files.crm_map import load_map
from caserouter.files.settings_file import read_settings


def test_the_default_policy_reads_back_as_the_defaults(tmp_path):
    out = tmp_path / "policy.yaml"
    assert run("policy", "--out", out).exit_code == 0
    assert read_settings(out) == Settings()


def test_the_default_policy_is_printed():
    assert run("policy").stdout.startswith("# ")


def test_shipped_maps_are_listed():
    assert run("map", "--list").stdout.split() == ["salesforce", "zendesk"]


def test_a_shipped_map_is_printed():
    assert "\nname: zendesk\n" in run("map", "--show", "zendesk").stdout


def test_a_starter_map_reads_back(tmp_path):
    out = tmp_path / "map.yaml"
    result = run("map", DATA / "cases.csv", "--out", out)
    assert (result.exit_code, result.stderr) == (0, f"wrote {out}\n")
    assert load_map(out).name


def test_without_a_file_the_remedy_is_named():
    result = run("map")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: no file to map; name an export, as in caserouter map tickets.csv, or use --list\n",
    )

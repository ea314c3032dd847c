import pytest

from caserouter.domain.errors import InvalidInput, NotFound
from caserouter.domain.settings import Settings
from caserouter.files.settings_file import default_settings_yaml, read_settings


def findings(write, text):
    with pytest.raises(InvalidInput, match="not a policy file") as caught:
        read_settings(write("p.yaml", text))
    return [str(finding).rpartition("/p.yaml:")[2] for finding in caught.value.findings]


def test_the_default_policy_file_reads_back_as_the_defaults(write):
    settings = read_settings(write("p.yaml", default_settings_yaml()))
    assert settings == Settings()
    assert "time_zone" not in settings.model_fields_set


def test_every_example_of_the_default_policy_file_is_valid(write):
    lines = default_settings_yaml().splitlines()
    examples = [
        line.replace("# ", "", 1) if line.lstrip("# ").split(":")[0] in Settings.model_fields and ": " in line else line
        for line in lines
    ]
    examples = [line.replace("# minutes_by_type", "minutes_by_type") for line in examples]
    settings = read_settings(write("p.yaml", "\n".join(examples)))
    assert settings.relaxations["skill"].after_hours == 24
    assert settings.handling.minutes_by_type["claim_denial"] == 90
    assert settings.credentials.kinds_that_meet("series_6") == {"series_6", "series_7"}
    assert (settings.time_zone, settings.team_caps["claims"], len(settings.holidays)) == ("America/New_York", 120, 2)


def test_every_setting_is_documented():
    lines = default_settings_yaml().splitlines()
    for name in Settings.model_fields:
        at = next(k for k, line in enumerate(lines) if line.removeprefix("# ").startswith(f"{name}:"))
        assert lines[at - 1].startswith("# "), name


def test_what_a_file_leaves_out_keeps_its_default(write):
    assert read_settings(write("p.yaml", "# nothing\n")) == Settings()
    assert read_settings(write("p.yaml", "prices: {hour: 50}\n")).prices.breach == 120


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: x\nprices:\n  hours: 3\n", "3, prices.hours: hours: unknown key; did you mean hour?"),
        ("curency: USD\n", "1, curency: curency: unknown key; did you mean currency?"),
        (
            "relaxations:\n  skill: {after: 3, price: 1}\n",
            "2, relaxations.skill.after: after: unknown key; known are after_hours, price",
        ),
        ("relaxations:\n  skill: {}\n", "2, relaxations.skill.price: required, but not given; fill it in"),
        ("relaxations: {authority: {price: 1}}\n", "1, relaxations: authority: no policy relaxes it"),
        ("prices: {hour: -1}\n", "1, prices.hour: -1: below 0, the least allowed"),
        ("prices: {hour: .inf}\n", "1, prices.hour: .inf: not a number"),
        ("priority: strikt\n", "1, priority: strikt: not one of weighted, strict; did you mean strict?"),
        ("reserve: maybe\n", "1, reserve: maybe: neither true nor false"),
        ("holidays: [2026-13-01]\n", "1, holidays.0: 2026-13-01: not a day such as 2026-03-01"),
        ("role_floors: {legal: boss}\n", "1, role_floors.legal: boss: not a role; use specialist, coordinator, manager"),
        ("priority_factors: [1, 2]\n", "1, priority_factors.2: required, but not given; fill it in"),
        ("- name: x\n", "1: not a mapping of keys to values"),
    ],
)
def test_a_wrong_setting_names_its_line_and_key_path(write, text, message):
    assert findings(write, text)[0].startswith(message)


def test_all_wrong_settings_come_at_once(write):
    assert len(findings(write, "curency: USD\nprices: {hours: 3}\nreserve: maybe\n")) == 3


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="no such file"):
        read_settings(tmp_path / "p.yaml")

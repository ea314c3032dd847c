"""The pre-flight check: loads worked out by hand, a little too much and a little too little."""

from copy import deepcopy
from typing import Any

import pytest

from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.preflight import preflight

LINE: dict[str, Any] = {
    "name": "line",
    "start": "2026-03-02T00:00",
    "window": {"length": "4 weeks"},
    "case_types": {"call": {"assignment": "per_contact", "stages": {"talk": {"by": "anyone", "handle": "exponential(1 h)"}}}},
    "demand": {"calls": {"types": "call", "rate": "0.9 per hour"}},
    "staff": {"desk": {"capacity": 1}},
}


def changed(*changes: tuple[str, Any], base: dict[str, Any] = LINE) -> Scenario:
    """`base` with the values at some dotted keys replaced."""
    data = deepcopy(base)
    for key, value in changes:
        *inside, last = key.split(".")
        here = data
        for part in inside:
            here = here.setdefault(part, {})
        here[last] = value
    return Scenario.model_validate(data)


def sentences(*changes: tuple[str, Any]) -> list[str]:
    return [problem.sentence for problem in preflight(changed(*changes))]


def test_a_stable_line_has_no_problem():
    assert sentences() == []


def test_a_line_with_more_work_than_staff_is_named():
    assert sentences(("demand.calls.rate", "1.31 per hour")) == [
        "the whole staff: 1.31 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"
    ]


def test_more_staff_mends_it():
    assert sentences(("demand.calls.rate", "1.31 per hour"), ("staff.desk.count", 2)) == []


def test_a_scarce_credential_is_named_with_its_jurisdiction():
    """Of 2.62 trades an hour half are in NY, where one of four holds the licence."""
    assert sentences(
        ("case_types.call.credentials", ["series_7"]),
        ("case_types.call.jurisdictions", {"NY": 1, "NJ": 1}),
        ("demand.calls.rate", "2.62 per hour"),
        ("staff.desk", {"count": 3, "capacity": 1, "credentials": [{"kind": "series_7", "jurisdictions": ["NJ"]}]}),
        ("staff.ny", {"capacity": 1, "credentials": [{"kind": "series_7", "jurisdictions": ["NY"]}]}),
    ) == ["series_7 in NY: 1.31 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"]


def test_a_scarce_skill_language_or_role_is_named():
    desk = {"count": 3, "capacity": 1}
    expert = {"capacity": 1, "skills": {"law": 3}, "languages": ["es"], "role": "manager"}
    crowd = (("demand.calls.rate", "2.5 per hour"), ("staff.desk", desk), ("staff.expert", expert))
    assert sentences(*crowd, ("case_types.call.skills", {"law": 3})) == [
        "law at 3: 2.50 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"
    ]
    spanish = {"es": 1, "en": 1}
    everyone = ("staff.desk", {**desk, "languages": ["en"]})
    assert sentences(crowd[0], everyone, crowd[2], ("case_types.call.languages", spanish)) == [
        "language es: 1.25 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"
    ]
    assert sentences(*crowd, ("case_types.call.risk_flags", {"media": 0.6})) == [
        "role manager: 1.50 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"
    ]


def test_a_combination_is_named_where_neither_part_is_scarce():
    """Two know the law and two speak Spanish; one does both, and 1.2 cases an hour want both."""
    member = {"capacity": 1, "skills": {}, "languages": []}
    assert sentences(
        ("case_types.call.skills", {"law": 1}),
        ("case_types.call.languages", {"es": 1, "en": 1}),
        ("demand.calls.rate", "2.4 per hour"),
        ("staff.desk", {**member, "languages": ["es"], "count": 2}),
        ("staff.law", {**member, "skills": {"law": 3}, "languages": ["en"], "count": 2}),
        ("staff.both", {**member, "skills": {"law": 3}, "languages": ["es"]}),
    ) == ["law and language es: 1.20 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"]


def test_what_a_part_of_the_staff_has_too_much_of_is_not_held_against_all():
    problems = preflight(
        changed(
            ("case_types.call.skills", {"law": 1}),
            ("demand.calls.rate", "2.5 per hour"),
            ("staff.law", {"capacity": 1, "skills": {"law": 3}}),
        )
    )
    assert [(problem.what, problem.offered, problem.staffed) for problem in problems] == [("law", pytest.approx(2.5), 1.0)]


def test_a_rule_that_the_policy_relaxes_does_not_bind():
    """Whoever lacks the skill works as at proficiency 1, 1.6 times as long: 0.96 erlangs."""
    relaxed = ("routing.settings.relaxations", {"skill": {"after_hours": 1, "price": 5}})
    assert sentences(("case_types.call.skills", {"law": 1}), ("demand.calls.rate", "0.6 per hour"), relaxed) == []


def test_decisions_beyond_everybody_elses_authority_load_the_approvers():
    """Half of the 9 amounts an hour, uniform from 0 to 200, lie above 100; each approval takes a quarter of an hour."""
    changes = (
        ("case_types.call.action", "refund"),
        ("case_types.call.amount", "uniform(0 USD, 200 USD)"),
        ("case_types.call.stages.talk.decides", True),
        ("routing.approval", "15 min"),
        ("staff.desk", {"count": 20, "capacity": 1, "authority": {"refund": "100 USD"}}),
        ("staff.boss", {"capacity": 1, "authority": {"refund": "unlimited"}}),
    )
    assert sentences(*changes, ("demand.calls.rate", "9 per hour")) == [
        "refund authority unlimited: 1.12 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"
    ]
    assert sentences(*changes, ("demand.calls.rate", "7 per hour")) == []


def test_without_approvals_whoever_has_the_authority_works_the_whole_case():
    """A quarter of 9 cases an hour lies above 150; none of them can be held by anybody but the boss."""
    assert sentences(
        ("case_types.call.action", "refund"),
        ("case_types.call.amount", "uniform(0 USD, 200 USD)"),
        ("case_types.call.stages.talk.decides", True),
        ("routing.settings.approval", None),
        ("demand.calls.rate", "9 per hour"),
        ("staff.desk", {"count": 20, "capacity": 1, "authority": {"refund": "150 USD"}}),
        ("staff.boss", {"capacity": 1, "authority": {"refund": "unlimited"}}),
    ) == ["refund authority unlimited: 2.25 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168)"]


@pytest.mark.parametrize(
    ("staff", "staffed"),
    [
        ({"shifts": "Mon-Fri 09:00-17:00"}, 40 / 168),
        ({"shifts": "Mon-Fri 09:00-17:00", "blocks": {"training": "Tue 09:00-13:00"}}, 36 / 168),
        ({"shifts": "Mon-Fri 22:00-06:00"}, 160 / 672),
        ({"leave": "2026-03-02..2026-03-08"}, 3 / 4),
        ({"sick_probability": 0.2}, 0.8),
        ({"last_day": "2026-03-15"}, 1 / 2),
    ],
    ids=["shifts", "blocks", "over midnight", "leave", "sick days", "employment"],
)
def test_absences_are_no_staffed_time(staff, staffed):
    (problem,) = preflight(changed(("staff.desk", {"capacity": 1, **staff})))
    assert (problem.offered, problem.staffed) == (pytest.approx(0.9), pytest.approx(staffed))


def test_holidays_and_a_start_on_one_are_no_staffed_time():
    (problem,) = preflight(changed(("holidays", ["2026-03-02", "2026-03-20", "2026-03-21"])))
    assert problem.staffed == pytest.approx(25 / 28)


def test_a_credential_counts_while_it_is_valid():
    """Valid for the first of four weeks."""
    (problem,) = preflight(
        changed(
            ("case_types.call.credentials", ["hipaa"]),
            ("staff.desk.credentials", [{"kind": "hipaa", "valid_until": "2026-03-08"}]),
        )
    )
    assert (problem.what, problem.staffed) == ("hipaa", pytest.approx(0.25))


def test_handle_times_are_those_of_the_quickest():
    own = ("case_types.call.stages.talk.handle_of", {"desk-02": "30 min"})
    assert sentences(("demand.calls.rate", "3.9 per hour"), ("staff.desk.count", 2), own) == []
    assert len(sentences(("demand.calls.rate", "4.1 per hour"), ("staff.desk.count", 2), own)) == 1


def test_proficiency_shortens_the_work():
    """At proficiency 5 the default factor is 0.75."""
    skills = (("case_types.call.skills", {"talk": 1}), ("staff.desk.skills", {"talk": 5}))
    assert sentences(*skills, ("demand.calls.rate", "1.3 per hour")) == []
    assert len(sentences(*skills, ("demand.calls.rate", "1.4 per hour"))) == 1


def test_returns_and_reopenings_are_work():
    """Each call comes back half the time, and half of the resolved ones are reopened: 0.9 × 2 × 2."""
    stages = {"talk": {"by": "anyone", "handle": "1 h", "next": {"wait": 0.5, "resolved": 0.5}}}
    stages["wait"] = {"by": "customer", "handle": "1 d", "next": "talk"}
    (problem,) = preflight(
        changed(("case_types.call.stages", stages), ("case_types.call.reopening", {"probability": 0.5, "after": "1 d"}))
    )
    assert problem.offered == pytest.approx(3.6)


def test_customers_who_give_up_keep_a_line_finite_and_are_said_to():
    assert sentences(("demand.calls.rate", "1.31 per hour"), ("case_types.call.patience", "exponential(1 h)")) == [
        "the whole staff: 1.31 erlangs of work for 1.00 of staff (1 person, 168 hours a week of 168); it lasts only because customers give up"
    ]


def test_a_department_that_cannot_keep_up_is_named():
    """Every call waits two hours' work on a lab that is open a quarter of the time, and a tenth on its review."""
    talk = {"by": "anyone", "handle": "30 min", "next": "test"}
    lab = {"by": "department", "department": "lab", "handle": "2 h"}
    assert sentences(
        ("case_types.call.stages", {"talk": talk, "test": lab}),
        ("case_types.call.risk_flags", {"regulator": 0.1}),
        ("staff.desk.role", "manager"),
        ("departments.lab", {"staff": 1, "hours": "Mon-Sun 09:00-15:00"}),
        ("routing.reviews", {"regulator": {"department": "lab", "handle": "1 h"}}),
        ("routing.settings.review_before_first_response", ["regulator"]),
    ) == ["department lab: 1.89 erlangs of work for 0.25 of staff (1 person, 42 hours a week of 168)"]


def test_a_department_without_a_number_of_staff_is_a_delay():
    stages = {
        "talk": {"by": "anyone", "handle": "30 min", "next": "test"},
        "test": {"by": "department", "department": "lab", "handle": "9 d"},
    }
    assert sentences(("case_types.call.stages", stages), ("departments.lab", {})) == []


def test_books_that_cannot_hold_the_open_cases_are_named():
    """A case of weight 2 is worked for an hour and waits for two days; parked it counts half: 0.9 × (2 × 1 + 1 × 48) = 45 units."""
    stages = {
        "talk": {"handle": "30 min", "next": "wait"},
        "wait": {"by": "customer", "handle": "2 d", "next": "close"},
        "close": {"handle": "30 min"},
    }
    held = (("case_types.call", {"weight": 2, "stages": stages}), ("routing.parked_factor", 0.5))
    assert sentences(*held, ("staff.desk.capacity", 44)) == [
        "caseload of the whole staff: 45.0 units of open cases for room for 44.0"
    ]
    assert sentences(*held, ("staff.desk.capacity", 46)) == []


@pytest.mark.parametrize(
    ("stream", "offered"),
    [
        ({"rate": {"Mon-Fri 09:00-17:00": "8 per hour", "Mon 09:00-10:00": "8 per hour"}}, 8 * 41 / 168),
        ({"rate": "2 per hour", "growth": 1.1}, 2 * sum(1.1 ** (day / 7) for day in range(28)) / 28),
        ({"surge": 1344, "at": "2026-03-10T10:00"}, 2.0),
        ({"surge": 1344, "at": "2026-03-29T00:00", "over": "2 d"}, 1.0),
        ({"every": "1 d", "accounts": {"gold": 1}}, 50 / 24),
        ({"every": "1 d", "accounts": {"gold": 1}, "at_risk_only": True}, 25 / 24),
    ],
    ids=["hours of the week", "growth", "a surge", "a surge that ends after the window", "recurring work", "accounts at risk"],
)
def test_demand_is_counted_in_the_measured_window(stream, offered):
    (problem,) = preflight(
        changed(
            ("demand.calls", {"types": "call", **stream}),
            ("accounts.gold", {"count": 50, "at_risk": 0.5}),
            ("staff.desk.shifts", "Mon 09:00-10:00"),
        )
    )
    assert problem.offered == pytest.approx(offered)


def test_a_recorded_history_is_counted(tmp_path):
    rows = "\n".join(f"2026-03-{day:02d}T{hour:02d}:00,call" for day in range(2, 30) for hour in range(24))
    (tmp_path / "calls.csv").write_text(f"arrived_at,type\n{rows}\n", encoding="utf-8")
    scenario = changed(("demand.calls", {"types": "call", "trace": "calls.csv"}), ("case_types.call.stages.talk.handle", "2 h"))
    (problem,) = preflight(scenario, tmp_path)
    assert problem.offered == pytest.approx(2.0)


def test_open_cases_at_the_start_are_no_rate():
    assert sentences(("demand.calls", {"types": "call", "open_cases": 10_000})) == []


def test_nobody_and_nothing_are_no_problem_of_load():
    assert sentences(("staff.desk.count", 0)) == []
    assert sentences(("demand", {})) == []


def test_the_people_and_the_mean_of_their_weekly_hours_are_named():
    desk = {"count": 3, "capacity": 1, "shifts": "Mon-Fri 09:00-17:00"}
    part_time = {"capacity": 1, "shifts": "Mon-Fri 09:00-13:00"}
    # 3 × 40 + 20 = 140 hours a week, 35 each, and 140 / 168 = 0.83 erlangs.
    assert sentences(("staff", {"desk": desk, "part_time": part_time})) == [
        "the whole staff: 0.90 erlangs of work for 0.83 of staff (4 people, 35 hours a week each, of 168)"
    ]


def test_work_for_which_there_is_nobody_says_so():
    assert sentences(("staff.desk", {"count": 1, "capacity": 1, "last_day": "2026-01-01"})) == [
        "the whole staff: 0.90 erlangs of work for 0.00 of staff (nobody)"
    ]

"""Hypothesis strategies for small scenarios in which everything happens that the engine knows of.

The vocabularies are small, so that rules are met and broken often; times are short, so that a few days see whole lives of cases.
"""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from caserouter.simulation.language.scenario import Scenario

Strategy = st.SearchStrategy[Any]

SKILLS = ("claims", "tax")
PLACES = ("NJ", "NY")
ADJUSTERS = (
    {"kind": "adjuster", "jurisdictions": ["any"]},
    {"kind": "adjuster", "jurisdictions": ["NY"], "valid_until": "2026-03-07"},
    {"kind": "adjuster", "jurisdictions": ["NJ", "NY"], "valid_from": "2026-03-08"},
)
SHIFTS = ("", "", "daily 09:00-12:00, 13:00-17:00", "daily 22:00-06:00", "Sat 00:30-05:00; Sun 06:00-20:00", "daily 08:00-09:00")
POLICIES = ("first_eligible", "least_loaded", "longest_idle", "most_specialised", "fastest", "random", "round_robin", "priced")
SEQUENCING = ("fifo", "earliest_due", "priority_then_due", "shortest_expected")
RELAXATIONS = ("skill", "proficiency", "language", "off_shift", "intake_limit")


def seldom(strategy: Strategy, otherwise: Any = None) -> Strategy:
    """`strategy` one time in four."""
    return st.sampled_from((False, False, False, True)).flatmap(lambda drawn: strategy if drawn else st.just(otherwise))


@cache
def timings(most: float = 4.0) -> Strategy:
    """A random or constant time of up to so many hours on average."""
    means = st.floats(0.01, most)
    exponential = means.map(lambda mean: {"shape": "exponential", "mean": mean, "cv": 1.0})
    lognormal = means.map(lambda mean: {"shape": "lognormal", "mean": mean, "cv": 0.7})
    return exponential | lognormal | st.sampled_from((0.0, 0.25, 1.0, most)).map(lambda mean: {"mean": mean})


@st.composite
def stages(draw: st.DrawFn) -> dict[str, Any]:
    """A walk of up to four stages that begins with a contact, goes on forwards, and sometimes takes a step back."""
    names = [f"stage-{k}" for k in range(draw(st.integers(1, 4)))]
    found = {}
    for k, name in enumerate(names):
        by = draw(st.sampled_from(("owner", "anyone") if k == 0 else ("owner", "owner", "anyone", "department", "customer")))
        forwards = draw(st.lists(st.sampled_from([*names[k + 1 :], "resolved"]), min_size=1, max_size=2, unique=True))
        back = draw(seldom(st.sampled_from(names[: k + 1])))
        shares = dict.fromkeys(forwards, (0.7 if back else 1.0) / len(forwards))
        stage = {"by": by, "handle": draw(timings(2.0)), "next": shares | ({back: 0.3} if back else {})}
        found[name] = stage | draw(_work() if by in {"owner", "anyone"} else _elsewhere(by))
    return found


@cache
def _work() -> Strategy:
    """What only contacts have."""
    commitment = st.fixed_dictionaries(
        {"within": st.floats(0.5, 12.0), "lead": st.floats(0.0, 6.0), "probability": st.sampled_from((0.5, 1.0))}
    )
    return st.fixed_dictionaries(
        {
            "documentation": seldom(timings(0.5), {"mean": 0.0}),
            "customer_facing": st.sampled_from((True, True, False)),
            "decides": st.booleans(),
            "skills": seldom(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), min_size=1, max_size=1), {}),
            "commitment": seldom(commitment),
        }
    )


def _elsewhere(by: str) -> Strategy:
    return st.fixed_dictionaries({"department": st.sampled_from(("lab", "legal"))}) if by == "department" else st.just({})


@cache
def case_types() -> Strategy:
    """A case type; it may ask for anything that a case can ask for."""
    target = st.fixed_dictionaries({"within": st.floats(0.5, 30.0), "clock": st.sampled_from(("business", "calendar"))})
    money = {"action": "refund", "amount": {"shape": "lognormal", "mean": "100 USD", "cv": 0.8}}
    asked = st.fixed_dictionaries(
        {
            "weight": st.integers(1, 3),
            "priority": st.integers(1, 5),
            "assignment": st.sampled_from(("per_case", "per_case", "per_contact")),
            "skills": seldom(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), min_size=1, max_size=2), {}),
            "credentials": st.sampled_from(([], ["adjuster"])),
            "jurisdictions": st.just({"NY": 2, "NJ": 1}),
            "languages": seldom(st.just({"en": 2, "es": 1}), {}),
            "risk_flags": seldom(st.just({"legal": 0.3, "executive": 0.3}), {}),
            "first_response": st.none() | target,
            "resolution": st.none() | st.builds(dict, target, pauses_on_customer=st.booleans()),
            "stages": stages(),
            "patience": seldom(timings(10.0)),
            "reopening": seldom(
                st.fixed_dictionaries({"probability": st.just(0.4), "after": timings(6.0), "window": st.just(12.0)})
            ),
            "chase": seldom(
                st.fixed_dictionaries(
                    {"after": st.floats(0.5, 8.0).map(lambda mean: {"shape": "exponential", "mean": mean, "cv": 1.0})}
                )
            ),
            "confirmation": seldom(st.fixed_dictionaries({"after": st.floats(0.0, 20.0), "handle": timings(0.5)})),
        }
    )
    return st.builds(_deciding, asked, st.sampled_from(({}, money)))


def _deciding(asked: dict[str, Any], money: dict[str, Any]) -> dict[str, Any]:
    """A case type with an action has a stage that decides it."""
    if not money:
        return asked
    first, *_ = asked["stages"]
    return asked | money | {"stages": asked["stages"] | {first: asked["stages"][first] | {"decides": True}}}


@cache
def groups() -> Strategy:
    """A staff group."""
    leave = st.sampled_from(("2026-03-07", "2026-03-08..2026-03-20"))
    return st.fixed_dictionaries(
        {
            "count": seldom(st.just(0), 1) | st.integers(1, 3),
            "team": st.sampled_from((None, "east")),
            "role": st.sampled_from(("specialist", "manager")),
            "skills": st.fixed_dictionaries({"claims": st.integers(2, 5), "tax": st.integers(1, 5)}),
            "credentials": st.lists(st.sampled_from(ADJUSTERS), min_size=1, max_size=2),
            "authority": st.sampled_from(({}, {"refund": "100 USD"}, {"refund": "unlimited"})),
            "languages": st.sampled_from((["en"], ["en", "es"])),
            "capacity": st.sampled_from((1, 3, 6, 9)),
            "intake": seldom(st.fixed_dictionaries({"limit": st.integers(1, 4), "window_hours": st.sampled_from((4.0, 24.0))})),
            "shifts": st.sampled_from(SHIFTS),
            "blocks": seldom(st.just({"training": "daily 10:00-11:00"}), {}),
            "leave": seldom(leave, ()),
            "sick_probability": seldom(st.just(0.4), 0.0),
            "first_day": seldom(st.just("2026-03-07")),
            "last_day": seldom(st.just("2026-03-07")),
            "handle_factor": st.sampled_from((1.0, 1.0, 0.5, 2.0)),
            "accept": seldom(timings(1.0)),
            "declines": seldom(st.just(0.5), 0.0),
        }
    )


@cache
def routings() -> Strategy:
    """How cases are routed and worked."""
    relaxation = st.fixed_dictionaries({"after_hours": st.sampled_from((0.0, 2.0, 10.0)), "price": st.just(10.0)})
    settings = st.fixed_dictionaries(
        {
            "reach_hours": st.sampled_from((0.0, 2.0, 8.0, 24.0)),
            "relaxations": seldom(st.dictionaries(st.sampled_from(RELAXATIONS), relaxation, max_size=2), {}),
            "team_caps": seldom(st.just({"east": 4}), {}),
            "approval": st.sampled_from(({}, {}, None)),
            "reserve": seldom(st.booleans(), otherwise=False),
        }
    )
    review = {"department": "legal", "handle": {"shape": "exponential", "mean": 1.0, "cv": 1.0}}
    return st.fixed_dictionaries(
        {
            "policy": st.sampled_from(POLICIES),
            "settings": settings,
            "order": st.sampled_from(("urgency", "urgency", "shortest_expected", "random")),
            "sequencing": st.sampled_from(SEQUENCING),
            "parked_factor": st.sampled_from((0.0, 0.5, 1.0)),
            "at_shift_end": st.sampled_from(("finish", "suspend")),
            "long_absence": st.sampled_from((20.0, 96.0)),
            "accept_within": st.sampled_from((None, 0.5)),
            "decline_for": st.just(3.0),
            "reviews": st.just({"legal": review}),
        }
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Three days around a change of the clock in New York, on Sunday 2026-03-08 at 02:00."""
    types = {f"type-{k}": one for k, one in enumerate(draw(st.lists(case_types(), min_size=1, max_size=2)))}
    return Scenario.model_validate(
        {
            "name": "drawn",
            "start": "2026-03-06T12:00",
            "time_zone": draw(st.sampled_from(("America/New_York", "UTC"))),
            "holidays": draw(seldom(st.just(["2026-03-06"]), [])),
            "business_hours": draw(st.sampled_from(("", "Fri-Mon 09:00-17:00"))),
            "window": {"warm_up": draw(st.sampled_from((0.0, 12.0))), "length": 40.0, "tail": draw(st.sampled_from((0.0, 30.0)))},
            "case_types": types,
            "accounts": {"gold": {"count": 2, "owners": draw(st.sampled_from(([], ["team-0"])))}},
            "departments": {"lab": draw(_departments()), "legal": draw(_departments())},
            "staff": {f"team-{k}": one for k, one in enumerate(draw(st.lists(groups(), min_size=2, max_size=3)))},
            "routing": draw(routings()),
            "abandoned": draw(st.sampled_from(("missed", "met_if_before_target", "excluded"))),
            "demand": {
                "post": {"types": dict.fromkeys(types, 1), "rate": draw(st.sampled_from((0.2, 0.6))), "accounts": "gold"},
                "surge": {"types": dict.fromkeys(types, 1), "surge": draw(st.integers(0, 6)), "at": "2026-03-07T09:00"},
                "backlog": {"types": dict.fromkeys(types, 1), "open_cases": draw(st.integers(0, 4))},
            },
            "seed": draw(st.integers(0, 1000)),
        }
    )


@cache
def _departments() -> Strategy:
    hours = st.sampled_from(("", "daily 10:00-12:00"))
    return st.fixed_dictionaries(
        {"staff": st.sampled_from((None, 1, 2)), "hours": hours, "order": st.sampled_from(("fifo", "priority"))}
    )

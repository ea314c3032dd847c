"""Which routing policy?

The priced policy against every usual rule, in three worlds of ten people, at an offered load of 0.8, 0.9 and 0.95 of their hours:

- pooled: everybody may do everything, and is equally good at it;
- scarce credential: nine in a hundred cases, a sixth of the work, ask for a licence that two of the ten hold, who do all the rest as well,
  and better than the others;
- bottleneck: two seniors, better than the others, hold cases like them and approve what is beyond the others' authority.

The load counts each hour of work at the eight's proficiency. All policies see the same cases, so that differences are paired; the intervals
hold for all rules and measures of a world and load at once.

Run `python sims/routing_policies.py`; `--smoke` runs a tiny version.
"""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caserouter import Scenario, compare, vary
from study import COLOURS, Study

LOADS = (0.8, 0.9, 0.95)
RULES = ("random", "round_robin", "longest_idle", "least_loaded", "most_specialised", "fastest", "first_eligible")
TARGETS: tuple[dict[str, Any], ...] = (
    {"measure": "service_level_first_response", "at_least": 0.9},
    {"measure": "waiting_time_mean", "at_most": 8},
    {"measure": "time_to_resolution_mean", "at_most": 60},
)
"""What is compared."""
CALIBRATED = "priced at κ = 1500"
VARIANTS: dict[str, dict[str, Any]] = {rule: {"policy": rule} for rule in RULES} | {
    CALIBRATED: {"policy": "priced", "settings": {"prices": {"scarcity": 1500.0}}}
}
"""The usual rules, and the priced policy with a dearer price of scarcity than its default."""

OUTCOMES = {"worse": "wins", "better": "loses", "same": "ties", "unclear": "ties"}
"""What a verdict on another policy says of the priced one."""

STAFFED = 37.5
"""Hours of each person in a week."""

PERSON = {"capacity": 12, "shifts": "Mon-Fri 09:00-12:30, 13:00-17:00", "skills": {"service": 3}}
EXPERT = PERSON | {"skills": {"service": 4}}
SHORT, LONG = 5 / 6, 5 / 2
"""Mean hours of work in a case of each type: two calls of 25 minutes, or of 75."""


def case_type(minutes: int, **more: Any) -> dict[str, Any]:
    """Calls of so many minutes, two on average, with a day or so of waiting for the customer in between."""
    call = {"handle": f"lognormal({minutes} min, cv=0.8)", "next": {"customer": 0.5, "resolved": 0.5}}
    customer = {"by": "customer", "handle": "lognormal(1 d, cv=0.8)", "next": "call"}
    return {
        "skills": {"service": 2},
        "first_response": {"within": "2 h", "clock": "business"},
        "resolution": {"within": "40 h", "clock": "business", "pauses_on_customer": True},
        "stages": {"call": call, "customer": customer},
        **more,
    }


def pooled() -> tuple[dict[str, Any], float]:
    """The world's own part, and the mean hours of work in a case."""
    return {
        "case_types": {"short": case_type(25), "long": case_type(75, weight=2)},
        "demand": {"customers": {"types": {"short": 0.7, "long": 0.3}}},
        "staff": {"team": PERSON | {"count": 10}},
    }, 0.7 * SHORT + 0.3 * LONG


def scarce_credential() -> tuple[dict[str, Any], float]:
    """As `pooled`."""
    return {
        "case_types": {
            "short": case_type(25),
            "long": case_type(75, weight=2),
            "securities": case_type(75, weight=2, credentials=["series_7"]),
        },
        "demand": {"customers": {"types": {"short": 0.7, "long": 0.21, "securities": 0.09}}},
        "staff": {"team": PERSON | {"count": 8}, "licensed": EXPERT | {"count": 2, "credentials": [{"kind": "series_7"}]}},
        "targets": [*TARGETS, {"measure": "service_level_first_response", "case_type": "securities", "at_least": 0.9}],
    }, 0.7 * SHORT + 0.3 * LONG


def bottleneck() -> tuple[dict[str, Any], float]:
    """As `pooled`."""
    short, long = case_type(25), case_type(75, weight=2)
    for one in (short, long):
        one |= {"action": "refund", "amount": "lognormal(200 USD, cv=1)"}
        one["stages"]["call"]["next"] = {"customer": 0.5, "decision": 0.5}
        one["stages"]["decision"] = {"handle": "10 min", "customer_facing": False, "decides": True}
    return {
        "case_types": {"short": short, "long": long},
        "demand": {"customers": {"types": {"short": 0.7, "long": 0.3}}},
        "staff": {
            "juniors": PERSON | {"count": 8, "authority": {"refund": "200 USD"}},
            "seniors": EXPERT | {"count": 2, "authority": {"refund": "unlimited"}},
        },
        "routing": {"approval": "15 min"},
    }, 0.7 * SHORT + 0.3 * LONG + 1 / 6 + 0.8 * APPROVED / 4


APPROVED = 0.338
"""P(amount > 200 USD) of the amounts above: 1 − Φ(√ln 2 ÷ 2)."""

WORLDS = {"pooled": pooled, "scarce credential": scarce_credential, "bottleneck": bottleneck}


def main() -> None:
    """Run the study, print its table and save its figure."""
    study = Study.from_command_line(__doc__)
    cells = [(world, load) for world in WORLDS for load in LOADS][: 1 if study.smoke else None]
    table = pd.concat([differences(study, world, load) for world, load in cells], ignore_index=True)
    columns = ["world", "load", "measure", "group", "variant", "base", "value", "difference", "half_width", "verdict"]
    print(table[columns].to_string(index=False, float_format="{:.3f}".format))
    print(
        table.pivot_table(
            index=["world", "load", "measure"], columns="priced", values="difference", aggfunc="count", fill_value=0
        )
    )
    study.save(figure(table), "routing_policies")


def differences(study: Study, world: str, load: float) -> pd.DataFrame:
    """Each usual rule less the priced policy, in one world at one load."""
    base = scenario(world, load, study.smoke)
    variants = [vary(base, {"name": name, "routing": routing}) for name, routing in VARIANTS.items()]
    what = study.following(f"{world}, load {load:g}")
    answer = compare(base, variants, replications=study.replications(20), jobs=study.jobs, progress=what)
    table = answer.differences.query("family == 'targets'")
    outcome = table["verdict"].astype(str).map(OUTCOMES)
    return table.assign(world=world, load=load, priced=outcome)


def scenario(world: str, load: float, smoke: bool) -> Scenario:
    """A world at an offered load, under the priced policy."""
    parts, hours_per_case = WORLDS[world]()
    per_week = load * STAFFED * sum(group["count"] for group in parts["staff"].values()) / hours_per_case
    parts["demand"]["customers"]["rate"] = {"Mon-Fri 09:00-17:00": f"{per_week / 40:.6f} per hour"}
    return Scenario.model_validate(
        {
            "name": "priced",
            "start": "2026-01-05T00:00",
            "business_hours": "Mon-Fri 09:00-17:00",
            "window": {"warm_up": "1 week", "length": "1 week"} if smoke else {"warm_up": "2 weeks", "length": "5 weeks"},
            "targets": TARGETS,
            **parts,
        }
    )


def figure(table: pd.DataFrame) -> Figure:
    """By how much the priced policy is ahead of each other one; a panel per world, and one for the cases that ask for the licence."""
    kept = table[table["group_by"] == "all"]
    panels = [(world, kept[kept["world"] == world], "waiting_time_mean", 1.0) for world in WORLDS]
    panels.append(
        ("scarce credential: licensed cases", table[table["group_by"] == "case_type"], "service_level_first_response", -100.0)
    )
    drawn, all_axes = plt.subplots(1, len(panels), figsize=(13, 3.8), layout="constrained", sharey=True)
    for axes, (title, rows, measure, scale) in zip(all_axes, panels, strict=True):
        for number, (colour, load) in enumerate(zip(COLOURS, LOADS, strict=False)):
            draw(axes, rows[(rows["measure"] == measure) & (rows["load"] == load)], scale, 0.2 * (number - 1), colour)
        axes.axvline(0, color="0.6", linewidth=0.8)
        axes.set(title=title, xlabel="hours of waiting saved" if scale > 0 else "points of first response gained")
        axes.set_yticks(range(len(VARIANTS)), [name.replace("_", " ") for name in VARIANTS])
        axes.spines[["top", "right"]].set_visible(False)
    all_axes[0].legend([f"load {load:g}" for load in LOADS], frameon=False, loc="lower right")
    return drawn


def draw(axes: Axes, rows: pd.DataFrame, scale: float, shift: float, colour: str) -> None:
    """One load: a point and an interval per policy."""
    place = [list(VARIANTS).index(name) + shift for name in rows["variant"]]
    axes.errorbar(scale * rows["difference"], place, xerr=abs(scale) * rows["half_width"], color=colour, fmt="o", markersize=4)


if __name__ == "__main__":
    main()

"""How many cases should a specialist hold at a time?

Twelve case managers, four of them half as fast again as the other eight. A case is some calls with days of waiting for the customer in
between, so that a manager has to hold many to be busy at all. The cap on the caseload runs from too few to no cap to speak of, under three
ways of giving out cases: in turn, to the emptiest book, and by price.

Run `python sims/caseload_caps.py`; `--smoke` runs a tiny version.
"""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from caserouter import Scenario, simulate, vary
from study import COLOURS, Study

CAPS = (20, 22, 24, 26, 28, 32, 40, 60)
POLICIES = {"round_robin": "in turn", "least_loaded": "to the emptiest book", "priced": "by price"}
MEASURES = (
    "service_level_first_response",
    "service_level_resolution",
    "waiting_time_mean",
    "wait_unassigned_mean",
    "wait_in_book_mean",
    "time_to_resolution_p90",
    "occupancy",
    "caseload_mean",
    "caseload_spread",
)
"""What the study looks at."""

WORLD = Scenario.model_validate(
    {
        "name": "caseload-caps",
        "start": "2026-01-05T00:00",
        "window": {"warm_up": "4 weeks", "length": "8 weeks", "tail": "4 weeks"},
        "business_hours": "Mon-Fri 09:00-17:30",
        "case_types": {
            "case": {
                "first_response": {"within": "8.5 h", "clock": "business"},
                "resolution": {"within": "14 d"},
                "stages": {
                    "call": {
                        "handle": "lognormal(25 min, cv=0.7)",
                        "documentation": "5 min",
                        "next": {"customer": 0.667, "resolved": 0.333},
                    },
                    "customer": {"by": "customer", "handle": "lognormal(60 h, cv=0.8)", "next": "call"},
                },
            }
        },
        "demand": {"customers": {"types": "case", "rate": {"Mon-Fri 09:00-17:00": "7.2 per hour"}, "busy_day_cv": 0.15}},
        "staff": {
            name: {
                "count": count,
                "capacity": 20,
                "handle_factor": factor,
                "sick_probability": 0.03,
                "shifts": "Mon-Fri 09:00-12:30, 13:00-17:30",
                "blocks": {"coaching": "Wed 16:30-17:30"},
            }
            for name, count, factor in (("quick", 4, 0.75), ("steady", 8, 1.125))
        },
    }
)


def main() -> None:
    """Run the study, print its table and save its figure."""
    study = Study.from_command_line(__doc__)
    runs = [(policy, cap) for policy in POLICIES for cap in ((22, 60) if study.smoke else CAPS)]
    table = pd.DataFrame([{"policy": policy, "cap": cap, **results(study, policy, cap)} for policy, cap in runs])
    print(table.to_string(index=False, float_format="{:.3f}".format))
    study.save(figure(table), "caseload_caps")


def results(study: Study, policy: str, cap: int) -> dict[str, float]:
    """Estimate and half-width of each measure for one policy and cap."""
    staff = {group: {"capacity": cap} for group in WORLD.staff}
    window = {"warm_up": "1 week", "length": "1 week"} if study.smoke else {}
    scenario = vary(WORLD, {"window": window, "routing": {"policy": policy}, "staff": staff})
    what = study.following(f"cases given out {POLICIES[policy]}, at most {cap} each")
    answer = simulate(scenario, replications=study.replications(20), jobs=study.jobs, progress=what)
    overall = answer.summary.query("group_by == 'all'").set_index("measure")
    return {name: overall.loc[name, "estimate"] for name in MEASURES} | {
        f"{name}_half_width": overall.loc[name, "half_width"] for name in MEASURES[:2]
    }


def figure(table: pd.DataFrame) -> Figure:
    """Both service levels and the two waits against the cap."""
    drawn, panels = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    for colour, (policy, words) in zip(COLOURS, POLICIES.items(), strict=False):
        rows = table[table["policy"] == policy]
        for axes, measure in zip(panels, MEASURES[:2], strict=False):
            width = 100 * rows[f"{measure}_half_width"]
            axes.errorbar(rows["cap"], 100 * rows[measure], width, color=colour, marker="o", markersize=4, label=words)
        panels[2].plot(rows["cap"], rows["wait_unassigned_mean"], color=colour, linestyle=":")
        panels[2].plot(rows["cap"], rows["wait_in_book_mean"], color=colour)
    panels[0].set(ylabel="first response within a day, per cent", ylim=(0, 101))
    panels[1].set(ylabel="resolved within 14 days, per cent", ylim=(0, 101))
    panels[2].set(ylabel="hours per case: unassigned (dotted), in the book", ylim=(0, 40))
    panels[0].legend(frameon=False, title="cases are given out")
    for axes in panels:
        axes.set(xlabel="cap on the caseload")
        axes.spines[["top", "right"]].set_visible(False)
    return drawn


if __name__ == "__main__":
    main()

"""What is one more licence worth?

The claims desk of `scenarios/insurance-escalations.yaml`. One person who is there already gets a licence for another state or line, one
change at a time, and each is compared with the desk as it is, on the same cases. One more person, with and without the scarce licence, is the
yardstick.

Run `python sims/one_more_licence.py`; `--smoke` runs a tiny version.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from caserouter import Scenario, compare, load_scenario, vary
from study import COLOURS, Study

DESK = Path(__file__).parents[1] / "scenarios" / "insurance-escalations.yaml"
MEASURES = ("service_level_first_response", "service_level_resolution", "time_to_resolution_mean", "chases_per_case")
"""What the study looks at."""


def main() -> None:
    """Run the study, print its table and save its figure."""
    study = Study.from_command_line(__doc__)
    desk = load_scenario(DESK)
    if study.smoke:
        desk = vary(desk, {"window": {"warm_up": "1 week", "length": "1 week", "tail": "1 week"}})
    variants = changes(desk)[: 2 if study.smoke else None]
    answer = compare(
        desk, variants, replications=study.replications(14), jobs=study.jobs, progress=study.following("one more licence")
    )
    table = answer.differences.query("group_by == 'all' and measure in @MEASURES")
    columns = ["measure", "variant", "base", "value", "difference", "half_width", "verdict"]
    print(table[columns].to_string(index=False, float_format="{:.4f}".format))
    study.save(figure(table), "one_more_licence")


def changes(desk: Scenario) -> list[Scenario]:
    """Every variant, named as the figure names it."""
    florida = {"kind": "property_casualty", "jurisdictions": ["FL"]}
    found = {
        "Florida for one in the east": licensed(desk, "east", florida),
        "Florida for one in the centre": licensed(desk, "central", florida),
        "Texas for one in the east": licensed(desk, "east", {"kind": "property_casualty", "jurisdictions": ["TX"]}),
        "New York for one in the west": licensed(desk, "west", {"kind": "property_casualty", "jurisdictions": ["NY"]}),
        "Health for one in life": licensed(desk, "life", {"kind": "health"}),
        "Health and its skill for one in life": licensed(desk, "life", {"kind": "health"}, skills={"medical_claims": 3}),
        "one more in the east": vary(desk, {"staff": {"east": {"count": desk.staff["east"].count + 1}}}),
        "one more in the east, with Florida": licensed(desk, "east", florida, hired=1),
    }
    return [vary(scenario, {"name": words}) for words, scenario in found.items()]


def licensed(desk: Scenario, group: str, credential: dict, *, skills: dict | None = None, hired: int = 0) -> Scenario:
    """The desk with one member of `group`, there already or `hired`, who holds `credential` as well."""
    member = desk.staff[group].model_dump(mode="json", exclude_unset=True)
    member |= {"count": 1, "credentials": [*member["credentials"], credential], "skills": member["skills"] | (skills or {})}
    others = desk.staff[group].count - 1 + hired
    return vary(desk, {"staff": {group: {"count": others}, f"{group}_licensed": member}})


def figure(table: pd.DataFrame) -> Figure:
    """Difference of both service levels, by variant."""
    drawn, panels = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained", sharey=True)
    for axes, colour, measure in zip(panels, COLOURS, MEASURES[:2], strict=False):
        rows = table[table["measure"] == measure].iloc[::-1]
        axes.errorbar(
            100 * rows["difference"], rows["variant"], xerr=100 * rows["half_width"], color=colour, marker="o", linestyle="none"
        )
        axes.axvline(0, color="0.6", linewidth=0.8)
        axes.set(xlabel=f"{measure.removeprefix('service_level_').replace('_', ' ')} within target, points more")
        axes.spines[["top", "right"]].set_visible(False)
    return drawn


if __name__ == "__main__":
    main()

"""The results of a comparison as tables in the terminal."""

from rich.console import Console

from caserouter.reporting.comparison_page import TONES, difference_rows, fewer_runs_text
from caserouter.reporting.measure_words import label_of
from caserouter.reporting.simulation_tables import plain_table
from caserouter.reporting.units import shown_interval, shown_value
from caserouter.simulation.comparison import ComparisonAnswer
from caserouter.simulation.differences import TARGETS

_STYLES = {"good": "green", "bad": "red"}


def print_comparison(console: Console, answer: ComparisonAnswer) -> None:
    """A table of differences per variant, the targets' measures first."""
    console.print(f"{answer.num_replications} replications of each; differences are paired", style="bold")
    for name in answer.names[1:]:
        console.print()
        _print_differences(console, answer, name)
    console.print()
    console.print(
        "Intervals hold at once with 95 %, those of targets (*) together and those of the others together. The last column "
        "is how many times more replications the same intervals would take without pairing.",
        soft_wrap=True,
    )


def _print_differences(console: Console, answer: ComparisonAnswer, variant: str) -> None:
    columns = ("measure", "base", "variant", "difference", "95 % interval", "verdict", "fewer runs")
    table = plain_table(columns, title=f"{variant} against {answer.names[0]}", left=("verdict",))
    for row in difference_rows(answer, variant):
        unit = row["unit"]
        star = "* " if row["family"] == TARGETS else ""
        table.add_row(
            f"{star}{label_of(row['measure'], row['group'])}",
            shown_value(row["base"], unit),
            shown_value(row["value"], unit),
            shown_value(row["difference"], unit, sign=True),
            shown_interval(row["low"], row["high"], unit, sign=True),
            row["verdict"],
            fewer_runs_text(row),
            style=_STYLES.get(TONES.get(row["verdict"], "")),
        )
    console.print(table)

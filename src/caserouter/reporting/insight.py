"""What the queue as a whole says: what is short, what capacity is worth, which prices matter."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from caserouter.routing.sensitivity import PriceChange, Sensitivity
from caserouter.routing.shortage import Shortage

MOST = 10
"""Requirements and people shown; the JSON document has all of them."""


def print_shortage(console: Console, shortage: Shortage, currency: str) -> None:
    """The requirements that leave most cases waiting, and what one more unit of each person's capacity is worth."""
    short = [one for one in shortage.requirements if one.places or one.lacking or one.num_waiting]
    table = _table("What is short", ("requirement", "cases", "work", "people", "room", "lacking", "waiting", "places if dropped"))
    for one in short[:MOST]:
        counts = (one.num_cases, one.work, one.num_specialists, one.room, one.lacking, one.num_waiting, one.places)
        table.add_row(f"{one.kind} {one.name}", *map(str, counts))
    console.print(table)
    if not short:
        console.print("nothing: every requirement has room", soft_wrap=True)
    if shortage.capacity:
        worth = ", ".join(f"{one.specialist} {one.worth:,.2f}" for one in shortage.capacity[:MOST])
        console.print(
            f"One more unit of capacity would save, in {currency} (an LP estimate, one-sided: for more capacity only): {worth}",
            soft_wrap=True,
        )


def print_sensitivity(console: Console, sensitivity: Sensitivity, currency: str) -> None:
    """How many decisions change when each price is halved and doubled."""
    table = _table("Which prices matter", ("price", "changed at ½", "regret", "changed at 2 ×", "regret"))
    by_price: dict[str, list[PriceChange]] = {}
    for change in sensitivity.changes:
        by_price.setdefault(change.price, []).append(change)
    for name, changes in by_price.items():
        table.add_row(name, *_cells(changes, 0.5), *_cells(changes, 2.0))
    console.print(table)
    noise = f"Another seed alone changes {sensitivity.num_changed_by_seed} of {sensitivity.num_cases} decisions"
    console.print(
        f"{noise}; regret is what today's decisions would cost more if the changed price were the right one, in {currency}.",
        soft_wrap=True,
    )
    if not sensitivity.complete:
        console.print("Interrupted: the prices not listed were not tried.", soft_wrap=True)


def _cells(changes: Sequence[PriceChange], factor: float) -> tuple[str, str]:
    """Decisions changed and regret at `factor`; blank if it was not tried."""
    found = next((change for change in changes if change.factor == factor), None)
    return (str(found.num_changed), f"{found.regret:,.2f}") if found else ("", "")


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left", title_style="bold")
    for position, name in enumerate(columns):
        table.add_column(name, justify="right" if position else "left", no_wrap=True)
    return table

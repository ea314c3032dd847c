"""What the queue as a whole says."""

import io

from rich.console import Console

from caserouter.reporting.insight import print_sensitivity, print_shortage
from caserouter.routing.sensitivity import PriceChange, Sensitivity
from caserouter.routing.shortage import CapacityWorth, RequirementShortage, Shortage


def shown(printer, *arguments) -> list[str]:
    out = io.StringIO()
    printer(Console(file=out, width=120, markup=False, highlight=False), *arguments)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_shortages_with_room_are_left_out():
    scarce = RequirementShortage("credential", "series_7@NY", 4, 12, 1, 5, 2, 1)
    plenty = RequirementShortage("skill", "claims at 2", 9, 9, 8, 80, 0, 0)
    shortage = Shortage((scarce, plenty), (CapacityWorth("S-1", "Ana", 41.5),))
    assert shown(print_shortage, shortage, "USD") == [
        "What is short",
        "requirement             cases  work  people  room  lacking  waiting  places if dropped",
        "credential series_7@NY      4    12       1     5        7        2                  1",
        "One more unit of capacity would save, in USD (an LP estimate, one-sided: for more capacity only): S-1 41.50",
    ]


def test_nothing_short_is_said_so():
    assert shown(print_shortage, Shortage((), ()), "USD")[-1] == "nothing: every requirement has room"


def test_prices_that_matter():
    changes = (PriceChange("breach", 0.5, 3, 10, -40.0, 1.5), PriceChange("breach", 2.0, 5, 10, 80.0, 2.5))
    *table, noise, last = shown(print_sensitivity, Sensitivity(12, 10, 1, changes, complete=False), "USD")
    assert table == [
        "Which prices matter",
        "price   changed at ½  regret  changed at 2 ×  regret",
        "breach             3    1.50               5    2.50",
    ]
    assert noise.startswith("Another seed alone changes 1 of 12 decisions; regret is what ")
    assert last == "Interrupted: the prices not listed were not tried."

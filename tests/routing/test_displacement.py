"""The cheapest cases to displace, against every subset."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from caserouter.routing.displacement import cheapest_cover

ITEMS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 50)), max_size=7)


@given(items=ITEMS, needed=st.integers(1, 15))
def test_no_subset_that_frees_enough_is_cheaper(items, needed):
    frees, price = [freed for freed, _ in items], [float(cost) for _, cost in items]
    chosen = cheapest_cover(frees, price, needed)
    subsets = [subset for size in range(len(items) + 1) for subset in combinations(range(len(items)), size)]
    enough = [sum(price[k] for k in subset) for subset in subsets if sum(frees[k] for k in subset) >= needed]
    if chosen is None:
        assert not enough
        return
    assert sum(frees[k] for k in chosen) >= needed
    assert sum(price[k] for k in chosen) == min(enough)


def test_two_light_cases_may_be_cheaper_than_one_heavy_one():
    assert cheapest_cover([3, 1, 2], [90.0, 20.0, 30.0], 3) == (1, 2)

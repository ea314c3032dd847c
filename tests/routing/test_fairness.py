"""The cost of a book's load: convex, four pieces, the same per unit and in total."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caserouter.routing.fairness import load_cost, unit_prices


def test_a_full_book_costs_the_price_and_half_a_book_a_quarter_of_it():
    load, capacity = np.array([0, 4, 8]), np.array([8, 8, 8])
    assert load_cost(load, capacity, 40.0).tolist() == [0.0, 10.0, 40.0]


def test_a_book_of_no_size_costs_nothing():
    assert load_cost(np.array([3]), np.array([0]), 40.0).tolist() == [0.0]
    indptr, prices = unit_prices(np.array([3]), np.array([0]), np.array([0]), 40.0)
    assert (indptr.tolist(), prices.tolist()) == ([0, 0], [])


@given(capacity=st.integers(1, 60), load=st.integers(0, 70), further=st.integers(0, 60))
def test_unit_prices_rise_in_at_most_four_steps_and_add_up_to_the_cost_of_the_load(capacity, load, further):
    books = np.array([load]), np.array([further]), np.array([capacity])
    indptr, prices = unit_prices(*books, 40.0)
    assert indptr.tolist() == [0, further]
    assert (np.diff(prices) >= 0).all()
    if load + further <= capacity:
        assert len(np.unique(prices)) <= 4
        total = load_cost(np.array([load + further]), books[2], 40.0) - load_cost(books[0], books[2], 40.0)
        assert prices.sum() == pytest.approx(total[0])

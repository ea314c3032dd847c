"""Fairness: the cost of a book's load, convex in caseload ÷ capacity, so that the fuller book pays more for the next unit.

The cost follows price × (caseload ÷ capacity)² in four straight pieces, one per quarter of the book: within a piece every unit
costs the same, which is what the solvers need, and online decisions use the same pieces.
"""

import numpy as np
from numpy.typing import NDArray

from caserouter.routing.problem import IntArray

FloatArray = NDArray[np.float64]

PIECES = 4
"""Straight pieces of the cost of a book."""


def load_cost(load: NDArray[np.number], capacity: IntArray, price: float) -> FloatArray:
    """Cost of books that hold `load` units, in money; near `price` at a full book, and going on at the last slope beyond it.

    Parameters
    ----------
    load, capacity
        Units in each book, and its size; same shape. A book of size 0 costs nothing.
    price
        Money for filling an empty book.
    """
    cost = np.zeros(np.shape(load))
    for piece in range(PIECES):
        begins = -(-piece * capacity // PIECES)
        units = np.maximum(np.asarray(load) - begins, 0)
        cost += units * (1 if piece == 0 else 2)
    cost *= price / (PIECES * np.maximum(capacity, 1)) * (capacity > 0)
    return cost


def unit_prices(load: IntArray, further: IntArray, capacity: IntArray, price: float) -> tuple[IntArray, FloatArray]:
    """Price of each further unit of every book, in money.

    Parameters
    ----------
    load, further, capacity
        Units in each book, units that may be added to it, and its size; shape (num_specialists,).
    price
        Money for filling an empty book.

    Returns
    -------
    indptr
        Start of each book's prices; shape (num_specialists + 1,).
    prices
        One per further unit, not falling within a book, at most four distinct ones, the last slope beyond a full book; shape (sum of
        `further`,).
    """
    indptr = np.concatenate([[0], np.cumsum(further)]).astype(np.int64)
    book = np.repeat(np.arange(len(further)), further)
    unit = np.arange(indptr[-1]) - indptr[book] + load[book]
    size = np.maximum(capacity[book], 1)
    piece = np.minimum(unit * PIECES // size, PIECES - 1)
    return indptr, price * (2 * piece + 1) / (PIECES * size)

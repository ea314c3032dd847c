"""Random numbers that depend on what they are for, never on when they are asked for.

Think of a library of endless books of uniforms, one for every seed, replication, stream and purpose. A draw is a place in a book: the
page is a number within the case, such as that of the contact, and the line is the ordinal of the case. Whoever looks up the same place
reads the same number, so that two scenarios that share a stream share its draws, and a scenario with one stream more leaves those of
the others alone. Philox, a counter-based generator, makes the books as they are read [1]_.

References
----------
.. [1] Salmon, J. K., Moraes, M. A., Dror, R. O., Shaw, D. E. (2011). Parallel random numbers: as easy as 1, 2, 3. SC '11.
"""

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from itertools import islice
from math import log1p, sqrt

import numpy as np
from numpy.random import Philox
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from caserouter.simulation.language.quantities import Shape, Timing

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

BLOCK = 256
"""Draws that are made at a time; how many changes no draw."""

_SHIFT = BLOCK.bit_length() - 1
_WITHIN = BLOCK - 1
_STEPS = BLOCK // 4
"""Philox makes four numbers per step of its counter."""

_MAX_BLOCKS = 16_384
_UNUSED_BITS = np.uint64(12)


class Draws:
    """The uniforms of one replication.

    Parameters
    ----------
    seed, replication
        Each 0 or more.
    """

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication
        self._keys: dict[tuple[str, str], NDArray[np.uint64]] = {}
        self._philox = Philox(key=0)
        self._state = self._philox.state

    def block(self, stream: str, purpose: str, number: int, block: int) -> FloatArray:
        """The draws of ordinals ``block * BLOCK`` up to the next block; shape (BLOCK,).

        Parameters
        ----------
        stream
            The demand stream, or whatever else draws.
        purpose
            What the draw decides.
        number
            Which draw of this purpose within the case, from 0.
        block
            From 0.

        Returns
        -------
        FloatArray
            Independent and uniform on the open interval (0, 1).
        """
        return self._run(stream, purpose, number, block, 1)

    def uniforms(self, stream: str, purpose: str, n: int, number: int = 0) -> FloatArray:
        """The draws of ordinals 0 up to `n`; shape (n,)."""
        return self._run(stream, purpose, number, 0, -(-n // BLOCK))[:n]

    def uniform(self, stream: str, purpose: str, ordinal: int, number: int = 0) -> float:
        """The draw of one ordinal."""
        return float(self.block(stream, purpose, number, ordinal >> _SHIFT)[ordinal & _WITHIN])

    def at(self, stream: str, purpose: str, ordinals: IntArray, number: int = 0) -> FloatArray:
        """The draws of some ordinals; quick where they lie close together.

        Parameters
        ----------
        ordinals
            0 or more, in any order; shape (n,).

        Returns
        -------
        FloatArray
            Shape (n,).
        """
        found = np.empty(len(ordinals))
        blocks, rows = np.unique(ordinals >> _SHIFT, return_inverse=True)
        places = rows * BLOCK + (ordinals & _WITHIN)
        begins = np.flatnonzero(np.diff(blocks, prepend=-2) != 1)
        runs = [self._run(stream, purpose, number, int(run[0]), len(run)) for run in np.split(blocks, begins[1:]) if len(run)]
        if runs:
            np.concatenate(runs).take(places, out=found)
        return found

    def _run(self, stream: str, purpose: str, number: int, first: int, num_blocks: int) -> FloatArray:
        """Consecutive blocks; shape (num_blocks * BLOCK,)."""
        state = self._state
        state["state"]["key"] = self._key(stream, purpose)
        state["state"]["counter"] = np.array([first * _STEPS, 0, number, 0], dtype=np.uint64)
        state["buffer_pos"] = 4
        self._philox.state = state
        raw = self._philox.random_raw(num_blocks * BLOCK)
        raw >>= _UNUSED_BITS
        # The middles of 2^52 equal parts of the interval: neither 0 nor 1 is among them, and all are exact.
        draws: FloatArray = raw.astype(np.float64)
        draws += 0.5
        draws *= 2.0**-52
        return draws

    def _key(self, stream: str, purpose: str) -> NDArray[np.uint64]:
        key = self._keys.get((stream, purpose))
        if key is None:
            # Names hold no line breaks, so that no two books share a title.
            title = f"{self.seed}\n{self.replication}\n{stream}\n{purpose}".encode()
            key = np.frombuffer(blake2b(title, digest_size=16).digest(), dtype="<u8").astype(np.uint64)
            self._keys[stream, purpose] = key
        return key


def unit_mean(shape: Shape, cv: float, u: FloatArray) -> FloatArray:
    """Variates with mean 1, by inversion: increasing in `u`.

    Parameters
    ----------
    shape, cv
        As of a `Timing`.
    u
        Uniforms on (0, 1).

    Returns
    -------
    FloatArray
        0 or more, of the shape of `u`: exponential −ln(1 − u); lognormal exp(σ Φ⁻¹(u) − σ²/2) with σ² = ln(1 + cv²); gamma with
        shape parameter 1/cv²; uniform 1 + cv √3 (2u − 1).
    """
    if shape == "exponential":
        return -np.log1p(-u)
    if shape == "lognormal":
        variance = log1p(cv * cv)
        normal: FloatArray = ndtri(u)
        return np.exp(sqrt(variance) * normal - variance / 2)
    if shape == "gamma":
        variates: FloatArray = gammaincinv(1 / cv**2, u) * cv**2
        return variates
    if shape == "uniform":
        return np.maximum(1 + cv * sqrt(3) * (2 * u - 1), 0.0)
    return np.ones_like(u)


class CaseDraws:
    """The draws of single cases, one at a time, as an event loop asks for them.

    Blocks are kept once they are made, until there are too many and the older half goes; they would be made again just the same.

    Parameters
    ----------
    draws
        Where they come from.
    streams
        Names of the demand streams, by number.
    """

    def __init__(self, draws: Draws, streams: Sequence[str]) -> None:
        self.draws = draws
        self.streams = tuple(streams)
        self._blocks: dict[tuple[object, ...], array[float]] = {}

    def uniform(self, stream: int, purpose: str, ordinal: int, number: int = 0) -> float:
        """A uniform on (0, 1): draw `number` of `purpose` for case `ordinal` of `stream`."""
        key = (stream, purpose, number, ordinal >> _SHIFT)
        try:
            return self._blocks[key][ordinal & _WITHIN]
        except KeyError:
            return self._keep(key, self.draws.block(self.streams[stream], purpose, number, ordinal >> _SHIFT))[ordinal & _WITHIN]

    def variate(self, stream: int, purpose: str, ordinal: int, number: int, timing: Timing) -> float:
        """A random time in hours: the mean of `timing` times the unit-mean variate of the uniform of the same place."""
        shape = timing.shape
        if shape == "constant":
            return timing.mean
        cv = timing.cv
        key = (stream, purpose, number, ordinal >> _SHIFT, shape, cv)
        try:
            return timing.mean * self._blocks[key][ordinal & _WITHIN]
        except KeyError:
            uniforms = self.draws.block(self.streams[stream], purpose, number, ordinal >> _SHIFT)
            return timing.mean * self._keep(key, unit_mean(shape, cv, uniforms))[ordinal & _WITHIN]

    def _keep(self, key: tuple[object, ...], values: FloatArray) -> "array[float]":
        """Remember a block, as an array, whose members Python reads faster than NumPy's and holds in a quarter of a list's memory."""
        if len(self._blocks) >= _MAX_BLOCKS:
            for oldest in tuple(islice(self._blocks, _MAX_BLOCKS // 2)):
                del self._blocks[oldest]
        block = array("d", values.tobytes())
        self._blocks[key] = block
        return block

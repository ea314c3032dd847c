"""Which kills there are to be: drawn from a seed, so that a bad one can be had again."""

from random import Random
from typing import NamedTuple

FAILPOINTS = ("before_commit", "after_commit", "mid_batch", "after_send")
_FIRST_PASSING, _LAST_PASSING = 60, 160
"""Passings of a commit or of an answer: more than the checks after a restart need, fewer than the load reaches in a moment."""


class Kill(NamedTuple):
    """How the service is to die.

    Parameters
    ----------
    database
        On which one: sqlite or postgresql.
    failpoint, passing
        Where, and at which passing of it; an empty name for any moment.
    seconds
        When, in seconds of load; how long to wait for a commit or an answer that is to be the last one.
    server_too
        Whether PostgreSQL's own processes are killed as well.
    server_first
        Whether they are killed before the service.
    """

    database: str
    failpoint: str = ""
    passing: int = 1
    seconds: float = 1.0
    server_too: bool = False
    server_first: bool = False

    @property
    def environment(self):
        """What arms the failpoint."""
        return {"CASEROUTER_FAILPOINT": f"{self.failpoint}:{self.passing}"} if self.failpoint else {}

    def __str__(self):
        where = f"{self.failpoint}:{self.passing}" if self.failpoint else f"after {self.seconds:.2f} s"
        return f"{where}{' with its server' if self.server_too else ''}"


def draw_kills(num_kills, seed):
    """`num_kills` kills, on both databases in turns: two of five at a failpoint, a quarter of PostgreSQL's with the server's own processes."""
    random = Random(seed)
    kills, num_armed = [], 0
    for number in range(num_kills):
        failpoint = ""
        if number % 5 in {1, 3}:
            failpoint = FAILPOINTS[(num_armed + num_armed // 4) % 4]
            num_armed += 1
        passing = random.randint(1, 8) if failpoint == "mid_batch" else random.randint(_FIRST_PASSING, _LAST_PASSING)
        kills.append(
            Kill(
                database=("postgresql", "sqlite")[number % 2],
                failpoint=failpoint,
                passing=passing if failpoint else 1,
                seconds=100.0 if failpoint not in {"", "mid_batch"} else random.uniform(0.0, 0.8),
                server_too=number % 8 == 2,
                server_first=random.random() < 0.5,
            )
        )
    return kills

"""Kills one after the other: some on the same database, one kind of database after the other."""

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.service.crash.cluster import Cluster
from tests.service.crash.site import Site

PER_DATABASE = 10
"""Kills that one database goes through; then the next one begins empty."""


def soak(kills, seed, on_result=lambda _: None):
    """Kill the service in each of the ways of `kills`, and look after each whether all is well.

    Parameters
    ----------
    kills
        See `killing.draw_kills`.
    seed
        Of what the load draws.
    on_result
        Told what became of each kill.

    Returns
    -------
    list of Result
        One per kill.
    """
    results = []
    for database in ("sqlite", "postgresql"):
        mine = [kill for kill in kills if kill.database == database]
        with ExitStack() as stack:
            cluster = stack.enter_context(Cluster()) if database == "postgresql" and mine else None
            for first in range(0, len(mine), PER_DATABASE):
                with _site(cluster, first, seed) as site:
                    for result in _go_through(site, mine[first : first + PER_DATABASE]):
                        on_result(result)
                        results.append(result)
    return results


def _go_through(site, kills):
    """Kill the service on one database several times."""
    site.start(kills[0])
    site.set_up()
    for number, kill in enumerate(kills):
        result = site.strike(kill)
        following = kills[number + 1] if number + 1 < len(kills) else None
        site.revive(result, armed=following, thorough=following is None)
        yield result
    assert site.service.stop() == 0, site.service.said()
    site.service = None


@contextmanager
def _site(cluster, number, seed):
    """A site on a new database, in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="crash-site-"))
    url = f"sqlite:///{folder / 'caserouter.db'}" if cluster is None else cluster.new_database(f"site_{number}")
    try:
        with Site(folder, url, cluster, seed=f"{seed}-{number}") as site:
            yield site
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(results):
    """What became of the kills, a line for each kind of them."""
    groups = {}
    for result in results:
        kill = result.kill
        key = (kill.database, kill.failpoint or "any moment", "and its server" if kill.server_too else "")
        groups.setdefault(key, []).append(result)
    places = f"{'database':12} {'killed at':15} {'':15}"
    lines = [f"{places} {'kills':>6} {'fired':>6} {'answers':>8} {'open':>5} {'restart s':>10} {'findings':>9}"]
    for (database, place, server), some in sorted(groups.items()):
        mean = sum(result.seconds for result in some) / len(some)
        lines.append(
            f"{database:12} {place:15} {server:15} {len(some):6} {sum(result.fired for result in some):6} "
            f"{sum(result.num_requests for result in some):8} {sum(result.num_open for result in some):5} {mean:10.1f} "
            f"{sum(len(result.findings) for result in some):9}"
        )
    total = sum(len(result.findings) for result in results)
    return "\n".join(
        [*lines, f"{len(results)} kills, {sum(result.num_requests for result in results)} answers, {total} findings"]
    )

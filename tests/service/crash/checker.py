"""Whether a database holds all that was acknowledged, once, and agrees with itself in every way that we know.

    python -m tests.service.crash.checker DATABASE_URL [FOLDER_OF_JOURNALS]

It only reads, and may look beside a running service. What is asked of a state at rest is left out while something has come due.
"""

import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.service.crash.acknowledged import losses
from tests.service.crash.boards import disagreements
from tests.service.crash.journal import read_journals
from tests.service.crash.rest import could_be_given, overdue
from tests.service.crash.tables import differences, read_history
from tests.waiting import PATIENCE_SECONDS

from caserouter.store.database import Database
from caserouter.store.integrity import contradictions


def findings(url, folder=None, *, at_rest=True, thorough=False):
    """Everything that is wrong, a sentence each; empty if all is well.

    Parameters
    ----------
    url
        Of the database.
    folder
        Of the clients' journals; None if there are none.
    at_rest
        Whether everything was given the time to come to rest: then nobody who waits may be one who could be served.
    thorough
        Whether to fold every event into a board as well.
    """
    with closing(Database.open(url, pool_size=1, read_only_ok=True)) as database, database.reading() as connection:
        history = read_history(connection)
        found = [*history.findings, *contradictions(connection), *differences(connection, history)]
        if folder is not None:
            found += losses(connection, read_journals(folder))
        if at_rest:
            now = datetime.now(UTC)
            found += [f"{kind} has come due and is not done" for kind in overdue(connection, now)]
            found += could_be_given(connection, history, now)
            found += disagreements(connection, thorough=thorough, now=now)
    return found


def wait_for_rest(url):
    """Wait until the keeper has done all that has come due; if that takes too long, it is a finding."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with closing(Database.open(url, pool_size=1, read_only_ok=True)) as database:
        while time.monotonic() < deadline:
            with database.reading() as connection:
                if not overdue(connection, datetime.now(UTC)):
                    return
            time.sleep(0.05)


def main():
    """Print what is wrong with the database that the command line names."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    found = findings(sys.argv[1], folder, thorough=True)
    sys.stdout.write("\n".join([*found, f"{len(found)} findings", ""]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

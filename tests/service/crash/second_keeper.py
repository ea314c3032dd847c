"""A keeper that believes to be elected, whatever others believe; it keeps until its standard input ends.

python -m tests.service.crash.second_keeper DATABASE_URL
"""

import sys
import threading

from caserouter.service.keeper.election import Alone
from caserouter.service.keeper.keeper import Keeper
from caserouter.service.logging import configure_logging
from caserouter.service.opening import opened_engine
from caserouter.service.settings import ServiceSettings


def main():
    """Keep."""
    configure_logging("warning")
    settings = ServiceSettings(database_url=sys.argv[1], reoptimise_seconds=1.0)
    told = threading.Event()
    with opened_engine(settings, pool_size=3) as engine:
        keeper = threading.Thread(target=Keeper(engine, settings, election=Alone()).run, args=(told,))
        keeper.start()
        sys.stdin.read()
        told.set()
        keeper.join()


if __name__ == "__main__":
    main()

"""The keeper as a process of its own: ``python -m caserouter.service.keeper``, with the settings of the service."""

import sys

from caserouter.service.keeper.process import main

if __name__ == "__main__":
    sys.exit(main())

"""``python -m caserouter`` is ``caserouter``."""

from caserouter.cli.main import main

if __name__ == "__main__":
    main()

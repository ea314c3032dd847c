"""Kill the service again and again under load, and look after each kill whether anything is lost, done twice or out of step.

    python scripts/soak.py --kills 200

Needs the extra `test`, which brings a PostgreSQL server along. Half of the kills are on SQLite, half on PostgreSQL, where every fourth takes the
server's own processes along. The same seed draws the same kills, though not the same moment within a commit. Exits with 1 if anything was found.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.service.crash.killing import draw_kills
from tests.service.crash.site import Result
from tests.service.crash.soaking import soak, table


def main() -> None:
    """Kill, and print what became of each kill and a table of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="Only those on this one.")
    options = parser.parse_args()
    kills = [one for one in draw_kills(options.kills, options.seed) if options.database in {None, one.database}]
    start = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders go, as after Ctrl-C

    def tell(result: Result) -> None:
        print(f"{time.monotonic() - start:7.1f} s  {result.kill.database:10} {result.kill}", flush=True)
        for sentence in result.findings:
            print(f"            {sentence}", flush=True)

    results = soak(kills, options.seed, tell)
    print(f"\nseed {options.seed}, {time.monotonic() - start:.0f} s\n\n{table(results)}")
    sys.exit(1 if any(result.findings for result in results) else 0)


if __name__ == "__main__":
    main()

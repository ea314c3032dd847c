"""What the studies share: their options, how they say where they are, and how their figures look."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from caserouter.simulation.sampling import SamplingProgress

COLOURS = ("#3b6fb6", "#d1495b", "#2e8b6f", "#b8860b", "#6a4c93", "#5f6b73", "#c97b3d", "#1f2d3d")
"""Distinct in colour and, printed without it, mostly in brightness."""


@dataclass
class Study:
    """One run of a study.

    Parameters
    ----------
    smoke
        Whether to run a tiny version that shows that it works, and nothing else.
    jobs
        Number of processes.
    folder
        Where the figure goes.
    """

    smoke: bool
    jobs: int
    folder: Path
    _began: float = field(default_factory=time.monotonic)

    @classmethod
    def from_command_line(cls, description: str | None) -> "Study":
        """Read the options."""
        parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
        parser.add_argument("--smoke", action="store_true", help="run a tiny version that shows that it works")
        parser.add_argument("--jobs", type=int, default=1, help="processes")
        parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder of the figure")
        options = parser.parse_args()
        return cls(options.smoke, options.jobs, options.out)

    def replications(self, number: int) -> int:
        """`number`, or 2 where it need only work."""
        return 2 if self.smoke else number

    def following(self, what: str) -> Callable[[SamplingProgress], None]:
        """Say on stderr how far the replications of `what` are, in tenths of them."""

        def say(progress: SamplingProgress) -> None:
            before, now = (10 * done // progress.num_planned for done in (progress.num_done - 1, progress.num_done))
            if now > before:
                seconds = time.monotonic() - self._began
                print(f"{seconds:6.0f} s  {what}: {progress.num_done} of {progress.num_planned}", file=sys.stderr, flush=True)

        return say

    def save(self, figure: Figure, name: str) -> None:
        """Save `figure` as SVG; the same results make the same file."""
        mpl.rcParams["svg.hashsalt"] = name
        figure.savefig(self.folder / f"{name}.svg", metadata={"Date": None}, bbox_inches="tight")

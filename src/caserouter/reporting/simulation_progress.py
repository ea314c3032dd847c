"""Progress of a simulation on stderr: replications done, and the time that is left."""

from time import monotonic

from rich.console import Console

from caserouter.reporting.progress import ProgressLine
from caserouter.simulation.sampling import SamplingProgress


class SimulatingProgress(ProgressLine):
    """Replications done, and the time that the others will take."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._started = monotonic()

    def __call__(self, progress: SamplingProgress) -> None:
        """Take note of how far the sampling is."""
        left = (monotonic() - self._started) / progress.num_done * (progress.num_planned - progress.num_done)
        width = "" if progress.excess is None else f"; half-width {progress.excess:.2f} times what is asked for"
        done = f"{progress.num_done} of {progress.num_planned} replications"
        self.say(f"simulating: {done}, about {span_text(left)} left{width}; Ctrl-C takes those that are done")


def span_text(seconds: float) -> str:
    """A rough span: seconds below two minutes, minutes below two hours, hours from there on."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"

"""Before a scenario runs: offered load against staffed hours, and what cannot be stable."""

from caserouter.simulation.preflight.bounds import preflight
from caserouter.simulation.preflight.problem import LoadProblem

__all__ = ["LoadProblem", "preflight"]

"""Engines for the assignment problem, and `solve`, which puts them together."""

from caserouter.routing.solver.flow import FlowBound, flow_bound
from caserouter.routing.solver.progress import Progress
from caserouter.routing.solver.solve import solve

__all__ = ["FlowBound", "Progress", "flow_bound", "solve"]

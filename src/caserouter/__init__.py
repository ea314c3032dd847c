"""Route escalated cases to specialists who may take them, and prove how good the routing is.

>>> from caserouter import load_queue, route
>>> queue = load_queue("cases.csv", "specialists.csv")  # doctest: +SKIP
>>> answer = route(queue.cases, queue.specialists)  # doctest: +SKIP

Names are imported when they are first used: ``import caserouter`` itself loads no library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caserouter.domain.account import Account as Account
    from caserouter.domain.case import Case as Case
    from caserouter.domain.credentials import Credential as Credential
    from caserouter.domain.credentials import CredentialNeed as CredentialNeed
    from caserouter.domain.errors import CaserouterError as CaserouterError
    from caserouter.domain.errors import Finding as Finding
    from caserouter.domain.errors import InvalidInput as InvalidInput
    from caserouter.domain.errors import NotFound as NotFound
    from caserouter.domain.errors import SolverError as SolverError
    from caserouter.domain.money import Money as Money
    from caserouter.domain.settings import Settings as Settings
    from caserouter.domain.specialist import Role as Role
    from caserouter.domain.specialist import Specialist as Specialist
    from caserouter.files.queue import load_queue as load_queue
    from caserouter.files.queue import read_queue as read_queue
    from caserouter.reporting.results import write_report as write_report
    from caserouter.routing.answer import RoutingAnswer as RoutingAnswer
    from caserouter.routing.answer import route as route
    from caserouter.routing.explain import explain as explain
    from caserouter.routing.explanation import Explanation as Explanation
    from caserouter.routing.problem import RoutingProblem as RoutingProblem
    from caserouter.routing.result import RoutingResult as RoutingResult
    from caserouter.routing.sensitivity import Sensitivity as Sensitivity
    from caserouter.routing.sensitivity import find_sensitivity as find_sensitivity
    from caserouter.routing.shortage import Shortage as Shortage
    from caserouter.routing.shortage import find_shortages as find_shortages
    from caserouter.routing.solver import solve as solve
    from caserouter.simulation.answer import SimulationAnswer as SimulationAnswer
    from caserouter.simulation.answer import simulate as simulate
    from caserouter.simulation.comparison import ComparisonAnswer as ComparisonAnswer
    from caserouter.simulation.comparison import compare as compare
    from caserouter.simulation.language.scenario import Scenario as Scenario
    from caserouter.simulation.loading import load_scenario as load_scenario
    from caserouter.simulation.variation import vary as vary

__version__ = "0.1.0"

_MODULE_BY_NAME = {
    "Account": "domain.account",
    "Case": "domain.case",
    "CaserouterError": "domain.errors",
    "ComparisonAnswer": "simulation.comparison",
    "Credential": "domain.credentials",
    "CredentialNeed": "domain.credentials",
    "Explanation": "routing.explanation",
    "Finding": "domain.errors",
    "InvalidInput": "domain.errors",
    "Money": "domain.money",
    "NotFound": "domain.errors",
    "Role": "domain.specialist",
    "RoutingAnswer": "routing.answer",
    "RoutingProblem": "routing.problem",
    "RoutingResult": "routing.result",
    "Scenario": "simulation.language.scenario",
    "Sensitivity": "routing.sensitivity",
    "Settings": "domain.settings",
    "Shortage": "routing.shortage",
    "SimulationAnswer": "simulation.answer",
    "SolverError": "domain.errors",
    "Specialist": "domain.specialist",
    "compare": "simulation.comparison",
    "explain": "routing.explain",
    "find_sensitivity": "routing.sensitivity",
    "find_shortages": "routing.shortage",
    "load_queue": "files.queue",
    "load_scenario": "simulation.loading",
    "read_queue": "files.queue",
    "route": "routing.answer",
    "simulate": "simulation.answer",
    "solve": "routing.solver",
    "vary": "simulation.variation",
    "write_report": "reporting.results",
}

__all__ = [*_MODULE_BY_NAME, "__version__"]  # noqa: PLE0604 (names of the table above)


def __getattr__(name: str) -> Any:
    """Import `name` from its module, once."""
    if name not in _MODULE_BY_NAME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_BY_NAME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

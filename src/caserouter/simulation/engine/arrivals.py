"""Arrivals: the cases of the trace come in one by one, each unknown to everybody before its moment."""

from collections.abc import Callable
from math import inf

from caserouter.simulation.engine.agenda import Agenda, Happening
from caserouter.simulation.engine.case_run import CaseRun
from caserouter.simulation.engine.templates import Templates
from caserouter.simulation.records import CASE_COLUMN
from caserouter.simulation.trace import DemandTrace
from caserouter.simulation.world import World

_ACCOUNT, _ROOT_CAUSE, _AMOUNT = CASE_COLUMN["account"], CASE_COLUMN["root_cause"], CASE_COLUMN["amount"]
_MEASURED, _ARRIVAL = CASE_COLUMN["measured"], CASE_COLUMN["arrival"]


class Arrivals:
    """Brings the cases of a trace in.

    Parameters
    ----------
    world, trace, agenda, templates
        The scenario, its demand, the time, and the profiles for routing.
    arrive
        Called with each case at its arrival.
    """

    def __init__(
        self, world: World, trace: DemandTrace, agenda: Agenda, templates: Templates, arrive: Callable[[CaseRun], None]
    ) -> None:
        self._plans = world.plans
        self._names = tuple(world.scenario.demand)
        self._measurable = tuple(stream.kind != "open_cases" for stream in world.scenario.demand.values())
        self._window = world.window
        self._agenda = agenda
        self._templates = templates
        self._arrive = arrive
        self._rows = iter(trace.rows())
        self._next()

    def _next(self) -> None:
        row = next(self._rows, None)
        if row is not None:
            self._agenda.at(row[2], self._come_in, row)

    def _come_in(self, event: Happening) -> None:
        case = self._case(event.value)
        self._next()
        self._arrive(case)

    def _case(self, row: tuple[int, int, float, int, int, int, int, float, int, int, int, float]) -> CaseRun:
        stream, ordinal, arrival, type_number, account, jurisdiction, language, amount, flags, cause, stage, effort = row
        plan = self._plans[type_number]
        kind = (type_number, jurisdiction, language, flags, self._templates.level(plan, amount), account)
        first_due = inf if plan.first_response is None else plan.first_response.after(arrival)
        due = inf if plan.resolution is None else plan.resolution.after(arrival)
        profile = self._templates.of_case(kind, amount).arriving(f"{self._names[stream]}-{ordinal + 1}", arrival, first_due, due)
        start, end = self._window
        measured = start <= arrival < end and self._measurable[stream]
        line = plan.line.copy()
        line[:2] = stream, ordinal
        line[_ACCOUNT], line[_ROOT_CAUSE], line[_MEASURED], line[_ARRIVAL] = account, cause, measured, arrival
        case = CaseRun(stream, ordinal, plan, profile, arrival, line, measured=measured)
        case.kind = kind
        case.first_response_due = first_due
        case.resolution_due = due
        case.stage = stage
        if amount == amount:  # noqa: PLR0124 – not NaN, which is quicker to see this way
            case.amount = amount
            line[_AMOUNT] = amount / plan.minor_per_major
        if effort != 1.0:
            case.effort = effort
        if flags and plan.reviews:
            case.reviews = tuple(k for k, (bit, _) in enumerate(plan.reviews) if flags >> bit & 1)
        return case

"""Why a case went where it went, or why it waits: `explain` for any case of a queue."""

from caserouter.routing.build import RoutingQueue
from caserouter.routing.explanation import Explanation
from caserouter.routing.problem import IntArray


def explain(case_id: str, queue: RoutingQueue, assignment: IntArray) -> Explanation:
    """Explain what became of one case.

    Parameters
    ----------
    case_id
        The case.
    queue
        The queue as the decision saw it: for a `RoutingAnswer`, `answer.decided(case_id)` gives it with the assignment.
    assignment
        Specialist of each case of the queue, or `WAITING`; shape (num_cases,).

    Raises
    ------
    NotFound
        If the queue has no such case.
    """
    raise NotImplementedError

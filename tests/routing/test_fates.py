"""What the rows say of a waiting case is what its explanation says."""

from hypothesis import given
from hypothesis import settings as profile
from tests import strategies
from tests.routing.desk import NOW

from caserouter.domain.case import Case
from caserouter.domain.specialist import Specialist
from caserouter.routing.answer import route
from caserouter.routing.explain import explain
from caserouter.routing.explanation import Wait
from caserouter.routing.fates import why_waiting


@given(strategies.queues())
@profile(max_examples=60, deadline=None)
def test_the_fates_agree_with_the_explanations(queue):
    answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=NOW, work_limit=0.1)
    explained = {case.id: explain(case.id, *answer.decided(case.id)).unassigned for case in answer.waiting}
    assert why_waiting(answer) == {case_id: unassigned.reason for case_id, unassigned in explained.items()}


def test_a_case_that_another_names_as_linked_shares_its_reason():
    """C-0 asks for what nobody has; C-1, which only C-0 names, can go nowhere without it."""
    cases = [
        Case(id="C-0", created=NOW, linked_cases={"C-1"}, required_skills={"unknown": 1}),
        Case(id="C-1", created=NOW),
        Case(id="C-2", created=NOW, priority=1),
    ]
    answer = route(cases, [Specialist(id="S-0", capacity=1)], at=NOW)
    assert why_waiting(answer) == {"C-0": Wait.NOBODY_ELIGIBLE, "C-1": Wait.NOBODY_ELIGIBLE}

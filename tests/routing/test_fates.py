"""What the rows say of a waiting case is what its explanation says."""

from hypothesis import given
from hypothesis import settings as profile
from tests import strategies
from tests.routing.desk import NOW

from caserouter.routing.answer import route
from caserouter.routing.explain import explain
from caserouter.routing.fates import why_waiting


@given(strategies.queues())
@profile(max_examples=60, deadline=None)
def test_the_fates_agree_with_the_explanations(queue):
    answer = route(queue.cases, queue.specialists, queue.accounts, queue.settings, at=NOW, work_limit=0.1)
    explained = {case.id: explain(case.id, *answer.decided(case.id)).unassigned for case in answer.waiting}
    assert why_waiting(answer) == {case_id: unassigned.reason for case_id, unassigned in explained.items()}

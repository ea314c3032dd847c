"""Price inputs: a sample of recent cases that names nobody."""

from datetime import datetime

from caserouter.domain.case import Case
from caserouter.service.commands.price_inputs import publish_price_inputs
from caserouter.store.events import EventKind


def test_recent_cases_become_the_sample_without_names(office):
    office.hire("ana")
    office.create(account="A-1", type="claim", required_skills={"claims": 3})
    office.wait(minutes=1)
    office.create(type="billing", excluded_specialists=["ana"])
    assert office.do(publish_price_inputs) == 1
    sample = [Case.model_validate(body) for body in office.events(EventKind.PRICE_INPUTS_PUBLISHED)[-1].data["sample"]]
    assert [(case.id, case.type) for case in sample] == [("sample-0001", "claim"), ("sample-0002", "billing")]
    assert {case.account for case in sample} == {None}
    assert {case.created for case in sample} == {office.now}
    assert sample[1].excluded_specialists == frozenset()
    with office.engine.board() as board:
        assert board.price_inputs == 1


def test_the_same_sample_is_not_published_again(office):
    assert office.do(publish_price_inputs) is None
    office.create(type="claim")
    office.do(publish_price_inputs)
    office.wait(hours=1)
    assert office.do(publish_price_inputs) is None
    office.create(type="billing")
    assert office.do(publish_price_inputs) == 2


def test_only_the_latest_cases_count(office):
    for name in ("old", "newer", "newest"):
        office.create(type=name)
        office.wait(minutes=1)
    office.do(publish_price_inputs, sample_size=2)
    sample = office.events(EventKind.PRICE_INPUTS_PUBLISHED)[-1].data["sample"]
    assert [body["type"] for body in sample] == ["newer", "newest"]
    assert {datetime.fromisoformat(body["created"]) for body in sample} == {office.now}

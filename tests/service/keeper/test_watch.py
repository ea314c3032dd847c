"""Time alone lets somebody take a waiting case, and nobody has to ask."""

from datetime import UTC, date, datetime, timedelta

from caserouter.domain.credentials import Credential
from caserouter.service.commands.closing import resolve
from caserouter.service.commands.holding import decline
from caserouter.service.keeper.watch import Watch, next_change

HOUR = timedelta(hours=1)


def staff_around_the_clock(office):
    """Let the hours until a shift begins count: the policy's reach is in hours in which anybody works."""
    office.enact(routing={"reach_hours": 0})
    office.hire("zoe", capacity=0)


def seen(office):
    """A watch that has looked once."""
    watch = Watch(office.engine)
    watch.look()
    return watch


def coming(office):
    with office.engine.board() as board:
        return next_change(board, office.now)


def test_whoever_begins_a_shift_pulls(office):
    staff_around_the_clock(office)
    office.hire("ann", shifts="Mon-Fri 12:00-18:00")
    case_id = office.create()
    assert coming(office) == office.now + 3 * HOUR
    watch = seen(office)
    office.wait(hours=3, seconds=-1)
    assert not watch.look()
    assert office.holder(case_id) is None
    office.wait(seconds=1)
    assert watch.look()
    assert office.holder(case_id) == "ann"


def test_a_shift_that_was_only_just_planned_is_not_missed(office):
    staff_around_the_clock(office)
    watch = seen(office)
    office.hire("ann", shifts="Mon-Fri 12:00-18:00")
    case_id = office.create()
    office.wait(hours=3)
    watch.look()
    assert office.holder(case_id) == "ann"


def test_a_credential_that_begins_counts_from_its_first_day(office):
    office.hire("ann", Credential(kind="hipaa", valid_from=date(2026, 11, 24)))
    case_id = office.create(required_credentials=["hipaa"])
    watch = seen(office)
    assert coming(office) == datetime(2026, 11, 24, tzinfo=UTC)
    office.wait(hours=15)
    watch.look()
    assert office.holder(case_id) == "ann"


def test_a_refusal_that_is_over_counts_no_longer(office):
    office.enact(decline_hours=4)
    office.hire("ann")
    case_id = office.create()
    office.do(decline, case_id, specialist="ann")
    watch = seen(office)
    assert coming(office) == office.now + 4 * HOUR
    office.wait(hours=4)
    watch.look()
    assert office.holder(case_id) == "ann"


def test_a_window_of_intake_that_opens_lets_its_owner_pull(office):
    office.hire("ann", intake={"limit": 1, "window_hours": 2})
    first, second = office.create(), office.create()
    office.do(resolve, first)
    assert office.holder(second) is None
    watch = seen(office)
    assert coming(office) == office.now + 2 * HOUR
    office.wait(hours=2)
    watch.look()
    assert office.holder(second) == "ann"


def test_a_rule_that_bends_with_age_bends_in_time(office):
    office.enact(routing={"relaxations": {"skill": {"after_hours": 6, "price": 10}}})
    office.hire("ann")
    case_id = office.create(required_skills={"french": 3})
    watch = seen(office)
    office.wait(hours=6, seconds=-1)
    assert not watch.look()
    office.wait(seconds=1)
    assert watch.look()
    assert office.holder(case_id) == "ann"


def test_nobody_pulls_while_nothing_changes(office):
    staff_around_the_clock(office)
    office.hire("ann", shifts="Mon-Fri 12:00-18:00")
    office.create()
    watch = seen(office)
    before = office.head()
    for _ in range(5):
        office.wait(minutes=10)
        assert not watch.look()
    assert office.head() == before


def test_a_clock_that_was_put_back_is_no_reason_to_stop_watching(office):
    staff_around_the_clock(office)
    office.hire("ann", shifts="Mon-Fri 08:00-08:30, 12:00-18:00")
    case_id = office.create()
    watch = seen(office)
    office.wait(minutes=-50)
    watch.look()
    assert office.holder(case_id) == "ann"


def test_after_a_restart_everybody_pulls_once(office):
    staff_around_the_clock(office)
    office.hire("ann", shifts="Mon-Fri 12:00-18:00")
    case_id = office.create()
    office.wait(hours=4)
    Watch(office.engine).look()
    assert office.holder(case_id) == "ann"


def test_a_case_whose_routing_failed_is_routed_again(office, monkeypatch):
    office.hire("ann")
    with monkeypatch.context() as broken:
        broken.setattr("caserouter.service.decisions.place", lambda *_, **__: 1 / 0)
        case_id = office.create()
    watch = seen(office)
    assert office.holder(case_id) == "ann"
    with monkeypatch.context() as broken:
        broken.setattr("caserouter.service.decisions.place", lambda *_, **__: 1 / 0)
        second = office.create()
    assert not watch.look()
    monkeypatch.setattr("caserouter.service.keeper.watch.SWEEP_SECONDS", 0.0)
    assert watch.look()
    assert office.holder(second) == "ann"

"""What a plan for the whole queue leaves out from the start."""

from tests.routing.desk import case, person
from tests.service.board.journal import Journal

from caserouter.service.board.batch import servable


def test_a_chain_of_links_to_a_case_for_nobody_is_left_out_as_a_whole():
    """C-3 asks for a skill that nobody has; C-2 is linked to it and C-1 to C-2."""
    journal = Journal()
    journal.create(case("C-3", required_skills={"claims": 1}))
    journal.create(case("C-2", linked_cases={"C-3"}))
    journal.create(case("C-1", linked_cases={"C-2"}))
    journal.create(case("C-4"))
    journal.put(person("a"))
    view = journal.board.view(journal.now)
    assert [profile.id for profile in servable(list(view.line), view.state)] == ["C-4"]


def test_nothing_is_planned_while_nobody_has_room():
    journal = Journal()
    journal.put(person("a", capacity=0))
    journal.create(case("C-1"))
    view = journal.board.view(journal.now)
    assert servable(list(view.line), view.state) == []

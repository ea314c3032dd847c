"""Departments: their people, hours and order."""

from tests.simulation.engine.floor import lines, run


def test_a_department_has_people_hours_and_an_order():
    # The lab has one person, and work there begins from 10:00 to 12:00. The first two wait for its opening; the urgent one goes first
    # though it came second. The third is begun at 11:50, after the others, and finished at 12:30, after closing. The fourth waits for
    # Tuesday.
    found = run(
        """
        case_types:
          claim:
            stages: {look: {handle: 5 min, next: lab}, lab: {by: department, department: lab, handle: 40 min, next: close}, close: {handle: 5 min}}
          urgent:
            priority: 1
            stages: {look: {handle: 5 min, next: lab}, lab: {by: department, department: lab, handle: 70 min, next: close}, close: {handle: 5 min}}
        staff:
          team: {count: 4, capacity: 1}
        departments: {lab: {staff: 1, hours: "Mon-Fri 10:00-12:00", order: priority}}
        """,
        """
        Mon 09:00 claim
        Mon 09:10 urgent
        Mon 11:35 claim
        Mon 12:05 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (team-01)
        Mon 09:00 case-1 stage contact begins (team-01)
        Mon 09:05 case-1 stage contact ends (team-01)
        Mon 09:05 case-1 waits on department
        Mon 09:10 case-2 arrived
        Mon 09:10 case-2 assigned (team-02)
        Mon 09:10 case-2 stage contact begins (team-02)
        Mon 09:15 case-2 stage contact ends (team-02)
        Mon 09:15 case-2 waits on department
        Mon 11:10 case-2 is back
        Mon 11:10 case-2 stage contact begins (team-02)
        Mon 11:15 case-2 stage contact ends (team-02)
        Mon 11:15 case-2 resolved (team-02)
        Mon 11:35 case-3 arrived
        Mon 11:35 case-3 assigned (team-02)
        Mon 11:35 case-3 stage contact begins (team-02)
        Mon 11:40 case-3 stage contact ends (team-02)
        Mon 11:40 case-3 waits on department
        Mon 11:50 case-1 is back
        Mon 11:50 case-1 stage contact begins (team-01)
        Mon 11:55 case-1 stage contact ends (team-01)
        Mon 11:55 case-1 resolved (team-01)
        Mon 12:05 case-4 arrived
        Mon 12:05 case-4 assigned (team-01)
        Mon 12:05 case-4 stage contact begins (team-01)
        Mon 12:10 case-4 stage contact ends (team-01)
        Mon 12:10 case-4 waits on department
        Mon 12:30 case-3 is back
        Mon 12:30 case-3 stage contact begins (team-02)
        Mon 12:35 case-3 stage contact ends (team-02)
        Mon 12:35 case-3 resolved (team-02)
        Tue 10:40 case-4 is back
        Tue 10:40 case-4 stage contact begins (team-01)
        Tue 10:45 case-4 stage contact ends (team-01)
        Tue 10:45 case-4 resolved (team-01)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:55, specialist team-01,
            wait department 2:45, contact hours 0:10, num contacts 2
        * case-2: case type urgent, priority 1, arrival Mon 09:10, assigned Mon 09:10, first contact and response Mon 09:10,
            resolved Mon 11:15, specialist team-02, wait department 1:55, contact hours 0:10, num contacts 2
        * case-3: arrival Mon 11:35, assigned Mon 11:35, first contact and response Mon 11:35, resolved Mon 12:35, specialist team-02,
            wait department 0:50, contact hours 0:10, num contacts 2
        * case-4: arrival Mon 12:05, assigned Mon 12:05, first contact and response Mon 12:05, resolved Tue 10:45, specialist team-01,
            wait department 22:30, contact hours 0:10, num contacts 2
        + case-1 look 0 (team-01), Mon 09:00 to Mon 09:05, handle 0:05
        + case-2 look 0 (team-02), Mon 09:10 to Mon 09:15, handle 0:05
        + case-2 close 1 (team-02), Mon 11:10 to Mon 11:15, handle 0:05
        + case-3 look 0 (team-02), Mon 11:35 to Mon 11:40, handle 0:05
        + case-1 close 1 (team-01), Mon 11:50 to Mon 11:55, handle 0:05
        + case-4 look 0 (team-01), Mon 12:05 to Mon 12:10, handle 0:05
        + case-3 close 1 (team-02), Mon 12:30 to Mon 12:35, handle 0:05
        + case-4 close 1 (team-01), Tue 10:40 to Tue 10:45, handle 0:05
        """
    )


def test_a_department_without_a_number_of_people_is_a_plain_delay():
    # Both are back after 40 minutes.
    found = run(
        """
        case_types:
          claim:
            stages: {look: {handle: 5 min, next: lab}, lab: {by: department, department: lab, handle: 40 min, next: close}, close: {handle: 5 min}}
        staff: {team: {count: 2, capacity: 1}}
        departments: {lab: {}}
        """,
        """
        Mon 09:00 claim
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (team-01)
        Mon 09:00 case-1 stage contact begins (team-01)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (team-02)
        Mon 09:00 case-2 stage contact begins (team-02)
        Mon 09:05 case-1 stage contact ends (team-01)
        Mon 09:05 case-1 waits on department
        Mon 09:05 case-2 stage contact ends (team-02)
        Mon 09:05 case-2 waits on department
        Mon 09:45 case-1 is back
        Mon 09:45 case-1 stage contact begins (team-01)
        Mon 09:45 case-2 is back
        Mon 09:45 case-2 stage contact begins (team-02)
        Mon 09:50 case-1 stage contact ends (team-01)
        Mon 09:50 case-1 resolved (team-01)
        Mon 09:50 case-2 stage contact ends (team-02)
        Mon 09:50 case-2 resolved (team-02)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:50, specialist team-01,
            wait department 0:40, contact hours 0:10, num contacts 2
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:50, specialist team-02,
            wait department 0:40, contact hours 0:10, num contacts 2
        + case-1 look 0 (team-01), Mon 09:00 to Mon 09:05, handle 0:05
        + case-2 look 0 (team-02), Mon 09:00 to Mon 09:05, handle 0:05
        + case-1 close 1 (team-01), Mon 09:45 to Mon 09:50, handle 0:05
        + case-2 close 1 (team-02), Mon 09:45 to Mon 09:50, handle 0:05
        """
    )

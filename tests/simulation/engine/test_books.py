"""Books: the order in which one is worked, and what contacts take."""

import pytest
from tests.simulation.engine.floor import lines, run

BOOK = """
case_types:
  old: {priority: 3, resolution: {within: 9 h}, stages: {work: {handle: 30 min}}}
  urgent: {priority: 1, resolution: {within: 8 h}, stages: {work: {handle: 40 min}}}
  due: {priority: 3, resolution: {within: 2 h}, stages: {work: {handle: 50 min}}}
  short: {priority: 5, resolution: {within: 7 h}, stages: {work: {handle: 10 min}}}
staff: {ann: {capacity: 9, shifts: "daily 10:00-17:00"}}
"""


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        ("fifo", ("old", "urgent", "due", "short")),
        ("earliest_due", ("due", "short", "urgent", "old")),
        ("priority_then_due", ("urgent", "due", "old", "short")),
        ("shortest_expected", ("short", "old", "urgent", "due")),
    ],
)
def test_a_book_is_worked_in_the_order_of_its_rule(rule, order):
    # All four are in the book when Ann comes at 10:00. They are due at 17:00 (old), 16:10 (urgent), 10:20 (due) and 15:30 (short).
    found = run(
        BOOK + f"routing: {{sequencing: {rule}}}",
        """
        Mon 08:00 old
        Mon 08:10 urgent
        Mon 08:20 due
        Mon 08:30 short
        """,
    )
    case, minutes = {"old": 1, "urgent": 2, "due": 3, "short": 4}, {"old": 30, "urgent": 40, "due": 50, "short": 10}
    now, told = 600, []
    for name in order:
        end = now + minutes[name]
        told += [f"Mon {now // 60}:{now % 60:02d} case-{case[name]} stage contact begins (ann)"]
        told += [
            f"Mon {end // 60}:{end % 60:02d} case-{case[name]} {event} (ann)" for event in ("stage contact ends", "resolved")
        ]
        now = end
    assert found.story[8:] == told


def test_a_contact_that_is_under_way_is_not_interrupted():
    # The urgent case arrives at 09:10 and waits for the end of the other's contact.
    found = run(
        """
        case_types:
          claim: {stages: {work: {handle: 30 min}}}
          urgent: {priority: 1, stages: {work: {handle: 10 min}}}
        staff: {ann: {capacity: 5}}
        """,
        """
        Mon 09:00 claim
        Mon 09:10 urgent
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:10 case-2 assigned (ann)
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 09:40 case-2 stage contact ends (ann)
        Mon 09:40 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: case type urgent, priority 1, arrival Mon 09:10, assigned Mon 09:10, first contact and response Mon 09:30,
            resolved Mon 09:40, specialist ann, wait in book 0:20, contact hours 0:10, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 work 0 (ann), Mon 09:30 to Mon 09:40, ready Mon 09:10, handle 0:10, in book 0:20
        """
    )


def test_handle_times_differ_by_person_group_and_factor():
    # Ann has a time of her own, and her proficiency of 1 changes nothing more; the group has one; Dot takes the usual 20 minutes at
    # her proficiency of 3, times her factor of 2. Documentation is the same for all.
    found = run(
        """
        case_types:
          claim: {skills: {claims: 1}, stages: {work: {handle: 20 min, handle_of: {ann: 50 min, team: 30 min}, documentation: 5 min}}}
        staff:
          ann: {capacity: 1, skills: {claims: 1}}
          dot: {capacity: 1, skills: {claims: 3}, handle_factor: 2}
          team: {count: 2, capacity: 1, skills: {claims: 3}}
        """,
        """
        Mon 09:00 claim
        Mon 09:00 claim
        Mon 09:00 claim
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (dot)
        Mon 09:00 case-2 stage contact begins (dot)
        Mon 09:00 case-3 arrived
        Mon 09:00 case-3 assigned (team-01)
        Mon 09:00 case-3 stage contact begins (team-01)
        Mon 09:00 case-4 arrived
        Mon 09:00 case-4 assigned (team-02)
        Mon 09:00 case-4 stage contact begins (team-02)
        Mon 09:35 case-3 stage contact ends (team-01)
        Mon 09:35 case-3 resolved (team-01)
        Mon 09:35 case-4 stage contact ends (team-02)
        Mon 09:35 case-4 resolved (team-02)
        Mon 09:45 case-2 stage contact ends (dot)
        Mon 09:45 case-2 resolved (dot)
        Mon 09:55 case-1 stage contact ends (ann)
        Mon 09:55 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:55, specialist ann,
            contact hours 0:55, num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:45, specialist dot,
            contact hours 0:45, num contacts 1
        * case-3: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:35, specialist team-01,
            contact hours 0:35, num contacts 1
        * case-4: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:35, specialist team-02,
            contact hours 0:35, num contacts 1
        + case-3 work 0 (team-01), Mon 09:00 to Mon 09:35, handle 0:30, documentation 0:05
        + case-4 work 0 (team-02), Mon 09:00 to Mon 09:35, handle 0:30, documentation 0:05
        + case-2 work 0 (dot), Mon 09:00 to Mon 09:45, handle 0:40, documentation 0:05
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:55, handle 0:50, documentation 0:05
        """
    )


def test_a_factor_on_handle_times_counts_for_contacts_of_every_kind():
    # Half as fast: the stages take 20 minutes instead of 10, the answer to the chase at 10:20 takes 12 instead of 6, and the
    # confirmation 10 instead of 5.
    found = run(
        """
        case_types:
          claim:
            stages: {call: {handle: 10 min, next: lab}, lab: {by: department, department: lab, handle: 90 min, next: close}, close: {handle: 10 min}}
            chase: {after: 1 h, handle: 6 min}
            confirmation: {after: 1 h, handle: 5 min}
        staff: {ann: {capacity: 1, handle_factor: 2}}
        departments: {lab: {}}
        """,
        """
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 waits on department
        Mon 10:20 case-1 customer chases
        Mon 10:20 case-1 chase contact begins (ann)
        Mon 10:32 case-1 chase contact ends (ann)
        Mon 10:50 case-1 is back
        Mon 10:50 case-1 stage contact begins (ann)
        Mon 11:10 case-1 stage contact ends (ann)
        Mon 11:10 case-1 resolved (ann)
        Mon 12:10 case-1 confirmation contact begins (ann)
        Mon 12:20 case-1 confirmation contact ends (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:10, specialist ann,
            wait department 1:30, contact hours 0:40, num contacts 4, chases 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-1 chase 0 (ann), Mon 10:20 to Mon 10:32, handle 0:12
        + case-1 close 1 (ann), Mon 10:50 to Mon 11:10, handle 0:20
        + case-1 confirmation 0 (ann), Mon 12:10 to Mon 12:20, handle 0:10
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 1:02, held 2:10"


def test_a_new_hire_comes_up_to_speed_in_a_straight_line():
    # Twice the time on the first day at midnight, once after 48 hours: at 12:00 on Monday a quarter of the way is done, a factor of
    # 1.75, and the hour takes 105 minutes. At 12:00 on Tuesday it is 1.25, and on Wednesday at midnight, and ever after, 1.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 1 h, documentation: 15 min}}}}
        staff: {ann: {capacity: 1, first_day: 2026-03-02, ramp: {over: 2 d, factor: 2}}}
        """,
        """
        Mon 12:00 claim
        Tue 12:00 claim
        Wed 00:00 claim
        Sat 12:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 12:00 case-1 arrived
        Mon 12:00 case-1 assigned (ann)
        Mon 12:00 case-1 stage contact begins (ann)
        Mon 14:00 case-1 stage contact ends (ann)
        Mon 14:00 case-1 resolved (ann)
        Tue 12:00 case-2 arrived
        Tue 12:00 case-2 assigned (ann)
        Tue 12:00 case-2 stage contact begins (ann)
        Tue 13:30 case-2 stage contact ends (ann)
        Tue 13:30 case-2 resolved (ann)
        Wed 00:00 case-3 arrived
        Wed 00:00 case-3 assigned (ann)
        Wed 00:00 case-3 stage contact begins (ann)
        Wed 01:15 case-3 stage contact ends (ann)
        Wed 01:15 case-3 resolved (ann)
        Sat 12:00 case-4 arrived
        Sat 12:00 case-4 assigned (ann)
        Sat 12:00 case-4 stage contact begins (ann)
        Sat 13:15 case-4 stage contact ends (ann)
        Sat 13:15 case-4 resolved (ann)
        * case-1: arrival Mon 12:00, assigned Mon 12:00, first contact and response Mon 12:00, resolved Mon 14:00, specialist ann,
            contact hours 2:00, num contacts 1
        * case-2: arrival Tue 12:00, assigned Tue 12:00, first contact and response Tue 12:00, resolved Tue 13:30, specialist ann,
            contact hours 1:30, num contacts 1
        * case-3: arrival Wed 00:00, assigned Wed 00:00, first contact and response Wed 00:00, resolved Wed 01:15, specialist ann,
            contact hours 1:15, num contacts 1
        * case-4: arrival Sat 12:00, assigned Sat 12:00, first contact and response Sat 12:00, resolved Sat 13:15, specialist ann,
            contact hours 1:15, num contacts 1
        + case-1 work 0 (ann), Mon 12:00 to Mon 14:00, handle 1:45, documentation 0:15
        + case-2 work 0 (ann), Tue 12:00 to Tue 13:30, handle 1:15, documentation 0:15
        + case-3 work 0 (ann), Wed 00:00 to Wed 01:15, handle 1:00, documentation 0:15
        + case-4 work 0 (ann), Sat 12:00 to Sat 13:15, handle 1:00, documentation 0:15
        """
    )


def test_a_recorded_effort_is_a_factor_on_the_handle_times_of_its_case():
    # Half as much again on 20 minutes, not on the documentation.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 20 min, documentation: 5 min}}}}
        staff: {ann: {capacity: 1}}
        """,
        """
        Mon 09:00 claim effort=1.5
        Mon 10:00 claim effort=0.5
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:35 case-1 stage contact ends (ann)
        Mon 09:35 case-1 resolved (ann)
        Mon 10:00 case-2 arrived
        Mon 10:00 case-2 assigned (ann)
        Mon 10:00 case-2 stage contact begins (ann)
        Mon 10:15 case-2 stage contact ends (ann)
        Mon 10:15 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:35, specialist ann,
            contact hours 0:35, num contacts 1
        * case-2: arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 10:15, specialist ann,
            contact hours 0:15, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:35, handle 0:30, documentation 0:05
        + case-2 work 0 (ann), Mon 10:00 to Mon 10:15, handle 0:10, documentation 0:05
        """
    )


def test_handle_times_follow_the_lowest_proficiency_among_the_required_skills():
    # Ann's lowest is 5, a factor of 0.75 on 40 minutes; Bob's is 1, a factor of 1.6. What documentation takes depends on nobody's
    # proficiency.
    found = run(
        """
        case_types: {claim: {skills: {claims: 1, tax: 1}, stages: {work: {handle: 40 min, documentation: 10 min}}}}
        staff:
          ann: {capacity: 1, skills: {claims: 5, tax: 5}}
          bob: {capacity: 1, skills: {claims: 5, tax: 1, law: 5}}
        """,
        """
        Mon 09:00 claim
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (bob)
        Mon 09:00 case-2 stage contact begins (bob)
        Mon 09:40 case-1 stage contact ends (ann)
        Mon 09:40 case-1 resolved (ann)
        Mon 10:14 case-2 stage contact ends (bob)
        Mon 10:14 case-2 resolved (bob)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:40, specialist ann,
            contact hours 0:40, num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 10:14, specialist bob,
            contact hours 1:14, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:40, handle 0:30, documentation 0:10
        + case-2 work 0 (bob), Mon 09:00 to Mon 10:14, handle 1:04, documentation 0:10
        """
    )

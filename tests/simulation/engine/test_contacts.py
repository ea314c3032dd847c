"""Contacts: the order in which a book is worked, who makes them, what they take, and the departments that cases wait on."""

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


def test_each_contact_is_routed_on_its_own_where_the_type_says_so():
    # Ann talks and Bob fixes. At 09:10 Ann is free for the second call, while the first waits for Bob until 09:20; its contact takes
    # 2 of his units, and none of Ann's.
    found = run(
        """
        case_types:
          call:
            assignment: per_contact
            stages: {talk: {handle: 10 min, skills: {talking: 1}, next: fix}, fix: {handle: 20 min, skills: {fixing: 1}, weight: 2}}
          repair: {skills: {fixing: 1}, weight: 2, stages: {work: {handle: 20 min}}}
        staff:
          ann: {capacity: 1, skills: {talking: 3}}
          bob: {capacity: 2, skills: {fixing: 3}}
        """,
        """
        Mon 09:00 repair
        Mon 09:00 call
        Mon 09:05 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (bob)
        Mon 09:00 case-1 stage contact begins (bob)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2/0 assigned (ann)
        Mon 09:00 case-2 stage contact begins (ann)
        Mon 09:05 case-3 arrived
        Mon 09:10 case-2 stage contact ends (ann)
        Mon 09:10 case-3/0 assigned (ann)
        Mon 09:10 case-3 stage contact begins (ann)
        Mon 09:20 case-3 stage contact ends (ann)
        Mon 09:20 case-1 stage contact ends (bob)
        Mon 09:20 case-1 resolved (bob)
        Mon 09:20 case-2/1 assigned (bob)
        Mon 09:20 case-2 stage contact begins (bob)
        Mon 09:40 case-2 stage contact ends (bob)
        Mon 09:40 case-2 resolved
        Mon 09:40 case-3/1 assigned (bob)
        Mon 09:40 case-3 stage contact begins (bob)
        Mon 10:00 case-3 stage contact ends (bob)
        Mon 10:00 case-3 resolved
        * case-1: case type repair, weight 2, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00,
            resolved Mon 09:20, specialist bob, contact hours 0:20, num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:40, first specialist ann,
            specialist bob, wait unassigned 0:10, contact hours 0:30, num contacts 2
        * case-3: arrival Mon 09:05, assigned Mon 09:10, first contact and response Mon 09:10, resolved Mon 10:00, first specialist ann,
            specialist bob, wait unassigned 0:25, contact hours 0:30, num contacts 2
        + case-2 talk 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-3 talk 0 (ann), Mon 09:10 to Mon 09:20, handle 0:10
        + case-1 work 0 (bob), Mon 09:00 to Mon 09:20, handle 0:20
        + case-2 fix 1 (bob), Mon 09:20 to Mon 09:40, handle 0:20
        + case-3 fix 1 (bob), Mon 09:40 to Mon 10:00, handle 0:20
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 0:20, held 0:20"
    assert found.hours("bob") == "paid 168:00, staffed 168:00, busy 1:00, held 2:00"


def test_a_stage_by_anyone_leaves_the_case_with_its_owner():
    # Ann holds the case throughout, with 2 units. The tax question is routed on its own, to Cy, as Bob's tax is below 4; at 5 it
    # takes her 15 minutes instead of 20, and she is no holder of the case.
    found = run(
        """
        case_types:
          claim:
            weight: 2
            stages:
              look: {handle: 10 min, next: tax}
              tax: {by: anyone, handle: 20 min, skills: {tax: 4}, customer_facing: false, next: answer}
              answer: {handle: 10 min}
        staff:
          ann: {capacity: 2}
          bob: {capacity: 1, skills: {tax: 3, law: 4}}
          cy: {capacity: 1, skills: {tax: 5}}
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
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1/1 assigned (cy)
        Mon 09:10 case-1 stage contact begins (cy)
        Mon 09:25 case-1 stage contact ends (cy)
        Mon 09:25 case-1 stage contact begins (ann)
        Mon 09:35 case-1 stage contact ends (ann)
        Mon 09:35 case-1 resolved (ann)
        * case-1: weight 2, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:35,
            specialist ann, contact hours 0:35, num contacts 3
        + case-1 look 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-1 tax 1 (cy), Mon 09:10 to Mon 09:25, handle 0:15, internal
        + case-1 answer 2 (ann), Mon 09:25 to Mon 09:35, handle 0:10
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 0:20, held 1:10"
    assert found.hours("bob") == "paid 168:00, staffed 168:00"


def test_an_owner_who_leaves_meanwhile_does_not_stop_a_contact_of_somebody_else():
    # Dot is at the tax question from 23:50 to 00:20. At midnight Ann leaves the firm: the case becomes Bob's, who answers it at
    # 00:20.
    found = run(
        """
        case_types:
          claim:
            stages:
              look: {handle: 10 min, next: tax}
              tax: {by: anyone, handle: 40 min, skills: {tax: 4}, next: answer}
              answer: {handle: 10 min}
        staff:
          ann: {capacity: 2, last_day: 2026-03-02}
          bob: {capacity: 2, first_day: 2026-03-03}
          dot: {capacity: 1, skills: {tax: 5}, shifts: "daily 23:00-01:00"}
        """,
        """
        Mon 23:40 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:40 case-1 arrived
        Mon 23:40 case-1 assigned (ann)
        Mon 23:40 case-1 stage contact begins (ann)
        Mon 23:50 case-1 stage contact ends (ann)
        Mon 23:50 case-1/1 assigned (dot)
        Mon 23:50 case-1 stage contact begins (dot)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 00:20 case-1 stage contact ends (dot)
        Tue 00:20 case-1 stage contact begins (bob)
        Tue 00:30 case-1 stage contact ends (bob)
        Tue 00:30 case-1 resolved (bob)
        * case-1: arrival Mon 23:40, assigned Mon 23:40, first contact and response Mon 23:40, resolved Tue 00:30, first specialist ann,
            specialist bob, contact hours 0:50, num contacts 3, hand offs 1
        + case-1 look 0 (ann), Mon 23:40 to Mon 23:50, handle 0:10
        + case-1 tax 1 (dot), Mon 23:50 to Tue 00:20, handle 0:30
        + case-1 answer 2 (bob), Tue 00:20 to Tue 00:30, handle 0:10
        """
    )


def test_an_owner_who_leaves_while_the_contact_waits_for_somebody_is_replaced_without_asking_twice():
    # The tax question of 23:50 waits for Dot, who comes at 00:30. The case becomes Bob's at midnight, and the question is asked once.
    found = run(
        """
        case_types:
          claim:
            stages:
              look: {handle: 10 min, next: tax}
              tax: {by: anyone, handle: 40 min, skills: {tax: 4}, next: answer}
              answer: {handle: 10 min}
        staff:
          ann: {capacity: 2, last_day: 2026-03-02}
          bob: {capacity: 2, first_day: 2026-03-03}
          dot: {capacity: 1, skills: {tax: 5}, shifts: "Tue 00:30-02:00"}
        routing: {settings: {reach_hours: 0}}
        """,
        """
        Mon 23:40 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:40 case-1 arrived
        Mon 23:40 case-1 assigned (ann)
        Mon 23:40 case-1 stage contact begins (ann)
        Mon 23:50 case-1 stage contact ends (ann)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 00:30 case-1/1 assigned (dot)
        Tue 00:30 case-1 stage contact begins (dot)
        Tue 01:00 case-1 stage contact ends (dot)
        Tue 01:00 case-1 stage contact begins (bob)
        Tue 01:10 case-1 stage contact ends (bob)
        Tue 01:10 case-1 resolved (bob)
        * case-1: arrival Mon 23:40, assigned Mon 23:40, first contact and response Mon 23:40, resolved Tue 01:10, first specialist ann,
            specialist bob, wait unassigned 0:40, contact hours 0:50, num contacts 3, hand offs 1
        + case-1 look 0 (ann), Mon 23:40 to Mon 23:50, handle 0:10
        + case-1 tax 1 (dot), Tue 00:30 to Tue 01:00, handle 0:30
        + case-1 answer 2 (bob), Tue 01:00 to Tue 01:10, handle 0:10
        """
    )


def test_a_contact_routed_on_its_own_does_not_wait_for_somebody_on_long_leave():
    # Both calls are Ann's; she talks until her shift ends at midnight, and then she is away. The second goes to Bob, who comes at
    # 01:00.
    found = run(
        """
        case_types: {call: {assignment: per_contact, stages: {talk: {handle: 30 min}}}}
        staff:
          ann: {capacity: 2, shifts: "Mon 22:00-00:00", leave: 2026-03-03..2026-03-31}
          bob: {capacity: 2, shifts: "Tue 01:00-09:00"}
        """,
        """
        Mon 23:30 call
        Mon 23:40 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:30 case-1 arrived
        Mon 23:30 case-1/0 assigned (ann)
        Mon 23:30 case-1 stage contact begins (ann)
        Mon 23:40 case-2 arrived
        Mon 23:40 case-2/0 assigned (ann)
        Tue 00:00 case-1 stage contact ends (ann)
        Tue 00:00 case-1 resolved
        Tue 00:00 case-2/0 handed back (ann)
        Tue 00:00 case-2/0 assigned (bob)
        Tue 01:00 case-2 stage contact begins (bob)
        Tue 01:30 case-2 stage contact ends (bob)
        Tue 01:30 case-2 resolved
        * case-1: arrival Mon 23:30, assigned Mon 23:30, first contact and response Mon 23:30, resolved Tue 00:00, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Mon 23:40, assigned Mon 23:40, first contact and response Tue 01:00, resolved Tue 01:30, first specialist ann,
            specialist bob, wait in book 0:20, wait off shift 1:00, contact hours 0:30, num contacts 1, hand offs 1
        + case-1 talk 0 (ann), Mon 23:30 to Tue 00:00, handle 0:30
        + case-2 talk 0 (bob), Tue 01:00 to Tue 01:30, ready Tue 00:00, handle 0:30, off shift 1:00
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


def test_an_offer_to_a_new_owner_leaves_a_contact_of_somebody_else_alone():
    # As above, but Bob takes ten minutes to accept. Dot, who begins at 23:50 and works for half an hour, is not disturbed when he
    # does at 00:10.
    found = run(
        """
        case_types:
          claim:
            stages:
              look: {handle: 10 min, next: tax}
              tax: {by: anyone, handle: 40 min, skills: {tax: 4}, next: answer}
              answer: {handle: 10 min}
        staff:
          ann: {capacity: 2, last_day: 2026-03-02}
          bob: {capacity: 2, first_day: 2026-03-03, accept: 10 min}
          dot: {capacity: 1, skills: {tax: 5}, shifts: "daily 23:00-01:00"}
        """,
        """
        Mon 23:40 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:40 case-1 arrived
        Mon 23:40 case-1 assigned (ann)
        Mon 23:40 case-1 stage contact begins (ann)
        Mon 23:50 case-1 stage contact ends (ann)
        Mon 23:50 case-1/1 assigned (dot)
        Mon 23:50 case-1 stage contact begins (dot)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 00:10 case-1 accepted (bob)
        Tue 00:20 case-1 stage contact ends (dot)
        Tue 00:20 case-1 stage contact begins (bob)
        Tue 00:30 case-1 stage contact ends (bob)
        Tue 00:30 case-1 resolved (bob)
        * case-1: arrival Mon 23:40, assigned Mon 23:40, first contact and response Mon 23:40, resolved Tue 00:30, first specialist ann,
            specialist bob, contact hours 0:50, num contacts 3, hand offs 1
        + case-1 look 0 (ann), Mon 23:40 to Mon 23:50, handle 0:10
        + case-1 tax 1 (dot), Mon 23:50 to Tue 00:20, handle 0:30
        + case-1 answer 2 (bob), Tue 00:20 to Tue 00:30, handle 0:10
        """
    )


def test_the_walk_waits_for_the_answer_to_an_offer():
    # The same, and Bob takes half an hour: Dot is done at 00:20, and the case stands still until he accepts at 00:30.
    found = run(
        """
        case_types:
          claim:
            stages:
              look: {handle: 10 min, next: tax}
              tax: {by: anyone, handle: 40 min, skills: {tax: 4}, next: answer}
              answer: {handle: 10 min}
        staff:
          ann: {capacity: 2, last_day: 2026-03-02}
          bob: {capacity: 2, first_day: 2026-03-03, accept: 30 min}
          dot: {capacity: 1, skills: {tax: 5}, shifts: "daily 23:00-01:00"}
        """,
        """
        Mon 23:40 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:40 case-1 arrived
        Mon 23:40 case-1 assigned (ann)
        Mon 23:40 case-1 stage contact begins (ann)
        Mon 23:50 case-1 stage contact ends (ann)
        Mon 23:50 case-1/1 assigned (dot)
        Mon 23:50 case-1 stage contact begins (dot)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 00:20 case-1 stage contact ends (dot)
        Tue 00:30 case-1 accepted (bob)
        Tue 00:30 case-1 stage contact begins (bob)
        Tue 00:40 case-1 stage contact ends (bob)
        Tue 00:40 case-1 resolved (bob)
        * case-1: arrival Mon 23:40, assigned Mon 23:40, first contact and response Mon 23:40, resolved Tue 00:40, first specialist ann,
            specialist bob, wait in book 0:10, contact hours 0:50, num contacts 3, hand offs 1
        + case-1 look 0 (ann), Mon 23:40 to Mon 23:50, handle 0:10
        + case-1 tax 1 (dot), Mon 23:50 to Tue 00:20, handle 0:30
        + case-1 answer 2 (bob), Tue 00:30 to Tue 00:40, handle 0:10
        """
    )

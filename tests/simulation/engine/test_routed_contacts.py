"""Contacts that are routed on their own, of cases with an owner and of cases without."""

from tests.simulation.engine.floor import lines, run


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

"""Capacity: weights, parked cases, books that are overfull, limits of intake and of teams."""

from tests.simulation.engine.floor import lines, run


def test_a_case_takes_its_weight_from_assignment_to_resolution():
    # Ann has room for 5. The first two take 2 each; the third, which asks for 2 where 1 is left, waits; the fourth asks for 1 and is
    # hers at once. At 09:30 the first is resolved, and its 2 units are the third's. The book holds 2 · 0:30 + 2 · 1:00 + 2 · 1:10 + 1
    # · 1:05 = 6:25 unit-hours.
    found = run(
        """
        case_types:
          claim: {weight: 2, stages: {work: {handle: 30 min}}}
          call: {stages: {talk: {handle: 10 min}}}
        staff: {ann: {capacity: 5}}
        routing: {sequencing: fifo}
        """,
        """
        Mon 09:00 claim
        Mon 09:00 claim
        Mon 09:00 claim
        Mon 09:05 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (ann)
        Mon 09:00 case-3 arrived
        Mon 09:05 case-4 arrived
        Mon 09:05 case-4 assigned (ann)
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 09:30 case-3 assigned (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 10:00 case-2 stage contact ends (ann)
        Mon 10:00 case-2 resolved (ann)
        Mon 10:00 case-4 stage contact begins (ann)
        Mon 10:10 case-4 stage contact ends (ann)
        Mon 10:10 case-4 resolved (ann)
        Mon 10:10 case-3 stage contact begins (ann)
        Mon 10:40 case-3 stage contact ends (ann)
        Mon 10:40 case-3 resolved (ann)
        * case-1: weight 2, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30,
            specialist ann, contact hours 0:30, num contacts 1
        * case-2: weight 2, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:30, resolved Mon 10:00,
            specialist ann, wait in book 0:30, contact hours 0:30, num contacts 1
        * case-3: weight 2, arrival Mon 09:00, assigned Mon 09:30, first contact and response Mon 10:10, resolved Mon 10:40,
            specialist ann, wait unassigned 0:30, wait in book 0:40, contact hours 0:30, num contacts 1
        * case-4: case type call, arrival Mon 09:05, assigned Mon 09:05, first contact and response Mon 10:00, resolved Mon 10:10,
            specialist ann, wait in book 0:55, contact hours 0:10, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 work 0 (ann), Mon 09:30 to Mon 10:00, ready Mon 09:00, handle 0:30, in book 0:30
        + case-4 talk 0 (ann), Mon 10:00 to Mon 10:10, ready Mon 09:05, handle 0:10, in book 0:55
        + case-3 work 0 (ann), Mon 10:10 to Mon 10:40, ready Mon 09:30, handle 0:30, in book 0:40
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 1:40, held 6:25"


def test_a_parked_case_counts_less_and_may_overfill_the_book():
    # Ann has room for 4. While the first waits on its customer from 09:30 to 10:30 it counts half, so that the second fits at 09:30.
    # The first is back at 10:30, while the second is worked until 11:00: the book holds 4 + 2 = 6, and the first keeps its place.
    # When the second ends the first takes all 4, so that the third follows at 11:10. Unit-hours: 4 · 0:30 + 2 · 1:00 + 4 · 0:40 for
    # the first, 2 · 1:30 for each of the others.
    found = run(
        """
        case_types:
          claim: {weight: 4, stages: {call: {handle: 30 min, next: hold}, hold: {by: customer, handle: 1 h, next: close}, close: {handle: 10 min}}}
          audit: {weight: 2, stages: {work: {handle: 90 min}}}
        staff: {ann: {capacity: 4}}
        routing: {parked_factor: 0.5}
        """,
        """
        Mon 09:00 claim
        Mon 09:10 audit
        Mon 09:20 audit
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:20 case-3 arrived
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 waits on customer
        Mon 09:30 case-2 assigned (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 10:30 case-1 is back
        Mon 11:00 case-2 stage contact ends (ann)
        Mon 11:00 case-2 resolved (ann)
        Mon 11:00 case-1 stage contact begins (ann)
        Mon 11:10 case-1 stage contact ends (ann)
        Mon 11:10 case-1 resolved (ann)
        Mon 11:10 case-3 assigned (ann)
        Mon 11:10 case-3 stage contact begins (ann)
        Mon 12:40 case-3 stage contact ends (ann)
        Mon 12:40 case-3 resolved (ann)
        * case-1: weight 4, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:10,
            specialist ann, wait in book 0:30, wait customer 1:00, contact hours 0:40, num contacts 2
        * case-2: case type audit, weight 2, arrival Mon 09:10, assigned Mon 09:30, first contact and response Mon 09:30,
            resolved Mon 11:00, specialist ann, wait unassigned 0:20, contact hours 1:30, num contacts 1
        * case-3: case type audit, weight 2, arrival Mon 09:20, assigned Mon 11:10, first contact and response Mon 11:10,
            resolved Mon 12:40, specialist ann, wait unassigned 1:50, contact hours 1:30, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 work 0 (ann), Mon 09:30 to Mon 11:00, handle 1:30
        + case-1 close 1 (ann), Mon 11:00 to Mon 11:10, ready Mon 10:30, handle 0:10, in book 0:30
        + case-3 work 0 (ann), Mon 11:10 to Mon 12:40, handle 1:30
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 3:40, held 12:40"


def test_parked_weights_are_rounded_up():
    # 0.34 · 2 units count as 1: with room for 2, one case of weight 1 fits beside the parked one, and not two.
    found = run(
        """
        case_types:
          claim:
            weight: 2
            stages:
              call: {handle: 30 min, next: lab}
              lab: {by: department, department: lab, handle: 1 h, next: close}
              close: {handle: 10 min}
          call: {stages: {talk: {handle: 10 min}}}
        staff: {ann: {capacity: 2}}
        departments: {lab: {}}
        routing: {parked_factor: 0.34}
        """,
        """
        Mon 09:00 claim
        Mon 09:10 call
        Mon 09:10 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:10 case-3 arrived
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 waits on department
        Mon 09:30 case-2 assigned (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 09:40 case-2 stage contact ends (ann)
        Mon 09:40 case-2 resolved (ann)
        Mon 09:40 case-3 assigned (ann)
        Mon 09:40 case-3 stage contact begins (ann)
        Mon 09:50 case-3 stage contact ends (ann)
        Mon 09:50 case-3 resolved (ann)
        Mon 10:30 case-1 is back
        Mon 10:30 case-1 stage contact begins (ann)
        Mon 10:40 case-1 stage contact ends (ann)
        Mon 10:40 case-1 resolved (ann)
        * case-1: weight 2, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 10:40,
            specialist ann, wait department 1:00, contact hours 0:40, num contacts 2
        * case-2: case type call, arrival Mon 09:10, assigned Mon 09:30, first contact and response Mon 09:30, resolved Mon 09:40,
            specialist ann, wait unassigned 0:20, contact hours 0:10, num contacts 1
        * case-3: case type call, arrival Mon 09:10, assigned Mon 09:40, first contact and response Mon 09:40, resolved Mon 09:50,
            specialist ann, wait unassigned 0:30, contact hours 0:10, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 talk 0 (ann), Mon 09:30 to Mon 09:40, handle 0:10
        + case-3 talk 0 (ann), Mon 09:40 to Mon 09:50, handle 0:10
        + case-1 close 1 (ann), Mon 10:30 to Mon 10:40, handle 0:10
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 1:00, held 2:40"


def test_a_window_admits_no_more_than_the_intake_limit():
    # Two new cases in each window of four hours from midnight on: the third waits until 12:00, though Ann is free from 09:50 on.
    found = run(
        """
        case_types: {call: {stages: {talk: {handle: 10 min}}}}
        staff: {ann: {capacity: 9, intake: {limit: 2, window_hours: 4}}}
        """,
        """
        Mon 09:00 call
        Mon 09:10 call
        Mon 09:20 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:10 case-2 assigned (ann)
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1 resolved (ann)
        Mon 09:10 case-2 stage contact begins (ann)
        Mon 09:20 case-2 stage contact ends (ann)
        Mon 09:20 case-2 resolved (ann)
        Mon 09:20 case-3 arrived
        Mon 12:00 case-3 assigned (ann)
        Mon 12:00 case-3 stage contact begins (ann)
        Mon 12:10 case-3 stage contact ends (ann)
        Mon 12:10 case-3 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:10, specialist ann,
            contact hours 0:10, num contacts 1
        * case-2: arrival Mon 09:10, assigned Mon 09:10, first contact and response Mon 09:10, resolved Mon 09:20, specialist ann,
            contact hours 0:10, num contacts 1
        * case-3: arrival Mon 09:20, assigned Mon 12:00, first contact and response Mon 12:00, resolved Mon 12:10, specialist ann,
            wait unassigned 2:40, contact hours 0:10, num contacts 1
        + case-1 talk 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-2 talk 0 (ann), Mon 09:10 to Mon 09:20, handle 0:10
        + case-3 talk 0 (ann), Mon 12:00 to Mon 12:10, handle 0:10
        """
    )


def test_a_relaxed_intake_limit_bends_with_age():
    # The second call is an hour old at 10:10.
    found = run(
        """
        case_types: {call: {stages: {talk: {handle: 10 min}}}}
        staff: {ann: {capacity: 9, intake: {limit: 1, window_hours: 24}}}
        routing: {settings: {relaxations: {intake_limit: {after_hours: 1, price: 0}}}}
        """,
        """
        Mon 09:00 call
        Mon 09:10 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1 resolved (ann)
        Mon 10:10 case-2 assigned (ann)
        Mon 10:10 case-2 stage contact begins (ann)
        Mon 10:20 case-2 stage contact ends (ann)
        Mon 10:20 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:10, specialist ann,
            contact hours 0:10, num contacts 1
        * case-2: arrival Mon 09:10, assigned Mon 10:10, first contact and response Mon 10:10, resolved Mon 10:20, specialist ann,
            wait unassigned 1:00, contact hours 0:10, num contacts 1
        + case-1 talk 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-2 talk 0 (ann), Mon 10:10 to Mon 10:20, handle 0:10
        """
    )


def test_room_under_the_cap_of_a_team_is_free_for_all_of_it():
    # The team may hold two cases, and Ann holds both. When she has resolved the first, at 09:30, Bob may take the case in French,
    # which she may not.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}, french: {languages: {fr: 1}, stages: {work: {handle: 10 min}}}}
        staff:
          ann: {team: east, capacity: 2}
          bob: {team: east, capacity: 1, languages: [fr]}
        routing: {settings: {team_caps: {east: 2}}}
        """,
        """
        Mon 09:00 claim
        Mon 09:00 claim
        Mon 09:10 french
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (ann)
        Mon 09:10 case-3 arrived
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 09:30 case-3 assigned (bob)
        Mon 09:30 case-3 stage contact begins (bob)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 09:40 case-3 stage contact ends (bob)
        Mon 09:40 case-3 resolved (bob)
        Mon 10:00 case-2 stage contact ends (ann)
        Mon 10:00 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:30, resolved Mon 10:00, specialist ann,
            wait in book 0:30, contact hours 0:30, num contacts 1
        * case-3: case type french, arrival Mon 09:10, assigned Mon 09:30, first contact and response Mon 09:30, resolved Mon 09:40,
            specialist bob, wait unassigned 0:20, contact hours 0:10, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-3 work 0 (bob), Mon 09:30 to Mon 09:40, handle 0:10
        + case-2 work 0 (ann), Mon 09:30 to Mon 10:00, ready Mon 09:00, handle 0:30, in book 0:30
        """
    )

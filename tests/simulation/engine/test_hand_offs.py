"""Hand-offs: owners who are away for long, leave the firm, or whose credentials end."""

from tests.simulation.engine.floor import lines, run


def test_a_long_leave_hands_everything_back_the_most_urgent_first():
    # Ann's leave of four days begins on Tuesday at midnight. She was given the claim first, but did the urgent case before it, which
    # has waited on the customer since 17:00. The urgent one goes to Bob, who has room for one, and the claim follows when Bob is
    # free.
    found = run(
        """
        case_types:
          claim: {stages: {work: {handle: 30 min}}}
          urgent: {priority: 1, stages: {call: {handle: 1 h, next: hold}, hold: {by: customer, handle: 17 h, next: close}, close: {handle: 20 min}}}
        staff:
          ann: {capacity: 3, shifts: "daily 09:00-17:00", leave: 2026-03-03..2026-03-06}
          bob: {capacity: 1, shifts: "Tue-Fri 09:00-17:00"}
        routing: {settings: {reach_hours: 24}}
        """,
        """
        Mon 15:30 claim
        Mon 15:40 claim
        Mon 15:50 urgent
        """,
    )
    assert found.whole == lines(
        """
        Mon 15:30 case-1 arrived
        Mon 15:30 case-1 assigned (ann)
        Mon 15:30 case-1 stage contact begins (ann)
        Mon 15:40 case-2 arrived
        Mon 15:40 case-2 assigned (ann)
        Mon 15:50 case-3 arrived
        Mon 15:50 case-3 assigned (ann)
        Mon 16:00 case-1 stage contact ends (ann)
        Mon 16:00 case-1 resolved (ann)
        Mon 16:00 case-3 stage contact begins (ann)
        Mon 17:00 case-3 stage contact ends (ann)
        Mon 17:00 case-3 waits on customer
        Tue 00:00 case-3 handed back (ann)
        Tue 00:00 case-3 assigned (bob)
        Tue 00:00 case-2 handed back (ann)
        Tue 10:00 case-3 is back
        Tue 10:00 case-3 stage contact begins (bob)
        Tue 10:20 case-3 stage contact ends (bob)
        Tue 10:20 case-3 resolved (bob)
        Tue 10:20 case-2 assigned (bob)
        Tue 10:20 case-2 stage contact begins (bob)
        Tue 10:50 case-2 stage contact ends (bob)
        Tue 10:50 case-2 resolved (bob)
        * case-1: arrival Mon 15:30, assigned Mon 15:30, first contact and response Mon 15:30, resolved Mon 16:00, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Mon 15:40, assigned Mon 15:40, first contact and response Tue 10:20, resolved Tue 10:50, first specialist ann,
            specialist bob, wait unassigned 10:20, wait in book 1:20, wait off shift 7:00, contact hours 0:30, num contacts 1,
            hand offs 1
        * case-3: case type urgent, priority 1, arrival Mon 15:50, assigned Mon 15:50, first contact and response Mon 16:00,
            resolved Tue 10:20, first specialist ann, specialist bob, wait in book 0:10, wait customer 17:00, contact hours 1:20,
            num contacts 2, hand offs 1
        + case-1 work 0 (ann), Mon 15:30 to Mon 16:00, handle 0:30
        + case-3 call 0 (ann), Mon 16:00 to Mon 17:00, ready Mon 15:50, handle 1:00, in book 0:10
        + case-3 close 1 (bob), Tue 10:00 to Tue 10:20, handle 0:20
        + case-2 work 0 (bob), Tue 10:20 to Tue 10:50, handle 0:30
        """
    )
    assert found.hours("bob") == "paid 32:00, staffed 32:00, busy 0:50, held 10:50"


def test_a_long_leave_breaks_a_suspended_contact_off():
    # Ann has worked 30 of 45 minutes when her shift ends, and then she is away for a month. The case does not wait for her: Bob works
    # it anew, all 45 minutes of it. The seven hours from 17:00 to midnight are Ann's as off shift, and so are the nine until Bob's
    # shift.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min, documentation: 15 min}}}}
        staff:
          ann: {capacity: 1, shifts: "daily 09:00-17:00", leave: 2026-03-03..2026-03-31}
          bob: {capacity: 1, shifts: "Tue-Fri 09:00-17:00"}
        routing: {at_shift_end: suspend, settings: {reach_hours: 24}}
        """,
        """
        Mon 16:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 16:30 case-1 arrived
        Mon 16:30 case-1 assigned (ann)
        Mon 16:30 case-1 stage contact begins (ann)
        Tue 00:00 case-1 stage contact broken off (ann)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 09:00 case-1 stage contact begins (bob)
        Tue 09:45 case-1 stage contact ends (bob)
        Tue 09:45 case-1 resolved (bob)
        * case-1: arrival Mon 16:30, assigned Mon 16:30, first contact and response Mon 16:30, resolved Tue 09:45, first specialist ann,
            specialist bob, wait off shift 16:00, contact hours 1:15, num contacts 2, hand offs 1
        + case-1 work 0 (ann), Mon 16:30 to Tue 00:00, handle 0:30, suspended 7:00
        + case-1 work 1 (bob), Tue 09:00 to Tue 09:45, ready Tue 00:00, handle 0:30, documentation 0:15, off shift 9:00
        """
    )
    assert found.hours("ann") == "paid 8:00, staffed 8:00, busy 0:30, held 7:30"
    assert found.hours("bob") == "paid 32:00, staffed 32:00, busy 0:45, held 9:45"


def test_a_short_absence_leaves_cases_with_their_owner():
    # Ann is away on Tuesday alone: the case that waits for the customer stays hers, and is closed when she is back on Wednesday.
    found = run(
        """
        case_types: {claim: {stages: {call: {handle: 1 h, next: hold}, hold: {by: customer, handle: 16 h, next: close}, close: {handle: 20 min}}}}
        staff:
          ann: {capacity: 1, shifts: "daily 09:00-17:00", leave: 2026-03-03}
          bob: {capacity: 1, shifts: "daily 09:00-17:00"}
        """,
        """
        Mon 16:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 16:00 case-1 arrived
        Mon 16:00 case-1 assigned (ann)
        Mon 16:00 case-1 stage contact begins (ann)
        Mon 17:00 case-1 stage contact ends (ann)
        Mon 17:00 case-1 waits on customer
        Tue 09:00 case-1 is back
        Wed 09:00 case-1 stage contact begins (ann)
        Wed 09:20 case-1 stage contact ends (ann)
        Wed 09:20 case-1 resolved (ann)
        * case-1: arrival Mon 16:00, assigned Mon 16:00, first contact and response Mon 16:00, resolved Wed 09:20, specialist ann,
            wait off shift 24:00, wait customer 16:00, contact hours 1:20, num contacts 2
        + case-1 call 0 (ann), Mon 16:00 to Mon 17:00, handle 1:00
        + case-1 close 1 (ann), Wed 09:00 to Wed 09:20, ready Tue 09:00, handle 0:20, off shift 24:00
        """
    )


def test_a_case_whose_owner_leaves_the_firm_is_handed_back():
    # Ann's last day is Monday. The second case, which she has not begun by 17:00, is Bob's at midnight.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 1 h}}}}
        staff:
          ann: {capacity: 2, shifts: "daily 09:00-17:00", last_day: 2026-03-02}
          bob: {capacity: 1, shifts: "daily 09:00-17:00", first_day: 2026-03-03}
        """,
        """
        Mon 16:00 claim
        Mon 16:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 16:00 case-1 arrived
        Mon 16:00 case-1 assigned (ann)
        Mon 16:00 case-1 stage contact begins (ann)
        Mon 16:30 case-2 arrived
        Mon 16:30 case-2 assigned (ann)
        Mon 17:00 case-1 stage contact ends (ann)
        Mon 17:00 case-1 resolved (ann)
        Tue 00:00 case-2 handed back (ann)
        Tue 00:00 case-2 assigned (bob)
        Tue 09:00 case-2 stage contact begins (bob)
        Tue 10:00 case-2 stage contact ends (bob)
        Tue 10:00 case-2 resolved (bob)
        * case-1: arrival Mon 16:00, assigned Mon 16:00, first contact and response Mon 16:00, resolved Mon 17:00, specialist ann,
            contact hours 1:00, num contacts 1
        * case-2: arrival Mon 16:30, assigned Mon 16:30, first contact and response Tue 09:00, resolved Tue 10:00, first specialist ann,
            specialist bob, wait in book 0:30, wait off shift 16:00, contact hours 1:00, num contacts 1, hand offs 1
        + case-1 work 0 (ann), Mon 16:00 to Mon 17:00, handle 1:00
        + case-2 work 0 (bob), Tue 09:00 to Tue 10:00, ready Tue 00:00, handle 1:00, off shift 9:00
        """
    )


def test_a_credential_that_lapses_during_the_walk_hands_the_case_over():
    # Ann's licence is valid up to and including Monday. At midnight the case, which waits on the customer until Tuesday 08:00,
    # becomes Bob's.
    found = run(
        """
        case_types:
          claim:
            credentials: [adjuster]
            stages: {call: {handle: 1 h, next: hold}, hold: {by: customer, handle: 15 h, next: close}, close: {handle: 20 min}}
        staff:
          ann: {capacity: 1, credentials: [{kind: adjuster, jurisdictions: [any], valid_until: 2026-03-02}]}
          bob: {capacity: 1, credentials: [{kind: adjuster, jurisdictions: [any]}]}
        """,
        """
        Mon 16:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 16:00 case-1 arrived
        Mon 16:00 case-1 assigned (ann)
        Mon 16:00 case-1 stage contact begins (ann)
        Mon 17:00 case-1 stage contact ends (ann)
        Mon 17:00 case-1 waits on customer
        Tue 00:00 case-1 credential lapsed (ann)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 08:00 case-1 is back
        Tue 08:00 case-1 stage contact begins (bob)
        Tue 08:20 case-1 stage contact ends (bob)
        Tue 08:20 case-1 resolved (bob)
        * case-1: arrival Mon 16:00, assigned Mon 16:00, first contact and response Mon 16:00, resolved Tue 08:20, first specialist ann,
            specialist bob, wait customer 15:00, contact hours 1:20, num contacts 2, hand offs 1
        + case-1 call 0 (ann), Mon 16:00 to Mon 17:00, handle 1:00
        + case-1 close 1 (bob), Tue 08:00 to Tue 08:20, handle 0:20
        """
    )


def test_a_contact_under_way_when_the_credential_lapses_is_finished_first():
    # The contact began validly at 23:30. The next one is Bob's, from 00:30 on.
    found = run(
        """
        case_types: {claim: {credentials: [adjuster], stages: {call: {handle: 1 h, next: close}, close: {handle: 20 min}}}}
        staff:
          ann: {capacity: 1, credentials: [{kind: adjuster, jurisdictions: [any], valid_until: 2026-03-02}]}
          bob: {capacity: 1, credentials: [{kind: adjuster, jurisdictions: [any]}]}
        """,
        """
        Mon 23:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:30 case-1 arrived
        Mon 23:30 case-1 assigned (ann)
        Mon 23:30 case-1 stage contact begins (ann)
        Tue 00:00 case-1 credential lapsed (ann)
        Tue 00:30 case-1 stage contact ends (ann)
        Tue 00:30 case-1 handed back (ann)
        Tue 00:30 case-1 assigned (bob)
        Tue 00:30 case-1 stage contact begins (bob)
        Tue 00:50 case-1 stage contact ends (bob)
        Tue 00:50 case-1 resolved (bob)
        * case-1: arrival Mon 23:30, assigned Mon 23:30, first contact and response Mon 23:30, resolved Tue 00:50, first specialist ann,
            specialist bob, contact hours 1:20, num contacts 2, hand offs 1
        + case-1 call 0 (ann), Mon 23:30 to Tue 00:30, handle 1:00
        + case-1 close 1 (bob), Tue 00:30 to Tue 00:50, handle 0:20
        """
    )


def test_a_credential_is_needed_at_the_start_of_a_contact_that_is_routed_on_its_own():
    # Both calls are Ann's at 23:30. When her licence ends at midnight the second has not begun: Bob takes it.
    found = run(
        """
        case_types: {call: {assignment: per_contact, credentials: [adjuster], stages: {talk: {handle: 1 h}}}}
        staff:
          ann: {capacity: 2, credentials: [{kind: adjuster, jurisdictions: [any], valid_until: 2026-03-02}]}
          bob: {capacity: 1, credentials: [{kind: adjuster, jurisdictions: [any]}]}
        """,
        """
        Mon 23:30 call
        Mon 23:30 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:30 case-1 arrived
        Mon 23:30 case-1/0 assigned (ann)
        Mon 23:30 case-1 stage contact begins (ann)
        Mon 23:30 case-2 arrived
        Mon 23:30 case-2/0 assigned (ann)
        Tue 00:00 case-2 credential lapsed (ann)
        Tue 00:00 case-2/0 handed back (ann)
        Tue 00:00 case-2/0 assigned (bob)
        Tue 00:00 case-2 stage contact begins (bob)
        Tue 00:30 case-1 stage contact ends (ann)
        Tue 00:30 case-1 resolved
        Tue 01:00 case-2 stage contact ends (bob)
        Tue 01:00 case-2 resolved
        * case-1: arrival Mon 23:30, assigned Mon 23:30, first contact and response Mon 23:30, resolved Tue 00:30, specialist ann,
            contact hours 1:00, num contacts 1
        * case-2: arrival Mon 23:30, assigned Mon 23:30, first contact and response Tue 00:00, resolved Tue 01:00, first specialist ann,
            specialist bob, wait in book 0:30, contact hours 1:00, num contacts 1, hand offs 1
        + case-1 talk 0 (ann), Mon 23:30 to Tue 00:30, handle 1:00
        + case-2 talk 0 (bob), Tue 00:00 to Tue 01:00, handle 1:00
        """
    )

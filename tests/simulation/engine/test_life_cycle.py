"""The life-cycle of a case: queued, offered, held, handed back, resolved, reopened, confirmed or abandoned."""

from tests.simulation.engine.floor import lines, run


def test_an_offered_case_is_worked_once_it_is_accepted():
    # Offered at 08:30, half an hour before the shift; the answer takes 15 minutes on shift, so that it comes at 09:15. Until then the
    # case takes capacity: 75 minutes in all, with the half hour of the contact.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 1, accept: 15 min, shifts: "Mon-Fri 09:00-17:00"}}
        """,
        """
        Mon 08:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 08:30 case-1 arrived
        Mon 08:30 case-1 assigned (ann)
        Mon 09:15 case-1 accepted (ann)
        Mon 09:15 case-1 stage contact begins (ann)
        Mon 09:45 case-1 stage contact ends (ann)
        Mon 09:45 case-1 resolved (ann)
        * case-1: arrival Mon 08:30, assigned Mon 08:30, first contact and response Mon 09:15, resolved Mon 09:45, specialist ann,
            wait in book 0:15, wait off shift 0:30, contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 09:15 to Mon 09:45, handle 0:30
        """
    )
    assert found.hours("ann") == "paid 40:00, staffed 40:00, busy 0:30, held 1:15"


def test_whoever_declines_is_left_alone_for_a_while():
    # Declined after 10 minutes, offered again two hours after that, and declined again; the customer's patience ends after three
    # hours.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}, patience: 3 h}}
        staff: {ann: {capacity: 1, accept: 10 min, declines: 1.0}}
        routing: {decline_for: 2 h}
        """,
        """
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:10 case-1 declined (ann)
        Mon 09:10 case-1 handed back (ann)
        Mon 11:10 case-1 assigned (ann)
        Mon 11:20 case-1 declined (ann)
        Mon 11:20 case-1 handed back (ann)
        Mon 12:00 case-1 abandoned
        * case-1: arrival Mon 09:00, assigned Mon 09:00, abandoned Mon 12:00, specialist ann, wait unassigned 2:40, wait in book 0:20,
            hand offs 2
        """
    )


def test_an_offer_that_is_not_answered_in_time_goes_to_somebody_else():
    # Ann would accept after an hour, which is beyond the 20 minutes that she has.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 1, accept: 1 h}, bob: {capacity: 1}}
        routing: {accept_within: 20 min}
        """,
        """
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:20 case-1 offer timed out (ann)
        Mon 09:20 case-1 handed back (ann)
        Mon 09:20 case-1 assigned (bob)
        Mon 09:20 case-1 stage contact begins (bob)
        Mon 09:50 case-1 stage contact ends (bob)
        Mon 09:50 case-1 resolved (bob)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:20, resolved Mon 09:50, first specialist ann,
            specialist bob, wait in book 0:20, contact hours 0:30, num contacts 1, hand offs 1
        + case-1 work 0 (bob), Mon 09:20 to Mon 09:50, handle 0:30
        """
    )


def test_the_queue_is_served_by_priority_then_age():
    # At 09:30 three cases wait: the urgent one goes first though it came last but one, then the older of the others.
    found = run(
        """
        case_types:
          claim: {stages: {work: {handle: 30 min}}}
          urgent: {priority: 1, stages: {work: {handle: 10 min}}}
        staff: {ann: {capacity: 1}}
        """,
        """
        Mon 09:00 claim
        Mon 09:05 claim
        Mon 09:10 urgent
        Mon 09:15 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:05 case-2 arrived
        Mon 09:10 case-3 arrived
        Mon 09:15 case-4 arrived
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 09:30 case-3 assigned (ann)
        Mon 09:30 case-3 stage contact begins (ann)
        Mon 09:40 case-3 stage contact ends (ann)
        Mon 09:40 case-3 resolved (ann)
        Mon 09:40 case-2 assigned (ann)
        Mon 09:40 case-2 stage contact begins (ann)
        Mon 10:10 case-2 stage contact ends (ann)
        Mon 10:10 case-2 resolved (ann)
        Mon 10:10 case-4 assigned (ann)
        Mon 10:10 case-4 stage contact begins (ann)
        Mon 10:40 case-4 stage contact ends (ann)
        Mon 10:40 case-4 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Mon 09:05, assigned Mon 09:40, first contact and response Mon 09:40, resolved Mon 10:10, specialist ann,
            wait unassigned 0:35, contact hours 0:30, num contacts 1
        * case-3: case type urgent, priority 1, arrival Mon 09:10, assigned Mon 09:30, first contact and response Mon 09:30,
            resolved Mon 09:40, specialist ann, wait unassigned 0:20, contact hours 0:10, num contacts 1
        * case-4: arrival Mon 09:15, assigned Mon 10:10, first contact and response Mon 10:10, resolved Mon 10:40, specialist ann,
            wait unassigned 0:55, contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-3 work 0 (ann), Mon 09:30 to Mon 09:40, handle 0:10
        + case-2 work 0 (ann), Mon 09:40 to Mon 10:10, handle 0:30
        + case-4 work 0 (ann), Mon 10:10 to Mon 10:40, handle 0:30
        """
    )


def test_a_case_is_abandoned_only_before_its_first_contact():
    # Patience is 20 minutes. The first case is given up before the shift, the third in the book, the fourth in the queue and then the
    # book. The second is in contact at 09:10, so that the hour in which it waits on the customer costs nobody's patience.
    found = run(
        """
        case_types: {call: {patience: 20 min, stages: {talk: {handle: 30 min, next: hold}, hold: {by: customer, handle: 1 h}}}}
        staff: {ann: {capacity: 2, shifts: "daily 09:00-17:00"}}
        """,
        """
        Mon 08:30 call
        Mon 08:50 call
        Mon 08:55 call
        Mon 09:00 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 08:30 case-1 arrived
        Mon 08:30 case-1 assigned (ann)
        Mon 08:50 case-2 arrived
        Mon 08:50 case-2 assigned (ann)
        Mon 08:50 case-1 abandoned (ann)
        Mon 08:55 case-3 arrived
        Mon 08:55 case-3 assigned (ann)
        Mon 09:00 case-2 stage contact begins (ann)
        Mon 09:00 case-4 arrived
        Mon 09:15 case-3 abandoned (ann)
        Mon 09:15 case-4 assigned (ann)
        Mon 09:20 case-4 abandoned (ann)
        Mon 09:30 case-2 stage contact ends (ann)
        Mon 09:30 case-2 waits on customer
        Mon 10:30 case-2 is back
        Mon 10:30 case-2 resolved (ann)
        * case-1: arrival Mon 08:30, assigned Mon 08:30, abandoned Mon 08:50, specialist ann, wait off shift 0:20
        * case-2: arrival Mon 08:50, assigned Mon 08:50, first contact and response Mon 09:00, resolved Mon 10:30, specialist ann,
            wait off shift 0:10, wait customer 1:00, contact hours 0:30, num contacts 1
        * case-3: arrival Mon 08:55, assigned Mon 08:55, abandoned Mon 09:15, specialist ann, wait in book 0:15, wait off shift 0:05
        * case-4: arrival Mon 09:00, assigned Mon 09:15, abandoned Mon 09:20, specialist ann, wait unassigned 0:15, wait in book 0:05
        + case-2 talk 0 (ann), Mon 09:00 to Mon 09:30, ready Mon 08:50, handle 0:30, off shift 0:10
        """
    )


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


def test_a_reopened_case_is_ready_with_its_owner():
    # Reopened three hours after the resolution, at its second stage. Ann accepts offers after ten minutes, but is not asked again
    # about a case that was hers.
    found = run(
        """
        case_types:
          claim:
            stages: {work: {handle: 30 min}, more: {handle: 10 min}}
            reopening: {probability: 0.999999, after: 3 h, stage: more, window: 4 h}
        staff:
          ann: {capacity: 2, accept: 10 min}
          bob: {capacity: 9}
        window: {length: 5 h, tail: 0 h}
        start: 2026-03-02T09:00
        """,
        """
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:10 case-1 accepted (ann)
        Mon 09:10 case-1 stage contact begins (ann)
        Mon 09:40 case-1 stage contact ends (ann)
        Mon 09:40 case-1 resolved (ann)
        Mon 12:40 case-1 reopened (ann)
        Mon 12:40 case-1 back with its owner (ann)
        Mon 12:40 case-1 stage contact begins (ann)
        Mon 12:50 case-1 stage contact ends (ann)
        Mon 12:50 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:10, resolved Mon 12:50, specialist ann,
            wait in book 0:10, contact hours 0:40, closed hours 3:00, num contacts 2, reopens 1
        + case-1 work 0 (ann), Mon 09:10 to Mon 09:40, handle 0:30
        + case-1 more 1 (ann), Mon 12:40 to Mon 12:50, handle 0:10
        """
    )


def test_a_reopened_case_whose_owner_has_no_room_is_queued():
    # Ann has room for one. When the first case is reopened at 10:30 she holds the second, which takes her until 11:30. Only then is
    # she given the first again, which counts as a hand-off; the run ends ten minutes into that contact.
    found = run(
        """
        case_types:
          claim: {stages: {work: {handle: 30 min}}, reopening: {probability: 0.999999, after: 1 h, window: 1 h}}
          audit: {stages: {work: {handle: 2 h}}}
        staff: {ann: {capacity: 1}}
        window: {length: 160 min, tail: 0 h}
        start: 2026-03-02T09:00
        """,
        """
        Mon 09:00 claim
        Mon 09:10 audit
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 09:30 case-2 assigned (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 10:30 case-1 reopened (ann)
        Mon 11:30 case-2 stage contact ends (ann)
        Mon 11:30 case-2 resolved (ann)
        Mon 11:30 case-1 assigned (ann)
        Mon 11:30 case-1 stage contact begins (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, specialist ann, wait unassigned 1:00,
            contact hours 0:40, closed hours 1:00, num contacts 2, hand offs 1, reopens 1
        * case-2: case type audit, arrival Mon 09:10, assigned Mon 09:30, first contact and response Mon 09:30, resolved Mon 11:30,
            specialist ann, wait unassigned 0:20, contact hours 2:00, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 work 0 (ann), Mon 09:30 to Mon 11:30, handle 2:00
        """
    )


def test_a_reopened_case_whose_owner_is_gone_is_handed_over():
    # Resolved on Monday, reopened on Tuesday, when Ann has left the firm.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 1 h}}, reopening: {probability: 0.999999, after: 20 h, window: 1 d}}}
        staff:
          ann: {capacity: 1, shifts: "daily 09:00-17:00", last_day: 2026-03-02}
          bob: {capacity: 1, shifts: "daily 09:00-17:00", first_day: 2026-03-03}
        window: {length: 48 h, tail: 0 h}
        """,
        """
        Mon 13:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 13:00 case-1 arrived
        Mon 13:00 case-1 assigned (ann)
        Mon 13:00 case-1 stage contact begins (ann)
        Mon 14:00 case-1 stage contact ends (ann)
        Mon 14:00 case-1 resolved (ann)
        Tue 10:00 case-1 reopened (ann)
        Tue 10:00 case-1 assigned (bob)
        Tue 10:00 case-1 stage contact begins (bob)
        Tue 11:00 case-1 stage contact ends (bob)
        Tue 11:00 case-1 resolved (bob)
        * case-1: arrival Mon 13:00, assigned Mon 13:00, first contact and response Mon 13:00, resolved Tue 11:00, first specialist ann,
            specialist bob, contact hours 2:00, closed hours 20:00, num contacts 2, hand offs 1, reopens 1
        + case-1 work 0 (ann), Mon 13:00 to Mon 14:00, handle 1:00
        + case-1 work 1 (bob), Tue 10:00 to Tue 11:00, handle 1:00
        """
    )


def test_a_return_after_the_reopen_window_is_no_reopening():
    # The customer would be back after three hours, which is past the two of the window.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}, reopening: {probability: 0.999999, after: 3 h, window: 2 h}}}
        staff: {ann: {capacity: 1}}
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
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30, specialist ann,
            contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        """
    )


def test_a_confirmation_follows_the_resolution():
    # Ann calls again a day after the resolution, as soon as she is on shift: the follow-up is due at 09:30 and the shift begins at
    # 10:00.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}, confirmation: {after: 1 d, handle: 6 min}}}
        staff: {ann: {capacity: 1, shifts: "Mon 09:00-17:00; Tue 10:00-17:00"}}
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
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Tue 10:00 case-1 confirmation contact begins (ann)
        Tue 10:06 case-1 confirmation contact ends (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30, specialist ann,
            contact hours 0:30, num contacts 2
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-1 confirmation 0 (ann), Tue 10:00 to Tue 10:06, ready Tue 09:30, handle 0:06, off shift 0:30
        """
    )
    assert found.hours("ann") == "paid 15:00, staffed 15:00, busy 0:36, held 0:30"


def test_a_case_that_was_confirmed_may_still_be_reopened():
    # Resolved at 09:30, confirmed at 11:30 and reopened at 12:30. That is so after each resolution: the second, at 13:00, is
    # confirmed at 15:00, and the run ends at 15:30, an hour before the case would be reopened once more.
    found = run(
        """
        case_types:
          claim:
            stages: {work: {handle: 30 min}}
            reopening: {probability: 0.999999, after: 3 h, window: 3 h}
            confirmation: {after: 2 h, handle: 6 min}
        staff: {ann: {capacity: 1}}
        start: 2026-03-02T09:00
        window: {length: 390 min, tail: 0 h}
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
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 11:30 case-1 confirmation contact begins (ann)
        Mon 11:36 case-1 confirmation contact ends (ann)
        Mon 12:30 case-1 reopened (ann)
        Mon 12:30 case-1 back with its owner (ann)
        Mon 12:30 case-1 stage contact begins (ann)
        Mon 13:00 case-1 stage contact ends (ann)
        Mon 13:00 case-1 resolved (ann)
        Mon 15:00 case-1 confirmation contact begins (ann)
        Mon 15:06 case-1 confirmation contact ends (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 13:00, specialist ann,
            contact hours 1:00, closed hours 3:00, num contacts 4, reopens 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-1 confirmation 0 (ann), Mon 11:30 to Mon 11:36, handle 0:06
        + case-1 work 1 (ann), Mon 12:30 to Mon 13:00, handle 0:30
        + case-1 confirmation 1 (ann), Mon 15:00 to Mon 15:06, handle 0:06
        """
    )


def test_a_case_that_is_reopened_first_is_not_confirmed():
    # The confirmation would come two hours after the resolution, but the customer is back after one. The run ends half an hour after
    # the second resolution.
    found = run(
        """
        case_types:
          claim:
            stages: {work: {handle: 30 min}}
            reopening: {probability: 0.999999, after: 1 h, window: 1 h}
            confirmation: {after: 2 h, handle: 6 min}
        staff: {ann: {capacity: 1}}
        start: 2026-03-02T09:00
        window: {length: 150 min, tail: 0 h}
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
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 10:30 case-1 reopened (ann)
        Mon 10:30 case-1 back with its owner (ann)
        Mon 10:30 case-1 stage contact begins (ann)
        Mon 11:00 case-1 stage contact ends (ann)
        Mon 11:00 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:00, specialist ann,
            contact hours 1:00, closed hours 1:00, num contacts 2, reopens 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-1 work 1 (ann), Mon 10:30 to Mon 11:00, handle 0:30
        """
    )


def test_a_confirmation_that_is_late_gives_way_to_the_reopening():
    # The follow-up enters the book at 10:30, while Ann is in contact with the audit until 12:00. By then, at 11:30, the first case is
    # open again: Ann works it at 12:00, and nobody confirms what was resolved at 09:30. The run ends with the second resolution.
    found = run(
        """
        case_types:
          claim:
            stages: {work: {handle: 30 min}}
            reopening: {probability: 0.999999, after: 2 h, window: 2 h}
            confirmation: {after: 1 h, handle: 6 min}
          audit: {stages: {work: {handle: 2 h}}}
        staff: {ann: {capacity: 2}}
        start: 2026-03-02T09:00
        window: {length: 205 min, tail: 0 h}
        """,
        """
        Mon 09:00 claim
        Mon 10:00 audit
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 10:00 case-2 arrived
        Mon 10:00 case-2 assigned (ann)
        Mon 10:00 case-2 stage contact begins (ann)
        Mon 11:30 case-1 reopened (ann)
        Mon 11:30 case-1 back with its owner (ann)
        Mon 12:00 case-2 stage contact ends (ann)
        Mon 12:00 case-2 resolved (ann)
        Mon 12:00 case-1 stage contact begins (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, specialist ann, wait in book 0:30,
            contact hours 0:55, closed hours 2:00, num contacts 2, reopens 1
        * case-2: case type audit, arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 12:00,
            specialist ann, contact hours 2:00, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 work 0 (ann), Mon 10:00 to Mon 12:00, handle 2:00
        """
    )


def test_the_queue_may_be_served_by_the_least_work():
    # Ann is in an audit until 10:00. Of what waits then the short claim takes the least of her time, then the long one; a second
    # short one, which arrives at 10:02, goes before the long one as well.
    found = run(
        """
        case_types:
          audit: {stages: {work: {handle: 1 h}}}
          long: {priority: 1, stages: {work: {handle: 30 min}}}
          short: {stages: {work: {handle: 5 min}}}
        staff: {ann: {capacity: 1}}
        routing: {order: shortest_expected}
        """,
        """
        Mon 09:00 audit
        Mon 09:10 long
        Mon 09:20 short
        Mon 10:02 short
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:10 case-2 arrived
        Mon 09:20 case-3 arrived
        Mon 10:00 case-1 stage contact ends (ann)
        Mon 10:00 case-1 resolved (ann)
        Mon 10:00 case-3 assigned (ann)
        Mon 10:00 case-3 stage contact begins (ann)
        Mon 10:02 case-4 arrived
        Mon 10:05 case-3 stage contact ends (ann)
        Mon 10:05 case-3 resolved (ann)
        Mon 10:05 case-4 assigned (ann)
        Mon 10:05 case-4 stage contact begins (ann)
        Mon 10:10 case-4 stage contact ends (ann)
        Mon 10:10 case-4 resolved (ann)
        Mon 10:10 case-2 assigned (ann)
        Mon 10:10 case-2 stage contact begins (ann)
        Mon 10:40 case-2 stage contact ends (ann)
        Mon 10:40 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 10:00, specialist ann,
            contact hours 1:00, num contacts 1
        * case-2: case type long, priority 1, arrival Mon 09:10, assigned Mon 10:10, first contact and response Mon 10:10,
            resolved Mon 10:40, specialist ann, wait unassigned 1:00, contact hours 0:30, num contacts 1
        * case-3: case type short, arrival Mon 09:20, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 10:05,
            specialist ann, wait unassigned 0:40, contact hours 0:05, num contacts 1
        * case-4: case type short, arrival Mon 10:02, assigned Mon 10:05, first contact and response Mon 10:05, resolved Mon 10:10,
            specialist ann, wait unassigned 0:03, contact hours 0:05, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 10:00, handle 1:00
        + case-3 work 0 (ann), Mon 10:00 to Mon 10:05, handle 0:05
        + case-4 work 0 (ann), Mon 10:05 to Mon 10:10, handle 0:05
        + case-2 work 0 (ann), Mon 10:10 to Mon 10:40, handle 0:30
        """
    )

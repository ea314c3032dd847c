"""The life-cycle of a case until its first contact: offered, queued, abandoned."""

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

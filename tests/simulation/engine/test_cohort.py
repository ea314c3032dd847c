"""The cohort: what is measured, how long a run goes on, and what is censored."""

from tests.simulation.engine.floor import lines, run


def test_what_arrives_in_the_measured_window_is_the_cohort():
    # The window is 10:00 to 12:00. The open case of midnight and those of 09:00 and of 12:00 sharp are worked, but not measured. Of
    # Ann's contacts half an hour and a minute lie in the window. The run ends when the cohort is resolved, at 12:29.
    found = run(
        """
        window: {warm_up: 10 h, length: 2 h, tail: 1 h}
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5}}
        demand: {backlog: {types: claim, open_cases: 1}}
        """,
        """
        Mon 09:00 claim
        Mon 10:00 claim
        Mon 11:59 claim
        Mon 12:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 00:00 backlog-1 arrived
        Mon 00:00 backlog-1 assigned (ann)
        Mon 00:00 backlog-1 stage contact begins (ann)
        Mon 00:30 backlog-1 stage contact ends (ann)
        Mon 00:30 backlog-1 resolved (ann)
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 10:00 case-2 arrived
        Mon 10:00 case-2 assigned (ann)
        Mon 10:00 case-2 stage contact begins (ann)
        Mon 10:30 case-2 stage contact ends (ann)
        Mon 10:30 case-2 resolved (ann)
        Mon 11:59 case-3 arrived
        Mon 11:59 case-3 assigned (ann)
        Mon 11:59 case-3 stage contact begins (ann)
        Mon 12:00 case-4 arrived
        Mon 12:00 case-4 assigned (ann)
        Mon 12:29 case-3 stage contact ends (ann)
        Mon 12:29 case-3 resolved (ann)
        Mon 12:29 case-4 stage contact begins (ann)
        * backlog-1: measured False, arrival Mon 00:00, assigned Mon 00:00, first contact and response Mon 00:00, resolved Mon 00:30,
            specialist ann, contact hours 0:30, num contacts 1
        * case-1: measured False, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30,
            specialist ann, contact hours 0:30, num contacts 1
        * case-2: arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 10:30, specialist ann,
            contact hours 0:30, num contacts 1
        * case-3: arrival Mon 11:59, assigned Mon 11:59, first contact and response Mon 11:59, resolved Mon 12:29, specialist ann,
            contact hours 0:30, num contacts 1
        * case-4: measured False, arrival Mon 12:00, assigned Mon 12:00, first contact and response Mon 12:29, specialist ann,
            wait in book 0:29, num contacts 1
        + backlog-1 work 0 (ann), Mon 00:00 to Mon 00:30, handle 0:30, not measured
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30, not measured
        + case-2 work 0 (ann), Mon 10:00 to Mon 10:30, handle 0:30
        + case-3 work 0 (ann), Mon 11:59 to Mon 12:29, handle 0:30
        """
    )
    assert found.hours("ann") == "paid 2:00, staffed 2:00, busy 0:31, held 0:31"


def test_open_cases_stand_at_the_stages_that_they_have_reached():
    # The open case is at its second stage, and its owner's contact comes next; the claim of 00:30 begins at the first.
    found = run(
        """
        window: {length: 3 h}
        case_types: {claim: {stages: {look: {handle: 10 min, next: close}, close: {handle: 5 min}}}}
        staff: {ann: {capacity: 5}}
        demand: {backlog: {types: claim, open_cases: 1, open_stages: {close: 1}}}
        """,
        """
        Mon 00:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 00:00 backlog-1 arrived
        Mon 00:00 backlog-1 assigned (ann)
        Mon 00:00 backlog-1 stage contact begins (ann)
        Mon 00:05 backlog-1 stage contact ends (ann)
        Mon 00:05 backlog-1 resolved (ann)
        Mon 00:30 case-1 arrived
        Mon 00:30 case-1 assigned (ann)
        Mon 00:30 case-1 stage contact begins (ann)
        Mon 00:40 case-1 stage contact ends (ann)
        Mon 00:40 case-1 stage contact begins (ann)
        Mon 00:45 case-1 stage contact ends (ann)
        Mon 00:45 case-1 resolved (ann)
        * backlog-1: measured False, arrival Mon 00:00, assigned Mon 00:00, first contact and response Mon 00:00, resolved Mon 00:05,
            specialist ann, contact hours 0:05, num contacts 1
        * case-1: arrival Mon 00:30, assigned Mon 00:30, first contact and response Mon 00:30, resolved Mon 00:45, specialist ann,
            contact hours 0:15, num contacts 2
        + backlog-1 close 0 (ann), Mon 00:00 to Mon 00:05, handle 0:05, not measured
        + case-1 look 0 (ann), Mon 00:30 to Mon 00:40, handle 0:10
        + case-1 close 1 (ann), Mon 00:40 to Mon 00:45, handle 0:05
        """
    )


def test_the_run_goes_on_with_arrivals_until_the_cohort_is_resolved():
    # The window ends at 10:00 before Ann comes. The run goes on, and with it the arrivals, which are not measured, until she has
    # resolved the only case of the cohort, at 12:30.
    found = run(
        """
        window: {length: 10 h}
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon 12:00-17:00"}}
        """,
        """
        Mon 09:00 claim
        Mon 11:00 claim
        Mon 12:30 claim
        Mon 12:40 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 11:00 case-2 arrived
        Mon 11:00 case-2 assigned (ann)
        Mon 12:00 case-1 stage contact begins (ann)
        Mon 12:30 case-3 arrived
        Mon 12:30 case-3 assigned (ann)
        Mon 12:30 case-1 stage contact ends (ann)
        Mon 12:30 case-1 resolved (ann)
        Mon 12:30 case-2 stage contact begins (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 12:00, resolved Mon 12:30, specialist ann,
            wait off shift 3:00, contact hours 0:30, num contacts 1
        * case-2: measured False, arrival Mon 11:00, assigned Mon 11:00, first contact and response Mon 12:30, specialist ann,
            wait in book 0:30, wait off shift 1:00, num contacts 1
        * case-3: measured False, arrival Mon 12:30, assigned Mon 12:30, specialist ann
        + case-1 work 0 (ann), Mon 12:00 to Mon 12:30, ready Mon 09:00, handle 0:30, off shift 3:00
        """
    )


def test_a_case_that_is_past_all_its_targets_is_waited_for_no_longer():
    # Due at 14:00 and not resolved then: the run ends, and the case is open, at its time with the customer since 09:30.
    found = run(
        """
        window: {length: 10 h}
        case_types:
          claim:
            first_response: {within: 1 h}
            resolution: {within: 5 h}
            stages: {call: {handle: 30 min, next: ask}, ask: {by: customer, handle: 9 h, next: close}, close: {handle: 10 min}}
        staff: {ann: {capacity: 5}}
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
        Mon 09:30 case-1 waits on customer
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, specialist ann,
            first response due Mon 10:00, resolution due Mon 14:00, first response met True, resolution met False, wait customer 4:30,
            contact hours 0:30, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        """
    )


def test_a_clock_that_stands_still_is_waited_for():
    # The same, pausing on the customer: due at 14:00, and nine hours later by the wait from 09:30 to 18:30. The case is resolved at
    # 18:40.
    found = run(
        """
        window: {length: 10 h}
        case_types:
          claim:
            first_response: {within: 1 h}
            resolution: {within: 5 h, pauses_on_customer: true}
            stages: {call: {handle: 30 min, next: ask}, ask: {by: customer, handle: 9 h, next: close}, close: {handle: 10 min}}
        staff: {ann: {capacity: 5}}
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
        Mon 09:30 case-1 waits on customer
        Mon 18:30 case-1 is back
        Mon 18:30 case-1 stage contact begins (ann)
        Mon 18:40 case-1 stage contact ends (ann)
        Mon 18:40 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 18:40, specialist ann,
            first response due Mon 10:00, resolution due Mon 23:00, first response met True, resolution met True, wait customer 9:00,
            contact hours 0:40, num contacts 2
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-1 close 1 (ann), Mon 18:30 to Mon 18:40, handle 0:10
        """
    )


def test_what_is_open_after_the_tail_is_censored():
    # No resolution has a target, so that the run goes on for as long as it may: until 12:00, two hours after the window. By then Ann
    # has worked on the first case for 100 minutes, the second has waited for her since 10:50, and the third, whose first response is
    # due at 12:59, is in the queue.
    found = run(
        """
        window: {length: 10 h, tail: 2 h}
        case_types: {claim: {first_response: {within: 3 h}, stages: {work: {handle: 30 min, next: more}, more: {handle: 9 h}}}}
        staff: {ann: {capacity: 2, shifts: "Mon 08:00-12:30"}}
        routing: {sequencing: fifo}
        """,
        """
        Mon 09:50 claim
        Mon 09:55 claim
        Mon 09:59 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:50 case-1 arrived
        Mon 09:50 case-1 assigned (ann)
        Mon 09:50 case-1 stage contact begins (ann)
        Mon 09:55 case-2 arrived
        Mon 09:55 case-2 assigned (ann)
        Mon 09:59 case-3 arrived
        Mon 10:20 case-1 stage contact ends (ann)
        Mon 10:20 case-2 stage contact begins (ann)
        Mon 10:50 case-2 stage contact ends (ann)
        Mon 10:50 case-1 stage contact begins (ann)
        * case-1: arrival Mon 09:50, assigned Mon 09:50, first contact and response Mon 09:50, specialist ann,
            first response due Mon 12:50, first response met True, wait in book 0:30, contact hours 1:40, num contacts 2
        * case-2: arrival Mon 09:55, assigned Mon 09:55, first contact and response Mon 10:20, specialist ann,
            first response due Mon 12:55, first response met True, wait in book 1:35, contact hours 0:30, num contacts 1
        * case-3: arrival Mon 09:59, first response due Mon 12:59, wait unassigned 2:01
        + case-1 work 0 (ann), Mon 09:50 to Mon 10:20, handle 0:30
        + case-2 work 0 (ann), Mon 10:20 to Mon 10:50, ready Mon 09:55, handle 0:30, in book 0:25
        """
    )
    assert found.hours("ann") == "paid 2:00, staffed 2:00, busy 0:10, held 0:15"


def test_a_suspended_contact_is_cut_at_the_end():
    # Ann has worked for ten minutes when her shift and the window end. The two hours of the tail are off shift, and no work.
    found = run(
        """
        window: {length: 10 h, tail: 2 h}
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 2, shifts: "Mon 08:00-10:00"}}
        routing: {at_shift_end: suspend}
        """,
        """
        Mon 09:50 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:50 case-1 arrived
        Mon 09:50 case-1 assigned (ann)
        Mon 09:50 case-1 stage contact begins (ann)
        * case-1: arrival Mon 09:50, assigned Mon 09:50, first contact and response Mon 09:50, specialist ann, wait off shift 2:00,
            contact hours 0:10, num contacts 1
        """
    )

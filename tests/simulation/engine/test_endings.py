"""What follows on a resolution: reopenings and confirmations."""

from tests.simulation.engine.floor import lines, run


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

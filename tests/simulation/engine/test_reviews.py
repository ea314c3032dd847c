"""Reviews that a risk flag demands before the first response."""

from tests.simulation.engine.floor import lines, run


def test_a_risk_flag_demands_a_review_before_the_first_response():
    # The research that comes first reaches nobody and needs no review. Then legal takes an hour, from its opening at 10:00 on; the
    # answer is not reviewed again. The second case has no flag.
    found = run(
        """
        case_types:
          claim:
            risk_flags: {legal: 0.5}
            stages: {look: {handle: 10 min, customer_facing: false, next: answer}, answer: {handle: 20 min, next: close}, close: {handle: 5 min}}
        staff: {ann: {capacity: 5, role: manager}}
        departments: {legal: {hours: "Mon-Fri 10:00-17:00"}}
        routing: {reviews: {legal: {department: legal, handle: 1 h}}}
        """,
        """
        Mon 09:00 claim risk_flags=legal
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (ann)
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1 waits on review
        Mon 09:10 case-2 stage contact begins (ann)
        Mon 09:20 case-2 stage contact ends (ann)
        Mon 09:20 case-2 stage contact begins (ann)
        Mon 09:40 case-2 stage contact ends (ann)
        Mon 09:40 case-2 stage contact begins (ann)
        Mon 09:45 case-2 stage contact ends (ann)
        Mon 09:45 case-2 resolved (ann)
        Mon 11:00 case-1 reviewed
        Mon 11:00 case-1 stage contact begins (ann)
        Mon 11:20 case-1 stage contact ends (ann)
        Mon 11:20 case-1 stage contact begins (ann)
        Mon 11:25 case-1 stage contact ends (ann)
        Mon 11:25 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact Mon 09:00, first response Mon 11:00, resolved Mon 11:25,
            specialist ann, wait review 1:50, contact hours 0:35, num contacts 3
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact Mon 09:10, first response Mon 09:20, resolved Mon 09:45,
            specialist ann, wait in book 0:10, contact hours 0:35, num contacts 3
        + case-1 look 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10, internal
        + case-2 look 0 (ann), Mon 09:10 to Mon 09:20, ready Mon 09:00, handle 0:10, in book 0:10, internal
        + case-2 answer 1 (ann), Mon 09:20 to Mon 09:40, handle 0:20
        + case-2 close 2 (ann), Mon 09:40 to Mon 09:45, handle 0:05
        + case-1 answer 1 (ann), Mon 11:00 to Mon 11:20, handle 0:20
        + case-1 close 2 (ann), Mon 11:20 to Mon 11:25, handle 0:05
        """
    )


def test_flags_are_reviewed_one_after_the_other():
    # The order is that of the flags' names: legal first, then media, whose one person is at the second case from 09:00 to 09:30.
    found = run(
        """
        case_types:
          claim: {risk_flags: {legal: 0.5, media: 0.5}, stages: {answer: {handle: 20 min}}}
        staff: {ann: {capacity: 5, role: manager}}
        departments: {legal: {}, press: {staff: 1}}
        routing:
          settings: {review_before_first_response: [legal, media]}
          reviews: {legal: {department: legal, handle: 10 min}, media: {department: press, handle: 30 min}}
        """,
        """
        Mon 09:00 claim risk_flags=media;legal
        Mon 09:00 claim risk_flags=media
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 waits on review
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (ann)
        Mon 09:00 case-2 waits on review
        Mon 09:10 case-1 reviewed
        Mon 09:10 case-1 waits on review
        Mon 09:30 case-2 reviewed
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 09:50 case-2 stage contact ends (ann)
        Mon 09:50 case-2 resolved (ann)
        Mon 10:00 case-1 reviewed
        Mon 10:00 case-1 stage contact begins (ann)
        Mon 10:20 case-1 stage contact ends (ann)
        Mon 10:20 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 10:00, resolved Mon 10:20, specialist ann,
            wait review 1:00, contact hours 0:20, num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:30, resolved Mon 09:50, specialist ann,
            wait review 0:30, contact hours 0:20, num contacts 1
        + case-2 answer 0 (ann), Mon 09:30 to Mon 09:50, handle 0:20
        + case-1 answer 0 (ann), Mon 10:00 to Mon 10:20, handle 0:20
        """
    )


def test_a_contact_that_is_routed_on_its_own_is_reviewed_before_it_takes_anybodys_room():
    # Ann has room for one. While legal looks at the first call she takes the second, and the first after that.
    found = run(
        """
        case_types: {call: {assignment: per_contact, risk_flags: {legal: 0.5}, stages: {talk: {handle: 20 min}}}}
        staff: {ann: {capacity: 1, role: manager}}
        departments: {legal: {}}
        routing: {reviews: {legal: {department: legal, handle: 10 min}}}
        """,
        """
        Mon 09:00 call risk_flags=legal
        Mon 09:05 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 waits on review
        Mon 09:05 case-2 arrived
        Mon 09:05 case-2/0 assigned (ann)
        Mon 09:05 case-2 stage contact begins (ann)
        Mon 09:10 case-1 reviewed
        Mon 09:25 case-2 stage contact ends (ann)
        Mon 09:25 case-2 resolved
        Mon 09:25 case-1/0 assigned (ann)
        Mon 09:25 case-1 stage contact begins (ann)
        Mon 09:45 case-1 stage contact ends (ann)
        Mon 09:45 case-1 resolved
        * case-1: arrival Mon 09:00, assigned Mon 09:25, first contact and response Mon 09:25, resolved Mon 09:45, specialist ann,
            wait unassigned 0:15, wait review 0:10, contact hours 0:20, num contacts 1
        * case-2: arrival Mon 09:05, assigned Mon 09:05, first contact and response Mon 09:05, resolved Mon 09:25, specialist ann,
            contact hours 0:20, num contacts 1
        + case-2 talk 0 (ann), Mon 09:05 to Mon 09:25, handle 0:20
        + case-1 talk 0 (ann), Mon 09:25 to Mon 09:45, handle 0:20
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 0:40, held 0:40"


def test_a_review_of_a_case_that_was_abandoned_is_not_begun():
    # Legal has one person, who takes an hour for the first case. The second customer leaves at 09:35, and the third case is begun at
    # 10:00.
    found = run(
        """
        case_types:
          claim: {risk_flags: {legal: 0.5}, patience: 2 h, stages: {answer: {handle: 20 min}}}
          hasty: {risk_flags: {legal: 0.5}, patience: 30 min, stages: {answer: {handle: 20 min}}}
        staff: {ann: {capacity: 5, role: manager}}
        departments: {legal: {staff: 1}}
        routing: {reviews: {legal: {department: legal, handle: 1 h}}}
        """,
        """
        Mon 09:00 claim risk_flags=legal
        Mon 09:05 hasty risk_flags=legal
        Mon 09:10 claim risk_flags=legal
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 waits on review
        Mon 09:05 case-2 arrived
        Mon 09:05 case-2 assigned (ann)
        Mon 09:05 case-2 waits on review
        Mon 09:10 case-3 arrived
        Mon 09:10 case-3 assigned (ann)
        Mon 09:10 case-3 waits on review
        Mon 09:35 case-2 abandoned (ann)
        Mon 10:00 case-1 reviewed
        Mon 10:00 case-1 stage contact begins (ann)
        Mon 10:20 case-1 stage contact ends (ann)
        Mon 10:20 case-1 resolved (ann)
        Mon 11:00 case-3 reviewed
        Mon 11:00 case-3 stage contact begins (ann)
        Mon 11:20 case-3 stage contact ends (ann)
        Mon 11:20 case-3 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 10:00, resolved Mon 10:20, specialist ann,
            wait review 1:00, contact hours 0:20, num contacts 1
        * case-2: case type hasty, arrival Mon 09:05, assigned Mon 09:05, abandoned Mon 09:35, specialist ann, wait review 0:30
        * case-3: arrival Mon 09:10, assigned Mon 09:10, first contact and response Mon 11:00, resolved Mon 11:20, specialist ann,
            wait review 1:50, contact hours 0:20, num contacts 1
        + case-1 answer 0 (ann), Mon 10:00 to Mon 10:20, handle 0:20
        + case-3 answer 0 (ann), Mon 11:00 to Mon 11:20, handle 0:20
        """
    )

"""Status contacts: a word to customers whose cases still wait elsewhere, before what they were promised falls due."""

from tests.simulation.engine.floor import lines, run


def test_a_status_contact_follows_where_the_case_still_waits_elsewhere():
    # Made at 09:20 and due at 11:20. At 10:50, half an hour before, the case is still at the lab, until 12:20: Ann, who has been in a
    # call since 10:00, speaks with the customer at 11:00, and the commitment is kept.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 20 min, commitment: {within: 2 h, lead: 30 min, handle: 5 min}, next: lab}
              lab: {by: department, department: lab, handle: 3 h, next: close}
              close: {handle: 10 min}
          call: {stages: {talk: {handle: 1 h}}}
        staff: {ann: {capacity: 5}}
        departments: {lab: {}}
        """,
        """
        Mon 09:00 claim
        Mon 10:00 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 commitment made
        Mon 09:20 case-1 waits on department
        Mon 10:00 case-2 arrived
        Mon 10:00 case-2 assigned (ann)
        Mon 10:00 case-2 stage contact begins (ann)
        Mon 11:00 case-2 stage contact ends (ann)
        Mon 11:00 case-2 resolved (ann)
        Mon 11:00 case-1 status contact begins (ann)
        Mon 11:00 case-1 commitment kept
        Mon 11:05 case-1 status contact ends (ann)
        Mon 12:20 case-1 is back
        Mon 12:20 case-1 stage contact begins (ann)
        Mon 12:30 case-1 stage contact ends (ann)
        Mon 12:30 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 12:30, specialist ann,
            wait department 3:00, contact hours 0:30, num contacts 3, commitments 1, commitments kept 1
        * case-2: case type call, arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 11:00,
            specialist ann, contact hours 1:00, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-2 talk 0 (ann), Mon 10:00 to Mon 11:00, handle 1:00
        + case-1 status 0 (ann), Mon 11:00 to Mon 11:05, ready Mon 10:50, handle 0:05, in book 0:10
        + case-1 close 1 (ann), Mon 12:20 to Mon 12:30, handle 0:10
        """
    )


def test_a_status_contact_that_comes_after_another_contact_is_dropped():
    # Due at 11:30: at 10:50 the status contact enters Ann's book, who is in a call until 11:30. The lab is done at 11:00, and the
    # closing contact, due at 11:00 itself, goes first. It keeps the commitment, and nobody needs the status contact any more.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 20 min, commitment: {within: 130 min, lead: 40 min, handle: 5 min}, next: lab}
              lab: {by: department, department: lab, handle: 100 min, next: close}
              close: {handle: 10 min}
            resolution: {within: 2 h}
          call: {stages: {talk: {handle: 90 min}}}
        staff: {ann: {capacity: 5}}
        departments: {lab: {}}
        routing: {sequencing: earliest_due}
        """,
        """
        Mon 09:00 claim
        Mon 10:00 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 commitment made
        Mon 09:20 case-1 waits on department
        Mon 10:00 case-2 arrived
        Mon 10:00 case-2 assigned (ann)
        Mon 10:00 case-2 stage contact begins (ann)
        Mon 11:00 case-1 is back
        Mon 11:30 case-2 stage contact ends (ann)
        Mon 11:30 case-2 resolved (ann)
        Mon 11:30 case-1 stage contact begins (ann)
        Mon 11:30 case-1 commitment kept
        Mon 11:40 case-1 stage contact ends (ann)
        Mon 11:40 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:40, specialist ann,
            resolution due Mon 11:00, resolution met False, wait in book 0:30, wait department 1:40, contact hours 0:30, num contacts 2,
            commitments 1, commitments kept 1
        * case-2: case type call, arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 11:30,
            specialist ann, contact hours 1:30, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-2 talk 0 (ann), Mon 10:00 to Mon 11:30, handle 1:30
        + case-1 close 1 (ann), Mon 11:30 to Mon 11:40, ready Mon 11:00, handle 0:10, in book 0:30
        """
    )


def test_a_status_contact_waits_for_the_next_owner():
    # As before, but nobody may take the case at midnight: Bob's licence begins on Wednesday. The commitment, due on Tuesday at 10:00,
    # is broken; what was to be a word before that is still owed, and Bob gives it on Wednesday as soon as the case, which is at the
    # lab until noon, is his.
    found = run(
        """
        case_types:
          claim:
            credentials: [adjuster]
            stages:
              call: {handle: 1 h, commitment: {within: 18 h, lead: 1 h, handle: 5 min}, next: lab}
              lab: {by: department, department: lab, handle: 44 h, next: close}
              close: {handle: 10 min}
        staff:
          ann: {capacity: 5, credentials: [{kind: adjuster, jurisdictions: [any], valid_until: 2026-03-02}]}
          bob: {capacity: 5, credentials: [{kind: adjuster, jurisdictions: [any], valid_from: 2026-03-04}]}
        departments: {lab: {}}
        """,
        """
        Mon 15:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 15:00 case-1 arrived
        Mon 15:00 case-1 assigned (ann)
        Mon 15:00 case-1 stage contact begins (ann)
        Mon 16:00 case-1 stage contact ends (ann)
        Mon 16:00 case-1 commitment made
        Mon 16:00 case-1 waits on department
        Tue 00:00 case-1 credential lapsed (ann)
        Tue 00:00 case-1 handed back (ann)
        Tue 10:00 case-1 commitment broken
        Wed 00:00 case-1 assigned (bob)
        Wed 00:00 case-1 status contact begins (bob)
        Wed 00:05 case-1 status contact ends (bob)
        Wed 12:00 case-1 is back
        Wed 12:00 case-1 stage contact begins (bob)
        Wed 12:10 case-1 stage contact ends (bob)
        Wed 12:10 case-1 resolved (bob)
        * case-1: arrival Mon 15:00, assigned Mon 15:00, first contact and response Mon 15:00, resolved Wed 12:10, first specialist ann,
            specialist bob, wait department 44:00, contact hours 1:10, num contacts 3, hand offs 1, commitments 1
        + case-1 call 0 (ann), Mon 15:00 to Mon 16:00, handle 1:00
        + case-1 status 0 (bob), Wed 00:00 to Wed 00:05, handle 0:05
        + case-1 close 1 (bob), Wed 12:00 to Wed 12:10, handle 0:10
        """
    )


def test_a_status_contact_that_is_late_is_not_needed_after_another_contact():
    # Due at 10:20, and broken then: from 09:50 on the status contact waits for Ann, who is in a call until 11:00. The lab is done at
    # 10:30, and the answer, whose resolution was due at 10:00, goes first. After it nobody needs the status contact any more.
    found = run(
        """
        case_types:
          claim:
            resolution: {within: 1 h}
            stages:
              call: {handle: 20 min, commitment: {within: 1 h, lead: 30 min, handle: 5 min}, next: lab}
              lab: {by: department, department: lab, handle: 70 min, next: answer}
              answer: {handle: 10 min, next: close}
              close: {handle: 10 min, customer_facing: false}
          call: {stages: {talk: {handle: 90 min}}}
        staff: {ann: {capacity: 5}}
        departments: {lab: {}}
        routing: {sequencing: earliest_due}
        """,
        """
        Mon 09:00 claim
        Mon 09:30 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 commitment made
        Mon 09:20 case-1 waits on department
        Mon 09:30 case-2 arrived
        Mon 09:30 case-2 assigned (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 10:20 case-1 commitment broken
        Mon 10:30 case-1 is back
        Mon 11:00 case-2 stage contact ends (ann)
        Mon 11:00 case-2 resolved (ann)
        Mon 11:00 case-1 stage contact begins (ann)
        Mon 11:10 case-1 stage contact ends (ann)
        Mon 11:10 case-1 stage contact begins (ann)
        Mon 11:20 case-1 stage contact ends (ann)
        Mon 11:20 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:20, specialist ann,
            resolution due Mon 10:00, resolution met False, wait in book 0:30, wait department 1:10, contact hours 0:40, num contacts 3,
            commitments 1
        * case-2: case type call, arrival Mon 09:30, assigned Mon 09:30, first contact and response Mon 09:30, resolved Mon 11:00,
            specialist ann, contact hours 1:30, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-2 talk 0 (ann), Mon 09:30 to Mon 11:00, handle 1:30
        + case-1 answer 1 (ann), Mon 11:00 to Mon 11:10, ready Mon 10:30, handle 0:10, in book 0:30
        + case-1 close 2 (ann), Mon 11:10 to Mon 11:20, handle 0:10, internal
        """
    )


def test_a_status_contact_that_is_late_is_not_needed_once_the_case_is_resolved():
    # The same, but what resolves the case at 11:10 reaches nobody.
    found = run(
        """
        case_types:
          claim:
            resolution: {within: 1 h}
            stages:
              call: {handle: 20 min, commitment: {within: 1 h, lead: 30 min, handle: 5 min}, next: lab}
              lab: {by: department, department: lab, handle: 70 min, next: close}
              close: {handle: 10 min, customer_facing: false}
          call: {stages: {talk: {handle: 90 min}}}
        staff: {ann: {capacity: 5}}
        departments: {lab: {}}
        routing: {sequencing: earliest_due}
        """,
        """
        Mon 09:00 claim
        Mon 09:30 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 commitment made
        Mon 09:20 case-1 waits on department
        Mon 09:30 case-2 arrived
        Mon 09:30 case-2 assigned (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 10:20 case-1 commitment broken
        Mon 10:30 case-1 is back
        Mon 11:00 case-2 stage contact ends (ann)
        Mon 11:00 case-2 resolved (ann)
        Mon 11:00 case-1 stage contact begins (ann)
        Mon 11:10 case-1 stage contact ends (ann)
        Mon 11:10 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:10, specialist ann,
            resolution due Mon 10:00, resolution met False, wait in book 0:30, wait department 1:10, contact hours 0:30, num contacts 2,
            commitments 1
        * case-2: case type call, arrival Mon 09:30, assigned Mon 09:30, first contact and response Mon 09:30, resolved Mon 11:00,
            specialist ann, contact hours 1:30, num contacts 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-2 talk 0 (ann), Mon 09:30 to Mon 11:00, handle 1:30
        + case-1 close 1 (ann), Mon 11:00 to Mon 11:10, ready Mon 10:30, handle 0:10, in book 0:30, internal
        """
    )

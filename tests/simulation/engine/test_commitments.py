"""Commitments: made, kept, broken and passed on."""

from tests.simulation.engine.floor import lines, run


def test_a_commitment_is_kept_by_a_contact_that_begins_in_time():
    # Made at 09:20, the end of the call with its documentation, and due at 10:20, when the research is done and the next contact
    # begins: just in time. The last contact commits to nothing, as it resolves the case.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 15 min, documentation: 5 min, commitment: {within: 1 h, lead: 30 min}, next: look}
              look: {handle: 1 h, customer_facing: false, next: close}
              close: {handle: 10 min, commitment: {within: 1 h}}
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
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 commitment made
        Mon 09:20 case-1 stage contact begins (ann)
        Mon 10:20 case-1 stage contact ends (ann)
        Mon 10:20 case-1 stage contact begins (ann)
        Mon 10:20 case-1 commitment kept
        Mon 10:30 case-1 stage contact ends (ann)
        Mon 10:30 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 10:30, specialist ann,
            contact hours 1:30, num contacts 3, commitments 1, commitments kept 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:15, documentation 0:05
        + case-1 look 1 (ann), Mon 09:20 to Mon 10:20, handle 1:00, internal
        + case-1 close 2 (ann), Mon 10:20 to Mon 10:30, handle 0:10
        """
    )


def test_a_commitment_without_a_contact_in_time_is_broken():
    # Research does not reach the customer, and Ann is busy with it when the commitment of 09:20 falls due at 10:20. The call at 11:20
    # comes too late.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 20 min, commitment: {within: 1 h, lead: 30 min}, next: look}
              look: {handle: 2 h, customer_facing: false, next: answer}
              answer: {handle: 10 min}
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
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 commitment made
        Mon 09:20 case-1 stage contact begins (ann)
        Mon 10:20 case-1 commitment broken
        Mon 11:20 case-1 stage contact ends (ann)
        Mon 11:20 case-1 stage contact begins (ann)
        Mon 11:30 case-1 stage contact ends (ann)
        Mon 11:30 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:30, specialist ann,
            contact hours 2:30, num contacts 3, commitments 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-1 look 1 (ann), Mon 09:20 to Mon 11:20, handle 2:00, internal
        + case-1 answer 2 (ann), Mon 11:20 to Mon 11:30, handle 0:10
        """
    )


def test_a_commitment_passes_on_with_a_hand_off():
    # Ann promised word by Tuesday 02:00 before her last day was over. The status contact enters the book at 23:30, off shift; at
    # midnight the case, which is at the lab until 08:00, becomes Bob's, and with it the contact, which he makes at 01:00.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 1 h, commitment: {within: 10 h, lead: 150 min, handle: 5 min}, next: lab}
              lab: {by: department, department: lab, handle: 16 h, next: close}
              close: {handle: 10 min}
        staff:
          ann: {capacity: 5, shifts: "daily 09:00-17:00", last_day: 2026-03-02}
          bob: {capacity: 5, shifts: "Tue 01:00-09:00"}
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
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (bob)
        Tue 01:00 case-1 status contact begins (bob)
        Tue 01:00 case-1 commitment kept
        Tue 01:05 case-1 status contact ends (bob)
        Tue 08:00 case-1 is back
        Tue 08:00 case-1 stage contact begins (bob)
        Tue 08:10 case-1 stage contact ends (bob)
        Tue 08:10 case-1 resolved (bob)
        * case-1: arrival Mon 15:00, assigned Mon 15:00, first contact and response Mon 15:00, resolved Tue 08:10, first specialist ann,
            specialist bob, wait department 16:00, contact hours 1:10, num contacts 3, hand offs 1, commitments 1, commitments kept 1
        + case-1 call 0 (ann), Mon 15:00 to Mon 16:00, handle 1:00
        + case-1 status 0 (bob), Tue 01:00 to Tue 01:05, ready Tue 00:00, handle 0:05, off shift 1:00
        + case-1 close 1 (bob), Tue 08:00 to Tue 08:10, handle 0:10
        """
    )

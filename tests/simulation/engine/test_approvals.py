"""Authority: what is beyond it is approved, in the approver's time."""

from tests.simulation.engine.floor import lines, run


def test_what_is_beyond_the_holders_authority_is_approved_in_the_approvers_time():
    # Ann may decide up to 100 USD alone. The 100 USD of the third case are hers; the 100.01 USD of the fourth are Bob's to approve,
    # whose room the audits take: an approval takes none. It enters his book at 09:20 and follows both audits, first in, first out.
    found = run(
        """
        case_types:
          claim: {skills: {claims: 3}, action: refund, amount: 100 USD, stages: {look: {handle: 10 min, next: pay}, pay: {handle: 5 min, decides: true}}}
          audit: {skills: {audits: 3}, stages: {work: {handle: 40 min}}}
        staff:
          ann: {capacity: 5, skills: {claims: 3}, authority: {refund: 100 USD}}
          bob: {capacity: 2, skills: {audits: 3}, authority: {refund: 500 USD}}
        routing: {approval: 10 min, sequencing: fifo}
        """,
        """
        Mon 09:00 audit
        Mon 09:00 audit
        Mon 09:00 claim amount=100 USD
        Mon 09:00 claim amount=100.01 USD
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (bob)
        Mon 09:00 case-1 stage contact begins (bob)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (bob)
        Mon 09:00 case-3 arrived
        Mon 09:00 case-3 assigned (ann)
        Mon 09:00 case-3 stage contact begins (ann)
        Mon 09:00 case-4 arrived
        Mon 09:00 case-4 assigned (ann)
        Mon 09:10 case-3 stage contact ends (ann)
        Mon 09:10 case-4 stage contact begins (ann)
        Mon 09:20 case-4 stage contact ends (ann)
        Mon 09:20 case-4 asks for approval (ann)
        Mon 09:20 case-3 stage contact begins (ann)
        Mon 09:25 case-3 stage contact ends (ann)
        Mon 09:25 case-3 resolved (ann)
        Mon 09:40 case-1 stage contact ends (bob)
        Mon 09:40 case-1 resolved (bob)
        Mon 09:40 case-2 stage contact begins (bob)
        Mon 10:20 case-2 stage contact ends (bob)
        Mon 10:20 case-2 resolved (bob)
        Mon 10:20 case-4 approval contact begins (bob)
        Mon 10:30 case-4 approval contact ends (bob)
        Mon 10:30 case-4 approved
        Mon 10:30 case-4 stage contact begins (ann)
        Mon 10:35 case-4 stage contact ends (ann)
        Mon 10:35 case-4 resolved (ann)
        * case-1: case type audit, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:40,
            specialist bob, contact hours 0:40, num contacts 1
        * case-2: case type audit, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:40, resolved Mon 10:20,
            specialist bob, wait in book 0:40, contact hours 0:40, num contacts 1
        * case-3: amount 100.0, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:25,
            specialist ann, wait in book 0:10, contact hours 0:15, num contacts 2
        * case-4: amount 100.01, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:10, resolved Mon 10:35,
            specialist ann, wait in book 0:10, wait approval 1:10, contact hours 0:15, num contacts 2, approvals 1
        + case-3 look 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-4 look 0 (ann), Mon 09:10 to Mon 09:20, ready Mon 09:00, handle 0:10, in book 0:10
        + case-3 pay 1 (ann), Mon 09:20 to Mon 09:25, ready Mon 09:10, handle 0:05, in book 0:10
        + case-1 work 0 (bob), Mon 09:00 to Mon 09:40, handle 0:40
        + case-2 work 0 (bob), Mon 09:40 to Mon 10:20, ready Mon 09:00, handle 0:40, in book 0:40
        + case-4 approval 0 (bob), Mon 10:20 to Mon 10:30, ready Mon 09:20, handle 0:10, in book 1:00, internal
        + case-4 pay 1 (ann), Mon 10:30 to Mon 10:35, handle 0:05
        """
    )
    assert found.hours("ann") == "paid 168:00, staffed 168:00, busy 0:30, held 2:00"
    assert found.hours("bob") == "paid 168:00, staffed 168:00, busy 1:30, held 2:00"


def test_an_amount_of_nothing_needs_no_authority():
    # Ann may decide nothing alone. Zero dollars need no approval, and no amount at all needs none; a dollar does, and Bob is off
    # shift until 12:00.
    found = run(
        """
        case_types: {claim: {skills: {claims: 3}, action: refund, amount: 1 USD, stages: {pay: {handle: 5 min, decides: true}}}}
        staff:
          ann: {capacity: 5, skills: {claims: 3}}
          bob: {capacity: 2, authority: {refund: unlimited}, shifts: "daily 12:00-17:00"}
        routing: {approval: 10 min}
        """,
        """
        Mon 09:00 claim amount=0 USD
        Mon 09:10 claim amount=1 USD
        Mon 09:20 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:05 case-1 stage contact ends (ann)
        Mon 09:05 case-1 resolved (ann)
        Mon 09:10 case-2 arrived
        Mon 09:10 case-2 assigned (ann)
        Mon 09:10 case-2 asks for approval (ann)
        Mon 09:20 case-3 arrived
        Mon 09:20 case-3 assigned (ann)
        Mon 09:20 case-3 stage contact begins (ann)
        Mon 09:25 case-3 stage contact ends (ann)
        Mon 09:25 case-3 resolved (ann)
        Mon 12:00 case-2 approval contact begins (bob)
        Mon 12:10 case-2 approval contact ends (bob)
        Mon 12:10 case-2 approved
        Mon 12:10 case-2 stage contact begins (ann)
        Mon 12:15 case-2 stage contact ends (ann)
        Mon 12:15 case-2 resolved (ann)
        * case-1: amount 0.0, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:05,
            specialist ann, contact hours 0:05, num contacts 1
        * case-2: amount 1.0, arrival Mon 09:10, assigned Mon 09:10, first contact and response Mon 12:10, resolved Mon 12:15,
            specialist ann, wait approval 3:00, contact hours 0:05, num contacts 1, approvals 1
        * case-3: arrival Mon 09:20, assigned Mon 09:20, first contact and response Mon 09:20, resolved Mon 09:25, specialist ann,
            contact hours 0:05, num contacts 1
        + case-1 pay 0 (ann), Mon 09:00 to Mon 09:05, handle 0:05
        + case-3 pay 0 (ann), Mon 09:20 to Mon 09:25, handle 0:05
        + case-2 approval 0 (bob), Mon 12:00 to Mon 12:10, ready Mon 09:10, handle 0:10, off shift 2:50, internal
        + case-2 pay 0 (ann), Mon 12:10 to Mon 12:15, handle 0:05
        """
    )


def test_an_approval_passes_on_when_the_approver_is_away_for_long():
    # Of those who may approve Bob is back first, at 23:30. He finishes an audit after the end of his shift, but his leave begins at
    # midnight, and with it the approval goes to Dot, who begins at 01:00.
    found = run(
        """
        case_types:
          claim: {skills: {claims: 3}, action: refund, amount: 90 USD, stages: {pay: {handle: 5 min, decides: true}}}
          audit: {skills: {audits: 3}, stages: {work: {handle: 1 h}}}
        staff:
          ann: {capacity: 5, skills: {claims: 3}}
          bob: {capacity: 2, skills: {audits: 3}, authority: {refund: unlimited}, shifts: "Mon 23:30-00:00", leave: 2026-03-03..2026-03-31}
          dot: {capacity: 2, authority: {refund: unlimited}, shifts: "Tue 01:00-09:00"}
        routing: {approval: 10 min, sequencing: fifo}
        """,
        """
        Mon 22:00 audit
        Mon 22:10 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 22:00 case-1 arrived
        Mon 22:00 case-1 assigned (bob)
        Mon 22:10 case-2 arrived
        Mon 22:10 case-2 assigned (ann)
        Mon 22:10 case-2 asks for approval (ann)
        Mon 23:30 case-1 stage contact begins (bob)
        Tue 00:30 case-1 stage contact ends (bob)
        Tue 00:30 case-1 resolved (bob)
        Tue 01:00 case-2 approval contact begins (dot)
        Tue 01:10 case-2 approval contact ends (dot)
        Tue 01:10 case-2 approved
        Tue 01:10 case-2 stage contact begins (ann)
        Tue 01:15 case-2 stage contact ends (ann)
        Tue 01:15 case-2 resolved (ann)
        * case-1: case type audit, arrival Mon 22:00, assigned Mon 22:00, first contact and response Mon 23:30, resolved Tue 00:30,
            specialist bob, wait off shift 1:30, contact hours 1:00, num contacts 1
        * case-2: amount 90.0, arrival Mon 22:10, assigned Mon 22:10, first contact and response Tue 01:10, resolved Tue 01:15,
            specialist ann, wait approval 3:00, contact hours 0:05, num contacts 1, approvals 1
        + case-1 work 0 (bob), Mon 23:30 to Tue 00:30, ready Mon 22:00, handle 1:00, off shift 1:30
        + case-2 approval 1 (dot), Tue 01:00 to Tue 01:10, ready Tue 00:00, handle 0:10, off shift 1:00, internal
        + case-2 pay 0 (ann), Tue 01:10 to Tue 01:15, handle 0:05
        """
    )


def test_an_approval_that_a_long_leave_breaks_off_is_asked_of_somebody_else():
    # Bob has worked 5 of the approval's 10 minutes when his shift and his time at the firm end. Dot takes all 10 minutes.
    found = run(
        """
        case_types: {claim: {skills: {claims: 3}, action: refund, amount: 90 USD, stages: {pay: {handle: 5 min, decides: true}}}}
        staff:
          ann: {capacity: 5, skills: {claims: 3}}
          bob: {capacity: 2, authority: {refund: unlimited}, shifts: "Mon 22:00-00:00", last_day: 2026-03-02}
          dot: {capacity: 2, authority: {refund: unlimited}, shifts: "Tue 01:00-09:00"}
        routing: {approval: 10 min, at_shift_end: suspend}
        """,
        """
        Mon 23:55 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:55 case-1 arrived
        Mon 23:55 case-1 assigned (ann)
        Mon 23:55 case-1 asks for approval (ann)
        Mon 23:55 case-1 approval contact begins (bob)
        Tue 00:00 case-1 approval contact broken off (bob)
        Tue 01:00 case-1 approval contact begins (dot)
        Tue 01:10 case-1 approval contact ends (dot)
        Tue 01:10 case-1 approved
        Tue 01:10 case-1 stage contact begins (ann)
        Tue 01:15 case-1 stage contact ends (ann)
        Tue 01:15 case-1 resolved (ann)
        * case-1: amount 90.0, arrival Mon 23:55, assigned Mon 23:55, first contact and response Tue 01:10, resolved Tue 01:15,
            specialist ann, wait approval 1:15, contact hours 0:05, num contacts 1, approvals 1
        + case-1 approval 0 (bob), Mon 23:55 to Tue 00:00, handle 0:05, internal
        + case-1 approval 1 (dot), Tue 01:00 to Tue 01:10, ready Tue 00:00, handle 0:10, off shift 1:00, internal
        + case-1 pay 0 (ann), Tue 01:10 to Tue 01:15, handle 0:05
        """
    )


def test_a_decision_waits_for_the_approval_whoever_holds_the_case_meanwhile():
    # Ann asks Bob at 23:00 for an approval that he can work from 00:30 on; at midnight she leaves, and the case is Cy's. It is not
    # asked for twice.
    found = run(
        """
        case_types: {claim: {skills: {claims: 3}, action: refund, amount: 90 USD, stages: {pay: {handle: 5 min, decides: true}}}}
        staff:
          ann: {capacity: 5, skills: {claims: 3}, last_day: 2026-03-02}
          bob: {capacity: 2, authority: {refund: unlimited}, shifts: "Tue 00:30-09:00"}
          cy: {capacity: 5, skills: {claims: 3}}
        routing: {approval: 10 min}
        """,
        """
        Mon 23:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:00 case-1 arrived
        Mon 23:00 case-1 assigned (ann)
        Mon 23:00 case-1 asks for approval (ann)
        Tue 00:00 case-1 handed back (ann)
        Tue 00:00 case-1 assigned (cy)
        Tue 00:30 case-1 approval contact begins (bob)
        Tue 00:40 case-1 approval contact ends (bob)
        Tue 00:40 case-1 approved
        Tue 00:40 case-1 stage contact begins (cy)
        Tue 00:45 case-1 stage contact ends (cy)
        Tue 00:45 case-1 resolved (cy)
        * case-1: amount 90.0, arrival Mon 23:00, assigned Mon 23:00, first contact and response Tue 00:40, resolved Tue 00:45,
            first specialist ann, specialist cy, wait approval 1:40, contact hours 0:05, num contacts 1, hand offs 1, approvals 1
        + case-1 approval 0 (bob), Tue 00:30 to Tue 00:40, ready Mon 23:00, handle 0:10, off shift 1:30, internal
        + case-1 pay 0 (cy), Tue 00:40 to Tue 00:45, handle 0:05
        """
    )

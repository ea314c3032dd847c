"""Presence: reach, owners and backups, and sickness."""

from tests.simulation.engine.floor import lines, run


def test_somebody_off_shift_is_eligible_within_reach():
    # Two staffed hours of the team are within reach. Nobody works before 09:00, so that Bob, who comes at 13:00, is four staffed
    # hours away at 07:00, those of Ann from 09:00 on; at 11:00 he is two away, and the case, which Ann may not take, becomes his.
    found = run(
        """
        case_types: {claim: {skills: {claims: 3}, stages: {work: {handle: 30 min}}}}
        staff:
          ann: {capacity: 5, shifts: "daily 09:00-17:00"}
          bob: {capacity: 5, skills: {claims: 3}, shifts: "daily 13:00-17:00"}
        routing: {settings: {reach_hours: 2}}
        """,
        """
        Mon 07:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 07:00 case-1 arrived
        Mon 11:00 case-1 assigned (bob)
        Mon 13:00 case-1 stage contact begins (bob)
        Mon 13:30 case-1 stage contact ends (bob)
        Mon 13:30 case-1 resolved (bob)
        * case-1: arrival Mon 07:00, assigned Mon 11:00, first contact and response Mon 13:00, resolved Mon 13:30, specialist bob,
            wait unassigned 4:00, wait off shift 2:00, contact hours 0:30, num contacts 1
        + case-1 work 0 (bob), Mon 13:00 to Mon 13:30, ready Mon 11:00, handle 0:30, off shift 2:00
        """
    )


def test_whoever_is_back_after_the_first_response_is_due_is_out():
    # Due within three hours, at 12:00. Bob comes at 13:00, within a reach of eight hours, but too late; at 12:00 the case is overdue,
    # and reach alone counts. The second case is due at 13:10, so that he may take it at once.
    found = run(
        """
        case_types:
          claim: {first_response: {within: 3 h}, stages: {work: {handle: 30 min}}}
        staff: {bob: {capacity: 5, shifts: "daily 13:00-17:00"}}
        """,
        """
        Mon 09:00 claim
        Mon 10:10 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 10:10 case-2 arrived
        Mon 10:10 case-2 assigned (bob)
        Mon 12:00 case-1 assigned (bob)
        Mon 13:00 case-1 stage contact begins (bob)
        Mon 13:30 case-1 stage contact ends (bob)
        Mon 13:30 case-1 resolved (bob)
        Mon 13:30 case-2 stage contact begins (bob)
        Mon 14:00 case-2 stage contact ends (bob)
        Mon 14:00 case-2 resolved (bob)
        * case-1: arrival Mon 09:00, assigned Mon 12:00, first contact and response Mon 13:00, resolved Mon 13:30, specialist bob,
            first response due Mon 12:00, first response met False, wait unassigned 3:00, wait off shift 1:00, contact hours 0:30,
            num contacts 1
        * case-2: arrival Mon 10:10, assigned Mon 10:10, first contact and response Mon 13:30, resolved Mon 14:00, specialist bob,
            first response due Mon 13:10, first response met False, wait in book 0:30, wait off shift 2:50, contact hours 0:30,
            num contacts 1
        + case-1 work 0 (bob), Mon 13:00 to Mon 13:30, ready Mon 12:00, handle 0:30, off shift 1:00
        + case-2 work 0 (bob), Mon 13:30 to Mon 14:00, ready Mon 10:10, handle 0:30, in book 0:30, off shift 2:50
        """
    )


def test_once_there_was_a_first_response_its_due_time_excludes_nobody():
    # The first response was due by 14:50 and given at 12:50. The case is reopened at 13:30, and Ann's next shift begins at 16:00,
    # which is within reach: the case is hers again, though she is back after that due time.
    found = run(
        """
        case_types:
          claim: {first_response: {within: 2 h}, stages: {work: {handle: 10 min}}, reopening: {probability: 0.999999, after: 30 min, window: 1 h}}
        staff: {ann: {capacity: 1, shifts: "daily 12:00-13:10, 16:00-17:00"}}
        window: {length: 990 min, tail: 0 h}
        """,
        """
        Mon 12:50 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 12:50 case-1 arrived
        Mon 12:50 case-1 assigned (ann)
        Mon 12:50 case-1 stage contact begins (ann)
        Mon 13:00 case-1 stage contact ends (ann)
        Mon 13:00 case-1 resolved (ann)
        Mon 13:30 case-1 reopened (ann)
        Mon 13:30 case-1 back with its owner (ann)
        Mon 16:00 case-1 stage contact begins (ann)
        Mon 16:10 case-1 stage contact ends (ann)
        Mon 16:10 case-1 resolved (ann)
        * case-1: arrival Mon 12:50, assigned Mon 12:50, first contact and response Mon 12:50, resolved Mon 16:10, specialist ann,
            first response due Mon 14:50, first response met True, wait off shift 2:30, contact hours 0:20, closed hours 0:30,
            num contacts 2, reopens 1
        + case-1 work 0 (ann), Mon 12:50 to Mon 13:00, handle 0:10
        + case-1 work 1 (ann), Mon 16:00 to Mon 16:10, ready Mon 13:30, handle 0:10, off shift 2:30
        """
    )


def test_an_owner_keeps_the_account_and_a_backup_stands_in():
    # Ann owns the account. She has two audits, which nobody else may do, yet the claim of the account is hers, as a hand-off costs
    # more than a full book. On Tuesday she is away, and Cy, who is her backup, takes the next, although Bob comes first by name.
    found = run(
        """
        accounts: {acme: {count: 1, owners: [ann]}}
        case_types:
          audit: {skills: {audits: 1}, stages: {work: {handle: 30 min}}}
          claim: {stages: {work: {handle: 30 min}}}
        staff:
          ann: {capacity: 5, skills: {audits: 3}, backup: cy, shifts: "daily 09:00-17:00", leave: 2026-03-03}
          bob: {capacity: 5, shifts: "daily 09:00-17:00"}
          cy: {capacity: 5, shifts: "daily 09:00-17:00"}
        routing: {policy: priced, settings: {reach_hours: 0}}
        """,
        """
        Mon 09:00 audit
        Mon 09:00 audit
        Mon 09:00 claim account=acme
        Tue 09:00 claim account=acme
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
        Mon 09:00 case-3 assigned (ann)
        Mon 09:30 case-1 stage contact ends (ann)
        Mon 09:30 case-1 resolved (ann)
        Mon 09:30 case-2 stage contact begins (ann)
        Mon 10:00 case-2 stage contact ends (ann)
        Mon 10:00 case-2 resolved (ann)
        Mon 10:00 case-3 stage contact begins (ann)
        Mon 10:30 case-3 stage contact ends (ann)
        Mon 10:30 case-3 resolved (ann)
        Tue 09:00 case-4 arrived
        Tue 09:00 case-4 assigned (cy)
        Tue 09:00 case-4 stage contact begins (cy)
        Tue 09:30 case-4 stage contact ends (cy)
        Tue 09:30 case-4 resolved (cy)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:30, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:30, resolved Mon 10:00, specialist ann,
            wait in book 0:30, contact hours 0:30, num contacts 1
        * case-3: case type claim, account acme, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 10:00,
            resolved Mon 10:30, specialist ann, wait in book 1:00, contact hours 0:30, num contacts 1
        * case-4: case type claim, account acme, arrival Tue 09:00, assigned Tue 09:00, first contact and response Tue 09:00,
            resolved Tue 09:30, specialist cy, contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-2 work 0 (ann), Mon 09:30 to Mon 10:00, ready Mon 09:00, handle 0:30, in book 0:30
        + case-3 work 0 (ann), Mon 10:00 to Mon 10:30, ready Mon 09:00, handle 0:30, in book 1:00
        + case-4 work 0 (cy), Tue 09:00 to Tue 09:30, handle 0:30
        """
    )


def test_a_sick_day_is_unknown_before_it_begins():
    # Ann is sick on Tuesday, with this seed. The case that arrives on Monday evening is hers, as it would be on any day, and so is
    # that of Tuesday 08:00. From 09:00 on everybody knows: the third goes to Bob. After her shift would have ended, at 17:00, she
    # counts as somebody who is back on Wednesday at 09:00, within the reach of eight staffed hours, and takes the fourth. All that is
    # hers waits until Wednesday.
    found = run(
        """
        seed: 1
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff:
          ann: {capacity: 5, shifts: "Mon-Wed 09:00-12:00, 13:00-17:00", sick_probability: 0.5}
          bob: {capacity: 5, shifts: "Mon-Wed 09:00-17:00"}
        """,
        """
        Mon 18:00 claim
        Tue 08:00 claim
        Tue 09:30 claim
        Tue 18:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 18:00 case-1 arrived
        Mon 18:00 case-1 assigned (ann)
        Tue 08:00 case-2 arrived
        Tue 08:00 case-2 assigned (ann)
        Tue 09:30 case-3 arrived
        Tue 09:30 case-3 assigned (bob)
        Tue 09:30 case-3 stage contact begins (bob)
        Tue 10:00 case-3 stage contact ends (bob)
        Tue 10:00 case-3 resolved (bob)
        Tue 18:00 case-4 arrived
        Tue 18:00 case-4 assigned (ann)
        Wed 09:00 case-1 stage contact begins (ann)
        Wed 09:30 case-1 stage contact ends (ann)
        Wed 09:30 case-1 resolved (ann)
        Wed 09:30 case-2 stage contact begins (ann)
        Wed 10:00 case-2 stage contact ends (ann)
        Wed 10:00 case-2 resolved (ann)
        Wed 10:00 case-4 stage contact begins (ann)
        Wed 10:30 case-4 stage contact ends (ann)
        Wed 10:30 case-4 resolved (ann)
        * case-1: arrival Mon 18:00, assigned Mon 18:00, first contact and response Wed 09:00, resolved Wed 09:30, specialist ann,
            wait off shift 39:00, contact hours 0:30, num contacts 1
        * case-2: arrival Tue 08:00, assigned Tue 08:00, first contact and response Wed 09:30, resolved Wed 10:00, specialist ann,
            wait in book 0:30, wait off shift 25:00, contact hours 0:30, num contacts 1
        * case-3: arrival Tue 09:30, assigned Tue 09:30, first contact and response Tue 09:30, resolved Tue 10:00, specialist bob,
            contact hours 0:30, num contacts 1
        * case-4: arrival Tue 18:00, assigned Tue 18:00, first contact and response Wed 10:00, resolved Wed 10:30, specialist ann,
            wait in book 1:00, wait off shift 15:00, contact hours 0:30, num contacts 1
        + case-3 work 0 (bob), Tue 09:30 to Tue 10:00, handle 0:30
        + case-1 work 0 (ann), Wed 09:00 to Wed 09:30, ready Mon 18:00, handle 0:30, off shift 39:00
        + case-2 work 0 (ann), Wed 09:30 to Wed 10:00, ready Tue 08:00, handle 0:30, in book 0:30, off shift 25:00
        + case-4 work 0 (ann), Wed 10:00 to Wed 10:30, ready Tue 18:00, handle 0:30, in book 1:00, off shift 15:00
        """
    )
    assert found.hours("ann") == "paid 21:00, sick 7:00, staffed 14:00, busy 1:30, held 82:00"


def test_who_works_round_the_clock_is_sick_for_one_day_at_a_time():
    # The same draw, without shifts: Ann is sick from midnight to midnight. The case of Monday evening is suspended for the day, that
    # of Tuesday morning waits in the queue until she is back.
    found = run(
        """
        seed: 1
        case_types: {claim: {stages: {work: {handle: 2 h}}}}
        staff: {ann: {capacity: 5, sick_probability: 0.5}}
        routing: {at_shift_end: suspend}
        window: {length: 3 d, tail: 0 h}
        """,
        """
        Mon 23:00 claim
        Tue 10:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:00 case-1 arrived
        Mon 23:00 case-1 assigned (ann)
        Mon 23:00 case-1 stage contact begins (ann)
        Tue 10:00 case-2 arrived
        Wed 00:00 case-2 assigned (ann)
        Wed 01:00 case-1 stage contact ends (ann)
        Wed 01:00 case-1 resolved (ann)
        Wed 01:00 case-2 stage contact begins (ann)
        Wed 03:00 case-2 stage contact ends (ann)
        Wed 03:00 case-2 resolved (ann)
        * case-1: arrival Mon 23:00, assigned Mon 23:00, first contact and response Mon 23:00, resolved Wed 01:00, specialist ann,
            wait off shift 24:00, contact hours 2:00, num contacts 1
        * case-2: arrival Tue 10:00, assigned Wed 00:00, first contact and response Wed 01:00, resolved Wed 03:00, specialist ann,
            wait unassigned 14:00, wait in book 1:00, contact hours 2:00, num contacts 1
        + case-1 work 0 (ann), Mon 23:00 to Wed 01:00, handle 2:00, suspended 24:00
        + case-2 work 0 (ann), Wed 01:00 to Wed 03:00, ready Wed 00:00, handle 2:00, in book 1:00
        """
    )
    assert found.hours("ann") == "paid 72:00, sick 24:00, staffed 48:00, busy 4:00, held 29:00"


def test_approvals_too_wait_for_who_is_back_first():
    # Bob is sick on Tuesday, which nobody knows on Monday evening: the approval is asked of him, who would be back at 08:00, and
    # waits for him until Wednesday. On Tuesday at 08:30 he is known to be sick, and Dot is asked, who begins at 09:00.
    found = run(
        """
        seed: 11
        case_types: {claim: {skills: {claims: 3}, action: refund, amount: 90 USD, stages: {pay: {handle: 5 min, decides: true}}}}
        staff:
          ann: {capacity: 5, skills: {claims: 3}}
          bob: {capacity: 2, authority: {refund: unlimited}, shifts: "Mon-Wed 08:00-17:00", sick_probability: 0.5}
          dot: {capacity: 2, authority: {refund: unlimited}, shifts: "Mon-Wed 09:00-17:00"}
        """,
        """
        Mon 18:00 claim
        Tue 08:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 18:00 case-1 arrived
        Mon 18:00 case-1 assigned (ann)
        Mon 18:00 case-1 asks for approval (ann)
        Tue 08:30 case-2 arrived
        Tue 08:30 case-2 assigned (ann)
        Tue 08:30 case-2 asks for approval (ann)
        Tue 09:00 case-2 approval contact begins (dot)
        Tue 09:10 case-2 approval contact ends (dot)
        Tue 09:10 case-2 approved
        Tue 09:10 case-2 stage contact begins (ann)
        Tue 09:15 case-2 stage contact ends (ann)
        Tue 09:15 case-2 resolved (ann)
        Wed 08:00 case-1 approval contact begins (bob)
        Wed 08:10 case-1 approval contact ends (bob)
        Wed 08:10 case-1 approved
        Wed 08:10 case-1 stage contact begins (ann)
        Wed 08:15 case-1 stage contact ends (ann)
        Wed 08:15 case-1 resolved (ann)
        * case-1: amount 90.0, arrival Mon 18:00, assigned Mon 18:00, first contact and response Wed 08:10, resolved Wed 08:15,
            specialist ann, wait approval 38:10, contact hours 0:05, num contacts 1, approvals 1
        * case-2: amount 90.0, arrival Tue 08:30, assigned Tue 08:30, first contact and response Tue 09:10, resolved Tue 09:15,
            specialist ann, wait approval 0:40, contact hours 0:05, num contacts 1, approvals 1
        + case-2 approval 0 (dot), Tue 09:00 to Tue 09:10, ready Tue 08:30, handle 0:10, off shift 0:30, internal
        + case-2 pay 0 (ann), Tue 09:10 to Tue 09:15, handle 0:05
        + case-1 approval 0 (bob), Wed 08:00 to Wed 08:10, ready Mon 18:00, handle 0:10, off shift 38:00, internal
        + case-1 pay 0 (ann), Wed 08:10 to Wed 08:15, handle 0:05
        """
    )

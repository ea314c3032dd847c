"""Presence: shifts and what lies between them, reach, leave, sickness, owners and backups."""

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


def test_a_shift_over_midnight_is_one_shift():
    # From 22:00 to 06:00: the contact that begins at 23:45 is not suspended at midnight, and the case that arrives at 07:00 waits
    # until 22:00.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon-Tue 22:00-06:00"}}
        routing: {at_shift_end: suspend, settings: {reach_hours: 24}}
        """,
        """
        Mon 23:45 claim
        Tue 07:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 23:45 case-1 arrived
        Mon 23:45 case-1 assigned (ann)
        Mon 23:45 case-1 stage contact begins (ann)
        Tue 00:15 case-1 stage contact ends (ann)
        Tue 00:15 case-1 resolved (ann)
        Tue 07:00 case-2 arrived
        Tue 07:00 case-2 assigned (ann)
        Tue 22:00 case-2 stage contact begins (ann)
        Tue 22:30 case-2 stage contact ends (ann)
        Tue 22:30 case-2 resolved (ann)
        * case-1: arrival Mon 23:45, assigned Mon 23:45, first contact and response Mon 23:45, resolved Tue 00:15, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Tue 07:00, assigned Tue 07:00, first contact and response Tue 22:00, resolved Tue 22:30, specialist ann,
            wait off shift 15:00, contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 23:45 to Tue 00:15, handle 0:30
        + case-2 work 0 (ann), Tue 22:00 to Tue 22:30, ready Tue 07:00, handle 0:30, off shift 15:00
        """
    )
    assert found.hours("ann") == "paid 16:00, staffed 16:00, busy 1:00, held 16:00"


def test_a_contact_is_finished_after_the_shift():
    # Split shifts: the contact of 11:50 goes on over the break until 12:20, which is 20 minutes of overtime; that of 16:50 over the
    # night, in the same way.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon 09:00-12:00, 13:00-17:00"}}
        """,
        """
        Mon 11:50 claim
        Mon 16:50 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 11:50 case-1 arrived
        Mon 11:50 case-1 assigned (ann)
        Mon 11:50 case-1 stage contact begins (ann)
        Mon 12:20 case-1 stage contact ends (ann)
        Mon 12:20 case-1 resolved (ann)
        Mon 16:50 case-2 arrived
        Mon 16:50 case-2 assigned (ann)
        Mon 16:50 case-2 stage contact begins (ann)
        Mon 17:20 case-2 stage contact ends (ann)
        Mon 17:20 case-2 resolved (ann)
        * case-1: arrival Mon 11:50, assigned Mon 11:50, first contact and response Mon 11:50, resolved Mon 12:20, specialist ann,
            contact hours 0:30, num contacts 1
        * case-2: arrival Mon 16:50, assigned Mon 16:50, first contact and response Mon 16:50, resolved Mon 17:20, specialist ann,
            contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 11:50 to Mon 12:20, handle 0:30
        + case-2 work 0 (ann), Mon 16:50 to Mon 17:20, handle 0:30
        """
    )
    assert found.hours("ann") == "paid 7:40, staffed 7:00, busy 1:00, overtime 0:40, held 1:00"


def test_a_contact_is_suspended_at_the_end_of_the_shift():
    # The same, suspended: the first is taken up at 13:00 for its last 20 minutes, the second on Tuesday at 09:00, which is 16 hours
    # off shift.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon 09:00-12:00, 13:00-17:00; Tue 09:00-12:00"}}
        routing: {at_shift_end: suspend}
        """,
        """
        Mon 11:50 claim
        Mon 16:50 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 11:50 case-1 arrived
        Mon 11:50 case-1 assigned (ann)
        Mon 11:50 case-1 stage contact begins (ann)
        Mon 13:20 case-1 stage contact ends (ann)
        Mon 13:20 case-1 resolved (ann)
        Mon 16:50 case-2 arrived
        Mon 16:50 case-2 assigned (ann)
        Mon 16:50 case-2 stage contact begins (ann)
        Tue 09:20 case-2 stage contact ends (ann)
        Tue 09:20 case-2 resolved (ann)
        * case-1: arrival Mon 11:50, assigned Mon 11:50, first contact and response Mon 11:50, resolved Mon 13:20, specialist ann,
            wait off shift 1:00, contact hours 0:30, num contacts 1
        * case-2: arrival Mon 16:50, assigned Mon 16:50, first contact and response Mon 16:50, resolved Tue 09:20, specialist ann,
            wait off shift 16:00, contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 11:50 to Mon 13:20, handle 0:30, suspended 1:00
        + case-2 work 0 (ann), Mon 16:50 to Tue 09:20, handle 0:30, suspended 16:00
        """
    )
    assert found.hours("ann") == "paid 10:00, staffed 10:00, busy 1:00, held 18:00"


def test_a_contact_that_ends_with_the_shift_is_neither_suspended_nor_over_time():
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon 09:00-12:00"}}
        routing: {at_shift_end: suspend}
        """,
        """
        Mon 11:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 11:30 case-1 arrived
        Mon 11:30 case-1 assigned (ann)
        Mon 11:30 case-1 stage contact begins (ann)
        Mon 12:00 case-1 stage contact ends (ann)
        Mon 12:00 case-1 resolved (ann)
        * case-1: arrival Mon 11:30, assigned Mon 11:30, first contact and response Mon 11:30, resolved Mon 12:00, specialist ann,
            contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Mon 11:30 to Mon 12:00, handle 0:30
        """
    )
    assert found.hours("ann") == "paid 3:00, staffed 3:00, busy 0:30, held 0:30"


def test_a_contact_that_outlasts_a_break_is_overtime_for_the_break_alone():
    # From 11:50 to 13:20 without a pause: the hour from 12:00 to 13:00 is over time.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 90 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon 09:00-12:00, 13:00-17:00"}}
        """,
        """
        Mon 11:50 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 11:50 case-1 arrived
        Mon 11:50 case-1 assigned (ann)
        Mon 11:50 case-1 stage contact begins (ann)
        Mon 13:20 case-1 stage contact ends (ann)
        Mon 13:20 case-1 resolved (ann)
        * case-1: arrival Mon 11:50, assigned Mon 11:50, first contact and response Mon 11:50, resolved Mon 13:20, specialist ann,
            contact hours 1:30, num contacts 1
        + case-1 work 0 (ann), Mon 11:50 to Mon 13:20, handle 1:30
        """
    )
    assert found.hours("ann") == "paid 8:00, staffed 7:00, busy 1:30, overtime 1:00, held 1:30"


def test_blocks_are_hours_on_shift_that_are_not_for_cases():
    # Training from 10:00 to 11:00. The contact of 09:50 is finished into it, 10 minutes over time in hours that are paid already.
    # What arrives at 10:05 waits until 11:00, off shift.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 20 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon 09:00-17:00", blocks: {training: "Mon 10:00-11:00"}}}
        """,
        """
        Mon 09:50 claim
        Mon 10:05 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:50 case-1 arrived
        Mon 09:50 case-1 assigned (ann)
        Mon 09:50 case-1 stage contact begins (ann)
        Mon 10:05 case-2 arrived
        Mon 10:05 case-2 assigned (ann)
        Mon 10:10 case-1 stage contact ends (ann)
        Mon 10:10 case-1 resolved (ann)
        Mon 11:00 case-2 stage contact begins (ann)
        Mon 11:20 case-2 stage contact ends (ann)
        Mon 11:20 case-2 resolved (ann)
        * case-1: arrival Mon 09:50, assigned Mon 09:50, first contact and response Mon 09:50, resolved Mon 10:10, specialist ann,
            contact hours 0:20, num contacts 1
        * case-2: arrival Mon 10:05, assigned Mon 10:05, first contact and response Mon 11:00, resolved Mon 11:20, specialist ann,
            wait off shift 0:55, contact hours 0:20, num contacts 1
        + case-1 work 0 (ann), Mon 09:50 to Mon 10:10, handle 0:20
        + case-2 work 0 (ann), Mon 11:00 to Mon 11:20, ready Mon 10:05, handle 0:20, off shift 0:55
        """
    )
    assert found.hours("ann") == "paid 8:00, blocks 1:00, staffed 7:00, busy 0:40, overtime 0:10, held 1:35"


def test_nobody_works_on_a_holiday_not_even_on_the_first_day():
    # The scenario starts on a holiday. The business clock stands still as well: two business hours are over on Tuesday at 11:00.
    found = run(
        """
        holidays: [2026-03-02]
        business_hours: "Mon-Fri 09:00-17:00"
        case_types: {claim: {resolution: {within: 2 h, clock: business}, stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5, shifts: "Mon-Tue 09:00-17:00"}}
        """,
        """
        Mon 10:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 10:00 case-1 arrived
        Mon 10:00 case-1 assigned (ann)
        Tue 09:00 case-1 stage contact begins (ann)
        Tue 09:30 case-1 stage contact ends (ann)
        Tue 09:30 case-1 resolved (ann)
        * case-1: arrival Mon 10:00, assigned Mon 10:00, first contact and response Tue 09:00, resolved Tue 09:30, specialist ann,
            resolution due Tue 11:00, resolution met True, wait off shift 23:00, contact hours 0:30, num contacts 1
        + case-1 work 0 (ann), Tue 09:00 to Tue 09:30, ready Mon 10:00, handle 0:30, off shift 23:00
        """
    )
    assert found.hours("ann") == "paid 8:00, staffed 8:00, busy 0:30, held 23:30"


def test_summer_time_makes_a_night_shift_an_hour_shorter():
    # In Berlin the clock goes from 02:00 to 03:00 on Sunday the 29th: the shift from 22:00 to 06:00 has seven hours. A contact of
    # four hours that begins at 23:30 ends at 04:30, and six hours of calendar time from 23:30 on are over at 06:30.
    found = run(
        """
        start: 2026-03-28T00:00
        time_zone: Europe/Berlin
        window: {length: 2 d}
        case_types: {claim: {first_response: {within: 6 h}, stages: {work: {handle: 4 h}}}}
        staff: {ann: {capacity: 5, shifts: "Sat 22:00-06:00"}}
        demand: {night: {types: claim, surge: 1, at: 2026-03-28T23:30}}
        """,
    )
    assert found.whole == lines(
        """
        Sat 28.03. 23:30 night-1 arrived
        Sat 28.03. 23:30 night-1 assigned (ann)
        Sat 28.03. 23:30 night-1 stage contact begins (ann)
        Sun 29.03. 04:30 night-1 stage contact ends (ann)
        Sun 29.03. 04:30 night-1 resolved (ann)
        * night-1: arrival Sat 28.03. 23:30, assigned Sat 28.03. 23:30, first contact and response Sat 28.03. 23:30,
            resolved Sun 29.03. 04:30, specialist ann, first response due Sun 29.03. 06:30, first response met True, contact hours 4:00,
            num contacts 1
        + night-1 work 0 (ann), Sat 28.03. 23:30 to Sun 29.03. 04:30, handle 4:00
        """
    )
    assert found.hours("ann") == "paid 7:00, staffed 7:00, busy 4:00, held 4:00"


def test_winter_time_makes_a_night_shift_an_hour_longer():
    # In Berlin the clock goes from 03:00 back to 02:00 on Sunday the 25th of October: the shift from 22:00 to 06:00 has nine hours,
    # and a contact of four hours that begins at 23:30 ends at 02:30, the second time that the clock shows it.
    found = run(
        """
        start: 2026-10-24T00:00
        time_zone: Europe/Berlin
        window: {length: 2 d}
        case_types: {claim: {stages: {work: {handle: 4 h}}}}
        staff: {ann: {capacity: 5, shifts: "Sat 22:00-06:00"}}
        demand: {night: {types: claim, surge: 1, at: 2026-10-24T23:30}}
        """,
    )
    assert found.whole == lines(
        """
        Sat 24.10. 23:30 night-1 arrived
        Sat 24.10. 23:30 night-1 assigned (ann)
        Sat 24.10. 23:30 night-1 stage contact begins (ann)
        Sun 25.10. 02:30 night-1 stage contact ends (ann)
        Sun 25.10. 02:30 night-1 resolved (ann)
        * night-1: arrival Sat 24.10. 23:30, assigned Sat 24.10. 23:30, first contact and response Sat 24.10. 23:30,
            resolved Sun 25.10. 02:30, specialist ann, contact hours 4:00, num contacts 1
        + night-1 work 0 (ann), Sat 24.10. 23:30 to Sun 25.10. 02:30, handle 4:00
        """
    )
    assert found.hours("ann") == "paid 9:00, staffed 9:00, busy 4:00, held 4:00"


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

"""Shifts: over midnight, split, over holidays and changes of the clock; and what becomes of contacts at their end."""

from tests.simulation.engine.floor import lines, run


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

"""Floors where nothing or hardly anything happens, or everything at once."""

from tests.simulation.engine.floor import lines, run


def test_a_floor_without_arrivals_ends_with_the_window():
    # Nothing happens, and Ann is paid for it.
    found = run(
        """
        window: {length: 8 h}
        case_types: {claim: {stages: {work: {handle: 30 min}}}}
        staff: {ann: {capacity: 5}}
        demand: {surge: {types: claim, surge: 0, at: 2026-03-02T09:00}}
        """,
    )
    assert found.whole == lines(
        """

        """
    )
    assert found.hours("ann") == "paid 8:00, staffed 8:00"


def test_a_floor_without_staff_lets_everything_wait():
    # Patience ends after an hour, or never: the second case is open at the end of the tail.
    found = run(
        """
        window: {length: 10 h, tail: 2 h}
        case_types:
          call: {patience: 1 h, stages: {talk: {handle: 30 min}}}
          claim: {first_response: {within: 1 h}, stages: {work: {handle: 30 min}}}
        staff: {team: {count: 0, capacity: 5}}
        """,
        """
        Mon 09:00 call
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-2 arrived
        Mon 10:00 case-1 abandoned
        * case-1: arrival Mon 09:00, abandoned Mon 10:00, wait unassigned 1:00
        * case-2: case type claim, arrival Mon 09:00, first response due Mon 10:00, first response met False, wait unassigned 3:00
        """
    )


def test_a_surge_arrives_at_once_or_evenly():
    # Two at 10:00, and four over two hours from 12:00 on: every half hour.
    found = run(
        """
        window: {length: 15 h}
        case_types: {claim: {stages: {work: {handle: 1 min}}}}
        staff: {ann: {capacity: 9}}
        demand:
          outage: {types: claim, surge: 2, at: 2026-03-02T10:00}
          wave: {types: claim, surge: 4, at: 2026-03-02T12:00, over: 2 h}
        """,
    )
    assert found.whole == lines(
        """
        Mon 10:00 outage-1 arrived
        Mon 10:00 outage-1 assigned (ann)
        Mon 10:00 outage-1 stage contact begins (ann)
        Mon 10:00 outage-2 arrived
        Mon 10:00 outage-2 assigned (ann)
        Mon 10:01 outage-1 stage contact ends (ann)
        Mon 10:01 outage-1 resolved (ann)
        Mon 10:01 outage-2 stage contact begins (ann)
        Mon 10:02 outage-2 stage contact ends (ann)
        Mon 10:02 outage-2 resolved (ann)
        Mon 12:00 wave-1 arrived
        Mon 12:00 wave-1 assigned (ann)
        Mon 12:00 wave-1 stage contact begins (ann)
        Mon 12:01 wave-1 stage contact ends (ann)
        Mon 12:01 wave-1 resolved (ann)
        Mon 12:30 wave-2 arrived
        Mon 12:30 wave-2 assigned (ann)
        Mon 12:30 wave-2 stage contact begins (ann)
        Mon 12:31 wave-2 stage contact ends (ann)
        Mon 12:31 wave-2 resolved (ann)
        Mon 13:00 wave-3 arrived
        Mon 13:00 wave-3 assigned (ann)
        Mon 13:00 wave-3 stage contact begins (ann)
        Mon 13:01 wave-3 stage contact ends (ann)
        Mon 13:01 wave-3 resolved (ann)
        Mon 13:30 wave-4 arrived
        Mon 13:30 wave-4 assigned (ann)
        Mon 13:30 wave-4 stage contact begins (ann)
        Mon 13:31 wave-4 stage contact ends (ann)
        Mon 13:31 wave-4 resolved (ann)
        * outage-1: arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:00, resolved Mon 10:01, specialist ann,
            contact hours 0:01, num contacts 1
        * outage-2: arrival Mon 10:00, assigned Mon 10:00, first contact and response Mon 10:01, resolved Mon 10:02, specialist ann,
            wait in book 0:01, contact hours 0:01, num contacts 1
        * wave-1: arrival Mon 12:00, assigned Mon 12:00, first contact and response Mon 12:00, resolved Mon 12:01, specialist ann,
            contact hours 0:01, num contacts 1
        * wave-2: arrival Mon 12:30, assigned Mon 12:30, first contact and response Mon 12:30, resolved Mon 12:31, specialist ann,
            contact hours 0:01, num contacts 1
        * wave-3: arrival Mon 13:00, assigned Mon 13:00, first contact and response Mon 13:00, resolved Mon 13:01, specialist ann,
            contact hours 0:01, num contacts 1
        * wave-4: arrival Mon 13:30, assigned Mon 13:30, first contact and response Mon 13:30, resolved Mon 13:31, specialist ann,
            contact hours 0:01, num contacts 1
        + outage-1 work 0 (ann), Mon 10:00 to Mon 10:01, handle 0:01
        + outage-2 work 0 (ann), Mon 10:01 to Mon 10:02, ready Mon 10:00, handle 0:01, in book 0:01
        + wave-1 work 0 (ann), Mon 12:00 to Mon 12:01, handle 0:01
        + wave-2 work 0 (ann), Mon 12:30 to Mon 12:31, handle 0:01
        + wave-3 work 0 (ann), Mon 13:00 to Mon 13:01, handle 0:01
        + wave-4 work 0 (ann), Mon 13:30 to Mon 13:31, handle 0:01
        """
    )

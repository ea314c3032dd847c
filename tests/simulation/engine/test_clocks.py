"""Clocks: first response and resolution, what pauses them, and how abandoned cases count."""

import pytest
from tests.simulation.engine.floor import lines, run


def test_the_first_response_is_the_first_contact_that_reaches_the_customer():
    # The research at 09:00 is the first contact. The first response is due at 09:20 and begins at 10:10, after a quarter of an hour
    # of research and 55 minutes at the lab.
    found = run(
        """
        case_types:
          claim:
            first_response: {within: 20 min}
            stages:
              look: {handle: 15 min, customer_facing: false, next: lab}
              lab: {by: department, department: lab, handle: 55 min, next: answer}
              answer: {handle: 10 min}
        staff: {ann: {capacity: 5}}
        departments: {lab: {}}
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
        Mon 09:15 case-1 stage contact ends (ann)
        Mon 09:15 case-1 waits on department
        Mon 10:10 case-1 is back
        Mon 10:10 case-1 stage contact begins (ann)
        Mon 10:20 case-1 stage contact ends (ann)
        Mon 10:20 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact Mon 09:00, first response Mon 10:10, resolved Mon 10:20,
            specialist ann, first response due Mon 09:20, first response met False, wait department 0:55, contact hours 0:25,
            num contacts 2
        + case-1 look 0 (ann), Mon 09:00 to Mon 09:15, handle 0:15, internal
        + case-1 answer 1 (ann), Mon 10:10 to Mon 10:20, handle 0:10
        """
    )


def test_a_response_at_the_last_moment_is_in_time():
    # Both calls are due within 20 minutes, and Ann gets to the second at 09:20 exactly.
    found = run(
        """
        case_types: {call: {first_response: {within: 20 min}, resolution: {within: 40 min}, stages: {talk: {handle: 20 min}}}}
        staff: {ann: {capacity: 5}}
        """,
        """
        Mon 09:00 call
        Mon 09:00 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (ann)
        Mon 09:20 case-1 stage contact ends (ann)
        Mon 09:20 case-1 resolved (ann)
        Mon 09:20 case-2 stage contact begins (ann)
        Mon 09:40 case-2 stage contact ends (ann)
        Mon 09:40 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 09:20, specialist ann,
            first response due Mon 09:20, resolution due Mon 09:40, first response met True, resolution met True, contact hours 0:20,
            num contacts 1
        * case-2: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:20, resolved Mon 09:40, specialist ann,
            first response due Mon 09:20, resolution due Mon 09:40, first response met True, resolution met True, wait in book 0:20,
            contact hours 0:20, num contacts 1
        + case-1 talk 0 (ann), Mon 09:00 to Mon 09:20, handle 0:20
        + case-2 talk 0 (ann), Mon 09:20 to Mon 09:40, ready Mon 09:00, handle 0:20, in book 0:20
        """
    )


def test_the_resolution_clock_pauses_on_the_customer_alone():
    # Both are resolved at 11:50, two hours and 50 minutes after their arrival. The half hour at the lab counts, the two hours with
    # the customer do not, so that the claim is due at 13:00. The clock of the complaint never pauses: due at 11:00.
    found = run(
        """
        case_types:
          claim:
            resolution: {within: 2 h, pauses_on_customer: true}
            stages: &walk
              look: {handle: 10 min, next: lab}
              lab: {by: department, department: lab, handle: 30 min, next: ask}
              ask: {by: customer, handle: 2 h, next: close}
              close: {handle: 10 min}
          complaint: {resolution: {within: 2 h}, stages: *walk}
        staff:
          ann: {capacity: 1}
          bob: {capacity: 1}
        departments: {lab: {}}
        """,
        """
        Mon 09:00 claim
        Mon 09:00 complaint
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 09:00 case-2 assigned (bob)
        Mon 09:00 case-2 stage contact begins (bob)
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1 waits on department
        Mon 09:10 case-2 stage contact ends (bob)
        Mon 09:10 case-2 waits on department
        Mon 09:40 case-1 is back
        Mon 09:40 case-1 waits on customer
        Mon 09:40 case-2 is back
        Mon 09:40 case-2 waits on customer
        Mon 11:40 case-1 is back
        Mon 11:40 case-1 stage contact begins (ann)
        Mon 11:40 case-2 is back
        Mon 11:40 case-2 stage contact begins (bob)
        Mon 11:50 case-1 stage contact ends (ann)
        Mon 11:50 case-1 resolved (ann)
        Mon 11:50 case-2 stage contact ends (bob)
        Mon 11:50 case-2 resolved (bob)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:50, specialist ann,
            resolution due Mon 13:00, resolution met True, wait department 0:30, wait customer 2:00, contact hours 0:20, num contacts 2
        * case-2: case type complaint, arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:50,
            specialist bob, resolution due Mon 11:00, resolution met False, wait department 0:30, wait customer 2:00,
            contact hours 0:20, num contacts 2
        + case-1 look 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-2 look 0 (bob), Mon 09:00 to Mon 09:10, handle 0:10
        + case-1 close 1 (ann), Mon 11:40 to Mon 11:50, handle 0:10
        + case-2 close 1 (bob), Mon 11:40 to Mon 11:50, handle 0:10
        """
    )


def test_a_business_clock_counts_business_hours():
    # Four business hours from 15:00 on are over on Tuesday at 11:00, and four of calendar time at 19:00. The hour with the customer
    # from 16:30 on has half an hour of business, which the business clock gives back: due at 11:30.
    found = run(
        """
        business_hours: "Mon-Fri 09:00-17:00"
        case_types:
          claim:
            resolution: {within: 4 h, clock: business, pauses_on_customer: true}
            first_response: {within: 4 h}
            stages: {call: {handle: 90 min, next: ask}, ask: {by: customer, handle: 1 h, next: close}, close: {handle: 10 min}}
        staff: {ann: {capacity: 1}}
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
        Mon 16:30 case-1 stage contact ends (ann)
        Mon 16:30 case-1 waits on customer
        Mon 17:30 case-1 is back
        Mon 17:30 case-1 stage contact begins (ann)
        Mon 17:40 case-1 stage contact ends (ann)
        Mon 17:40 case-1 resolved (ann)
        * case-1: arrival Mon 15:00, assigned Mon 15:00, first contact and response Mon 15:00, resolved Mon 17:40, specialist ann,
            first response due Mon 19:00, resolution due Tue 11:30, first response met True, resolution met True, wait customer 1:00,
            contact hours 1:40, num contacts 2
        + case-1 call 0 (ann), Mon 15:00 to Mon 16:30, handle 1:30
        + case-1 close 1 (ann), Mon 17:30 to Mon 17:40, handle 0:10
        """
    )


def test_reopening_resumes_the_clock_and_revokes_the_resolution():
    # Due at 10:00 and resolved at 09:30, with half an hour to go. Reopened at 12:30, so due at 13:00; resolved at 13:10, which is
    # late, after the earlier resolution was in time.
    found = run(
        """
        case_types:
          claim:
            resolution: {within: 1 h}
            stages: {work: {handle: 30 min}, more: {handle: 40 min}}
            reopening: {probability: 0.999999, after: 3 h, stage: more, window: 3 h}
        staff: {ann: {capacity: 1}}
        start: 2026-03-02T09:00
        window: {length: 5 h, tail: 0 h}
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
        Mon 12:30 case-1 reopened (ann)
        Mon 12:30 case-1 back with its owner (ann)
        Mon 12:30 case-1 stage contact begins (ann)
        Mon 13:10 case-1 stage contact ends (ann)
        Mon 13:10 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 13:10, specialist ann,
            resolution due Mon 13:00, resolution met False, contact hours 1:10, closed hours 3:00, num contacts 2, reopens 1
        + case-1 work 0 (ann), Mon 09:00 to Mon 09:30, handle 0:30
        + case-1 more 1 (ann), Mon 12:30 to Mon 13:10, handle 0:40
        """
    )


ABANDONED = """
abandoned: {counted}
case_types: {{call: {{first_response: {{within: 30 min}}, patience: {patience} min, stages: {{talk: {{handle: 10 min}}}}}}}}
staff: {{ann: {{capacity: 1, shifts: "Mon 12:00-17:00"}}}}
"""


@pytest.mark.parametrize(
    ("counted", "patience", "met"),
    [
        ("missed", 20, "first response met False, "),
        ("missed", 40, "first response met False, "),
        ("met_if_before_target", 20, "first response met True, "),
        ("met_if_before_target", 40, "first response met False, "),
        ("excluded", 20, ""),
        ("excluded", 40, ""),
    ],
)
def test_abandoned_cases_count_as_the_scenario_says(counted, patience, met):
    # Ann, who comes at 12:00, is given the call of 09:00 once it is overdue at 09:30: within a reach of eight staffed hours, but too late. The
    # customer leaves before that, after 20 minutes, or after it, after 40.
    found = run(ABANDONED.format(counted=counted, patience=patience), "Mon 09:00 call")
    given = ", assigned Mon 09:30" if patience > 30 else ""
    by, waits = (", specialist ann", "wait unassigned 0:30, wait off shift 0:10") if given else ("", "wait unassigned 0:20")
    row = f"arrival Mon 09:00{given}, abandoned Mon 09:{patience}{by}, first response due Mon 09:30, {met}{waits}"
    events = ["Mon 09:00 case-1 arrived"] + ["Mon 09:30 case-1 assigned (ann)"] * bool(given)
    assert found.whole == [*events, f"Mon 09:{patience} case-1 abandoned{' (ann)' if given else ''}", f"* case-1: {row}"]

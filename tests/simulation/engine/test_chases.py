"""Customers who chase because they hear nothing."""

import pytest
from pydantic import ValidationError
from tests.simulation.engine.floor import lines, run

from caserouter.simulation.language.case_type import Chase


def test_the_customer_chases_after_silence():
    # Ann comes at 12:30. The customer hears nothing for an hour, and calls at 10:00, 11:00 and 12:00. Each call is a contact of its
    # own, which Ann makes after the look at the case and before the closing contact, which is ready last.
    found = run(
        """
        case_types: {claim: {stages: {look: {handle: 30 min, next: close}, close: {handle: 10 min}}, chase: {after: 1 h, handle: 6 min}}}
        staff: {ann: {capacity: 5, shifts: "Mon 12:30-17:00"}}
        routing: {sequencing: fifo}
        """,
        """
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 10:00 case-1 customer chases
        Mon 11:00 case-1 customer chases
        Mon 12:00 case-1 customer chases
        Mon 12:30 case-1 stage contact begins (ann)
        Mon 13:00 case-1 stage contact ends (ann)
        Mon 13:00 case-1 chase contact begins (ann)
        Mon 13:06 case-1 chase contact ends (ann)
        Mon 13:06 case-1 chase contact begins (ann)
        Mon 13:12 case-1 chase contact ends (ann)
        Mon 13:12 case-1 chase contact begins (ann)
        Mon 13:18 case-1 chase contact ends (ann)
        Mon 13:18 case-1 stage contact begins (ann)
        Mon 13:28 case-1 stage contact ends (ann)
        Mon 13:28 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 12:30, resolved Mon 13:28, specialist ann,
            wait in book 0:18, wait off shift 3:30, contact hours 0:40, num contacts 5, chases 3
        + case-1 look 0 (ann), Mon 12:30 to Mon 13:00, ready Mon 09:00, handle 0:30, off shift 3:30
        + case-1 chase 0 (ann), Mon 13:00 to Mon 13:06, ready Mon 10:00, handle 0:06, in book 0:30, off shift 2:30
        + case-1 chase 1 (ann), Mon 13:06 to Mon 13:12, ready Mon 11:00, handle 0:06, in book 0:36, off shift 1:30
        + case-1 chase 2 (ann), Mon 13:12 to Mon 13:18, ready Mon 12:00, handle 0:06, in book 0:42, off shift 0:30
        + case-1 close 1 (ann), Mon 13:18 to Mon 13:28, ready Mon 13:00, handle 0:10, in book 0:18
        """
    )


def test_an_answer_to_a_chase_is_not_needed_once_the_case_is_resolved():
    # The same with a single contact, at 12:30, which resolves the case.
    found = run(
        """
        case_types: {claim: {stages: {work: {handle: 30 min}}, chase: {after: 1 h, handle: 6 min}}}
        staff: {ann: {capacity: 5, shifts: "Mon 12:30-17:00"}}
        routing: {sequencing: fifo}
        """,
        """
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 10:00 case-1 customer chases
        Mon 11:00 case-1 customer chases
        Mon 12:00 case-1 customer chases
        Mon 12:30 case-1 stage contact begins (ann)
        Mon 13:00 case-1 stage contact ends (ann)
        Mon 13:00 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 12:30, resolved Mon 13:00, specialist ann,
            wait off shift 3:30, contact hours 0:30, num contacts 1, chases 3
        + case-1 work 0 (ann), Mon 12:30 to Mon 13:00, ready Mon 09:00, handle 0:30, off shift 3:30
        """
    )


def test_nobody_chases_while_the_next_word_is_their_own():
    # The contact ends at 09:10, and then the case waits three hours on the customer. After that the lab takes two hours: a chase at
    # 13:10, an hour after the customer was back. An hour after the end of Ann's answer, at 14:16, the customer is being spoken to.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 10 min, next: ask}
              ask: {by: customer, handle: 3 h, next: lab}
              lab: {by: department, department: lab, handle: 2 h, next: close}
              close: {handle: 10 min}
            chase: {after: 1 h, handle: 6 min}
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
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1 waits on customer
        Mon 12:10 case-1 is back
        Mon 12:10 case-1 waits on department
        Mon 13:10 case-1 customer chases
        Mon 13:10 case-1 chase contact begins (ann)
        Mon 13:16 case-1 chase contact ends (ann)
        Mon 14:10 case-1 is back
        Mon 14:10 case-1 stage contact begins (ann)
        Mon 14:20 case-1 stage contact ends (ann)
        Mon 14:20 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 14:20, specialist ann,
            wait department 2:00, wait customer 3:00, contact hours 0:20, num contacts 3, chases 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-1 chase 0 (ann), Mon 13:10 to Mon 13:16, handle 0:06
        + case-1 close 1 (ann), Mon 14:10 to Mon 14:20, handle 0:10
        """
    )


def test_research_is_no_word_to_the_customer():
    # The customer last heard of us at 09:10. Research from 09:10 to 09:50 and the lab until 10:50 are silence: a chase at 10:10.
    found = run(
        """
        case_types:
          claim:
            stages:
              call: {handle: 10 min, next: look}
              look: {handle: 40 min, customer_facing: false, next: lab}
              lab: {by: department, department: lab, handle: 1 h, next: close}
              close: {handle: 10 min}
            chase: {after: 1 h, handle: 6 min}
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
        Mon 09:10 case-1 stage contact ends (ann)
        Mon 09:10 case-1 stage contact begins (ann)
        Mon 09:50 case-1 stage contact ends (ann)
        Mon 09:50 case-1 waits on department
        Mon 10:10 case-1 customer chases
        Mon 10:10 case-1 chase contact begins (ann)
        Mon 10:16 case-1 chase contact ends (ann)
        Mon 10:50 case-1 is back
        Mon 10:50 case-1 stage contact begins (ann)
        Mon 11:00 case-1 stage contact ends (ann)
        Mon 11:00 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 11:00, specialist ann,
            wait department 1:00, contact hours 1:00, num contacts 4, chases 1
        + case-1 call 0 (ann), Mon 09:00 to Mon 09:10, handle 0:10
        + case-1 look 1 (ann), Mon 09:10 to Mon 09:50, handle 0:40, internal
        + case-1 chase 0 (ann), Mon 10:10 to Mon 10:16, handle 0:06
        + case-1 close 2 (ann), Mon 10:50 to Mon 11:00, handle 0:10
        """
    )


def test_a_chase_does_not_replace_the_review():
    # Legal is at it from 09:00 to 11:00. The customer calls at 10:00, which is the first response; the answer still waits for the
    # review.
    found = run(
        """
        case_types: {claim: {risk_flags: {legal: 1.0}, stages: {work: {handle: 30 min}}, chase: {after: 1 h, handle: 6 min}}}
        staff: {ann: {capacity: 5, role: manager}}
        departments: {legal: {}}
        routing: {reviews: {legal: {department: legal, handle: 2 h}}}
        """,
        """
        Mon 09:00 claim risk_flags=legal
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 waits on review
        Mon 10:00 case-1 customer chases
        Mon 10:00 case-1 chase contact begins (ann)
        Mon 10:06 case-1 chase contact ends (ann)
        Mon 11:00 case-1 reviewed
        Mon 11:00 case-1 stage contact begins (ann)
        Mon 11:30 case-1 stage contact ends (ann)
        Mon 11:30 case-1 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 10:00, resolved Mon 11:30, specialist ann,
            wait review 2:00, contact hours 0:30, num contacts 2, chases 1
        + case-1 chase 0 (ann), Mon 10:00 to Mon 10:06, handle 0:06
        + case-1 work 0 (ann), Mon 11:00 to Mon 11:30, handle 0:30
        """
    )


def test_a_chase_on_the_queue_is_answered_by_whoever_takes_the_case():
    # Ann is in a call until 10:30. At 10:00 the customer of the claim, whom nobody holds yet, calls in vain; at 10:30 Ann calls back
    # before she works the case.
    found = run(
        """
        case_types:
          call: {stages: {talk: {handle: 90 min}}}
          claim: {stages: {work: {handle: 30 min}}, chase: {after: 1 h, handle: 6 min}}
        staff: {ann: {capacity: 1}}
        """,
        """
        Mon 09:00 call
        Mon 09:00 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (ann)
        Mon 09:00 case-1 stage contact begins (ann)
        Mon 09:00 case-2 arrived
        Mon 10:00 case-2 customer chases
        Mon 10:30 case-1 stage contact ends (ann)
        Mon 10:30 case-1 resolved (ann)
        Mon 10:30 case-2 assigned (ann)
        Mon 10:30 case-2 chase contact begins (ann)
        Mon 10:36 case-2 chase contact ends (ann)
        Mon 10:36 case-2 stage contact begins (ann)
        Mon 11:06 case-2 stage contact ends (ann)
        Mon 11:06 case-2 resolved (ann)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 10:30, specialist ann,
            contact hours 1:30, num contacts 1
        * case-2: case type claim, arrival Mon 09:00, assigned Mon 10:30, first contact and response Mon 10:30, resolved Mon 11:06,
            specialist ann, wait unassigned 1:30, wait in book 0:06, contact hours 0:30, num contacts 2, chases 1
        + case-1 talk 0 (ann), Mon 09:00 to Mon 10:30, handle 1:30
        + case-2 chase 0 (ann), Mon 10:30 to Mon 10:36, handle 0:06
        + case-2 work 0 (ann), Mon 10:36 to Mon 11:06, ready Mon 10:30, handle 0:30, in book 0:06
        """
    )


def test_a_case_without_a_holder_is_chased_in_vain():
    # Each contact is routed on its own, so that nobody is there to call: at 10:00 and 11:00 the customer calls, and the contact
    # begins at 11:30.
    found = run(
        """
        case_types: {call: {assignment: per_contact, stages: {talk: {handle: 10 min}}, chase: {after: 1 h}}}
        staff: {ann: {capacity: 1, shifts: "Mon 11:30-17:00"}}
        routing: {settings: {reach_hours: 0}}
        """,
        """
        Mon 09:00 call
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1/0 assigned (ann)
        Mon 10:00 case-1 customer chases
        Mon 11:00 case-1 customer chases
        Mon 11:30 case-1 stage contact begins (ann)
        Mon 11:40 case-1 stage contact ends (ann)
        Mon 11:40 case-1 resolved
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 11:30, resolved Mon 11:40, specialist ann,
            wait off shift 2:30, contact hours 0:10, num contacts 1, chases 2
        + case-1 talk 0 (ann), Mon 11:30 to Mon 11:40, ready Mon 09:00, handle 0:10, off shift 2:30
        """
    )


def test_nobody_chases_without_any_silence():
    with pytest.raises(
        ValidationError, match="a chase after no time at all: the customer would call for ever; give a time above 0"
    ):
        Chase.model_validate({"after": "0 min"})

"""Who may do what: skills that are relaxed, and credentials."""

from tests.simulation.engine.floor import lines, run


def test_a_required_skill_is_relaxed_after_a_time():
    # Cy has the skill at 3 and is on a call until 12:00. At 11:00 the case is two hours old, and Bob, who lacks the skill, may take
    # it: at the factor of the lowest proficiency, 1.6, it takes him 48 minutes. The claim at 10:30 is two hours old at 12:30, but at
    # 12:00 it is Cy's.
    found = run(
        """
        case_types:
          call: {stages: {talk: {handle: 3 h}}}
          claim: {skills: {claims: 3}, stages: {work: {handle: 30 min}}}
        staff:
          bob: {capacity: 1, shifts: "daily 09:30-17:00"}
          cy: {capacity: 1, skills: {claims: 3}}
        routing: {settings: {reach_hours: 0, relaxations: {skill: {after_hours: 2, price: 0}}}}
        """,
        """
        Mon 09:00 call
        Mon 09:00 claim
        Mon 10:30 claim
        """,
    )
    assert found.whole == lines(
        """
        Mon 09:00 case-1 arrived
        Mon 09:00 case-1 assigned (cy)
        Mon 09:00 case-1 stage contact begins (cy)
        Mon 09:00 case-2 arrived
        Mon 10:30 case-3 arrived
        Mon 11:00 case-2 assigned (bob)
        Mon 11:00 case-2 stage contact begins (bob)
        Mon 11:48 case-2 stage contact ends (bob)
        Mon 11:48 case-2 resolved (bob)
        Mon 12:00 case-1 stage contact ends (cy)
        Mon 12:00 case-1 resolved (cy)
        Mon 12:00 case-3 assigned (cy)
        Mon 12:00 case-3 stage contact begins (cy)
        Mon 12:30 case-3 stage contact ends (cy)
        Mon 12:30 case-3 resolved (cy)
        * case-1: arrival Mon 09:00, assigned Mon 09:00, first contact and response Mon 09:00, resolved Mon 12:00, specialist cy,
            contact hours 3:00, num contacts 1
        * case-2: case type claim, arrival Mon 09:00, assigned Mon 11:00, first contact and response Mon 11:00, resolved Mon 11:48,
            specialist bob, wait unassigned 2:00, contact hours 0:48, num contacts 1
        * case-3: case type claim, arrival Mon 10:30, assigned Mon 12:00, first contact and response Mon 12:00, resolved Mon 12:30,
            specialist cy, wait unassigned 1:30, contact hours 0:30, num contacts 1
        + case-2 work 0 (bob), Mon 11:00 to Mon 11:48, handle 0:48
        + case-1 talk 0 (cy), Mon 09:00 to Mon 12:00, handle 3:00
        + case-3 work 0 (cy), Mon 12:00 to Mon 12:30, handle 0:30
        """
    )


def test_a_credential_counts_from_its_first_day():
    # Ann's registration in NJ begins on Tuesday, that in NY is there already.
    found = run(
        """
        case_types: {claim: {credentials: [adjuster], jurisdictions: {NY: 1, NJ: 1}, stages: {work: {handle: 30 min}}}}
        staff:
          ann:
            capacity: 2
            credentials: [{kind: adjuster, jurisdictions: [NY]}, {kind: adjuster, jurisdictions: [NJ], valid_from: 2026-03-03}]
        """,
        """
        Mon 22:00 claim jurisdiction=NJ
        Mon 22:30 claim jurisdiction=NY
        """,
    )
    assert found.whole == lines(
        """
        Mon 22:00 case-1 arrived
        Mon 22:30 case-2 arrived
        Mon 22:30 case-2 assigned (ann)
        Mon 22:30 case-2 stage contact begins (ann)
        Mon 23:00 case-2 stage contact ends (ann)
        Mon 23:00 case-2 resolved (ann)
        Tue 00:00 case-1 assigned (ann)
        Tue 00:00 case-1 stage contact begins (ann)
        Tue 00:30 case-1 stage contact ends (ann)
        Tue 00:30 case-1 resolved (ann)
        * case-1: arrival Mon 22:00, assigned Tue 00:00, first contact and response Tue 00:00, resolved Tue 00:30, specialist ann,
            wait unassigned 2:00, contact hours 0:30, num contacts 1
        * case-2: arrival Mon 22:30, assigned Mon 22:30, first contact and response Mon 22:30, resolved Mon 23:00, specialist ann,
            contact hours 0:30, num contacts 1
        + case-2 work 0 (ann), Mon 22:30 to Mon 23:00, handle 0:30
        + case-1 work 0 (ann), Tue 00:00 to Tue 00:30, handle 0:30
        """
    )

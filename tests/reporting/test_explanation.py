"""Explanations for people: everything that matters on a few lines, nothing of it taken for markup."""

import io
from dataclasses import replace
from datetime import UTC, datetime

from rich.console import Console

from caserouter.domain.case import Case, Commitment, RiskFlag
from caserouter.domain.credentials import CredentialNeed
from caserouter.domain.money import Money
from caserouter.reporting.explanation import print_explanation
from caserouter.routing.explanation import (
    Candidate,
    Conflict,
    Counterfactual,
    Excluded,
    Explanation,
    FullBook,
    Reason,
    RoomHolder,
    Unassigned,
    Wait,
)

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 14, 30, tzinfo=UTC)
CASE = Case(
    id="C-1",
    created=NOW,
    type="claim_denial",
    jurisdiction="NY",
    required_skills={"claims": 2},
    required_credentials=((CredentialNeed(kind="series_6"), CredentialNeed(kind="series_7")),),
    action="refund",
    amount=Money.of(900),
    priority=1,
    weight=2,
    risk_flags=frozenset({RiskFlag.LEGAL}),
)


def candidate(specialist: str, name: str, handling: float, *, hand_off: float = 0.0, **fields) -> Candidate:
    terms = {"handling": handling, "lateness": 0.0, "hand_off": hand_off}
    given = {"chosen": False, "caseload": 2, "load": 4, "capacity": 9, "needs_approval": False, "relaxed": (), "obstacle": None}
    return Candidate(specialist, name, total=handling + hand_off, terms=terms, **(given | fields))


ASSIGNED = Explanation(
    case="C-1",
    at=NOW,
    policy="default",
    version=1,
    currency="USD",
    chosen="ana",
    waiting_cost=1200.0,
    together=("C-2",),
    reviews=("legal",),
    approvers=("dia", "eli"),
    candidates=(
        candidate("ana", "Ana Sousa", 60.0, chosen=True, needs_approval=True),
        candidate("bo", "Bo Lind", 70.0, hand_off=35.0, obstacle="no room beside C-9"),
    ),
    excluded=(
        Excluded("cy", "Cy Roy", (Reason("off_shift", "off shift until Thursday", "eligible on Thursday", LATER),), LATER),
    ),
    runner_up=Counterfactual("bo", "Bo Lind, if it cost 45.00 USD less there", 45.0),
    nearest=Counterfactual("cy", "Cy Roy, eligible on Thursday"),
    unassigned=None,
)


def shown(explanation: Explanation, case: Case = CASE) -> list[str]:
    out = io.StringIO()
    print_explanation(Console(file=out, width=120, markup=False, highlight=False), explanation, case)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_an_assigned_case():
    heading, *rest = shown(ASSIGNED)
    assert heading == (
        "C-1 claim_denial, priority 1, weight 2, in NY, skills claims:2, credentials series_6|series_7, flags legal, "
        "asks refund of 900.00 USD: ana Ana Sousa"
    )
    assert rest == [
        "  together with C-2",
        "  review before the first response: legal",
        "  candidate       total  handling  hand_off  book",
        "→ ana Ana Sousa   60.00     60.00      0.00   4/9",
        "  bo Bo Lind     105.00     70.00     35.00   4/9",
        "  ana: needs approval",
        "  bo: no room beside C-9",
        "  may approve: dia, eli",
        "  next best: Bo Lind, if it cost 45.00 USD less there",
        "  excluded: 1 (off_shift 1)",
        "    cy Cy Roy: off shift until Thursday (eligible from 2026-03-05 14:30 UTC)",
        "  nearest: Cy Roy, eligible on Thursday",
    ]


def test_whoever_has_no_name_is_shown_by_id_alone():
    nameless = replace(ASSIGNED.excluded[0], name="")
    lines = shown(replace(ASSIGNED, excluded=(nameless,)))
    assert "    cy: off shift until Thursday (eligible from 2026-03-05 14:30 UTC)" in lines


def test_the_chosen_one_is_shown_wherever_it_stands():
    many = tuple(candidate(f"p{k}", "", 10.0 + k, chosen=k == 8) for k in range(12))
    lines = shown(replace(ASSIGNED, chosen="p8", candidates=many))
    assert [line[:4].strip() for line in lines if line.startswith(("  p", "→ p"))] == ["p0", "p1", "p2", "p3", "p4", "→ p8"]
    assert "  … and 6 more candidates" in lines


def test_what_was_promised_is_shown_in_order_of_its_due_times():
    promised = CASE.model_copy(update={"commitments": (Commitment(due=LATER), Commitment(due=NOW, note="call back"))})
    assert "promised call back by 2026-03-02 15:00 UTC; by 2026-03-05 14:30 UTC" in shown(ASSIGNED, promised)[0]


def test_who_may_approve_is_said_only_where_somebody_needs_it():
    alone = replace(ASSIGNED, candidates=(candidate("ana", "Ana Sousa", 60.0, chosen=True),))
    assert not any("may approve" in line for line in shown(alone))


def test_of_many_approvers_the_first_are_named():
    lines = shown(replace(ASSIGNED, approvers=tuple("abcdefg")))
    assert "  may approve: a, b, c, d, e and 2 more" in lines


def test_a_case_that_nobody_may_take():
    unassigned = Unassigned(Wait.NOBODY_ELIGIBLE, "nobody may take it", conflicts=(Conflict(("skill",), ("ana", "bo")),))
    lines = shown(replace(ASSIGNED, chosen=None, candidates=(), excluded=(), runner_up=None, unassigned=unassigned))
    assert lines[0].endswith(": waits")
    assert lines[3:] == ["  nobody may take it", "  nearest: Cy Roy, eligible on Thursday"]


def test_an_outbid_case():
    holders = (RoomHolder("C-7", 2, 50.0, 400.0), RoomHolder("H-1", None))
    cheapest, dearer, stuck = (
        FullBook("ana", "2 units short", 2, holders, ("C-7",), 400.0, 350.0),
        FullBook("bo", "1 unit short", 1, holders[:1], ("C-7",), 500.0, 250.0),
        FullBook("cy", "team full", 0, (), (), None, None),
    )
    unassigned = Unassigned(Wait.OUTBID, "outbid: with ana, letting C-7 wait …", outbid=(cheapest, dearer, stuck))
    assert shown(replace(ASSIGNED, chosen=None, candidates=(), excluded=(), unassigned=unassigned))[3:7] == [
        "  outbid: with ana, letting C-7 wait …",
        "  ana: 2 units short; held by C-7, H-1",
        "  bo: 1 unit short; held by C-7; making room adds 500.00 USD, and would save 250.00",
        "  cy: team full; held by nothing here; no case of this decision could make room",
    ]


def test_what_files_say_is_not_markup():
    case = CASE.model_copy(update={"type": "[red]odd[/red]"})
    assert "[red]odd[/red]" in shown(ASSIGNED, case)[0]

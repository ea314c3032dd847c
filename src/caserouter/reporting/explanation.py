"""One case explained, for people: what was chosen, what the others would have cost, who was excluded and what would change it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from caserouter.domain.case import Case
from caserouter.routing.explanation import Candidate, Excluded, Explanation, FullBook, Unassigned

MOST = 5
"""Candidates, books and conflicts shown; the JSON document has all of them."""

NEAREST = 3
"""Excluded people shown with their reasons."""


def print_explanation(console: Console, explanation: Explanation, case: Case) -> None:
    """Everything worth knowing of one decision, on about twenty lines."""
    _print_heading(console, explanation, case)
    if explanation.unassigned is not None:
        _print_unassigned(console, explanation.unassigned, explanation.currency)
    if explanation.candidates:
        _print_candidates(console, explanation.candidates, explanation.approvers)
    if explanation.runner_up is not None:
        _say(console, f"next best: {explanation.runner_up.sentence}")
    if explanation.excluded:
        _print_excluded(console, explanation.excluded)
    if explanation.nearest is not None:
        _say(console, f"nearest: {explanation.nearest.sentence}")


def _print_heading(console: Console, explanation: Explanation, case: Case) -> None:
    """The case, what it asks for, and what became of it."""
    chosen = next((candidate for candidate in explanation.candidates if candidate.chosen), None)
    fate = f"{chosen.specialist} {chosen.name}".strip() if chosen else explanation.chosen or "waits"
    line = Text(f"{case.id}", style="bold").append(f" {_what(case)}: ", style="not bold").append(fate)
    console.print(line, soft_wrap=True)
    if explanation.together:
        _say(console, f"together with {', '.join(explanation.together)}")
    if explanation.reviews:
        _say(console, f"review before the first response: {', '.join(explanation.reviews)}")


def _what(case: Case) -> str:
    """What a case is and asks for, in one phrase."""
    credentials = "; ".join("|".join(map(str, group)) for group in case.required_credentials)
    asked = {
        "in": case.jurisdiction,
        "skills": "; ".join(f"{name}:{least}" for name, least in sorted(case.required_skills.items())),
        "credentials": credentials,
        "language": case.language,
        "flags": "; ".join(sorted(flag.value for flag in case.risk_flags)),
        "asks": f"{case.action} of {case.amount}" if case.amount is not None else None,
        "promised": "; ".join(
            f"{one.note} by {_when(one.due)}".strip() for one in sorted(case.commitments, key=lambda one: one.due)
        ),
    }
    details = [f"{name} {value}" for name, value in asked.items() if value]
    return ", ".join([case.type, f"priority {case.priority}", f"weight {case.weight}", *details])


def _print_candidates(console: Console, candidates: Sequence[Candidate], approvers: Sequence[str]) -> None:
    """Costs term by term; terms that are zero for everybody shown are left out. Who may approve, where somebody needs it."""
    shown = _with_chosen(candidates)
    terms = [name for name in shown[0].terms if any(abs(one.terms[name]) >= 0.005 for one in shown)]
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("  candidate", no_wrap=True)
    for name in ("total", *terms, "book"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in shown:
        mark = "→" if one.chosen else " "
        costs = [f"{one.total:,.2f}", *(f"{one.terms[name]:,.2f}" for name in terms)]
        table.add_row(f"{mark} {one.specialist} {one.name}".rstrip(), *costs, f"{one.load}/{one.capacity}")
    console.print(table)
    for one in shown:
        if remarks := _remarks(one):
            _say(console, f"{one.specialist}: {remarks}")
    if len(candidates) > len(shown):
        _say(console, f"… and {len(candidates) - len(shown)} more candidates")
    if approvers and any(one.needs_approval for one in shown):
        others = f" and {len(approvers) - MOST} more" if len(approvers) > MOST else ""
        _say(console, f"may approve: {', '.join(approvers[:MOST])}{others}")


def _with_chosen(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The first few candidates, and the chosen one wherever it stands."""
    shown = list(candidates[:MOST])
    return shown + [one for one in candidates[MOST:] if one.chosen]


def _remarks(candidate: Candidate) -> str:
    remarks = ["needs approval"] if candidate.needs_approval else []
    remarks += [f"relaxed: {'; '.join(candidate.relaxed)}"] if candidate.relaxed else []
    return ", ".join([*remarks, candidate.obstacle] if candidate.obstacle else remarks)


def _print_excluded(console: Console, excluded: Sequence[Excluded]) -> None:
    """How many break which rule, and the nearest few in words."""
    counts = Counter(reason.code for one in excluded for reason in one.reasons)
    _say(console, f"excluded: {len(excluded)} ({', '.join(f'{code} {count}' for code, count in counts.most_common())})")
    for one in excluded[:NEAREST]:
        reasons = "; ".join(reason.sentence for reason in one.reasons)
        until = f" (eligible from {_when(one.eligible_from)})" if one.eligible_from else ""
        _say(console, f"  {f'{one.specialist} {one.name}'.rstrip()}: {reasons}{until}")


def _print_unassigned(console: Console, unassigned: Unassigned, currency: str) -> None:
    """The reason, whose sentence names the ways out, and who holds the room."""
    _say(console, unassigned.sentence)
    for position, book in enumerate(unassigned.outbid[:MOST]):
        _say(console, _book(book, currency if position else None))


def _book(book: FullBook, currency: str | None) -> str:
    """A full book: what holds the room and, with a currency, what making room would cost against what it would save."""
    holders = ", ".join(holder.case for holder in book.holders[:MOST]) + (" …" if len(book.holders) > MOST else "")
    held = f"{book.specialist}: {book.obstacle}; held by {holders or 'nothing here'}"
    if currency is None:
        return held
    if book.price is None:
        return f"{held}; no case of this decision could make room"
    return f"{held}; making room adds {book.price:,.2f} {currency}, and would save {book.gain:,.2f}"


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _say(console: Console, text: str) -> None:
    """A line below the heading."""
    console.print(f"  {text}", soft_wrap=True)

"""What a case names that nobody knows: people, places, cases and currencies, so that no hard rule is lost to a slip of the pen.

Only what a request states is looked at, and only when it states it: whatever a stored case names stays as it is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from caserouter.domain.case import Case
from caserouter.domain.errors import Finding
from caserouter.domain.jurisdictions import ANY, known
from caserouter.domain.money import Money
from caserouter.domain.settings import Settings
from caserouter.files.problems import did_you_mean
from caserouter.files.references import spelling
from caserouter.files.vocabulary import hint_of_place
from caserouter.service.board import Board

LookUp = Callable[[Collection[str]], set[str]]
"""Which of these ids are a case's, whatever its status."""

TIES = ("linked_cases", "separated_cases")
CHECKED = frozenset({"excluded_specialists", "jurisdiction", "required_credentials", "amount", *TIES})
"""Fields of a case in which something unknown is refused."""

_MAX_COMPARED = 5
"""Unknown people of one case for whom somebody of a similar id is looked for: that takes its time."""


def strangers(board: Board, case: Case, fields: Collection[str] = CHECKED) -> list[Finding]:
    """What `case` names in these fields that the board knows nothing of; the cases that it names are for `unknown_cases` to look up."""
    found: list[Finding] = []
    if "excluded_specialists" in fields:
        found += _people(board, case.excluded_specialists)
    if "jurisdiction" in fields and case.jurisdiction is not None:
        found += _places(board, "jurisdiction", (case.jurisdiction,))
    if "required_credentials" in fields:
        asked = (need.jurisdiction for group in case.required_credentials for need in group if need.jurisdiction)
        found += _places(board, "required_credentials", asked)
    if "amount" in fields:
        found += in_another_currency(case.amount, board.document.routing, "amount")
    return found


def unknown_cases(look_up: LookUp, board: Board, case: Case, fields: Collection[str] = TIES) -> list[Finding]:
    """The cases that `case` names as linked or separated and that the service has never had; only what the board lacks is looked up."""
    named = [(name, other) for name in TIES if name in fields for other in sorted(getattr(case, name))]
    strange = {other for _, other in named if other not in board.cases}
    if not strange:
        return []
    strange -= look_up(strange)
    remedy = "write the id that the service gave the case, not the one it has elsewhere: GET /v1/cases?external_id=… finds it"
    return [Finding(other, "no such case", remedy, column=name) for name, other in named if other in strange]


def in_another_currency(amount: Money | str | None, settings: Settings, column: str) -> Iterator[Finding]:
    """A finding for an amount that is not in the one currency of the policy."""
    if isinstance(amount, Money) and amount.currency != settings.currency:
        rule = f"the policy counts in {settings.currency}"
        yield Finding(str(amount), rule, "convert it, or set currency in the policy", column=column)


def hint_or_code(code: str, extra: Collection[str]) -> str:
    """What to write instead of an unknown jurisdiction."""
    return hint_of_place(code, extra) or "write a code such as NY or FR, or list it under jurisdictions in the policy"


def _people(board: Board, names: Iterable[str]) -> Iterator[Finding]:
    people = board.people
    strange = sorted(name for name in names if name not in people)
    if not strange:
        return
    by_spelling = {spelling(name): name for name in sorted(people)}
    for number, name in enumerate(strange):
        remedy = "write the id of a specialist, or leave it out"
        if same := by_spelling.get(spelling(name)):
            remedy = f"did you mean {same}?"
        elif number < _MAX_COMPARED:
            remedy = did_you_mean(name, people, remedy)
        yield Finding(name, "nobody has this id, so this exclusion would not bind", remedy, column="excluded_specialists")


def _places(board: Board, column: str, codes: Iterable[str]) -> Iterator[Finding]:
    named = board.document.routing.jurisdictions
    strange = sorted({code for code in codes if code != ANY and not known(code, named)})
    if not strange:
        return
    extra = named | _licensed(board)
    for code in strange:
        if code not in extra:
            yield Finding(code, "unknown jurisdiction", hint_or_code(code, extra), column=column)


def _licensed(board: Board) -> frozenset[str]:
    """Every place that a credential on the roster is valid in; one may be there from an earlier policy."""
    people = (one.specialist for one in board.people.values() if one.active)
    return frozenset(code for one in people for held in one.credentials for code in held.jurisdictions) - {ANY}

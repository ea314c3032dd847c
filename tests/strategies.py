"""Hypothesis strategies for queues whose cases, specialists and policy speak of the same few things.

The vocabularies are small on purpose: with three skills and three credential kinds every rule is broken often and met often.
Each strategy is built once, since building and validating one takes longer than drawing from it.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st

from caserouter.domain.account import Account
from caserouter.domain.calendar import Leave, Shift, parse_shifts
from caserouter.domain.case import Case, RiskFlag
from caserouter.domain.credentials import Credential, CredentialCatalogue, CredentialNeed
from caserouter.domain.money import Money
from caserouter.domain.settings import Approval, Prices, Relaxation, Settings
from caserouter.domain.specialist import HeldCase, IntakeLimit, Role, Specialist

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
"""A Wednesday, four days before the clocks change in New York."""

SKILLS = ("claims", "fraud", "lending")
KINDS = ("hipaa", "series_6", "series_7")
JURISDICTIONS = ("CA", "NJ", "NY")
LANGUAGES = ("en", "es")
ACTIONS = ("credit", "refund")
SPECIALIST_IDS = ("S-0", "S-1", "S-2", "S-3")
ACCOUNT_IDS = ("A-0", "A-1")
TEAMS = ("east", "west")
TYPES = ("billing", "claim")
ZONES = ("America/New_York", "Asia/Kolkata", "Europe/Berlin", "UTC")
SHIFTS = (
    "Mon-Fri 09:00-12:00, 13:00-17:00",
    "Mon-Fri 22:00-06:00",
    "Sat-Sun 10:00-14:00",
    "daily 00:00-24:00",
    "Wed 15:00-16:00",
)
BLOCKS = ("Mon-Fri 09:00-10:00", "Wed 14:00-16:00", "Sat 23:00-01:00; Wed 11:30-13:30")

Drawn = TypeVar("Drawn")


class Queue(NamedTuple):
    """What one routing run starts from."""

    cases: tuple[Case, ...]
    specialists: tuple[Specialist, ...]
    accounts: tuple[Account, ...]
    settings: Settings
    now: datetime


def seldom(strategy: st.SearchStrategy[Drawn], otherwise: Drawn) -> st.SearchStrategy[Drawn]:
    """`strategy` one time in four: demands that are all made at once leave nobody eligible and nothing to route."""
    usual = st.just(otherwise)
    return st.sampled_from((False, False, False, True)).flatmap(lambda asked: strategy if asked else usual)


@cache
def days() -> st.SearchStrategy[date]:
    """Days around `NOW`, quite often the day itself."""
    return st.integers(-30, 30).map(lambda k: NOW.date() + timedelta(days=k)) | st.just(NOW.date())


@cache
def moments(first_hour: int = -72, last_hour: int = 240) -> st.SearchStrategy[datetime]:
    """Whole hours around `NOW`."""
    return st.integers(first_hour, last_hour).map(lambda k: NOW + timedelta(hours=k))


@cache
def amounts() -> st.SearchStrategy[Money]:
    """Round amounts, so that limits are met exactly now and then."""
    return st.sampled_from([Money(minor=minor) for minor in (0, 5_000, 10_000, 50_000, 100_000)])


@cache
def credentials() -> st.SearchStrategy[Credential]:
    """A credential, valid now more often than not."""
    places = st.just(frozenset({"any"})) | st.frozensets(st.sampled_from(JURISDICTIONS), min_size=1)
    return st.builds(_credential, st.sampled_from(KINDS), places, st.tuples(days(), days()), st.booleans(), st.booleans())


@cache
def needs() -> st.SearchStrategy[CredentialNeed]:
    """One alternative of a credential requirement."""
    places = st.none() | st.sampled_from((*JURISDICTIONS, "any"))
    return st.builds(CredentialNeed, kind=st.sampled_from(KINDS), jurisdiction=places)


@cache
def shifts() -> st.SearchStrategy[tuple[Shift, ...]]:
    """No shifts, or one of a few calendars."""
    return seldom(st.sampled_from([parse_shifts(text) for text in SHIFTS]), ())


@cache
def leaves() -> st.SearchStrategy[Leave]:
    """One absence of a day or more."""
    return st.tuples(days(), days()).map(lambda pair: Leave(start=min(pair), end=max(pair)))


@cache
def intakes() -> st.SearchStrategy[IntakeLimit]:
    """Limits that are used up about half of the time."""
    return st.builds(IntakeLimit, limit=st.integers(0, 3), used=st.integers(0, 3), window_hours=st.sampled_from((8.0, 24.0)))


@cache
def specialists(specialist_id: str = "S-0") -> st.SearchStrategy[Specialist]:
    """A specialist who knows the vocabularies of this module."""
    return st.builds(
        Specialist,
        id=st.just(specialist_id),
        team=st.none() | st.sampled_from(TEAMS),
        role=st.sampled_from(Role),
        skills=st.fixed_dictionaries({}, optional={name: st.integers(1, 5) for name in SKILLS}),
        credentials=st.lists(credentials(), min_size=1, max_size=4).map(tuple),
        authority=st.dictionaries(st.sampled_from(ACTIONS), amounts() | st.just("unlimited")),
        languages=st.frozensets(st.sampled_from(LANGUAGES)),
        capacity=st.integers(0, 24),
        held_cases=st.lists(st.integers(1, 4), max_size=2).map(_held),
        time_zone=st.sampled_from(ZONES),
        shifts=shifts(),
        blocks=seldom(st.sampled_from([parse_shifts(text) for text in BLOCKS]), ()),
        leave=seldom(leaves().map(lambda one: (one,)), ()),
        intake=seldom(intakes(), None),
        cost_per_hour=st.none() | amounts(),
    )


@cache
def cases(case_id: str = "C-0") -> st.SearchStrategy[Case]:
    """A case that asks for a few of the things that specialists of this module have, and names some of `SPECIALIST_IDS`."""
    named = seldom(st.frozensets(st.sampled_from(SPECIALIST_IDS), max_size=2), frozenset())
    hours = st.none() | st.integers(0, 120)
    return st.builds(
        _case,
        named=named,
        preferred=named,
        first_response_hours=hours,
        resolution_hours=hours,
        id=st.just(case_id),
        created=moments(-72, 0),
        account=st.none() | st.sampled_from(ACCOUNT_IDS),
        type=st.sampled_from(TYPES),
        language=seldom(st.sampled_from(LANGUAGES), None),
        jurisdiction=st.none() | st.sampled_from(JURISDICTIONS),
        required_skills=seldom(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), max_size=2), {}),
        preferred_skills=st.frozensets(st.sampled_from(SKILLS), max_size=2),
        required_credentials=seldom(st.lists(st.lists(needs(), min_size=1, max_size=2).map(tuple), max_size=2).map(tuple), ()),
        action=st.none() | st.sampled_from(ACTIONS),
        amount=st.none() | amounts(),
        weight=st.integers(1, 6),
        priority=st.integers(1, 5),
        risk_flags=seldom(st.frozensets(st.sampled_from(RiskFlag), max_size=1), frozenset()),
    )


@cache
def relaxations() -> st.SearchStrategy[dict[str, Relaxation]]:
    """A few rules that bend, at once or after some hours."""
    relaxable = st.sampled_from(("skill", "proficiency", "language", "role_floor", "off_shift", "intake_limit"))
    bend = st.builds(Relaxation, after_hours=st.sampled_from((0.0, 4.0, 48.0)), price=st.sampled_from((0.0, 30.0)))
    return st.dictionaries(relaxable, bend, max_size=2)


@cache
def settings() -> st.SearchStrategy[Settings]:
    """A routing policy over the vocabularies of this module."""
    return st.builds(
        Settings,
        prices=st.sampled_from((Prices(), Prices(fairness=0.0, scarcity=0.0), Prices(waiting=1.0, hour=0.0))),
        relaxations=relaxations(),
        approval=st.sampled_from((None, Approval(), Approval(actions=frozenset({"refund"})))),
        priority=st.sampled_from(("weighted", "strict")),
        reserve=st.booleans(),
        reach_hours=st.sampled_from((0.0, 2.0, 8.0, 24.0)),
        credentials=st.just(CredentialCatalogue(implies={"series_7": frozenset({"series_6"})})),
        team_caps=st.dictionaries(st.sampled_from(TEAMS), st.integers(0, 15)),
        holidays=st.frozensets(days(), max_size=1),
    )


@cache
def accounts(account_id: str = "A-0") -> st.SearchStrategy[Account]:
    """An account, owned by one of `SPECIALIST_IDS` or by nobody."""
    return st.builds(
        Account, id=st.just(account_id), owner=st.none() | st.sampled_from(SPECIALIST_IDS), tier=st.sampled_from((None, "gold"))
    )


@cache
def queues(max_cases: int = 6, max_specialists: int = 4, *, ties: bool = True) -> st.SearchStrategy[Queue]:
    """A whole queue of up to four specialists: every id that is named exists; with `ties`, some cases are linked or separated."""
    pairs = st.tuples(st.sampled_from(("linked_cases", "separated_cases")), st.integers(0, max_cases), st.integers(0, max_cases))
    return st.builds(
        _queue,
        st.lists(cases(), max_size=max_cases),
        st.lists(specialists(), max_size=min(max_specialists, len(SPECIALIST_IDS))),
        st.tuples(*(accounts(one) for one in ACCOUNT_IDS)),
        settings(),
        st.lists(pairs, max_size=2 if ties else 0),
    )


def _credential(kind: str, places: frozenset[str], days: tuple[date, date], begins: bool, ends: bool) -> Credential:
    first, last = min(days) if begins else None, max(days) if ends else None
    return Credential(kind=kind, jurisdictions=places, valid_from=first, valid_until=last)


def _held(weights: list[int], specialist_id: str = "S-0") -> tuple[HeldCase, ...]:
    return tuple(HeldCase(id=f"{specialist_id}-held-{k}", weight=weight) for k, weight in enumerate(weights))


def _case(
    named: frozenset[str],
    preferred: frozenset[str],
    first_response_hours: int | None,
    resolution_hours: int | None,
    **fields: Any,
) -> Case:
    """A case from fields that were drawn apart: nobody is excluded and preferred at once, an amount has an action."""

    def due(hours: int | None) -> datetime | None:
        return None if hours is None else fields["created"] + timedelta(hours=hours)

    return Case(
        **fields | {"amount": fields["amount"] if fields["action"] else None},
        first_response_due=due(first_response_hours),
        resolution_due=due(resolution_hours),
        excluded_specialists=named,
        preferred_specialists=preferred - named,
    )


def _queue(
    cases: list[Case],
    specialists: list[Specialist],
    accounts: tuple[Account, ...],
    settings: Settings,
    ties: list[tuple[str, int, int]],
) -> Queue:
    """A queue of objects that were drawn apart, each under an id of its own and naming only ids that exist."""
    ids = frozenset(SPECIALIST_IDS[: len(specialists)])
    people = [
        one.model_copy(update={"id": name, "held_cases": _held([held.weight for held in one.held_cases], name)})
        for name, one in zip(SPECIALIST_IDS, specialists, strict=False)
    ]
    return Queue(
        cases=tuple(_known(case, f"C-{i}", ids, _others(i, len(cases), ties)) for i, case in enumerate(cases)),
        specialists=tuple(people),
        accounts=tuple(one.model_copy(update={"owner": one.owner if one.owner in ids else None}) for one in accounts),
        settings=settings,
        now=NOW,
    )


def _known(case: Case, case_id: str, ids: frozenset[str], ties: dict[str, frozenset[str]]) -> Case:
    people = {"excluded_specialists": case.excluded_specialists & ids, "preferred_specialists": case.preferred_specialists & ids}
    return case.model_copy(update={"id": case_id, **people, **ties})


def _others(i: int, num_cases: int, ties: list[tuple[str, int, int]]) -> dict[str, frozenset[str]]:
    """The cases that case `i` is tied to; one that would be linked and separated at once is only linked."""
    linked = {f"C-{k}" for kind, j, k in ties if j == i != k < num_cases and kind == "linked_cases"}
    separated = {f"C-{k}" for kind, j, k in ties if j == i != k < num_cases and kind == "separated_cases"}
    return {"linked_cases": frozenset(linked), "separated_cases": frozenset(separated - linked)}

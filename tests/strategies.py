"""Hypothesis strategies for queues whose cases, specialists and policy speak of the same few things.

The vocabularies are small on purpose: with three skills and four credential kinds every rule is broken often and met often.
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

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
KINDS = ("hipaa", "property_casualty", "series_6", "series_7")
JURISDICTIONS = ("CA", "NJ", "NY")
LANGUAGES = ("en", "es")
ACTIONS = ("credit", "refund")
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


class Queue(NamedTuple):
    """What one routing run starts from."""

    cases: tuple[Case, ...]
    specialists: tuple[Specialist, ...]
    accounts: tuple[Account, ...]
    settings: Settings
    now: datetime


def days() -> st.SearchStrategy[date]:
    """Days around `NOW`, a few of which are the day itself."""
    return st.integers(-30, 30).map(lambda k: NOW.date() + timedelta(days=k)) | st.just(NOW.date())


def moments(first_hour: int = -72, last_hour: int = 240) -> st.SearchStrategy[datetime]:
    """Whole hours around `NOW`."""
    return st.integers(first_hour, last_hour).map(lambda k: NOW + timedelta(hours=k))


def subsets(names: tuple[str, ...], max_size: int = 2) -> st.SearchStrategy[frozenset[str]]:
    """Up to `max_size` of `names`."""
    return st.frozensets(st.sampled_from(names), max_size=min(max_size, len(names))) if names else st.just(frozenset())


def amounts() -> st.SearchStrategy[Money]:
    """Round amounts, so that limits are met exactly now and then."""
    return st.sampled_from((0, 5_000, 10_000, 50_000, 100_000)).map(lambda minor: Money(minor=minor))


@st.composite
def credentials(draw: st.DrawFn) -> Credential:
    """A credential, valid now more often than not."""
    first, last = sorted((draw(days()), draw(days())))
    return Credential(
        kind=draw(st.sampled_from(KINDS)),
        jurisdictions=draw(st.just(frozenset({"any"})) | st.frozensets(st.sampled_from(JURISDICTIONS), min_size=1)),
        valid_from=draw(st.none() | st.just(first)),
        valid_until=draw(st.none() | st.just(last)),
    )


def needs() -> st.SearchStrategy[CredentialNeed]:
    """One alternative of a credential requirement."""
    places = st.none() | st.sampled_from((*JURISDICTIONS, "any"))
    return st.builds(CredentialNeed, kind=st.sampled_from(KINDS), jurisdiction=places)


def shifts() -> st.SearchStrategy[tuple[Shift, ...]]:
    """No shifts, or one of a few calendars."""
    return st.just(()) | st.sampled_from(SHIFTS).map(parse_shifts)


@st.composite
def leaves(draw: st.DrawFn) -> Leave:
    """One absence of a day or more."""
    start, end = sorted((draw(days()), draw(days())))
    return Leave(start=start, end=end)


def intakes() -> st.SearchStrategy[IntakeLimit]:
    """Limits that are used up about half of the time."""
    return st.builds(IntakeLimit, limit=st.integers(0, 3), used=st.integers(0, 3), window_hours=st.sampled_from((8.0, 24.0)))


@st.composite
def specialists(draw: st.DrawFn, specialist_id: str = "S-1") -> Specialist:
    """A specialist who knows the vocabularies of this module."""
    weights = draw(st.lists(st.integers(1, 4), max_size=3))
    return Specialist(
        id=specialist_id,
        team=draw(st.none() | st.sampled_from(TEAMS)),
        role=draw(st.sampled_from(Role)),
        skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5))),
        credentials=tuple(draw(st.lists(credentials(), max_size=3))),
        authority=draw(st.dictionaries(st.sampled_from(ACTIONS), amounts() | st.just("unlimited"))),
        languages=draw(subsets(LANGUAGES)),
        capacity=draw(st.integers(0, 12)),
        held_cases=tuple(HeldCase(id=f"{specialist_id}-H{k}", weight=weight) for k, weight in enumerate(weights)),
        time_zone=draw(st.sampled_from(ZONES)),
        shifts=draw(shifts()),
        leave=tuple(draw(st.lists(leaves(), max_size=1))),
        intake=draw(st.none() | intakes()),
        cost_per_hour=draw(st.none() | amounts()),
    )


@st.composite
def cases(
    draw: st.DrawFn, case_id: str = "C-1", specialist_ids: tuple[str, ...] = ("S-1", "S-2"), account_ids: tuple[str, ...] = ()
) -> Case:
    """A case that asks for a few of the things that specialists of this module have."""
    created = draw(moments(-72, 0))
    action = draw(st.none() | st.sampled_from(ACTIONS))
    named = draw(subsets(specialist_ids))
    preferred = draw(subsets(specialist_ids)) - named
    return Case(
        id=case_id,
        created=created,
        account=draw(st.none() | st.sampled_from(account_ids)) if account_ids else None,
        type=draw(st.sampled_from(TYPES)),
        language=draw(st.none() | st.sampled_from(LANGUAGES)),
        jurisdiction=draw(st.none() | st.sampled_from(JURISDICTIONS)),
        required_skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), max_size=2)),
        preferred_skills=draw(subsets(SKILLS)),
        required_credentials=tuple(
            tuple(group) for group in draw(st.lists(st.lists(needs(), min_size=1, max_size=2), max_size=2))
        ),
        action=action,
        amount=draw(st.none() | amounts()) if action else None,
        weight=draw(st.integers(1, 6)),
        priority=draw(st.integers(1, 5)),
        risk_flags=draw(st.frozensets(st.sampled_from(RiskFlag), max_size=1)),
        first_response_due=draw(st.none() | st.integers(0, 120).map(lambda k: created + timedelta(hours=k))),
        resolution_due=draw(st.none() | st.integers(0, 240).map(lambda k: created + timedelta(hours=k))),
        excluded_specialists=named,
        preferred_specialists=preferred,
    )


def relaxations() -> st.SearchStrategy[dict[str, Relaxation]]:
    """A few rules that bend, at once or after some hours."""
    relaxable = st.sampled_from(("skill", "proficiency", "language", "role_floor", "off_shift", "intake_limit"))
    bend = st.builds(Relaxation, after_hours=st.sampled_from((0.0, 4.0, 48.0)), price=st.sampled_from((0.0, 30.0)))
    return st.dictionaries(relaxable, bend, max_size=2)


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """A routing policy over the vocabularies of this module."""
    return Settings(
        prices=draw(st.sampled_from((Prices(), Prices(fairness=0.0, scarcity=0.0), Prices(waiting=1.0, hour=0.0)))),
        relaxations=draw(relaxations()),
        approval=draw(st.none() | st.just(Approval()) | st.just(Approval(actions=frozenset({"refund"})))),
        priority=draw(st.sampled_from(("weighted", "strict"))),
        reserve=draw(st.booleans()),
        reach_hours=draw(st.sampled_from((0.0, 2.0, 8.0, 24.0))),
        credentials=CredentialCatalogue(implies={"series_7": frozenset({"series_6"})}),
        team_caps=draw(st.dictionaries(st.sampled_from(TEAMS), st.integers(0, 15))),
        holidays=draw(st.frozensets(days(), max_size=1)),
    )


@st.composite
def accounts(draw: st.DrawFn, account_id: str = "A-1", specialist_ids: tuple[str, ...] = ("S-1", "S-2")) -> Account:
    """An account, owned by one of the specialists or by nobody."""
    owner = st.none() | st.sampled_from(specialist_ids) if specialist_ids else st.none()
    return Account(id=account_id, owner=draw(owner), tier=draw(st.none() | st.just("gold")), at_risk=draw(st.booleans()))


@st.composite
def queues(draw: st.DrawFn, max_cases: int = 6, max_specialists: int = 4, *, ties: bool = True) -> Queue:
    """A whole queue: every id that is named exists; with `ties`, some cases are linked or separated."""
    specialist_ids = tuple(f"S-{j}" for j in range(draw(st.integers(0, max_specialists))))
    account_ids = tuple(f"A-{k}" for k in range(draw(st.integers(0, 2))))
    case_ids = tuple(f"C-{i}" for i in range(draw(st.integers(0, max_cases))))
    found = [draw(cases(one, specialist_ids, account_ids)) for one in case_ids]
    return Queue(
        cases=tuple(_tied(draw, case, case_ids) for case in found) if ties else tuple(found),
        specialists=tuple(draw(specialists(one)) for one in specialist_ids),
        accounts=tuple(draw(accounts(one, specialist_ids)) for one in account_ids),
        settings=draw(settings()),
        now=NOW,
    )


def _tied(draw: st.DrawFn, case: Case, case_ids: tuple[str, ...]) -> Case:
    """The case, linked to or separated from another one now and then."""
    others = tuple(one for one in case_ids if one != case.id)
    kind = draw(st.sampled_from(("", "", "linked_cases", "separated_cases")))
    if not others or not kind:
        return case
    return case.model_copy(update={kind: frozenset({draw(st.sampled_from(others))})})

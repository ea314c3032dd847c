"""A seeded world for the online benchmark: a roster of any size and a stream of cases that it can serve.

About a fifth of the pairs are eligible. Sixty case types, some far more frequent than others, fix the skill, the licence and the action
asked for; state, language and amount vary from case to case, so the stream meets a few thousand different requirements.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from caserouter.domain.account import Account
from caserouter.domain.calendar import Shift
from caserouter.domain.case import Case
from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.money import Money
from caserouter.domain.specialist import Role, Specialist

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
STATES = ("NY", "NJ", "TX", "FL", "CA", "IL", "PA", "MA")
LINES = ("claims", "banking", "wealth", "health")
KINDS = {"claims": "property_casualty", "banking": "nmls", "wealth": "series_7", "health": "life_health"}
SPECIALITIES = ("intake", "disputes", "appeals")
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles")
ACTIONS = ("credit", "refund", "fee_waiver")
LIMITS = (0, 100, 250, 500, 2_500, 10_000)
NUM_TYPES = 60


@dataclass(frozen=True)
class CaseType:
    """What all cases of a type ask for."""

    name: str
    line: str
    skill: str
    least: int
    licensed: bool
    action: str
    amount: float
    weight: int
    prefers: bool


@dataclass(frozen=True)
class World:
    """A roster, its accounts and a stream of cases."""

    specialists: list[Specialist]
    accounts: list[Account]
    cases: list[Case]


def make_world(num_specialists: int, num_cases: int, seed: int) -> World:
    """The same world for the same arguments."""
    rng = np.random.default_rng([seed, num_specialists])
    specialists = [_specialist(rng, k) for k in range(num_specialists)]
    accounts = [Account(id=f"A-{k}", owner=one.id) for k, one in enumerate(specialists[::2])]
    types = [_type(rng, k) for k in range(NUM_TYPES)]
    share = 1.0 / np.arange(1, NUM_TYPES + 1)
    drawn = rng.choice(NUM_TYPES, size=num_cases, p=share / share.sum())
    return World(specialists, accounts, [_case(rng, k, types[kind], accounts) for k, kind in enumerate(drawn)])


def _type(rng: np.random.Generator, number: int) -> CaseType:
    line = str(rng.choice(LINES))
    return CaseType(
        name=f"{line}-{number}",
        line=line,
        skill=f"{line}_{rng.choice(SPECIALITIES)}",
        least=int(rng.integers(1, 4)),
        licensed=bool(rng.random() < 0.6),
        action=str(rng.choice(ACTIONS)),
        amount=float(rng.choice([60, 150, 400, 1_500])),
        weight=int(rng.choice([1, 2, 3, 5])),
        prefers=bool(rng.random() < 0.3),
    )


def _specialist(rng: np.random.Generator, number: int) -> Specialist:
    lines = rng.choice(LINES, size=int(rng.integers(1, 4)), replace=False)
    states = frozenset(str(name) for name in rng.choice(STATES, size=int(rng.integers(3, 8)), replace=False))
    until = date(2026, 3, 5) + timedelta(days=int(rng.integers(0, 700)))
    return Specialist(
        id=f"S-{number:05}",
        team=f"team-{number % 20}",
        role=Role(int(rng.choice([1, 1, 1, 2, 3]))),
        skills={f"{line}_{speciality}": int(rng.integers(2, 6)) for line in lines for speciality in SPECIALITIES},
        credentials=tuple(Credential(kind=KINDS[str(line)], jurisdictions=states, valid_until=until) for line in lines),
        authority={action: Money.of(int(rng.choice(LIMITS))) for action in ACTIONS},
        languages=frozenset({"en", *([str(rng.choice(["es", "fr"]))] if rng.random() < 0.3 else [])}),
        capacity=int(rng.integers(12, 25)),
        time_zone=str(rng.choice(ZONES)),
        shifts=(Shift(days=frozenset(range(5)), start=time(int(rng.integers(6, 10))), end=time(18)),),
    )


def _case(rng: np.random.Generator, number: int, kind: CaseType, accounts: list[Account]) -> Case:
    created = START - timedelta(minutes=float(rng.integers(0, 240)))
    return Case(
        id=f"C-{number:06}",
        created=created,
        account=accounts[int(rng.integers(len(accounts)))].id if rng.random() < 0.4 else None,
        type=kind.name,
        language=str(rng.choice(["en", "es"], p=[0.85, 0.15])),
        jurisdiction=str(rng.choice(STATES)),
        required_skills={kind.skill: kind.least},
        preferred_skills=frozenset({f"{kind.line}_appeals"}) if kind.prefers else frozenset(),
        required_credentials=((CredentialNeed(kind=KINDS[kind.line]),),) if kind.licensed else (),
        action=kind.action,
        amount=Money.of(round(float(kind.amount * rng.lognormal(0.0, 0.8)), 2)),
        weight=kind.weight,
        priority=int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.2, 0.4, 0.2, 0.1])),
        first_response_due=created + timedelta(hours=float(rng.choice([4, 8, 24]))),
        resolution_due=created + timedelta(days=float(rng.choice([2, 5, 10]))),
    )

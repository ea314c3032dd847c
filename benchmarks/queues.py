"""Seeded queues of domain objects for the benchmarks: the same sizes, densities and tightness as real rosters show.

Every case asks for a skill at some proficiency and for a credential in one jurisdiction (one in five accepts either of two
kinds), some for a language or an amount; people hold skills, licences in several jurisdictions, authority, languages and an
owner's accounts. How many jurisdictions each is licensed in is solved for, so that the wanted share of all pairs is eligible.
Cases that nobody may take are left out, because they pad the objective of every method alike. Everybody is on shift, so that
density is a matter of requirements.

    python benchmarks/queues.py            # builds the large queue and prints the time from objects to arrays
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.money import Money
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import HeldCase, Specialist

NOW = datetime(2026, 3, 11, 17, tzinfo=UTC)
SKILLS = ("billing", "claims", "disputes", "fraud", "lending", "onboarding", "pharmacy", "policy")
KINDS = ("hipaa", "life_health", "mortgage", "property_casualty", "series_6", "series_7")
PLACES = tuple("AZ CA CO FL GA IL MA MI MN MO NC NJ NY OH OR PA TX VA WA WI".split())
LANGUAGES = ("en", "es", "fr")
ZONES = ("America/Chicago", "America/Denver", "America/Los_Angeles", "America/New_York")
LIMITS = (None, "100 USD", "500 USD", "2000 USD", "unlimited")
WEIGHTS = (1, 2, 3, 5)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Queue:
    """A queue with its roster; `density` is the share of pairs that is eligible, `num_left_out` the cases that nobody may take."""

    cases: tuple[Case, ...]
    specialists: tuple[Specialist, ...]
    accounts: tuple[Account, ...]
    settings: Settings
    now: datetime
    density: float
    num_left_out: int


@dataclass(frozen=True)
class _People:
    proficiency: Ints  # shape (m, num_skills)
    kind: Bools  # shape (m, num_kinds)
    place_draw: NDArray[np.float64]  # shape (m, num_places): licensed where below a threshold
    language: Bools  # shape (m, num_languages)


@dataclass(frozen=True)
class _Demand:
    skill: Ints
    least: Ints
    kind: Ints
    other_kind: Ints  # the kind itself where there is no alternative
    place: Ints
    language: Ints


def make_queue(
    num_cases: int, num_specialists: int, *, density: float = 0.2, load: float = 1.05, unit_weights: bool = False, seed: int = 0
) -> Queue:
    """A queue of about `num_cases` cases whose weights add up to `load` × the free capacity."""
    rng = np.random.default_rng(seed)
    people = _draw_people(rng, num_specialists)
    demand = _draw_demand(rng, num_cases)
    share = _share_licensed(people, demand, density)
    counts = np.concatenate([_eligible(people, _rows(demand, rows), share).sum(axis=1) for rows in _blocks(num_cases)])
    weight = np.ones(num_cases, dtype=np.int64) if unit_weights else rng.choice(WEIGHTS, num_cases, p=(0.45, 0.3, 0.15, 0.1))
    cases = _make_cases(rng, demand, weight)
    kept = np.flatnonzero(counts)
    return Queue(
        cases=tuple(cases[i] for i in kept),
        specialists=_make_specialists(rng, people, share, free=weight[kept].sum() / load / num_specialists),
        accounts=tuple(
            Account(id=f"A{k:05}", owner=_name(int(rng.integers(num_specialists)))) for k in range(num_cases // 4 + 1)
        ),
        settings=Settings(name="benchmark", priority_factors=(4.0, 2.0, 1.0, 0.7, 0.5)),
        now=NOW,
        density=float(counts[kept].mean() / num_specialists),
        num_left_out=num_cases - len(kept),
    )


def _draw_people(rng: np.random.Generator, m: int) -> _People:
    has = rng.random((m, len(SKILLS))) < 0.65
    language = rng.random((m, len(LANGUAGES))) < (1.0, 0.3, 0.15)
    return _People(has * rng.integers(1, 6, has.shape), rng.random((m, len(KINDS))) < 0.7, rng.random((m, len(PLACES))), language)


def _draw_demand(rng: np.random.Generator, n: int) -> _Demand:
    popular = 1.0 / np.arange(2, len(PLACES) + 2)
    kind = rng.integers(len(KINDS), size=n)
    return _Demand(
        skill=rng.integers(len(SKILLS), size=n),
        least=rng.choice((1, 2, 3), n, p=(0.5, 0.35, 0.15)),
        kind=kind,
        other_kind=np.where(rng.random(n) < 0.2, rng.integers(len(KINDS), size=n), kind),
        place=rng.choice(len(PLACES), n, p=popular / popular.sum()),
        language=rng.choice(len(LANGUAGES), n, p=(0.9, 0.08, 0.02)),
    )


def _eligible(people: _People, demand: _Demand, share: float) -> Bools:
    """Who may take what, shape (num_cases, num_specialists)."""
    skilled = people.proficiency.T[demand.skill] >= demand.least[:, None]
    licensed = (people.kind.T[demand.kind] | people.kind.T[demand.other_kind]) & (people.place_draw.T[demand.place] < share)
    return skilled & licensed & people.language.T[demand.language]


def _share_licensed(people: _People, demand: _Demand, density: float) -> float:
    """Share of jurisdictions per person that makes `density` of the pairs eligible, by bisection on a sample."""
    sample = _rows(demand, slice(0, 2_000))
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if _eligible(people, sample, middle).mean() < density else (low, middle)
    return high


def _make_cases(rng: np.random.Generator, demand: _Demand, weight: Ints) -> list[Case]:
    n = len(weight)
    age, response, resolution = rng.exponential(6.0, n), rng.uniform(2.0, 48.0, n), rng.uniform(24.0, 240.0, n)
    priority = rng.choice((1, 2, 3, 4, 5), n, p=(0.05, 0.15, 0.5, 0.2, 0.1))
    amount = np.where(rng.random(n) < 0.4, rng.lognormal(5.0, 1.5, n).round() + 1, -1)
    account = np.where(rng.random(n) < 0.3, rng.integers(n // 4 + 1, size=n), -1)
    preferred = np.where(rng.random(n) < 0.2, rng.integers(len(SKILLS), size=n), -1)
    return [
        Case(
            id=f"C{i:06}",
            created=NOW - timedelta(hours=float(age[i])),
            type=SKILLS[demand.skill[i]],
            language=LANGUAGES[demand.language[i]],
            jurisdiction=PLACES[demand.place[i]],
            required_skills={SKILLS[demand.skill[i]]: int(demand.least[i])},
            preferred_skills=frozenset({SKILLS[preferred[i]]} if preferred[i] >= 0 else ()),
            required_credentials=(
                tuple(CredentialNeed(kind=KINDS[k]) for k in sorted({int(demand.kind[i]), int(demand.other_kind[i])})),
            ),
            action="credit" if amount[i] > 0 else None,
            amount=Money(minor=int(amount[i]) * 100) if amount[i] > 0 else None,
            account=f"A{account[i]:05}" if account[i] >= 0 else None,
            weight=int(weight[i]),
            priority=int(priority[i]),
            first_response_due=NOW + timedelta(hours=float(response[i])),
            resolution_due=NOW + timedelta(hours=float(resolution[i])),
        )
        for i in range(n)
    ]


def _make_specialists(rng: np.random.Generator, people: _People, share: float, *, free: float) -> tuple[Specialist, ...]:
    """People whose free capacity is `free` units in the mean, with one to four cases in their books."""
    m = len(people.proficiency)
    room = _round_to_total(rng.uniform(0.5, 1.5, m), free * m)
    held = rng.integers(1, 5, m)
    limit = rng.choice(len(LIMITS), m, p=(0.2, 0.3, 0.3, 0.15, 0.05))
    limit[0] = len(LIMITS) - 1
    until = rng.integers(3, 700, m)
    zone = rng.integers(len(ZONES), size=m)
    return tuple(
        Specialist(
            id=_name(j),
            skills={SKILLS[s]: int(people.proficiency[j, s]) for s in np.flatnonzero(people.proficiency[j])},
            credentials=_licences(people, j, share, until=int(until[j])),
            authority={"credit": value} if (value := LIMITS[limit[j]]) else {},
            languages=frozenset(LANGUAGES[k] for k in np.flatnonzero(people.language[j])),
            capacity=int(room[j] + held[j]),
            held_cases=tuple(HeldCase(id=f"H{j:05}-{k}") for k in range(held[j])),
            time_zone=ZONES[zone[j]],
            shifts=("Mon-Fri 08:00-18:00",),
        )
        for j in range(m)
    )


def _licences(people: _People, j: int, share: float, *, until: int) -> tuple[Credential, ...]:
    places = frozenset(PLACES[k] for k in np.flatnonzero(people.place_draw[j] < share))
    if not places:
        return ()
    lapses = NOW.date() + timedelta(days=until)
    return tuple(Credential(kind=KINDS[k], jurisdictions=places, valid_until=lapses) for k in np.flatnonzero(people.kind[j]))


def _round_to_total(parts: NDArray[np.float64], total: float) -> Ints:
    """Whole numbers in proportion to `parts` that add up to `total`, rounded."""
    borders = np.concatenate([[0.0], np.cumsum(parts)]) * (total / parts.sum())
    return np.diff(borders.round().astype(np.int64))


def _rows(demand: _Demand, rows: slice) -> _Demand:
    return _Demand(*(getattr(demand, name)[rows] for name in ("skill", "least", "kind", "other_kind", "place", "language")))


def _blocks(n: int, size: int = 2_000) -> list[slice]:
    return [slice(first, first + size) for first in range(0, n, size)]


def _name(j: int) -> str:
    return f"S{j:05}"


def main(num_cases: int = 10_000, num_specialists: int = 2_000, density: float = 0.05) -> None:
    from caserouter.routing.build import build_problem
    from caserouter.routing.clock import Clock
    from caserouter.routing.roster import Roster
    from caserouter.routing.state import RoutingState

    queue = make_queue(num_cases, num_specialists, density=density)
    sizes = f"{len(queue.cases):,} cases, {num_specialists:,} specialists"
    print(f"{sizes}, density {queue.density:.1%}, {queue.num_left_out} cases left out")
    for _ in range(3):
        start = perf_counter()
        roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=Clock(queue.now))
        compiled = perf_counter()
        built = build_problem(queue.cases, roster, RoutingState.start(roster))
        done = perf_counter()
        print(f"roster {compiled - start:.2f} s, problem {done - compiled:.2f} s, {built.problem.num_pairs:,} pairs")


if __name__ == "__main__":
    main()

"""Write the demo queue: 40 specialists of an insurer, a bank and a health plan, and the cases that wait for them.

Run ``python scripts/make_demo.py [FOLDER]``; without a folder it writes ``src/caserouter/demo``. The same script writes the same
bytes: everything random comes from one seed. All people, accounts and cases are invented.
"""

import random
import sys
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from pathlib import Path
from zoneinfo import ZoneInfo

from caserouter.domain.account import Account
from caserouter.domain.calendar import Leave, Shift
from caserouter.domain.case import Case, Commitment, RiskFlag
from caserouter.domain.credentials import Credential, CredentialNeed
from caserouter.domain.money import Money
from caserouter.domain.specialist import HeldCase, IntakeLimit, Role, Specialist
from caserouter.files.rows import account_row, case_row, specialist_row
from caserouter.files.writers import write_table
from demo_special_cases import nobody_may_take
from demo_vocabulary import CASE_TYPES, DESKS, NAMES, STATES, CaseType, Desk

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("America/New_York"))
"""The moment of the demo: a Monday, ten in the morning in New York."""

NUM_CASES = 320
NUM_ACCOUNTS = 90
WEEKDAYS = frozenset(range(5))
AUTHORITY = {
    Role.SPECIALIST: {
        "credit": 250,
        "refund": 500,
        "fee_waiver": 150,
        "exception": 1000,
        "settlement": 2500,
        "trade_correction": 1000,
    },
    Role.COORDINATOR: {
        "credit": 1000,
        "refund": 2500,
        "fee_waiver": 1000,
        "exception": 5000,
        "settlement": 10000,
        "trade_correction": 5000,
    },
    Role.MANAGER: {
        "credit": 5000,
        "refund": 10000,
        "fee_waiver": 5000,
        "exception": 25000,
        "settlement": 50000,
        "trade_correction": 20000,
    },
}
"""What each role may decide alone, in dollars."""


# ------------------------------------------------------------------------------------------------------------ the roster
def roster(rng: random.Random) -> list[Specialist]:
    """Everyone, desk by desk."""
    names = iter(NAMES)
    people: list[Specialist] = []
    for desk in DESKS:
        first = len(people) + 1
        zones = cycle(desk.zones)
        people += [specialist(rng, desk, first + k, k, next(names), next(zones)) for k in range(desk.people)]
    return with_absences(people)


def specialist(rng: random.Random, desk: Desk, number: int, rank: int, name: str, zone: str) -> Specialist:
    """One person: the first of a desk manages it, the second coordinates, the last is new."""
    role = Role.MANAGER if rank == 0 else Role.COORDINATOR if rank == 1 else Role.SPECIALIST
    new = rank == desk.people - 1
    caseload = 0 if new else rng.randint(2, 9)
    return Specialist(
        id=f"S-{number:02}",
        name=name,
        team=desk.team,
        role=role,
        skills=skills_of(rng, desk, role),
        credentials=credentials_of(rng, desk, rank),
        authority={action: Money.of(limit) for action, limit in AUTHORITY[role].items()},
        languages=frozenset({"en"} | ({"es"} if rng.random() < 0.4 else set()) | ({"zh"} if rng.random() < 0.2 else set())),
        capacity=12 if role is Role.MANAGER else 12 if new else rng.choice((22, 24, 26, 28)),
        held_cases=held_cases(rng, number, caseload),
        time_zone=zone,
        shifts=shifts_of(rank, zone),
        intake=IntakeLimit(limit=4, window_hours=24, used=1) if new else None,
        cost_per_hour=Money.of({Role.SPECIALIST: 44, Role.COORDINATOR: 58, Role.MANAGER: 82}[role] + rng.randint(-4, 4)),
    )


def skills_of(rng: random.Random, desk: Desk, role: Role) -> dict[str, int]:
    """Most skills of the desk, all of them for the coordinator, better graded with seniority."""
    floor = {Role.SPECIALIST: 2, Role.COORDINATOR: 3, Role.MANAGER: 3}[role]
    held = {skill: rng.randint(floor, 5) for skill in desk.skills if role is Role.COORDINATOR or rng.random() < 0.86}
    return held or {desk.skills[0]: floor + 1}


def credentials_of(rng: random.Random, desk: Desk, rank: int) -> tuple[Credential, ...]:
    """Licences by state and training: most run for years, some lapse within weeks, a few have lapsed or do not hold yet."""
    held = [
        Credential(
            kind=kind,
            jurisdictions=states(rng, count),
            valid_from=date(2024, 1, 1) + timedelta(days=rng.randint(0, 600)),
            valid_until=expiry(rng, rank),
        )
        for kind, count in desk.licences
    ]
    held += [
        Credential(kind=kind, valid_from=date(2025, 1, 15), valid_until=expiry(rng, rank))
        for kind, percent in desk.training
        if rng.random() * 100 < percent or rank == 1
    ]
    return tuple(held)


def states(rng: random.Random, count: int) -> frozenset[str]:
    """Distinct states, those with more cases more often."""
    pool = sorted(STATES, key=lambda state: rng.random() ** (1 / STATES[state]), reverse=True)
    return frozenset(pool[:count])


def expiry(rng: random.Random, rank: int) -> date | None:
    """Last day of validity: managers are kept current, for the others about one licence in six is lapsed or about to lapse."""
    draw = rng.random()
    if rank > 1 and draw < 0.04:
        return NOW.date() - timedelta(days=rng.randint(1, 40))
    if rank > 1 and draw < 0.16:
        return NOW.date() + timedelta(days=rng.randint(1, 6))
    return None if draw > 0.9 else date(2026, 12, 31) + timedelta(days=rng.randint(0, 400))


def held_cases(rng: random.Random, number: int, caseload: int) -> tuple[HeldCase, ...]:
    """Cases already in the book, adding up to `caseload`."""
    held: list[HeldCase] = []
    while caseload > 0:
        weight = min(rng.choice((1, 2, 3)), caseload)
        held.append(HeldCase(id=f"H-{number:02}{len(held) + 1:02}", weight=weight))
        caseload -= weight
    return tuple(held)


def shifts_of(rank: int, zone: str) -> tuple[Shift, ...]:
    """Office hours with a lunch break; an evening shift for every fifth person; nights in Manila."""
    if zone == "Asia/Manila":
        return (Shift(days=frozenset({0, 1, 2, 3, 4}), start=time(21), end=time(5)),)
    if zone == "Europe/Dublin":
        return (Shift(days=WEEKDAYS, start=time(12), end=time(20)),)
    if rank % 5 == 4:
        return (Shift(days=WEEKDAYS, start=time(11), end=time(19, 30)), Shift(days=frozenset({5}), start=time(10), end=time(14)))
    return (Shift(days=WEEKDAYS, start=time(8, 30), end=time(12)), Shift(days=WEEKDAYS, start=time(12, 30), end=time(17)))


def with_absences(people: list[Specialist]) -> list[Specialist]:
    """Three people are away today, each with a backup; two more leave this week."""
    today = NOW.date()
    leave = {
        "S-05": Leave(start=today - timedelta(days=3), end=today + timedelta(days=4)),
        "S-20": Leave(start=today, end=today),
        "S-34": Leave(start=today - timedelta(days=10), end=today + timedelta(days=18)),
        "S-12": Leave(start=today + timedelta(days=3), end=today + timedelta(days=11)),
        "S-27": Leave(start=today + timedelta(days=2), end=today + timedelta(days=2)),
    }
    backup = {"S-05": "S-04", "S-20": "S-19", "S-34": "S-36", "S-12": "S-13"}
    return [
        person.model_copy(update={"leave": (leave[person.id],) if person.id in leave else (), "backup": backup.get(person.id)})
        for person in people
    ]


# ------------------------------------------------------------------------------------------------------------- the queue
def accounts(rng: random.Random, people: list[Specialist]) -> list[Account]:
    """Accounts with a tier, a health score and, mostly, an owner."""
    owners = [person.id for person in people if person.role is not Role.MANAGER]
    found = []
    for number in range(1, NUM_ACCOUNTS + 1):
        health = min(100, max(5, round(rng.gauss(68, 20))))
        tier = rng.choices(("platinum", "gold", "standard"), (12, 30, 58))[0]
        owner = rng.choice(owners) if rng.random() < 0.7 else None
        found.append(Account(id=f"A-{number:03}", owner=owner, tier=tier, health=health, at_risk=health < 45))
    return found


def cases(rng: random.Random, people: list[Specialist], known: list[Account]) -> list[Case]:
    """The waiting queue: drawn types, then the links between cases, then those that nobody may take."""
    special = nobody_may_take(NOW)
    drawn = rng.choices(CASE_TYPES, [kind.share for kind in CASE_TYPES], k=NUM_CASES - len(special))
    queue = [case(rng, f"C-{1001 + number}", kind, people, known) for number, kind in enumerate(drawn)]
    return [*linked(queue), *special]


def case(rng: random.Random, case_id: str, kind: CaseType, people: list[Specialist], known: list[Account]) -> Case:
    """One case of a type."""
    created = NOW - timedelta(minutes=round(rng.expovariate(1 / 400)))
    action = rng.choice((*kind.actions, None)) if kind.actions else None
    flags = risk_flags(rng)
    colleagues = sorted(person.id for person in people if set(person.skills) & set(kind.skills))
    first_response = created + timedelta(hours=rng.choice((8, 24, 48, 72)))
    return Case(
        id=case_id,
        created=created,
        source=rng.choice(("zendesk", "salesforce", "email", "branch")),
        account=rng.choice(known).id if rng.random() < 0.6 else None,
        customer=f"K-{rng.randint(10000, 99999)}",
        type=kind.name,
        root_cause=rng.choice(kind.root_causes),
        channel=rng.choices(("phone", "email", "chat", "letter"), (45, 35, 15, 5))[0],
        language=rng.choices(("en", "es", "zh"), (90, 8, 2))[0],
        jurisdiction=rng.choices(tuple(STATES), tuple(STATES.values()))[0],
        required_skills=kind.skills,
        preferred_skills=frozenset({kind.preferred}) if kind.preferred else frozenset(),
        required_credentials=tuple(tuple(CredentialNeed(kind=name) for name in group) for group in kind.credentials),
        action=action,
        amount=Money.of(round(kind.amount * rng.lognormvariate(-0.3, 0.8), -1)) if action else None,
        weight=rng.choice(kind.weights),
        priority=1 if flags else rng.choices((1, 2, 3, 4, 5), (4, 18, 45, 23, 10))[0],
        risk_flags=flags,
        first_response_due=first_response,
        resolution_due=first_response + timedelta(days=rng.choice((2, 5, 10))),
        commitments=(Commitment(due=NOW + timedelta(hours=rng.randint(2, 48)), note="call back"),) if rng.random() < 0.12 else (),
        excluded_specialists=frozenset({rng.choice(colleagues)}) if rng.random() < 0.08 else frozenset(),
    )


def risk_flags(rng: random.Random) -> frozenset[RiskFlag]:
    """One case in fourteen has someone else watching."""
    return frozenset({rng.choice(tuple(RiskFlag))}) if rng.random() < 0.07 else frozenset()


def linked(queue: list[Case]) -> list[Case]:
    """Six pairs of one household that belong together, four pairs of opposing parties that must not meet."""
    by_type: dict[str, list[Case]] = {}
    for item in queue:
        if item.language == "en" and not item.risk_flags:
            by_type.setdefault(item.type, []).append(item)
    pairs = [(group[0], group[1]) for _, group in sorted(by_type.items()) if len(group) > 3]
    changed: dict[str, Case] = {}
    for first, second in islice(pairs, 6):
        same = {"jurisdiction": first.jurisdiction, "account": first.account}
        changed[first.id] = first.model_copy(update={"linked_cases": frozenset({second.id})})
        changed[second.id] = second.model_copy(update={**same, "linked_cases": frozenset({first.id})})
    for first, second in islice(pairs, 6, 10):
        changed[first.id] = first.model_copy(update={"separated_cases": frozenset({second.id})})
        changed[second.id] = second.model_copy(update={"separated_cases": frozenset({first.id})})
    return [changed.get(item.id, item) for item in queue]


def main(folder: Path) -> None:
    """Write the three tables; the policy file is written by hand and stays."""
    rng = random.Random(20260302)
    people = roster(rng)
    known = accounts(rng, people)
    queue = cases(rng, people, known)
    tables = {
        "specialists": [specialist_row(item) for item in people],
        "accounts": [account_row(item) for item in known],
        "cases": [case_row(item) for item in queue],
    }
    for name, rows in tables.items():
        write_table(folder / f"{name}.csv", rows)
        print(f"{folder / name}.csv: {len(rows)} rows")
    free = sum(max(person.capacity - person.caseload, 0) for person in people)
    print(f"demand {sum(item.weight for item in queue)} units, free capacity {free} units")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "src" / "caserouter" / "demo")

"""What the benchmark of the service runs on: a roster of which most have room, and a long queue of cases that nobody with room may take."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from online_world import START, make_world

from caserouter.domain.case import Case
from caserouter.domain.specialist import Specialist
from caserouter.service.actor import KEEPER
from caserouter.service.clock import ServiceClock
from caserouter.service.commands.specialists import record_specialist
from caserouter.service.engine import Engine
from caserouter.service.first_key import ensure_key
from caserouter.service.new_case import NewCase
from caserouter.service.reply import Reply
from caserouter.service.settings import ServiceSettings
from caserouter.store import migrate
from caserouter.store.database import Database

RARE_SKILL = "appeals_board"
"""What the waiting cases ask for; one specialist in a hundred has it, and no room."""
SEED = 3


def clock_file(folder: Path) -> Path:
    """A test clock that goes on from the Monday on which the world begins, when most are on shift."""
    path = folder / "clock"
    path.write_text(f"{(START - datetime.now(UTC)).total_seconds():+.0f}")
    return path


def fill(url: str, clock: ServiceClock, num_specialists: int, num_waiting: int) -> str:
    """Create the schema, the roster and the queue; returns an API key."""
    migrate.upgrade(url)
    world = make_world(num_specialists, num_waiting, SEED)
    engine = Engine(Database.open(url), clock)
    try:
        engine.start()
        path = ensure_key(engine, ServiceSettings(database_url=url))
        assert path is not None, "the first key goes to a file where there is no terminal"
        key = path.read_text().split()[-1]
        path.unlink()
        _hire(engine, [_with_rare_skill(one, k) for k, one in enumerate(world.specialists)])
        started = time.perf_counter()
        for case in world.cases:
            engine.create(KEEPER, _new(case, rare=True), lambda _: Reply(201, b"{}"))
        print(f"  {num_waiting:,} cases queued in {time.perf_counter() - started:.0f} s", flush=True)
    finally:
        engine.database.close()
    return key


def bodies(num_cases: int, num_specialists: int) -> list[dict[str, Any]]:
    """Bodies of cases to create, whom a fifth of the roster may take."""
    return [
        {**_new(case, rare=False).fields, "external_id": f"X-{number}", "source": "benchmark"}
        for number, case in enumerate(make_world(num_specialists, num_cases, SEED + 1).cases)
    ]


def new_cases(num_cases: int, num_specialists: int) -> list[NewCase]:
    """The same cases for the engine itself."""
    return [_new(case, rare=False) for case in make_world(num_specialists, num_cases, SEED + 1).cases]


def _with_rare_skill(one: Specialist, number: int) -> Specialist:
    if number % 100:
        return one
    return one.model_copy(update={"skills": {RARE_SKILL: 3}, "credentials": (), "capacity": 1})


def _hire(engine: Engine, specialists: list[Specialist]) -> None:
    """Record everybody at once, as an import does: one by one, each would be offered the queue."""
    with engine.unit(KEEPER) as unit:
        for one in specialists:
            record_specialist(unit, None, one, credentials=True)


def _new(case: Case, *, rare: bool) -> NewCase:
    """A case without what belongs to one moment or one roster of the world."""
    left_out = {"id", "created", "source", "first_response_due", "resolution_due", "account"}
    fields = case.model_dump(mode="json", exclude_defaults=True, exclude=left_out)
    fields["first_response_due"] = (START + timedelta(hours=24)).isoformat()
    if rare:
        fields |= {"required_skills": {RARE_SKILL: 1}, "required_credentials": [], "language": None}
    return NewCase(fields={name: value for name, value in fields.items() if value is not None})

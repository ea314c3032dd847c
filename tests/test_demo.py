"""The bundled queue is what its script writes, and what the command promises."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from caserouter.cli.demo import AT, FOLDER
from caserouter.files.queue import load_queue

SCRIPT = Path(__file__).parents[1] / "scripts" / "make_demo.py"


@pytest.fixture(scope="module")
def queue():
    return load_queue(*(FOLDER / name for name in ("cases.csv", "specialists.csv", "accounts.csv", "policy.yaml")), at=AT)


def test_the_script_writes_the_bundled_files(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True, capture_output=True)
    for written in tmp_path.iterdir():
        assert written.read_bytes() == (FOLDER / written.name).read_bytes()


def test_the_moment_is_that_of_the_script():
    assert datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("America/New_York")) == AT


def test_there_are_enough_cases_and_people(queue):
    assert len(queue.cases) >= 300
    assert len(queue.specialists) == 40


def test_three_lines_of_business_in_several_time_zones(queue):
    kinds = {credential.kind for person in queue.specialists for credential in person.credentials}
    assert {"property_casualty", "life_health", "series_6", "series_7", "hipaa"} <= kinds
    assert len({person.time_zone for person in queue.specialists}) >= 6


def test_somewhat_more_work_than_room(queue):
    room = sum(max(person.capacity - person.caseload, 0) for person in queue.specialists)
    assert 1.0 < sum(case.weight for case in queue.cases) / room < 1.2


def test_rules_conflict_and_credentials_are_scarce(queue):
    assert any(case.linked_cases for case in queue.cases)
    assert any(case.separated_cases for case in queue.cases)
    assert any(case.excluded_specialists for case in queue.cases)
    assert any(person.leave for person in queue.specialists)
    assert sum(any(held.kind == "series_7" for held in person.credentials) for person in queue.specialists) <= 6

"""Many clients at once against several workers and two keepers: nothing is given twice, lost, or given beyond what there is room for."""

import subprocess
import sys
from contextlib import ExitStack, contextmanager
from math import ceil

import pytest
from tests.postgres import postgres_url
from tests.service.crash.checker import findings, wait_for_rest
from tests.service.crash.client import Client
from tests.service.crash.journal import Journal, read_journals
from tests.service.crash.office import NUM_SPECIALISTS, set_up
from tests.service.crash.site import ROOT
from tests.serving import RunningService
from tests.waiting import PATIENCE_SECONDS

NUM_CLIENTS = 8
DEMAND_PER_CREATION = 0.8 * 1.4
"""Units of weight: a fifth are repetitions, and a case weighs 1.4 on average."""
SHARE = 0.05
"""All books together, of the demand."""


LATE = "did not answer within its time"
"""What a keeper may say of its companion, which has the lowest urgency and comes last where everybody is busy."""


def check(tmp_path, creations):
    capacity = ceil(SHARE * NUM_CLIENTS * creations * DEMAND_PER_CREATION / NUM_SPECIALISTS)
    url, journals = postgres_url(), tmp_path / "journals"
    journals.mkdir()
    options = ("--workers", "4", "--pool-size", "4", "--reoptimise-seconds", "2", "--log-level", "warning")
    with RunningService(tmp_path, "--database-url", url, *options) as service, ExitStack() as others:
        with Journal(journals / "set-up.jsonl") as journal, Client(service.url, service.first_key, journal) as client:
            set_up(client, capacity=capacity)
        keeper = others.enter_context(started("second_keeper", url))
        sizes = ("--of", NUM_CLIENTS, "--creations", creations, "--capacity", capacity)
        crowd = [
            others.enter_context(started("crowd", journals, service.url, service.first_key, *sizes, "--client", number))
            for number in range(NUM_CLIENTS)
        ]
        failed = [text for process in crowd if (text := process.communicate()[1])]
        assert not failed, failed[0]
        wait_for_rest(url)
        assert keeper.poll() is None, "the second keeper gave up"
        assert findings(url, journals, thorough=True) == []
        said = keeper.communicate(timeout=PATIENCE_SECONDS)[1]
        assert [line for line in said.splitlines() if LATE not in line] == []
        assert service.stop() == 0
        assert "a process died" not in service.said()
    exchanges = read_journals(journals)
    created = [exchange for exchange in exchanges if exchange.asked.path == "/v1/cases"]
    assert len(created) == NUM_CLIENTS * creations
    num_repeated = sum(answer.replayed for exchange in created for answer in exchange.answers)
    assert num_repeated > 0.1 * len(created)


@contextmanager
def started(module, *arguments):
    """A process of the crash tests; it is not left behind."""
    command = [sys.executable, "-m", f"tests.service.crash.{module}", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_eight_clients_and_a_hundred_creations_each(tmp_path):
    check(tmp_path, 100)


@pytest.mark.durability
def test_eight_clients_and_two_thousand_creations_each(tmp_path):
    check(tmp_path, 2_000)

"""Reading the files of a queue with progress, and saying on stderr what was doubtful."""

from datetime import datetime
from pathlib import Path

from caserouter.files.queue import LoadedQueue, load_queue
from caserouter.reporting.console import notices
from caserouter.reporting.findings import print_findings, print_set_aside
from caserouter.reporting.progress import ReadingProgress


def read_inputs(
    cases: Path,
    specialists: Path,
    accounts: Path | None,
    policy: Path | None,
    *,
    crm_map: str | None,
    at: datetime,
    skip_bad: bool,
) -> LoadedQueue:
    """The queue of these files; what was set aside and every warning is listed.

    Raises
    ------
    NotFound
        If a file or map does not exist.
    InvalidInput
        If something is wrong that nothing was said to set aside.
    """
    stderr = notices()
    with ReadingProgress(stderr) as progress:
        queue = load_queue(cases, specialists, accounts, policy, crm_map=crm_map, at=at, skip_bad=skip_bad, progress=progress)
    print_set_aside(stderr, queue)
    print_findings(stderr, queue.warnings)
    return queue

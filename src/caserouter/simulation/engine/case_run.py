"""A case while it is in the simulation: where it stands, and what has happened to it."""

from dataclasses import dataclass, field
from enum import IntEnum
from math import inf, isnan, nan

from caserouter.routing.profile import CaseProfile
from caserouter.simulation.language.quantities import Timing
from caserouter.simulation.plans import StagePlan, TypePlan
from caserouter.simulation.records import CASE_COLUMN, ContactKind

Kind = tuple[int, int, int, int, int, int]
"""Case type, jurisdiction, language, risk flags, level of the amount and account: what routing reads of a case."""


class Cause(IntEnum):
    """What a case waits for; the order is that of its waits, `NONE` comes last and is not kept."""

    UNASSIGNED = 0
    IN_BOOK = 1
    OFF_SHIFT = 2
    DEPARTMENT = 3
    CUSTOMER = 4
    APPROVAL = 5
    REVIEW = 6
    NONE = 7


CONTACT_HOURS, CLOSED_HOURS = CASE_COLUMN["contact_hours"], CASE_COLUMN["closed_hours"]
NUM_CONTACTS, HAND_OFFS, CHASES = CASE_COLUMN["num_contacts"], CASE_COLUMN["hand_offs"], CASE_COLUMN["chases"]
COMMITMENTS, COMMITMENTS_KEPT = CASE_COLUMN["commitments"], CASE_COLUMN["commitments_kept"]
IN_BOOK, OFF_SHIFT = CASE_COLUMN["wait_in_book"], CASE_COLUMN["wait_off_shift"]
"""Columns that a case fills in as it goes."""

_FIRST_WAIT = CASE_COLUMN["wait_unassigned"]
_NONE = int(Cause.NONE)


class CaseRun:
    """One case.

    What is only counted for the records goes straight into the case's line of them. Most cases never see most of what can happen, so counts and moments start as defaults of the class and become the case's own when they
    change, which keeps a case small and quick to make.

    Parameters
    ----------
    stream, ordinal
        Demand stream, and number within it.
    plan
        Its type.
    profile
        What routing knows of it.
    arrival
        When it arrived.
    measured
        Whether it belongs to the cohort.
    line
        Its line in the records, in the order of `CASE_COLUMNS`, filled in as it goes.
    """

    amount: float = nan
    """In minor units."""
    kind: Kind = (0, -1, -1, 0, 0, -1)
    effort: float = 1.0
    # who holds it, and where its walk stands
    holder: int = -1
    first_holder: int = -1
    last_holder: int = -1
    """Who was given it last, or its last contact where each is routed on its own."""
    stage: int = 0
    live: bool = True
    external: bool = False
    """Whether the walk waits on the customer or a department."""
    parked: int = 0
    """Units that its weight is reduced by while it is parked."""
    leaving: bool = False
    """Whether it goes back to the queue once the contact under way has ended."""
    offered: bool = False
    """Whether the holder has not accepted it yet."""
    asked: bool = False
    """Whether an approval is under way."""
    approved: bool = False
    item: "WorkItem | None" = None
    """The ready contact of the walk, or the one under way; for an offered case a stand-in that measures the wait for the answer."""
    unit: CaseProfile | None = None
    """The contact that is routed on its own, if one is."""
    # moments
    assigned: float = nan
    first_contact: float = nan
    first_response: float = nan
    resolved: float = nan
    abandoned: float = nan
    first_response_due: float = inf
    resolution_due: float = inf
    # counts, by which draws are numbered as well
    num_worked: int = 0
    num_waits: int = 0
    num_steps: int = 0
    num_status: int = 0
    num_confirmations: int = 0
    num_offers: int = 0
    num_asked: int = 0
    silence: int = 0
    reopens: int = 0
    num_committed: int = 0
    approvals: int = 0
    # what is still to come
    pending: int = 0
    """Reopening and confirmation that are still ahead: the case is written down when there are none."""
    settled: bool = False
    open_commitments: "tuple[OpenCommitment, ...]" = ()
    extras: "tuple[WorkItem, ...]" = ()
    """Status contacts and answers to customers who chase that have not begun; they pass on with the case."""
    confirmation: "WorkItem | None" = None
    """The follow-up after the resolution, in the book or under way."""
    reviews: tuple[int, ...] = ()
    """Positions, among the type's reviews, of those that are still due before the first response."""
    cause: int = Cause.UNASSIGNED

    def __init__(
        self,
        stream: int,
        ordinal: int,
        plan: TypePlan,
        profile: CaseProfile,
        arrival: float,
        line: list[float],
        *,
        measured: bool,
    ) -> None:
        self.stream = stream
        self.ordinal = ordinal
        self.plan = plan
        self.profile = profile
        self.name = profile.id
        self.arrival = arrival
        self.measured = measured
        self.since = arrival
        self.line = line

    @property
    def unit_name(self) -> str:
        """Id of its next contact that is routed on its own."""
        return f"{self.name}/{self.num_worked}"

    @property
    def response_due(self) -> float:
        """When the first response is due, for whoever is to give it: infinite once it was given."""
        return self.first_response_due if isnan(self.first_response) else inf

    def switch(self, cause: int, now: float) -> None:
        """Book the time since the last switch on the cause so far, and wait for another from now on."""
        if self.cause != _NONE:
            self.line[_FIRST_WAIT + self.cause] += now - self.since
        self.cause = cause
        self.since = now


class WorkItem:
    """A contact that somebody has to make, in the book or under way.

    As for a case, what has not happened yet are defaults of the class.

    Parameters
    ----------
    case, kind
        Which case, and why.
    stage
        The stage, for contacts of the walk.
    timing
        Handle time of any other contact.
    due
        When it should begin at the latest, for the sequencing.
    expected
        Mean hours that it takes.
    customer_facing
        Whether it reaches the customer.
    number
        Number of the draw of its handle time.
    """

    desk: int = -1
    ready: float = 0.0
    stamp: float = 0.0
    """Reading of the specialist's hours on shift when it became ready."""
    start: float = 0.0
    end: float = 0.0
    in_book: float = 0.0
    off_shift: float = 0.0
    handle: float = 0.0
    documentation: float = 0.0
    suspended: float = 0.0
    void: bool = False

    def __init__(
        self,
        case: CaseRun,
        kind: ContactKind,
        stage: StagePlan | None,
        timing: Timing | None,
        *,
        due: float,
        expected: float,
        customer_facing: bool,
        number: int,
    ) -> None:
        self.case = case
        self.kind = kind
        self.stage = stage
        self.timing = timing
        self.due = due
        self.expected = expected
        self.customer_facing = customer_facing
        self.number = number

    def again(self) -> "WorkItem":
        """The same contact for another book."""
        return WorkItem(
            self.case,
            self.kind,
            self.stage,
            self.timing,
            due=self.due,
            expected=self.expected,
            customer_facing=self.customer_facing,
            number=self.number,
        )

    @property
    def stage_number(self) -> int:
        """Number of the stage within the type, -1 for contacts that are not of the walk."""
        return -1 if self.stage is None else self.stage.number


@dataclass(slots=True, eq=False)
class OpenCommitment:
    """A commitment to the customer that is neither kept nor broken yet.

    Parameters
    ----------
    due
        When the customer was promised to hear from us.
    timing
        Handle time of the status contact.
    """

    due: float
    timing: Timing
    open: bool = field(default=True)

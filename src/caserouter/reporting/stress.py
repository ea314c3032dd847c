"""The STRESS-DES section of a report, filled from the manifest.

STRESS-DES lists what has to be said of a discrete-event simulation so that somebody else can judge it and repeat it [1]_. What the
scenario cannot know, such as where its numbers come from, the section leaves to its author, and says so.

.. [1] Monks, T., Currie, C. S. M., Onggo, B. S., Robinson, S., Kunc, M., and Taylor, S. J. E. (2019). Strengthening the reporting of
   empirical simulation studies: introducing the STRESS guidelines. *Journal of Simulation* 13(1), 55–67.
   https://doi.org/10.1080/17477778.2018.1442155
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caserouter.files.problems import plural
from caserouter.reporting.manifest import Manifest
from caserouter.reporting.measure_words import label_of
from caserouter.reporting.scenario_text import case_type_text, changes, hours_text, staff_text, stage_text, stream_text
from caserouter.reporting.units import shown_hours, shown_value
from caserouter.simulation.cohort import EVERYTHING
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.measures import MEASURES

CITATION = (
    "Monks, T., Currie, C. S. M., Onggo, B. S., Robinson, S., Kunc, M., and Taylor, S. J. E. (2019). Strengthening the "
    "reporting of empirical simulation studies: introducing the STRESS guidelines. Journal of Simulation 13(1), 55–67. "
    "https://doi.org/10.1080/17477778.2018.1442155"
)

ASSUMPTIONS = (
    "Customers arrive whatever the waiting is like; only patience, chases and reopenings answer to how they are served.",
    "The draws of a case depend on the seed, the replication, its stream and its number, not on who serves it or when.",
    "A specialist works on one contact at a time; an approval takes the approver's time and none of the approver's capacity.",
    "Credentials, authority, exclusions and capacity bind every assignment and, for credentials, the start of every contact.",
    "Handle times at a proficiency are the stage's mean times a factor; ramps aside they do not change, and nobody tires.",
    "The churn curve is stated in the scenario, not estimated; accounts and revenue at risk follow from it alone.",
)
"""What holds in every scenario."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist.

    Parameters
    ----------
    number, title
        As in the checklist.
    text
        The answer.
    rows
        What it consists of: names and what is said of each.
    """

    number: str
    title: str
    text: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the checklist.

    Parameters
    ----------
    title
        As in the checklist.
    items
        In its order.
    """

    title: str
    items: tuple[Item, ...]


def stress_sections(manifest: Manifest) -> list[Section]:
    """The six sections of STRESS-DES for the run that `manifest` describes."""
    base, *variants = (source.scenario for source in manifest.scenarios)
    return [
        Section("Objectives", tuple(_objectives(base, variants))),
        Section("Logic", tuple(_logic(base, variants))),
        Section("Data", tuple(_data(manifest))),
        Section("Experimentation", tuple(_experimentation(manifest))),
        Section("Implementation", tuple(_implementation(manifest))),
        Section("Code access", (Item("6.1", "Computer model sharing statement", _SHARING),)),
    ]


_SHARING = (
    "The model is the Python package caserouter, under the MIT licence, in the version named under 5.1. The manifest "
    "beside this report holds the scenario whole: caserouter simulate --repeat manifest.json, or caserouter compare "
    "--repeat manifest.json, gives the same tables again."
)


def _objectives(base: Scenario, variants: Sequence[Scenario]) -> Iterator[Item]:
    purpose = base.description or "The scenario does not say; its description is the place for it."
    yield Item("1.1", "Purpose of the model", purpose)
    outputs = (
        "Each measure is a ratio of sums over the replications, a pooled quantile, or a Kaplan–Meier estimate where some "
        "cases are still open; intervals are those of the jackknife over replications with Student's t, at 95 %; those by "
        "which targets and differences are judged hold all at once (Bonferroni). Cases count if they arrived in the "
        "measured window, hours if they lie in it."
    )
    yield Item(
        "1.2",
        "Model outputs",
        outputs,
        tuple((name, f"{measure.meaning} ({measure.unit})") for name, measure in MEASURES.items()),
    )
    goals = [
        (
            label_of(goal.measure, goal.case_type or EVERYTHING),
            "at least " + shown_value(goal.at_least, MEASURES[goal.measure].unit)
            if goal.at_least is not None
            else "at most " + shown_value(goal.at_most or 0.0, MEASURES[goal.measure].unit),
        )
        for goal in base.targets
    ]
    names = [(variant.name, variant.description or "no description") for variant in variants]
    aim = (
        "Compare the variants with the base, replication by replication."
        if variants
        else "Estimate one scenario against its targets."
    )
    yield Item("1.3", "Experimentation aims", aim, (*names, *goals))


def _logic(base: Scenario, variants: Sequence[Scenario]) -> Iterator[Item]:
    yield Item("2.1", "Base model overview diagram", "See the figure: the life-cycle of a case, from its arrival to its closing.")
    logic = (
        "A case arrives, is assigned at once or queues, and is then held by one specialist until it is resolved: ready in "
        "the book, in contact, or waiting on the customer, a department, an approval or a review. Resolved cases are "
        "reopened or closed. Where a type is routed per contact, nobody holds its cases. The walk of each type:"
    )
    walks = tuple(
        (f"{name}: {stage}", stage_text(found))
        for name, case_type in base.case_types.items()
        for stage, found in case_type.stages.items()
    )
    yield Item("2.2", "Base model logic", logic, walks)
    rows = tuple(
        (f"{variant.name}: {change.key}", f"{change.before or 'none'} → {change.after or 'none'}")
        for variant in variants
        for change in changes(base, variant)
    )
    yield Item(
        "2.3",
        "Scenario logic",
        "What sets each variant apart from the base." if variants else "One scenario; nothing varies.",
        rows,
    )
    yield Item("2.4", "Algorithms", _algorithms(base))
    yield from _components(base)


def _algorithms(base: Scenario) -> str:
    routing = base.routing
    end = "finished" if routing.at_shift_end == "finish" else "suspended until the next shift"
    return (
        f"Cases are routed by the policy {routing.policy}, the same code that routes real ones, under the policy file's "
        f"prices and relaxations. Waiting cases are offered in the order {routing.order}; a specialist works the book by "
        f"{routing.sequencing}. A contact under way at the end of a shift is {end}. Cases that wait elsewhere count at "
        f"{routing.parked_factor:g} of their weight. Abandoned cases count as {base.abandoned.replace('_', ' ')}. Arrivals "
        "invert the cumulative rate of a unit Poisson process."
    )


def _components(base: Scenario) -> Iterator[Item]:
    types = tuple((name, case_type_text(found)) for name, found in base.case_types.items())
    yield Item("2.5.1", "Components: entities", "Cases, and the accounts that some of them come from.", types)
    yield Item(
        "2.5.2",
        "Components: activities",
        "Contacts, documentation, approvals, reviews, status contacts and confirmations; times under 2.2.",
    )
    staff = tuple((name, staff_text(group)) for name, group in base.staff.items())
    departments = tuple(
        (
            f"department {name}",
            f"{'as many as it takes' if found.staff is None else f'staff of {found.staff}'}; {hours_text(found.hours)}; {found.order}",
        )
        for name, found in base.departments.items()
    )
    yield Item("2.5.3", "Components: resources", "Specialists, alone or in groups, and departments.", (*staff, *departments))
    yield Item(
        "2.5.4",
        "Components: queues",
        "One queue of unassigned cases, one book per specialist, and one queue per department with limited staff.",
    )
    streams = tuple((name, stream_text(found)) for name, found in base.demand.items())
    yield Item("2.5.5", "Components: entry and exit points", "Cases enter by stream; they leave resolved or abandoned.", streams)


def _data(manifest: Manifest) -> Iterator[Item]:
    files = [file for source in manifest.scenarios for file in (*source.files, *source.traces.values())]
    read = tuple((file.path, f"SHA-256 {file.sha256}") for file in dict.fromkeys(files))
    yield Item(
        "3.1",
        "Data sources",
        "What the run read. Where its numbers come from is for the scenario's author to say, in its comments and description.",
        read,
    )
    recorded = any(source.traces for source in manifest.scenarios)
    yield Item(
        "3.2",
        "Pre-processing",
        "Recorded histories were taken as their files hold them; handle times are recorded as factors with a mean of 1."
        if recorded
        else "None.",
    )
    yield Item(
        "3.3",
        "Input parameters",
        "All of them are in manifest.json, under scenarios, with every default written out; the chief ones are under 2.2 "
        "and 2.5.",
    )
    yield Item("3.4", "Assumptions", "Beside those that the scenario states:", tuple(("", text) for text in ASSUMPTIONS))


def _experimentation(manifest: Manifest) -> Iterator[Item]:
    base = manifest.scenarios[0].scenario
    window = base.window
    initial = [name for name, stream in base.demand.items() if stream.kind == "open_cases"]
    start = f"The book of open cases of {', '.join(initial)} stands at the start. " if initial else "The system starts empty. "
    warm_up = (
        f"The first {shown_hours(window.warm_up)} are deleted, the same for every scenario."
        if window.warm_up
        else "Nothing is deleted as warm-up."
    )
    yield Item("4.1", "Initialisation", start + warm_up)
    length = (
        f"The measured window is {shown_hours(window.length)}, from {base.start:%Y-%m-%d %H:%M} ({base.time_zone}) and the "
        "warm-up on. The run goes on, with arrivals, until each case of the window is resolved or has passed its targets, "
        f"for {shown_hours(window.tail)} at most; what is open then is censored. Time is continuous, in hours."
    )
    yield Item("4.2", "Run length", length)
    ended = " The run was interrupted before that was reached." if manifest.interrupted else ""
    pairs = (
        " Scenarios share random numbers, and are compared by paired differences with simultaneous intervals."
        if len(manifest.scenarios) > 1
        else ""
    )
    yield Item(
        "4.3",
        "Estimation approach",
        f"{plural(manifest.replications, 'independent replication')}; asked for: {manifest.asked}.{ended}{pairs}",
    )


def _implementation(manifest: Manifest) -> Iterator[Item]:
    here = manifest.environment
    packages = tuple(here.packages.items())
    yield Item("5.1", "Software and programming language", f"Python {here.python}; an event loop of SimPy.", packages)
    sampling = (
        "Philox, a counter-based generator; each draw is keyed by (seed, replication, stream, purpose, number), the seed "
        f"being {manifest.seed}. Draws are uniforms or unit-mean variates by inversion."
    )
    yield Item("5.2", "Random sampling", sampling)
    execution = (
        "Events in the order of their time, ties in a fixed order, callbacks on a demand that is drawn beforehand; replications "
        "in parallel give the same bytes as one by one."
    )
    yield Item("5.3", "Model execution", execution)
    took = "" if manifest.seconds is None else f"; the run took {manifest.seconds:.0f} s"
    system = f"{here.system}, {here.machine}, {plural(here.processors, 'processor')}{took}."
    yield Item("5.4", "System specification", system)

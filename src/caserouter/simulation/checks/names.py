"""Names that a scenario uses and nobody defines."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from caserouter.domain.errors import Finding
from caserouter.files.problems import did_you_mean, listed
from caserouter.files.records import Key
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.members import member_ids


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it is used.

    Parameters
    ----------
    key
        Where.
    name
        The name.
    what
        What it has to be.
    known
        The names that are.
    """

    key: Key
    name: str
    what: str
    known: Collection[str]


def unknown_names(draft: Draft, place: Place) -> Iterator[Finding]:
    """Names of case types, accounts, staff and departments that the scenario does not define."""
    wrong = tuple(f"{name}-" for name in draft.names["staff"] if name not in draft.scenario.staff)
    for mention in _mentions(draft):
        if mention.name in mention.known or mention.name.startswith(wrong):
            continue
        others = f"there are {listed(mention.known, 12)}" if mention.known else "there are none"
        is_group = mention.name in draft.names["staff"]
        remedy = others if is_group else did_you_mean(mention.name, mention.known, others)
        yield place(mention.key, mention.name, f"no such {mention.what}", remedy)


def _mentions(draft: Draft) -> Iterator[Mention]:
    scenario, names = draft.scenario, draft.names
    people = _people(draft)
    staff = {**dict.fromkeys(names["staff"]), **people}
    for name, stream in scenario.demand.items():
        for kind in stream.types:
            yield Mention(("demand", name, "types", kind), kind, "case type", names["case_types"])
        for group in stream.accounts:
            yield Mention(("demand", name, "accounts", group), group, "account group", names["accounts"])
    for name, accounts in scenario.accounts.items():
        for position, owner in enumerate(accounts.owners):
            yield Mention(("accounts", name, "owners", position), owner, "specialist or staff group", staff)
    for name, one in scenario.staff.items():
        if one.backup is not None:
            yield Mention(("staff", name, "backup"), one.backup, "specialist", people)
    yield from _mentions_of_stages(scenario, names["departments"], staff)
    yield from _mentions_of_routing(draft)


def _mentions_of_stages(scenario: Scenario, departments: Collection[str], staff: Collection[str]) -> Iterator[Mention]:
    for name, case_type in scenario.case_types.items():
        for stage_name, stage in case_type.stages.items():
            inside = ("case_types", name, "stages", stage_name)
            if stage.department is not None:
                yield Mention((*inside, "department"), stage.department, "department", departments)
            for who in stage.handle_of:
                yield Mention((*inside, "handle_of", who), who, "specialist or staff group", staff)


def _mentions_of_routing(draft: Draft) -> Iterator[Mention]:
    scenario, names = draft.scenario, draft.names
    if "routing" in draft.right:
        for flag, review in scenario.routing.reviews.items():
            yield Mention(("routing", "reviews", flag, "department"), review.department, "department", names["departments"])
    if "targets" in draft.right:
        for position, goal in enumerate(scenario.targets):
            if goal.case_type is not None:
                yield Mention(("targets", position, "case_type"), goal.case_type, "case type", names["case_types"])


def _people(draft: Draft) -> dict[str, None]:
    """Ids of the specialists, in order; a group that is wrong stands for itself, as the number of its members is not known."""
    people: dict[str, None] = {}
    for name in draft.names["staff"]:
        group = draft.scenario.staff.get(name)
        people.update(dict.fromkeys((name,) if group is None else member_ids(name, group)))
    return people

"""Cases that nobody on the staff can ever serve, and amounts that nobody can ever decide.

A case asks for what its type asks for, and, one by one, for its jurisdiction, its language and each risk flag; a contact that is routed on
its own also for what its stage asks for. Time is taken at its best: a credential counts if it is valid on any day of the run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from typing import Any, Literal

from caserouter.domain.authority_rule import may_be_approved
from caserouter.domain.case import Case
from caserouter.domain.credential_rules import credential_jurisdiction, credential_missing
from caserouter.domain.eligibility import capacity, intake_limit, language, proficiency, role_floor, skill
from caserouter.domain.errors import Finding
from caserouter.domain.money import Money
from caserouter.domain.rules import Exclusion, Situation, listed
from caserouter.domain.specialist import Specialist
from caserouter.files.records import Key
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.language.case_type import CaseType, Stage
from caserouter.simulation.language.quantities import Amounts
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.members import member_ids
from caserouter.simulation.walks import share_above

_RULES = (skill, proficiency, credential_missing, credential_jurisdiction, role_floor, language, capacity, intake_limit)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_WORTH_A_WARNING = 1e-4
"""Share of amounts from which a warning is given."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a case, or a contact that is routed on its own, asks of whoever takes it.

    Parameters
    ----------
    key
        Where the scenario says so.
    fixed
        Fields of the case that are the same for all.
    choices
        Values that the others can have, by field.
    """

    key: Key
    fixed: Mapping[str, Any]
    choices: Mapping[str, Sequence[Any]]

    def case(self, **chosen: Any) -> Case:
        """The case with some of the choices made; the others ask for nothing."""
        return Case(id="case", created=_LONG_AGO, **self.fixed, **chosen)


class Staff:
    """The specialists that a scenario may ever have on duty, at their best.

    Parameters
    ----------
    scenario
        Whose staff; two of each group stand for all of its members.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.first = scenario.start.date()
        self.last = self.first + timedelta(hours=scenario.window.end)
        self.settings = scenario.routing.settings
        self.people = tuple(self._people(scenario))

    def _people(self, scenario: Scenario) -> Iterator[Specialist]:
        shared = ("role", "skills", "authority", "languages", "capacity", "intake")
        for name, group in scenario.staff.items():
            if (group.first_day or self.first) > self.last or (group.last_day or self.last) < self.first:
                continue
            valid = [
                credential.model_copy(update={"valid_from": None, "valid_until": None})
                for credential in group.credentials
                if (credential.valid_from or self.first) <= self.last and (credential.valid_until or self.last) >= self.first
            ]
            for member in member_ids(name, group)[:2]:
                yield Specialist(id=member, credentials=tuple(valid), **{key: getattr(group, key) for key in shared})

    def broken(self, case: Case, person: Specialist) -> list[Exclusion]:
        """The rules in the way of `person` that no policy ever relaxes."""
        left = None if person.intake is None else person.intake.limit
        situation = Situation(now=case.created, settings=self.settings, intake_left=left)
        found = [exclusion for rule in _RULES if (exclusion := rule(case, person, situation)) is not None]
        return [exclusion for exclusion in found if exclusion.rule.value not in self.settings.relaxations]

    def can_take(self, case: Case) -> bool:
        """Whether anybody could take the case."""
        return any(not self.broken(case, person) for person in self.people)

    def nearest(self, case: Case) -> tuple[Specialist, list[Exclusion]]:
        """Whoever breaks the fewest rules, and which."""
        return min(((person, self.broken(case, person)) for person in self.people), key=lambda found: len(found[1]))

    def largest_decided(self, action: str, case: Case) -> Money | Literal["unlimited"] | None:
        """The largest amount that anybody decides: any approver where the policy allows it, else whoever can hold the case."""
        approved = may_be_approved(action, self.settings)
        limits = [
            person.authority[action]
            for person in self.people
            if action in person.authority and (approved or not self.broken(case, person))
        ]
        if "unlimited" in limits:
            return "unlimited"
        return max((limit for limit in limits if isinstance(limit, Money)), key=lambda limit: limit.minor, default=None)


def unservable_cases(draft: Draft, place: Place) -> Iterator[Finding]:
    """Kinds of case that nobody can ever take, with what is missing."""
    if not _can_tell(draft):
        return
    staff = Staff(draft.scenario)
    for ask in _asks(draft.scenario) if staff.people else ():
        for value, nearest, broken in _gaps(ask, staff):
            sentences = listed(exclusion.sentence for exclusion in broken)
            rule = f"nobody on the staff can ever serve it: {nearest.id}, who comes nearest, {sentences}"
            yield place(ask.key, value, rule, listed(exclusion.counterfactual for exclusion in broken))


def undecidable_amounts(draft: Draft, place: Place) -> Iterator[Finding]:
    """Amounts beyond everybody's authority: an error if all of a type's are, else a warning with their share."""
    if not _can_tell(draft):
        return
    staff = Staff(draft.scenario)
    for name, case_type in draft.scenario.case_types.items():
        if case_type.action is None or case_type.amount is None or not staff.people:
            continue
        largest = staff.largest_decided(case_type.action, Ask((), _fixed(case_type), {}).case())
        share = _share_undecided(case_type.amount, largest)
        if share > _WORTH_A_WARNING:
            has = (
                f"the largest {case_type.action} authority is {largest}"
                if largest
                else f"nobody has {case_type.action} authority"
            )
            rule = f"{has}: {share:.1%} of these cases can never be decided"
            remedy = f"raise somebody's {case_type.action} authority"
            yield place(("case_types", name, "amount"), "", rule, remedy, warning=share < 1)


def _can_tell(draft: Draft) -> bool:
    return {"start", "window", "staff", "routing"} <= draft.right


def _asks(scenario: Scenario) -> Iterator[Ask]:
    """One per case type that is held, and per stage whose contacts are routed on their own."""
    for name, case_type in scenario.case_types.items():
        choices = {
            "jurisdiction": _possible(case_type.jurisdictions),
            "language": _possible(case_type.languages),
            "risk_flags": [frozenset({flag}) for flag in _possible(case_type.risk_flags)],
        }
        key: Key = ("case_types", name)
        if case_type.assignment == "per_case":
            yield Ask(key, _fixed(case_type), choices)
        for stage_name, stage in case_type.stages.items():
            if stage.by == "anyone" or (stage.by == "owner" and case_type.assignment == "per_contact"):
                yield Ask((*key, "stages", stage_name), _fixed(case_type, stage), choices)


def _fixed(case_type: CaseType, stage: Stage | None = None) -> dict[str, Any]:
    """What all cases of a type, or all contacts of a stage, ask for."""
    skills, credentials, weight = dict(case_type.skills), case_type.credentials, case_type.weight
    if stage is not None:
        skills, credentials, weight = skills | dict(stage.skills), credentials + stage.credentials, stage.weight
    return {"required_skills": skills, "required_credentials": credentials, "weight": weight}


def _possible(shares: Mapping[Any, float]) -> list[Any]:
    return [value for value, share in shares.items() if share > 0]


def _gaps(ask: Ask, staff: Staff) -> Iterator[tuple[str, Specialist, list[Exclusion]]]:
    """What the cases that nobody can take have in common, and the nearest specialist with the rules in the way.

    A combination of choices is mentioned if each part of it can be served by itself. Cases whom one specialist would be nearest to take
    but for the same rules are mentioned together.
    """
    unserved: list[Mapping[str, Any]] = []
    together: dict[tuple[object, ...], list[Mapping[str, Any]]] = {}
    for size in range(len(ask.choices) + 1):
        for fields in combinations(ask.choices, size):
            for values in product(*(ask.choices[one] for one in fields)):
                chosen = dict(zip(fields, values, strict=True))
                if any(part.items() <= chosen.items() for part in unserved) or staff.can_take(ask.case(**chosen)):
                    continue
                unserved.append(chosen)
                nearest, broken = staff.nearest(ask.case(**chosen))
                rules = tuple(exclusion.rule for exclusion in broken)
                together.setdefault((fields, nearest.id, rules), []).append(chosen)
    for alike in together.values():
        nearest, broken = staff.nearest(ask.case(**alike[0]))
        yield _in_words(alike), nearest, broken


def _in_words(alike: Sequence[Mapping[str, Any]]) -> str:
    """Choices as a reader would name them: ``NY, NJ``, ``es with legal``; empty for every case."""
    parts = [
        " with ".join(", ".join(value) if isinstance(value, frozenset) else value for value in one.values()) for one in alike
    ]
    return ", ".join(part for part in parts if part)


def _share_undecided(amount: Amounts, largest: Money | str | None) -> float:
    """Share of random amounts above the largest that anybody decides."""
    if largest == "unlimited" or amount.mean.minor == 0:
        return 0.0
    if not isinstance(largest, Money) or largest.currency != amount.mean.currency:
        return 1.0
    return share_above(amount, largest.minor)

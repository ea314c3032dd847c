"""What cases ask of specialists, taken apart: each credential, skill, authority, language and role floor for itself.

A requirement has a family and a rank: `claims at 3` is rank 3 of the family of the skill `claims`. Whoever asks for a higher rank
asks for the lower ones too, and whoever meets it meets them.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.money import Money
from caserouter.domain.rules import Rule
from caserouter.domain.specialist import Role
from caserouter.routing.masks import relaxed_rules
from caserouter.routing.profile import CaseProfile, Signature
from caserouter.routing.roster import Roster
from caserouter.routing.timeless import TIMELESS

BoolArray = NDArray[np.bool_]

_NOTHING = Signature(skills=(), credentials=(), language=None, action=None, level=-1, role=0, excluded=())

_RELAXED_BY = {
    "skill": frozenset({Rule.SKILL, Rule.PROFICIENCY}),
    "language": frozenset({Rule.LANGUAGE}),
    "role": frozenset({Rule.ROLE_FLOOR}),
}
"""Rules that the policy has to relax before a case asks for a family no more; credentials and authority it never relaxes."""


class Family(NamedTuple):
    """Requirements that differ by rank alone.

    Parameters
    ----------
    kind
        `credential`, `skill`, `authority`, `language` or `role`.
    key
        The group of credentials, the skill, the action with its currency, the language; None for a role.
    """

    kind: str
    key: Any


def demands_of(profile: CaseProfile, roster: Roster, now: float) -> dict[Family, int]:
    """What a case asks for at hour `now`, as the rank within each family; relaxed rules aside."""
    asked = profile.signature
    ranks = {Family("credential", group): 0 for group in asked.credentials}
    ranks |= {Family("skill", name): least for name, least in asked.skills}
    if asked.action is not None:
        ranks[Family("authority", asked.action)] = asked.level
    if asked.language is not None:
        ranks[Family("language", asked.language)] = 0
    if asked.role:
        ranks[Family("role", None)] = asked.role
    relaxed = set(relaxed_rules(profile, roster.settings, now))
    return {family: rank for family, rank in ranks.items() if not _is_relaxed(family, relaxed)}


def _is_relaxed(family: Family, relaxed: set[Rule]) -> bool:
    rules = _RELAXED_BY.get(family.kind)
    return rules is not None and rules <= relaxed


def without(asked: Signature, family: Family) -> Signature:
    """What a case asks for if it asks for nothing of `family`."""
    if family.kind == "credential":
        return asked._replace(credentials=tuple(group for group in asked.credentials if group != family.key))
    if family.kind == "skill":
        return asked._replace(skills=tuple(skill for skill in asked.skills if skill[0] != family.key))
    if family.kind == "authority":
        return asked._replace(action=None, level=-1)
    return asked._replace(language=None) if family.kind == "language" else asked._replace(role=0)


def who_meets(family: Family, rank: int, roster: Roster, now: float) -> BoolArray:
    """Who meets a requirement at hour `now`, approval by somebody else included; shape (num_specialists,)."""
    if family.kind == "credential":
        valid: BoolArray = roster.credentials.coverage(family.key, now).until > now
        return valid
    alone = _alone(family, rank)
    met = np.ones(roster.num_specialists, dtype=np.bool_)
    for rule in TIMELESS:
        met &= ~rule.breaks(alone, roster)
    return met


def _alone(family: Family, rank: int) -> Signature:
    """A case that asks for this and nothing else."""
    parts: dict[str, dict[str, Any]] = {
        "skill": {"skills": ((family.key, rank),)},
        "authority": {"action": family.key, "level": rank},
        "language": {"language": family.key},
        "role": {"role": rank},
    }
    return _NOTHING._replace(**parts[family.kind])


def name_of(family: Family, rank: int, amount: Money | None) -> str:
    """A requirement in words; `amount` is the largest asked for at this rank, for authority."""
    match family.kind, family.key:
        case "credential", tuple(group):
            return "|".join(f"{kind}@{place}" if place else kind for kind, place in group)
        case "skill", skill:
            return f"{skill} at {rank}"
        case "authority", (action, _currency):
            return f"{action} of {amount}"
        case "role", _:
            return Role(rank).label
        case _:
            return str(family.key)

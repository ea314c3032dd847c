"""The rules of eligibility that depend on neither time nor books, over arrays.

Each is a function from what a case asks for to the specialists who break it. A mask depends on one part of the signature alone
(the skills, the language, …), so it is computed once per part and kept on the roster.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caserouter.domain.rules import Rule
from caserouter.routing.profile import Signature
from caserouter.routing.roster import Roster

BoolArray = NDArray[np.bool_]


def skill(asked: Signature, roster: Roster) -> BoolArray:
    """Who lacks a required skill entirely; shape (num_specialists,)."""
    broken = np.zeros(roster.num_specialists, dtype=np.bool_)
    for name, _ in asked.skills:
        broken |= roster.proficiency(name) == 0
    return broken


def proficiency(asked: Signature, roster: Roster) -> BoolArray:
    """Who has a required skill below the least proficiency asked; shape (num_specialists,)."""
    broken = np.zeros(roster.num_specialists, dtype=np.bool_)
    for name, least in asked.skills:
        held = roster.proficiency(name)
        broken |= (held > 0) & (held < least)
    return broken


def authority(asked: Signature, roster: Roster) -> BoolArray:
    """Who may neither decide the amount alone nor have anybody on the roster approve it; shape (num_specialists,)."""
    short = lacks_authority(asked, roster)
    if asked.action is None:
        return short
    approval = roster.settings.approval
    allowed = approval is not None and (approval.actions == "all" or asked.action[0] in approval.actions)
    approvers = ~short
    approvers[list(asked.excluded)] = False
    return np.zeros_like(short) if allowed and approvers.any() else short


def lacks_authority(asked: Signature, roster: Roster) -> BoolArray:
    """Whose own authority is short of the amount, so that the decision needs an approver; shape (num_specialists,)."""
    if asked.action is None:
        return np.zeros(roster.num_specialists, dtype=np.bool_)
    return ~roster.authority.covers(*asked.action, asked.level)


def role_floor(asked: Signature, roster: Roster) -> BoolArray:
    """Whose role is below the highest floor among the risk flags; shape (num_specialists,)."""
    broken: BoolArray = roster.role < asked.role
    return broken


def language(asked: Signature, roster: Roster) -> BoolArray:
    """Who does not speak the language asked for; shape (num_specialists,)."""
    if asked.language is None:
        return np.zeros(roster.num_specialists, dtype=np.bool_)
    return ~roster.speaks(asked.language)


def excluded(asked: Signature, roster: Roster) -> BoolArray:
    """Whom the case names as one who may not take it; shape (num_specialists,)."""
    broken = np.zeros(roster.num_specialists, dtype=np.bool_)
    broken[list(asked.excluded)] = True
    return broken


@dataclass(frozen=True, slots=True)
class TimelessRule:
    """A rule whose answer depends on neither time nor books.

    Parameters
    ----------
    rule
        Which one.
    reads
        The part of a signature that it reads, empty or None where nothing is asked and nobody breaks it.
    breaks
        Who breaks it; shape (num_specialists,).
    """

    rule: Rule
    reads: Callable[[Signature], tuple[object, ...] | str | int | None]
    breaks: Callable[[Signature, Roster], BoolArray]

    def broken(self, asked: Signature, roster: Roster) -> BoolArray | None:
        """Who breaks it, kept per part read; None where nothing is asked."""
        part = self.reads(asked)
        if not part:
            return None
        key = (self.rule, part)
        known: BoolArray | None = roster.cached(key)
        if known is None:
            known = self.breaks(asked, roster)
            known.setflags(write=False)
            roster.remember(key, known)
        return known


TIMELESS = (
    TimelessRule(Rule.SKILL, lambda asked: asked.skills, skill),
    TimelessRule(Rule.PROFICIENCY, lambda asked: asked.skills, proficiency),
    TimelessRule(Rule.AUTHORITY, lambda asked: asked.action and (asked.action, asked.level, asked.excluded), authority),
    TimelessRule(Rule.ROLE_FLOOR, lambda asked: asked.role, role_floor),
    TimelessRule(Rule.LANGUAGE, lambda asked: asked.language, language),
    TimelessRule(Rule.EXCLUDED, lambda asked: asked.excluded, excluded),
)
"""Rules whose answer depends on neither time nor books, in the order in which they are reported."""

"""Who may take a case: one small predicate per rule, and the table that runs them all.

A predicate reads a case, a specialist and the situation, and answers None or the `Exclusion` that says what is wrong, what
would mend it and when it ends by itself. `exclusions` runs the whole table and applies the policy's relaxations, which
never touch a hard rule. `routing.masks` is the same table over arrays; a test holds the two together.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from caserouter.domain.authority_rule import approvers_for, authority, decides_alone, may_approve
from caserouter.domain.case import Case
from caserouter.domain.credential_rules import (
    credential_jurisdiction,
    credential_lapsed,
    credential_missing,
    credential_not_yet_valid,
)
from caserouter.domain.presence_rule import off_shift
from caserouter.domain.rules import HARD_RULES, Exclusion, Rule, Situation, listed, staffed_time
from caserouter.domain.settings import RelaxableRule, Relaxation, Settings
from caserouter.domain.specialist import Specialist

__all__ = [
    "HARD_RULES",
    "RULES",
    "Exclusion",
    "Rule",
    "Situation",
    "approvers_for",
    "decides_alone",
    "eligible_from",
    "exclusions",
    "may_approve",
    "relaxed_rules",
    "staffed_time",
]

_MAX_ROUNDS = 50
"""Ends of a breach that may uncover another one before `eligible_from` gives up."""

Predicate = Callable[[Case, Specialist, Situation], Exclusion | None]


def skill(case: Case, specialist: Specialist, _situation: Situation) -> Exclusion | None:
    """Every required skill is there, at whatever proficiency."""
    lacking = [
        f"{name} at {least} or better" for name, least in sorted(case.required_skills.items()) if name not in specialist.skills
    ]
    if not lacking:
        return None
    return Exclusion(Rule.SKILL, f"lacks {listed(lacking)}", f"eligible with {listed(lacking)}")


def proficiency(case: Case, specialist: Specialist, _situation: Situation) -> Exclusion | None:
    """Every required skill that is there reaches the lowest proficiency asked."""
    asked = sorted(case.required_skills.items())
    low = [(name, specialist.skills[name], least) for name, least in asked if specialist.skills.get(name, least) < least]
    if not low:
        return None
    return Exclusion(
        Rule.PROFICIENCY,
        listed(f"{name} is {level}, below the {least} asked" for name, level, least in low),
        "eligible with " + listed(f"{name} at {least}" for name, _, least in low),
    )


def role_floor(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """The role reaches the highest floor among the case's risk flags."""
    floors = situation.settings.role_floors
    broken = sorted(flag for flag in case.risk_flags if flag in floors and specialist.role < floors[flag])
    if not broken:
        return None
    needed = max(floors[flag] for flag in broken)
    flags, ask = ("flag", "asks") if len(broken) == 1 else ("flags", "ask")
    return Exclusion(
        Rule.ROLE_FLOOR,
        f"a {specialist.role.label}, where the risk {flags} {listed(broken)} {ask} for a {needed.label}",
        f"eligible as a {needed.label}",
    )


def language(case: Case, specialist: Specialist, _situation: Situation) -> Exclusion | None:
    """The customer's language is spoken."""
    if case.language is None or case.language in specialist.languages:
        return None
    spoken = f"speaks {listed(sorted(specialist.languages))}" if specialist.languages else "has no language on record"
    return Exclusion(Rule.LANGUAGE, f"{spoken}, not the customer's {case.language}", f"eligible with {case.language}")


def excluded(case: Case, specialist: Specialist, _situation: Situation) -> Exclusion | None:
    """The case does not name the specialist as one who may not take it."""
    if specialist.id not in case.excluded_specialists:
        return None
    return Exclusion(
        Rule.EXCLUDED, "named on the case as one who may not take it", "eligible if the case no longer excludes this person"
    )


def capacity(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """The caseload leaves room for the case's weight."""
    over = situation.caseload + case.weight - specialist.capacity
    if over <= 0:
        return None
    return Exclusion(
        Rule.CAPACITY,
        f"caseload {situation.caseload} of {specialist.capacity} leaves no room for a weight of {case.weight}",
        f"eligible with {over} more unit{'s' if over > 1 else ''} of capacity",
    )


def intake_limit(_case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """The window still admits a new case."""
    if situation.intake_left is None or situation.intake_left >= 1:
        return None
    limit = specialist.intake
    if limit is None or limit.limit == 0:
        return Exclusion(Rule.INTAKE_LIMIT, "takes no new cases", "eligible with an intake limit above 0")
    return Exclusion(
        Rule.INTAKE_LIMIT,
        f"the intake limit of {limit.limit} new cases in {limit.window_hours:g} hours is used up",
        f"eligible with an intake limit of {max(limit.limit, limit.used) + 1}",
        situation.now + timedelta(hours=limit.window_hours),
    )


RULES: tuple[tuple[Rule, Predicate], ...] = (
    (Rule.SKILL, skill),
    (Rule.PROFICIENCY, proficiency),
    (Rule.CREDENTIAL_MISSING, credential_missing),
    (Rule.CREDENTIAL_JURISDICTION, credential_jurisdiction),
    (Rule.CREDENTIAL_NOT_YET_VALID, credential_not_yet_valid),
    (Rule.CREDENTIAL_LAPSED, credential_lapsed),
    (Rule.AUTHORITY, authority),
    (Rule.ROLE_FLOOR, role_floor),
    (Rule.LANGUAGE, language),
    (Rule.EXCLUDED, excluded),
    (Rule.CAPACITY, capacity),
    (Rule.INTAKE_LIMIT, intake_limit),
    (Rule.OFF_SHIFT, off_shift),
)
"""Every rule with its predicate, in the order in which they are reported."""


def exclusions(case: Case, specialist: Specialist, situation: Situation) -> tuple[Exclusion, ...]:
    """Every broken rule that the policy does not relax; empty if the specialist may take the case.

    A rule that the policy relaxes later ends by itself at that moment, if not before.
    """
    relaxed = set(_relaxed(case, situation))
    return tuple(
        _ending_by_relaxation(broken, case, situation.settings)
        for broken in _broken(case, specialist, situation)
        if broken.rule not in relaxed
    )


def relaxed_rules(case: Case, specialist: Specialist, situation: Situation) -> tuple[Rule, ...]:
    """The broken rules that the policy relaxes for a case of this age; each costs its price."""
    relaxed = set(_relaxed(case, situation))
    return tuple(broken.rule for broken in _broken(case, specialist, situation) if broken.rule in relaxed)


def eligible_from(case: Case, specialist: Specialist, situation: Situation) -> datetime | None:
    """The earliest moment at which the specialist may take the case if nothing but time changes.

    Returns
    -------
    datetime or None
        `situation.now` if already eligible, None if time alone never helps.
    """
    for _ in range(_MAX_ROUNDS):
        broken = exclusions(case, specialist, situation)
        ends = [exclusion.until for exclusion in broken if exclusion.until is not None]
        if len(ends) < len(broken):
            return None
        if not ends:
            return situation.now
        situation = replace(situation, now=max(ends))
        if specialist.intake and any(exclusion.rule is Rule.INTAKE_LIMIT for exclusion in broken):
            situation = replace(situation, intake_left=specialist.intake.limit)
    return None


def _broken(case: Case, specialist: Specialist, situation: Situation) -> Iterator[Exclusion]:
    return (found for _, predicate in RULES if (found := predicate(case, specialist, situation)) is not None)


def _relaxed(case: Case, situation: Situation) -> Iterator[Rule]:
    """Rules that the policy relaxes for a case of this age."""
    for name, relaxation in situation.settings.relaxations.items():
        if situation.now >= _relaxed_from(case, relaxation):
            yield Rule(name)


def _relaxed_from(case: Case, relaxation: Relaxation) -> datetime:
    return case.created + timedelta(hours=relaxation.after_hours)


def _ending_by_relaxation(broken: Exclusion, case: Case, settings: Settings) -> Exclusion:
    """The same exclusion, ending when the policy relaxes its rule if that comes first."""
    relaxation = settings.relaxations.get(cast("RelaxableRule", broken.rule.value))
    if relaxation is None:
        return broken
    moment = _relaxed_from(case, relaxation)
    return replace(broken, until=moment if broken.until is None else min(broken.until, moment))

"""The smallest change after which a decision could have been another: a cost for a runner-up, a rule for somebody excluded."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from caserouter.domain.money import minor_digits
from caserouter.domain.rules import Rule, listed
from caserouter.routing.explanation import Counterfactual, Excluded
from caserouter.routing.options import Options
from caserouter.routing.reasons import DECLINED, LINKED_CASE, NOT_ASKED, SEPARATED_CASE, TEAM_CAP
from caserouter.routing.surroundings import Surroundings

_EASIEST_FIRST = (
    Rule.OFF_SHIFT,
    DECLINED,
    Rule.INTAKE_LIMIT,
    Rule.CAPACITY,
    TEAM_CAP,
    Rule.CREDENTIAL_NOT_YET_VALID,
    Rule.CREDENTIAL_LAPSED,
    Rule.PROFICIENCY,
    Rule.CREDENTIAL_JURISDICTION,
    Rule.AUTHORITY,
    Rule.LANGUAGE,
    Rule.SKILL,
    Rule.CREDENTIAL_MISSING,
    Rule.ROLE_FLOOR,
    LINKED_CASE,
    SEPARATED_CASE,
    Rule.EXCLUDED,
    NOT_ASKED,
)
"""What is mended with a shift comes before what takes a course, and that before what takes an appointment."""

_EFFORT = {str(code): effort for effort, code in enumerate(_EASIEST_FIRST)}

_WORDS = {
    "handling": "handling cost",
    "lateness": "expected cost of lateness",
    "hand_off": "cost of a hand-off",
    "approval": "cost of approval",
    "preferred_skill": "cost of missing preferred skills",
    "preference": "cost of not being preferred",
    "lapse": "expected cost of a lapse",
    "relaxation": "cost of relaxed rules",
    "fairness": "cost of load",
    "scarcity": "cost of scarce capacity",
}
"""Every cost term in a sentence."""


def in_money(amount: float, currency: str) -> str:
    """An amount with its currency, to the minor unit: `4.20 USD`."""
    return f"{amount:,.{minor_digits(currency)}f} {currency}"


def by_distance(excluded: Excluded) -> tuple[int, int, bool, str, str]:
    """Sort key of the excluded: fewest reasons, then the easiest to mend, then the earliest to be eligible, then id."""
    hardest = max(_EFFORT[reason.code] for reason in excluded.reasons)
    moment = excluded.eligible_from
    return len(excluded.reasons), hardest, moment is None, moment.isoformat() if moment else "", excluded.specialist


def nearest(excluded: Sequence[Excluded]) -> Counterfactual | None:
    """What would make the first of `excluded`, sorted by distance, eligible."""
    if not excluded:
        return None
    first = excluded[0]
    changes = listed(reason.counterfactual.removeprefix("eligible ") for reason in first.reasons)
    return Counterfactual(first.specialist, f"{first.specialist} would be eligible {changes}{_or_from(first.eligible_from)}")


def _or_from(moment: datetime | None) -> str:
    return "" if moment is None else f", or from {in_words(moment)} on"


def in_words(moment: datetime) -> str:
    """A moment for people: `2026-03-02 15:00 UTC`."""
    return f"{moment:%Y-%m-%d %H:%M %Z}"


def runner_up(around: Surroundings, options: Options) -> Counterfactual | None:
    """What would have made the next best candidate win, all other cases staying where they are.

    That is the cheapest candidate with room; where nobody else has any, the cheapest without, and what is in the way.
    """
    chosen = options.at(around.chosen)
    able = [k for k in np.flatnonzero(np.isfinite(options.group_cost)).tolist() if k != chosen and options.is_pair[k]]
    if not able:
        return None
    obstacles = {k: around.obstacle(int(options.who[k])) for k in able}
    fits = [k for k in able if obstacles[k] is None]
    k = min(fits or able, key=lambda k: (options.group_cost[k], k))
    name = around.state.roster.specialists[options.who[k]].id
    more = float(options.group_cost[k] - options.group_cost[chosen])
    obstacle = obstacles[k]
    if obstacle is not None:
        return Counterfactual(name, f"{name} would have been next, had there been room: {obstacle.sentence}", more)
    return Counterfactual(name, f"{name} {_had_it_cost(more, k, around, options)}", more)


def _had_it_cost(more: float, k: int, around: Surroundings, options: Options) -> str:
    """How much cheaper option `k` would have had to be, and in which term if one term alone could make the difference."""
    currency = around.state.roster.settings.currency
    smallest = 0.5 * 10.0 ** -minor_digits(currency)
    if more < -smallest:
        return f"would cost {in_money(-more, currency)} less: the assignment is not proved best"
    if more <= smallest:
        return "would have cost the same"
    return f"would have been chosen with {in_money(more, currency)} less {_term(more, k, around, options)}"


def _term(more: float, k: int, around: Surroundings, options: Options) -> str:
    chosen = options.at(around.chosen)
    excess = {name: values[k] - values[chosen] for name, values in options.terms.items()}
    worst = max(excess, key=lambda name: excess[name])
    alone = len(around.group) == 1 and options.terms[worst][k] >= more
    return _WORDS[worst] if alone else "cost in all"

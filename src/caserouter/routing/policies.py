"""Every routing policy by its name."""

from collections.abc import Iterable

from caserouter.domain.case import Case
from caserouter.domain.errors import NotFound
from caserouter.routing.policy import RoutingPolicy

USUAL_RULES = ("round_robin", "longest_idle", "least_loaded", "most_specialised", "fastest", "first_eligible", "random")
"""Rules of thumb; they can be asked what they would do without the rules of eligibility."""

POLICIES = ("optimizer", "priced", *USUAL_RULES)
"""Names of all policies."""


def policy_by_name(name: str, *, seed: int = 0, sample: Iterable[Case] = (), ignore_rules: bool = False) -> RoutingPolicy:
    """A new policy.

    Parameters
    ----------
    name
        One of `POLICIES`.
    seed
        Seed of the random draws of ``random``, and of the search of ``optimizer``.
    sample
        Cases that stand for those to come, for ``priced``: recent ones, or the queue itself.
    ignore_rules
        Whether to offer every case to everybody; usual rules only.

    Raises
    ------
    NotFound
        If no policy has that name, or none that could ignore the rules.
    """
    if ignore_rules and name not in USUAL_RULES:
        raise NotFound(f"{name}: never ignores the rules; choose one of {', '.join(USUAL_RULES)}", ids=[name])
    if name == "optimizer":
        from caserouter.routing.batch import BatchPolicy

        return BatchPolicy(seed=seed)
    if name == "priced":
        from caserouter.routing.priced import PricedPolicy

        return PricedPolicy(sample)
    return _usual_rule(name, seed, ignore_rules=ignore_rules)


def _usual_rule(name: str, seed: int, *, ignore_rules: bool) -> RoutingPolicy:
    from caserouter.routing import usual

    if name == usual.RandomChoice.name:
        return usual.RandomChoice(seed, ignore_rules=ignore_rules)
    rules = (
        usual.RoundRobin,
        usual.LongestIdle,
        usual.LeastLoaded,
        usual.MostSpecialisedFirst,
        usual.Fastest,
        usual.FirstEligible,
    )
    for rule in rules:
        if name == rule.name:
            return rule(ignore_rules=ignore_rules)
    raise NotFound(f"{name}: no policy has that name; choose one of {', '.join(POLICIES)}", ids=[name])

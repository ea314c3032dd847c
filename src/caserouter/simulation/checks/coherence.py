"""Parts that contradict each other: one id twice, a review that nobody does, a target that nothing is measured by."""

from collections.abc import Iterator

from caserouter.domain.errors import Finding
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.members import account_ids, member_ids

_TARGET_OF = {"service_level_first_response": "first_response", "service_level_resolution": "resolution"}


def equal_ids(draft: Draft, place: Place) -> Iterator[Finding]:
    """Specialists, or accounts, of two groups with one id."""
    scenario = draft.scenario
    for part, ids_of in (
        ("staff", [(name, member_ids(name, group)) for name, group in scenario.staff.items()]),
        ("accounts", [(name, account_ids(name, group)) for name, group in scenario.accounts.items()]),
    ):
        seen: dict[str, str] = {}
        for name, ids in ids_of:
            if taken := next((one for one in ids if one in seen), None):
                rule = f"{name} has a member {taken}, and so has {seen[taken]}"
                yield place((part, name), "", rule, "rename one of them")
            seen |= dict.fromkeys(ids, name)


def missing_reviews(draft: Draft, place: Place) -> Iterator[Finding]:
    """Risk flags that demand a review which nobody does."""
    if "routing" not in draft.right:
        return
    routing = draft.scenario.routing
    for name, case_type in draft.scenario.case_types.items():
        for flag, probability in case_type.risk_flags.items():
            if probability and flag in routing.settings.review_before_first_response and flag not in routing.reviews:
                rule = "demands a review before the first response, and nobody does it"
                remedy = f"add routing.reviews.{flag}, or leave {flag} out of routing.settings.review_before_first_response"
                yield place(("case_types", name, "risk_flags", flag), flag, rule, remedy)


def immeasurable_targets(draft: Draft, place: Place) -> Iterator[Finding]:
    """Targets for a service level where no case type has a span to be measured by."""
    if not {"targets", "case_types"} <= draft.right:
        return
    types = draft.scenario.case_types
    for position, goal in enumerate(draft.scenario.targets):
        key = _TARGET_OF.get(goal.measure)
        asked = [case_type for name, case_type in types.items() if goal.case_type in {None, name}]
        if key and asked and not any(getattr(case_type, key) for case_type in asked):
            rule = f"{goal.case_type or 'no case type'} has {'no' if goal.case_type else 'a'} {key} to be measured by"
            remedy = f"add {key} with within: … there, or leave the target out"
            yield place(("targets", position, "measure"), goal.measure, rule, remedy)

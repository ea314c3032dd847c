"""Codes that have to agree: one currency, and jurisdictions that exist."""

from collections.abc import Iterator
from itertools import chain

from caserouter.domain.errors import Finding
from caserouter.domain.jurisdictions import ANY, known
from caserouter.domain.money import Money
from caserouter.files.records import Key
from caserouter.files.vocabulary import hint_of_place
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.language.scenario import Scenario


def foreign_money(draft: Draft, place: Place) -> Iterator[Finding]:
    """Amounts in another currency than the policy's: no rate is assumed."""
    if "routing" not in draft.right:
        return
    currency = draft.scenario.routing.settings.currency
    for key, amount in _amounts(draft.scenario):
        if amount.minor and amount.currency != currency:
            remedy = "convert it, or set currency in routing.settings"
            yield place(key, str(amount), f"not in {currency}, the one currency of this scenario", remedy)


def unknown_places(draft: Draft, place: Place) -> Iterator[Finding]:
    """Jurisdictions that are neither built in nor in the policy."""
    if "routing" not in draft.right:
        return
    extra = draft.scenario.routing.settings.jurisdictions
    for key, code in _places(draft.scenario):
        if code != ANY and not known(code, extra):
            remedy = (
                hint_of_place(code, extra) or "write a code such as NY or FR, or list it under routing.settings.jurisdictions"
            )
            yield place(key, code, "unknown jurisdiction", remedy)


def _amounts(scenario: Scenario) -> Iterator[tuple[Key, Money]]:
    for name, case_type in scenario.case_types.items():
        if case_type.amount:
            yield ("case_types", name, "amount"), case_type.amount.mean
    for name, accounts in scenario.accounts.items():
        yield ("accounts", name, "revenue"), accounts.revenue
    for name, group in scenario.staff.items():
        if group.cost_per_hour:
            yield ("staff", name, "cost_per_hour"), group.cost_per_hour
        for action, limit in group.authority.items():
            if isinstance(limit, Money):
                yield ("staff", name, "authority", action), limit


def _places(scenario: Scenario) -> Iterator[tuple[Key, str]]:
    for name, case_type in scenario.case_types.items():
        inside: Key = ("case_types", name)
        for code in case_type.jurisdictions:
            yield (*inside, "jurisdictions", code), code
        asked = [(inside, case_type.credentials)]
        asked += [((*inside, "stages", stage), one.credentials) for stage, one in case_type.stages.items()]
        for key, groups in asked:
            for need in chain.from_iterable(groups):
                if need.jurisdiction:
                    yield (*key, "credentials"), need.jurisdiction
    for name, group in scenario.staff.items():
        for position, credential in enumerate(group.credentials):
            for code in sorted(credential.jurisdictions):
                yield ("staff", name, "credentials", position, "jurisdictions"), code

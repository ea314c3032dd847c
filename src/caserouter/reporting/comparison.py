"""How other policies would have done on the same queue."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from caserouter.domain.rules import HARD_RULES, Rule
from caserouter.routing.answer import RoutingAnswer
from caserouter.routing.comparison import PolicyOutcome, compare_policies

OWN = "optimizer"


def compare(answer: RoutingAnswer, names: Sequence[str], *, seed: int = 0) -> list[PolicyOutcome]:
    """The answer's own outcome first, then that of each policy in `names`."""
    return compare_policies(answer.queue, [*dict.fromkeys((OWN, *names))], known={OWN: answer.result.assignment}, seed=seed)


def print_comparison(console: Console, outcomes: Sequence[PolicyOutcome]) -> None:
    """One row per policy; below, what the usual rules would have broken had they ignored the rules."""
    table = Table(
        box=None, pad_edge=False, header_style="bold", title="Policies on the same queue, all rules kept", title_justify="left"
    )
    table.add_column("policy")
    for name in ("assigned", "waiting", "total cost", "of it pairs", "expected late", "hand-offs", "spread of load"):
        table.add_column(name, justify="right")
    for outcome in outcomes:
        table.add_row(
            outcome.policy,
            str(outcome.num_assigned),
            str(outcome.num_waiting),
            f"{outcome.total_cost:,.0f}",
            f"{outcome.pair_cost:,.0f}",
            f"{outcome.expected_late:.1f}",
            str(outcome.num_hand_offs),
            f"{outcome.spread:.2f}",
        )
    console.print(table)
    ignoring = [outcome for outcome in outcomes if outcome.breaches is not None]
    if ignoring:
        console.print()
        console.print("Had they ignored the rules", style="bold")
    for outcome in ignoring:
        console.print(
            f"  {outcome.policy}: {outcome.hard_breaches} breaches of hard rules ({_named(outcome, hard=True)})", soft_wrap=True
        )
        console.print(f"    and {outcome.other_breaches} of other rules ({_named(outcome, hard=False)})", soft_wrap=True)


def comparison_document(outcomes: Sequence[PolicyOutcome]) -> list[dict[str, Any]]:
    """The outcomes as JSON."""
    return [
        {
            "policy": outcome.policy,
            "num_assigned": outcome.num_assigned,
            "num_waiting": outcome.num_waiting,
            "total_cost": round(outcome.total_cost, 2),
            "pair_cost": round(outcome.pair_cost, 2),
            "expected_late": round(outcome.expected_late, 3),
            "num_hand_offs": outcome.num_hand_offs,
            "spread": round(outcome.spread, 4),
            "breaches_if_rules_were_ignored": _breaches(outcome),
            "hard_breaches_if_rules_were_ignored": outcome.hard_breaches,
        }
        for outcome in outcomes
    ]


def _breaches(outcome: PolicyOutcome) -> dict[str, int] | None:
    return None if outcome.breaches is None else {rule.value: count for rule, count in outcome.breaches.items()}


def _named(outcome: PolicyOutcome, *, hard: bool) -> str:
    """Counts per rule, the most frequent first."""
    found: list[tuple[Rule, int]] = [item for item in (outcome.breaches or {}).items() if (item[0] in HARD_RULES) is hard]
    return ", ".join(f"{rule.value} {count}" for rule, count in sorted(found, key=lambda item: -item[1])) or "none"

"""Accounts and revenue at risk: what the cohort's cases put at stake under the scenario's churn curve, which is stated, not estimated.

An account leaves with probability 1 − Π (1 − p), over every missed target, broken commitment and time that the customer had to follow up;
see `language.scenario.Retention`.
"""

from collections.abc import Collection, Iterator

import numpy as np

from caserouter.simulation.cohort import EVERYTHING, Cohort, numbered, sums_of
from caserouter.simulation.jackknife import Estimate, estimate_ratio
from caserouter.simulation.language.scenario import Retention
from caserouter.simulation.records import FloatArray, Table


def churn_probability(cases: Table, retention: Retention, num_accounts: int) -> FloatArray:
    """Probability with which each account leaves because of one replication's measured cases; shape (num_accounts,)."""
    counted = (cases["measured"] == 1.0) & (cases["account"] >= 0)
    account = cases["account"][counted].astype(np.int64)
    times = (
        (retention.late_first_response, cases["first_response_met"] == 0.0),
        (retention.late_resolution, cases["resolution_met"] == 0.0),
        (retention.broken_commitment, cases["commitments"] - cases["commitments_kept"]),
        (retention.chase, cases["chases"]),
    )
    stays = np.ones(num_accounts)
    for probability, count in times:
        stays *= (1.0 - probability) ** sums_of(account, count[counted], num_accounts)
    return 1.0 - stays


def retention_estimates(cases: Cohort, retention: Retention, group_bys: Collection[str]) -> Iterator[Estimate]:
    """Accounts and revenue at risk, of all accounts and by tier; nothing without accounts."""
    labels = cases.labels
    if not labels.accounts:
        return
    leaves = [churn_probability(one.cases, retention, len(labels.accounts)) for one in cases.records]
    account = np.arange(len(labels.accounts))
    groupings = {EVERYTHING: ((EVERYTHING,), np.zeros_like(account)), "account_tier": numbered(labels.tiers, account)}
    for name in groupings.keys() & set(group_bys):
        groups, code = groupings[name]
        for measure, worth in (
            ("accounts_at_risk", np.ones(len(account))),
            ("revenue_at_risk", np.array(labels.account_revenue)),
        ):
            sums = [sums_of(code, probability * worth, len(groups)) for probability in leaves]
            table = np.column_stack(sums)
            yield estimate_ratio(measure, name, groups, table, np.ones(table.shape))

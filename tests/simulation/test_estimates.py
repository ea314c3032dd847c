"""Every measure of cases, staff, the backlog and retention, on a few cases worked out by hand."""

import numpy as np
import pytest
from tests.simulation.handmade import LABELS, records_of, scenario_of, staff_of

from caserouter.simulation.cohort import GROUPINGS
from caserouter.simulation.estimates import estimate
from caserouter.simulation.measures import CASE_RATIOS, HEADLINES, MEASURES, TIMES
from caserouter.simulation.records import Labels


def found_in(*records, measure, group_by="all", labels=LABELS, **parts):
    """Value of a measure in each group that has observations."""
    (one,) = estimate(scenario_of(**parts), labels, records, [measure], [group_by])
    return {group: value for group, value in zip(one.groups, one.value.tolist(), strict=True) if not np.isnan(value)}


def overall(measure, *rows, **parts):
    return found_in(records_of(0, *rows), measure=measure, **parts)["all"]


def test_every_measure_is_estimated_once_in_each_grouping_and_in_order():
    found = [(one.measure, one.group_by) for one in estimate(scenario_of(), LABELS, [records_of(0, {"resolved": 2})])]
    assert len(found) == len(set(found))
    assert list(dict.fromkeys(measure for measure, _ in found)) == list(MEASURES)
    of_cases = {*CASE_RATIOS, *(f"{time}_{end}" for time in TIMES for end in ("mean", "p50", "p90", "p95"))}
    assert all([by for one, by in found if one == measure] == list(GROUPINGS) for measure in of_cases)


def test_the_headlines_are_measures():
    assert set(HEADLINES) <= set(MEASURES)


def test_cases_are_counted_per_replication():
    records = [records_of(0, {"resolved": 3}, {"abandoned": 2}, {}), records_of(1, {"resolved": 3})]
    assert found_in(*records, measure="cases") == {"all": 2.0}
    assert found_in(*records, measure="resolved_cases") == {"all": 1.0}
    assert found_in(*records, measure="open_cases") == {"all": 0.5}


def test_cases_that_arrived_outside_the_window_do_not_count():
    assert overall("cases", {}, {"measured": 0}) == 1.0


@pytest.mark.parametrize("which", ["first_response", "resolution"])
def test_a_service_level_counts_the_cases_that_have_a_decided_target(which):
    met = f"{which}_met"
    assert overall(f"service_level_{which}", {met: 1}, {met: 1}, {met: 0}, {met: np.nan}) == pytest.approx(2 / 3)


def test_the_waiting_time_is_from_arrival_to_the_first_contact():
    rows = [{"arrival": 1, "first_contact": contact} for contact in (2, 4, 9)]
    assert overall("waiting_time_mean", *rows) == pytest.approx(4.0)
    assert overall("waiting_time_p50", *rows) == 3.0
    assert overall("waiting_time_p90", *rows) == 8.0


def test_abandoned_cases_have_no_waiting_time_and_no_time_to_resolution():
    rows = [{"first_contact": 2, "resolved": 5}, {"abandoned": 1}]
    assert overall("waiting_time_mean", *rows) == 2.0
    assert overall("time_to_resolution_mean", *rows) == 5.0
    assert overall("abandonment_rate", *rows) == 0.5


def test_the_time_between_a_resolution_and_the_reopening_is_left_out():
    assert overall("time_to_resolution_mean", {"arrival": 1, "resolved": 21, "closed_hours": 8}) == 12.0


def test_open_cases_count_as_lasting_longer_than_the_replication():
    """Resolved after 10 and 40 hours; one that arrived at hour 80 is open at the end, hour 100: masses 1/3 at 10 and 2/3 at 40."""
    rows = [{"resolved": 10}, {"resolved": 40}, {"arrival": 80}]
    assert overall("time_to_resolution_mean", *rows) == pytest.approx(10 / 3 + 80 / 3)
    assert overall("time_to_resolution_p50", *rows) == 40.0


def test_quantiles_are_pooled_over_the_replications():
    few, many = records_of(0, {"first_contact": 50}), records_of(1, *[{"first_contact": hour} for hour in range(1, 20)])
    assert found_in(few, many, measure="waiting_time_p90") == {"all": 18.0}


def test_waits_and_contacts_are_means_per_case():
    rows = [{"wait_in_book": 3, "contact_hours": 1, "num_contacts": 4, "hand_offs": 2}, {"wait_in_book": 0}]
    found = {
        name: overall(name, *rows)
        for name in ("wait_in_book_mean", "contact_hours_mean", "contacts_per_case", "hand_offs_per_case")
    }
    assert found == {"wait_in_book_mean": 1.5, "contact_hours_mean": 0.5, "contacts_per_case": 2.0, "hand_offs_per_case": 1.0}


def test_each_cause_of_waiting_has_a_measure_of_its_own():
    row = {f"wait_{cause}": hours for hours, cause in enumerate(("unassigned", "off_shift", "customer", "review"), start=1)}
    assert [overall(f"{name}_mean", row) for name in row] == [1.0, 2.0, 3.0, 4.0]


def test_reopenings_are_a_share_of_resolutions():
    """A case resolved, reopened and resolved again counts two resolutions; one that is open after its reopening one."""
    assert overall("reopen_rate", {"resolved": 9, "reopens": 1}, {"reopens": 1}, {"resolved": 5}) == pytest.approx(2 / 4)


def test_commitments_kept_are_a_share_of_those_that_came_due():
    assert (
        overall("commitments_kept", {"commitments": 3, "commitments_kept": 1}, {"commitments": 1, "commitments_kept": 1}) == 0.5
    )
    assert "all" not in found_in(records_of(0, {}), measure="commitments_kept")


def test_cases_are_grouped_by_type_and_by_last_holder():
    records = records_of(0, {"chases": 1, "specialist": 2}, {"case_type": 1, "chases": 3, "specialist": 0}, {"case_type": 1})
    assert found_in(records, measure="chases_per_case", group_by="case_type") == {"billing": 1.0, "claim": 1.5}
    assert found_in(records, measure="chases_per_case", group_by="specialist") == {"ana": 3.0, "cem": 1.0}
    assert found_in(records, measure="chases_per_case", group_by="staff_group") == {"east": 3.0, "west": 1.0}


def test_cases_without_an_account_or_a_tier_are_grouped_apart():
    records = records_of(0, {"account": 0, "chases": 1}, {"account": 1, "chases": 2}, {"account": -1, "chases": 4})
    assert found_in(records, measure="chases_per_case", group_by="account_tier") == {"gold": 1.0, "none": 3.0}


def test_without_accounts_there_are_no_tiers():
    plain = Labels(
        **{name: getattr(LABELS, name) for name in Labels.__slots__} | {"accounts": (), "tiers": (), "account_revenue": ()}
    )
    found = estimate(scenario_of(), plain, [records_of(0, {})])
    assert "account_tier" not in {one.group_by for one in found}
    assert "accounts_at_risk" not in {one.measure for one in found}


def test_the_hour_of_the_week_is_that_of_the_arrival_in_local_time():
    """Monday 00:00 in UTC is Sunday 19:00 in New York."""
    records = records_of(0, {"arrival": 0.5, "chases": 1}, {"arrival": 24.0})
    parts = {"start": "2026-03-02T00:00+00:00", "time_zone": "America/New_York"}
    assert found_in(records, measure="chases_per_case", group_by="hour_of_week", **parts) == {"Sun 19:00": 1.0, "Mon 19:00": 0.0}


def test_occupancy_leaves_overtime_out():
    records = records_of(0, staff=staff_of(busy=[5, 4, 9], overtime=[0, 0, 1]))
    assert found_in(records, measure="occupancy") == {"all": pytest.approx(17 / 24)}
    assert found_in(records, measure="occupancy", group_by="staff_group") == {"east": 9 / 16, "west": 1.0}
    assert found_in(records, measure="occupancy", group_by="specialist") == {"ana": 5 / 8, "ben": 0.5, "cem": 1.0}
    assert found_in(records, measure="overtime_share") == {"all": pytest.approx(1 / 24)}


def test_occupancy_by_hour_of_week_leaves_out_hours_without_staff():
    staffed, busy = np.zeros((3, 168)), np.zeros((3, 168))
    staffed[:, 9], busy[:2, 9] = 1.0, 0.75
    records = records_of(0, staff=staff_of(staffed_by_hour=staffed, busy_by_hour=busy))
    assert found_in(records, measure="occupancy", group_by="hour_of_week") == {"Mon 09:00": 0.5}


def test_shrinkage_is_blocks_and_sick_days_of_the_paid_hours():
    assert found_in(records_of(0, staff=staff_of(blocks=[1, 0, 1], sick=[0, 4, 0])), measure="shrinkage") == {"all": 0.25}


def test_the_caseload_is_a_mean_over_specialists_and_a_share_of_the_room():
    records = records_of(0, staff=staff_of(caseload=[2, 4, 9], capacity=[4, 4, 12]))
    assert found_in(records, measure="caseload_mean") == {"all": 5.0}
    assert found_in(records, measure="caseload_share") == {"all": 0.75}


def test_the_spread_of_the_caseload_is_between_those_who_work_and_have_room():
    """Shares 0.5 and 1.0; the third has no room, so that there is nothing to be even with."""
    staff = staff_of(caseload=[2, 4, 0], capacity=[4, 4, 0])
    assert found_in(records_of(0, staff=staff), measure="caseload_spread") == {"all": 0.25}
    absent = staff_of(caseload=[2, 4, 0], capacity=[4, 4, 4], paid=[8, 8, 0])
    assert found_in(records_of(0, staff=absent), measure="caseload_spread") == {"all": 0.25}
    assert found_in(records_of(0, staff=staff), measure="caseload_spread", group_by="staff_group") == {"east": 0.25}


def test_cost_is_per_replication_and_per_resolved_case():
    records = [
        records_of(0, {"resolved": 1, "specialist": 2}, {"resolved": 2}, staff=staff_of(cost=[100, 0, 50])),
        records_of(1, {"resolved": 1, "specialist": 2}, staff=staff_of(cost=[0, 0, 30])),
    ]
    assert found_in(*records, measure="cost") == {"all": 90.0}
    assert found_in(*records, measure="cost_per_resolved_case") == {"all": 60.0}
    assert found_in(*records, measure="cost_per_resolved_case", group_by="specialist") == {"cem": 40.0}


def test_nobody_on_the_staff_is_measured_as_nothing():
    nobody = Labels(**{name: getattr(LABELS, name) for name in Labels.__slots__} | {"specialists": (), "groups": ()})
    found = estimate(scenario_of(), nobody, [records_of(k, {"arrival": 1}, staff=staff_of(0)) for k in range(2)])
    values = {one.measure: one.value[0] for one in found if one.group_by == "all"}
    assert values["cost"] == 0.0
    assert np.isnan([values["occupancy"], values["caseload_spread"], values["service_level_resolution"]]).all()


def test_no_arrivals_are_measured_as_nothing():
    found = estimate(scenario_of(), LABELS, [records_of(k) for k in range(3)])
    values = {one.measure: one.value[0] for one in found if one.group_by == "all"}
    assert (values["cases"], values["backlog_mean"], values["accounts_at_risk"]) == (0.0, 0.0, 0.0)
    assert np.isnan([values["waiting_time_mean"], values["time_to_resolution_p90"], values["abandonment_rate"]]).all()

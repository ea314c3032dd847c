"""Every measure has a name for people."""

from caserouter.reporting.measure_words import LABELS, WAIT_MEASURES
from caserouter.simulation.measures import MEASURES, WAITS


def test_every_measure_has_a_label_in_the_order_of_the_tables():
    assert list(LABELS) == list(MEASURES)


def test_no_two_measures_have_the_same_label():
    assert len(set(LABELS.values())) == len(LABELS)


def test_every_cause_of_waiting_is_stacked():
    assert tuple(f"wait_{cause}_mean" for cause in WAITS) == WAIT_MEASURES

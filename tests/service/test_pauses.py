import pytest

from caserouter.service.pauses import growing_pause


@pytest.mark.parametrize(("num_failures", "seconds"), [(0, 0.0), (1, 1.5), (2, 3.0), (3, 6.0), (6, 30.0), (5000, 30.0)])
def test_a_pause_grows_to_the_longest_and_no_further(num_failures, seconds):
    assert growing_pause(num_failures, first=1.5, longest=30.0) == seconds

"""The statistics, against values of the literature and of exact reckoning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.stats import mcnemar, percentile, share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(count: int, of: int, low: float, high: float) -> None:
    got = share(count, of)
    assert got.low == pytest.approx(low, abs=5e-5)
    assert got.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(drawn: tuple[int, int]) -> None:
    got = share(*drawn)
    assert got.low is not None
    assert got.high is not None
    assert got.share is not None
    assert 0 <= got.low <= got.share <= got.high <= 1


def test_a_share_of_nothing_is_not_measured() -> None:
    assert share(0, 0).share is None


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 5, 1.0), (6, 0, 0.03125), (10, 2, 0.03857421875)],
)
def test_mcnemar_is_the_exact_sign_test(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == mcnemar(worse, better) == pytest.approx(p)


def test_mcnemar_holds_for_thousands_of_pairs() -> None:
    assert 0 <= mcnemar(3000, 100) < 1e-12
    assert mcnemar(2500, 2500) == 1.0


def test_percentiles_are_values_that_were_measured() -> None:
    times = [float(n) for n in range(1, 101)]
    assert [percentile(times, p) for p in (0.5, 0.95, 0.99)] == [50.0, 95.0, 99.0]
    assert percentile([3.0], 0.99) == 3.0
    assert percentile([], 0.5) is None

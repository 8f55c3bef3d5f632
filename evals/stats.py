"""The statistics of the harness, in closed formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, sqrt

_Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution, for intervals of 95%."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`, with the 95% interval of the share; None where there is nothing to share."""

    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def share(count: int, of: int) -> Share:
    """The share with its Wilson interval, rounded to six digits."""
    if of == 0:
        return Share(count, of, None, None, None)
    p, z2 = count / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    reach = _Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    low = 0.0 if count == 0 else middle - reach
    high = 1.0 if count == of else middle + reach
    return Share(count, of, *(round(x, _DIGITS) for x in (p, low, high)))


def percentile(ordered: Sequence[float], part: float) -> float | None:
    """The smallest value that at least `part` of the values, which are in order, do not exceed."""
    return ordered[max(ceil(part * len(ordered)), 1) - 1] if ordered else None


def mcnemar(better: int, worse: int) -> float:
    """The exact two-sided p-value of so many pairs that differ in either direction.

    The chance that a fair coin falls at least as unevenly; 1 where no pair differs.
    """
    tosses, fewer = better + worse, min(better, worse)
    tail = Fraction(sum(comb(tosses, k) for k in range(fewer + 1)), 2**tosses)
    return float(min(2 * tail, Fraction(1)))

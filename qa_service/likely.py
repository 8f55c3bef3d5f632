"""How likely each of the passages that were found answers, and whether any of them does.

Two logistic curves, learned from questions whose passage is known and from questions that the
document does not answer: `python -m tests.bench.likely` learns them anew and prints their worth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from qa_service.types import QueryPlan


class Fit(NamedTuple):
    """How a passage fits a question by itself; also what each of these counts."""

    whole: float
    """Cosine similarity of the passage and the question."""
    clause: float
    """The same of the passage's best clause."""
    met: float
    """How near the passage comes to each piece of the question, -1 to 1."""
    characters: float
    words: float
    """What both share by BM25, as `Bm25.scores` counts."""
    rare: float
    """The share of the question's rare characters that the passage holds, 0 to 1."""
    beside: float
    """What its numbers, its unit and its years count; about -1 to 1."""
    kind: float
    """What it counts to be of a kind that is asked for, or of another; -1 to 1."""
    told: float
    """What it counts to have been told last, or to stand next to what was; 0 to 0.45."""
    held: float
    """The share of the question's weight that the passage and its title hold, 0 to 1."""
    titled: float
    """The same of its title alone."""
    whole_above: float
    clause_above: float
    met_above: float
    characters_above: float
    words_above: float
    """How far the first five stand above those of all passages found, in their deviations."""


class Hope(NamedTuple):
    """What tells whether any passage answers; also what each of these counts."""

    near: float
    """How near in meaning the likeliest passage is, -1 to 1."""
    met: float
    """How near it comes to each piece of the question, -1 to 1."""
    held: float
    """The largest share of the question's weight that a passage holds, 0 to 1."""
    content: float
    """What the question weighs beside its wording, 10 at most."""
    numeric: float
    descriptive: float
    of_a_kind: float
    """Whether it asks for a kind of passage, 0 or 1."""
    existence: float
    first: float
    """How likely one of the first three is the one, 0 to 1."""


FIT = Fit(
    0.00, 3.76, 0.00, 0.00, 0.00, 2.32, 2.00, 2.94, 5.20, 0.45, 0.80, 0.09, 0.94, 1.37, 2.48, 0.36
)
HOPE, NONE = Hope(4.86, 3.82, 2.28, -0.02, -1.61, 2.90, -0.73, 2.84, 3.75), -7.55
_MOST_CONTENT, _FIRST = 10.0, 3


def shares(fits: Sequence[Fit], counts: Fit = FIT) -> list[float]:
    """Of passages one of which answers, how likely each one is it; together 1."""
    odds = [sum(map(mul, fit, counts)) for fit in fits]
    most = max(odds, default=0.0)
    parts = [math.exp(one - most) for one in odds]
    whole = sum(parts)
    return [part / whole for part in parts]


def answerable(fits: Sequence[Fit], likely: Sequence[float], plan: QueryPlan) -> float:
    """How likely any of the passages answers at all, 0 to 1; `likely` are their shares."""
    if not fits:
        return 0.0
    odds = sum(map(mul, hope(fits, likely, plan), HOPE)) + NONE
    return 1 / (1 + math.exp(-odds))


def hope(fits: Sequence[Fit], likely: Sequence[float], plan: QueryPlan) -> Hope:
    """What tells whether any of the passages answers the plan."""
    best = max(range(len(fits)), key=likely.__getitem__)
    return Hope(
        near=fits[best].whole,
        met=fits[best].met,
        held=max(fit.held for fit in fits),
        content=min(plan.content, _MOST_CONTENT),
        numeric=plan.numeric,
        descriptive=plan.descriptive,
        of_a_kind=float(bool(plan.passage_kinds)),
        existence=float(plan.existence),
        first=sum(sorted(likely)[-_FIRST:]),
    )

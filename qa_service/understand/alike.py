"""The rows whose names share most with a question, which alone are read beside it."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import Weighed

LEAST_LABEL = 0.12
"""The least share of a name that a question says which means it."""
_MOST_ROWS = 60
_NAMED_IN_FULL = 100
"""A row whose very name is said is looked at before all that share but pieces of theirs."""


def rows_alike(question: Weighed, lexicon: Lexicon) -> tuple[str, ...]:
    """The rows whose names share most with the question."""
    question.compare(lexicon.names_by_pair, lexicon.names_meant)
    sides = list(zip(question.weights, question.weights[1:], question.pairs, strict=False))
    by_pair, by_goal = lexicon.by_pair, lexicon.by_goal_pair
    alike = [by_pair[pair] for one, other, pair in sides if (one or other) and pair in by_pair]
    terms = {term for meaning in question.meanings for term in meaning.terms}
    meant = {term: lexicon.rows_meant[term] for term in terms if term in lexicon.rows_meant}
    goals = [
        by_goal[pair] for one, other, pair in sides if one >= 1 and other >= 1 and pair in by_goal
    ]
    of_goal = _in_two(goals)
    hits = of_goal.union(*alike, *meant.values())
    if len(hits) > _MOST_ROWS * 4:
        most = _most_alike(question, lexicon, Counter(chain(*alike)), Counter(chain(*goals)), meant)
    else:
        most = sorted(hits)
    good: list[tuple[float, int]] = []
    by_label: dict[str, float] = {}
    in_order, labels, known = lexicon.in_order, lexicon.labels, by_label.get
    for place in most:
        label = labels[place]
        asked = known(label)
        if asked is None:
            asked = by_label[label] = question.most_said(in_order[place].names)
        if asked < LEAST_LABEL and place in of_goal:
            asked = LEAST_LABEL
        if asked >= LEAST_LABEL:
            good.append((-asked, place))
    good.sort()
    ids = lexicon.ids
    return tuple([ids[place] for _, place in good[:_MOST_ROWS]])


def _in_two(sets: list[frozenset[int]]) -> set[int]:
    """What at least two of the sets hold."""
    once: set[int] = set()
    twice: set[int] = set()
    for one in sets:
        twice |= once & one
        once |= one
    return twice


def _most_alike(
    question: Weighed,
    lexicon: Lexicon,
    hits: Counter[int],
    goals: Counter[int],
    meant: dict[str, frozenset[int]],
) -> list[int]:
    """The places of the rows that share most with the question, where very many share some."""
    for term, places in meant.items():
        for place in places:
            hits[place] += len(term)
    for place, count in goals.items():
        if count > 1:
            hits[place] += count
    for span in question.exact:
        for row_id in lexicon.by_label.get(question.text[span.start : span.end], ()):
            hits[lexicon.position[row_id]] += _NAMED_IN_FULL
    return sorted(hits, key=lambda place: (-hits[place], place))[: _MOST_ROWS * 4]

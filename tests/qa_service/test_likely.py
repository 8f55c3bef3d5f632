"""How likely passages answer, by themselves and beside each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa_service.likely import Fit, answerable, shares
from qa_service.types import Operation, QueryPlan, Scope

PLAN = QueryPlan(Operation.LOOKUP, Scope(("d",), None, assumed=True), content=5.0)
shared = st.floats(0, 1)
fits = st.builds(Fit, *(shared for _ in Fit._fields))


@given(st.lists(fits, min_size=1, max_size=40))
def test_the_shares_of_all_passages_are_one(found: list[Fit]) -> None:
    assert abs(sum(shares(found)) - 1) < 1e-9


@given(fits, fits)
def test_a_passage_that_fits_better_in_all_ways_is_likelier(one: Fit, other: Fit) -> None:
    better = Fit(*map(max, one, other))
    first, second = shares([better, other])
    assert first >= second


@given(st.lists(fits, max_size=10))
def test_that_any_answers_is_a_chance(found: list[Fit]) -> None:
    assert 0 <= answerable(found, shares(found), PLAN) <= 1


def test_where_nothing_is_found_nothing_answers() -> None:
    assert shares([]) == []
    assert answerable([], [], PLAN) == 0


def test_a_question_whose_words_are_nowhere_is_answered_by_less() -> None:
    near, far = (Fit(*(0.4,) * len(Fit._fields))._replace(held=held) for held in (1.0, 0.0))
    assert answerable([near], [1.0], PLAN) > answerable([far], [1.0], PLAN)

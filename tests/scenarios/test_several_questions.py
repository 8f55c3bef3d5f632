"""Several questions in one text are answered one by one, never blended."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from tests.scenarios.conftest import Ask


def test_both_amounts_are_told_with_their_own_proof(ask: Ask) -> None:
    answer = ask("印刷费在基本支出里是多少？公务接待费是多少？")
    assert [value.value for value in answer.values] == ["5.00", "1.00"]
    assert answer.text.count("\n") == 1
    numbers = [citation.n for citation in answer.citations]
    assert numbers == sorted(set(numbers))
    assert set(answer.values[0].citations).isdisjoint(answer.values[1].citations)


@pytest.mark.parametrize(
    "question",
    [
        "科目221是多少？科目20601的其他收入是多少？",
        "餐饮服务外包项目的财政拨款合计是多少？局工作业务经费是多少？",
    ],
)
def test_the_row_of_one_is_not_read_in_the_column_of_the_other(ask: Ask, question: str) -> None:
    answer = ask(question)
    if answer.status is AnswerStatus.ANSWERED:
        assert len(answer.values) == 2
        assert all(value.formula is None for value in answer.values)
    else:
        assert answer.status is AnswerStatus.NOT_FOUND
        assert answer.values == ()


def test_a_table_that_is_named_once_is_not_lost_on_the_second_question(ask: Ask) -> None:
    answer = ask("一般公共预算项目支出情况表（按经济分类科目）里，电费是多少？印刷费是多少？")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.values == ()


def test_a_question_that_leans_on_the_one_before_it_stays_with_it(ask: Ask) -> None:
    answer = ask("电费和水费哪个多？相差多少？")
    assert answer.values[0].value == "160.16"

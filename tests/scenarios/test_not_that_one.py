"""A name that is nearly one of the document's, or a word more than it holds, is no hit.

Each of these was once answered with the amount of the row that it resembles.
"""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from tests.scenarios.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "天河区东北片办税服务场地租赁经费是多少",
        "天河区税务自助服务平台运维服务项目多少钱",
        "天河区警务窗口辅助人员劳务服务外包项目多少钱",
        "商务用房租赁经费是多少",
        "政务服务大厅空调系统改造项目的预算是多少？",
        "科目2222210201的一般公共预算是多少",
    ],
)
def test_a_name_that_is_not_there_is_not_answered(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is not AnswerStatus.ANSWERED, answer.text
    assert answer.values == ()


@pytest.mark.parametrize(
    "question",
    [
        "信息化建设监理服务项目的政府性基金有安排吗",
        "信息化建设监理服务项目的财政专户有安排吗？",
    ],
)
def test_a_column_that_is_named_in_part_is_not_the_whole_row(ask: Ask, question: str) -> None:
    assert "30.04" not in ask(question).text


@pytest.mark.parametrize("question", ["多少", "999999999999万元", "是多少？", "办公费实际多少"])
def test_what_names_nothing_or_asks_for_spending_gets_no_amount(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("基本工资和津贴补贴加起来，跟奖金比多多少", "726.87"),
        ("印刷费在项目支出里比在基本支出里多了多少？", "83.81"),
        ("20103下属四个项级科目加起来，跟20103相差多少万元？", "0.01"),
        ("科学技术支出占总支出的百分之几", "15.70"),
        ("政府采购里服务类是货物类的多少倍？", "29.80"),
        ("业务用房租赁经费和办税场地租赁经费两个项目，合计占项目支出的百分之几？", "38.90"),
        ("不到一万块的那些小项目，钱全加起来是多少？", "2.52"),
        ("金额最大的五个项目占用了多少预算，求和。", "3,560.28"),
        ("服物类采购预算金额", "5,445.86"),
    ],
)
def test_operands_and_sets_are_the_ones_meant(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.values, answer.text
    assert answer.values[0].value == value
    assert answer.citations


def test_what_is_counted_in_a_paragraph_is_a_value_that_cites_it(ask: Ask) -> None:
    answer = ask("内设机构有几个？")
    assert [(v.value, v.unit, v.citations) for v in answer.values] == [("14", "个", (1,))]
    assert [citation.n for citation in answer.citations] == [1]


def test_a_limit_of_forty_digits_is_held_against_and_said(ask: Ask) -> None:
    answer = ask("金额超过1" + "\U0001f4ca" + "0" * 40 + "万元的项目有几个？")
    assert answer.status is not AnswerStatus.ANSWERED or answer.values[0].value == "0"


def test_marks_upon_letters_are_not_shown_again(ask: Ask) -> None:
    answer = ask("基本支出\u0300\u0300里哪个款级科目最花钱？")
    assert "\u0300" not in answer.text
    if answer.clarification is not None:
        assert all("\u0300" not in option.question for option in answer.clarification.options)

"""Wordings of everyday speech: hearsay, examples, families of rows, abbreviations."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Question, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask

AMOUNTS = [
    # what others say of an amount is not asked about
    ("听说今年机关运行经费被砍掉一半了，实际安排的是多少？", "3,876.18"),
    ("有帖子说三公经费高达5.4亿，文件里实际写的是多少？", "5.40"),
    # examples beside the thing that is meant
    ("公车的油钱、保养、保险这些，今年给多少预算", "4.40"),
    # a row that holds all that are said alike
    ("公车这块占三公经费的百分比是多少？", "81.48"),
    # subjects in the short forms of the trade
    ("科技支出跟住房保障支出比，哪个大？差多少", "753.83"),
    ("公积金和房补加起来多少", "736.63"),
    # a term that a 的 parts, and misspelt words
    ("机关事业单位的基本养老保险缴费和职业年金缴费，两项加起来多少？", "309.00"),
    ("政府采购里有工成类的吗，安排多少？", "0.00"),
    # a share of money is an amount
    ("科学技术支出里面，基本支出占了多少万元？", "0.00"),
    # last year's, on both sides
    ("去年机关运行经费占去年部门支出预算的比例是多少？", "35.09"),
    ("今年的收入预算相当于去年的百分之多少？", "89.76"),
    # a table that is named for both operands
    ("把表12的52个项目总计一个个加起来，跟表上的合计数差多少万元？", "0.04"),
    # projects that are described
    ("单位食堂包给外面公司做，一年得花多少钱？", "150.00"),
]


@pytest.mark.parametrize(("question", "value"), AMOUNTS)
def test_an_amount_is_found_in_everyday_words(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_two_places_of_a_ranking_are_two(ask: Ask) -> None:
    answer = ask("项目预算从高到低，第四名和第五名分别是？")
    assert [value.value for value in answer.values] == ["370.67", "338.10"]


def test_the_second_from_below_is_no_second_from_above(ask: Ask) -> None:
    answer = ask("金额第二少的项目是哪个")
    assert answer.values[0].value == "0.16"


@pytest.mark.parametrize(
    "question",
    [
        "业务用房租赁的单价是每平方米多少钱？",
        "餐饮外包一顿饭按多少钱的标准？",
        "窗口外包的人每个月到手多少钱？",
        "那两辆公车是什么牌子的？",
        "请的法律顾问是哪家律所？",
        "自助机都摆在哪几个商场？",
        "多云管理平台哪天上线？",
        "最好的三个项目",
        "<script>alert(1)</script>",
    ],
)
def test_a_word_that_asks_for_something_else_is_no_answer(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


def test_an_amount_and_what_it_is_for_are_told_together(ask: Ask) -> None:
    answer = ask("信息化监理，花多少、管哪些？")
    assert answer.route is Route.BOTH
    assert answer.values[0].value == "30.04"
    assert "履行项目监理职责" in answer.text


TURNS = [
    (("邮电费预算是多少？", "基本支出的"), "12.00"),
    (("业务用房物业管理费是多少？", "比餐饮服务外包项目多多少？"), "220.67"),
    (("公务用车运行维护费多少？", "折合成元呢？"), "44,000"),
    (("超过500万元的项目有几个？", "分别叫什么？"), "1,495.10"),
]


@pytest.mark.parametrize(("turns", "value"), TURNS)
def test_a_question_leans_on_the_last_one(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    first, *later = turns
    answer = service.ask(Question(first))
    for turn in later:
        answer = service.ask(Question(turn, answer.conversation_id))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_the_next_clause_is_the_one_after_it(service: Service) -> None:
    first = service.ask(Question("主要职责第二条说的什么？"))
    second = service.ask(Question("再下一条呢？", first.conversation_id))
    assert second.citations[0].item == "（三）"

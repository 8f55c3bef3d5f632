"""Amounts held against one that the question says, several figures of one name, places in a run."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Operation
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "value", "formula"),
    [
        ("项目支出比6000万少多少", "105.22", "6,000.00 - 5,894.78"),
        ("项目支出离6000万还差多少万元", "105.22", "6,000.00 - 5,894.78"),
        ("“三公”经费超过5万多少", "0.40", "5.40 - 5.00"),
        ("机关运行经费比四千万少几万", "123.82", "4,000.00 - 3,876.18"),
    ],
)
def test_an_amount_is_held_against_one_that_is_said(
    ask: Ask, question: str, value: str, formula: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert (answer.values[0].value, answer.values[0].formula) == (value, formula)
    assert answer.citations


def test_an_amount_that_is_just_so_much_is_no_more_and_no_less(ask: Ask) -> None:
    assert "一样多" in ask("“三公”经费比5.4万多多少").text


@pytest.mark.parametrize("question", ["比500万多的项目有几个", "火星经费比500万少多少"])
def test_limits_and_unknown_names_are_held_against_nothing(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.plan is None or answer.plan.against is None


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("机关运行经费比上年少了多少、降幅多少", ["164.66", "4.44"]),
        ("机关运行经费去年是多少，今年涨了多少，涨幅多大", ["3,711.52", "164.66", "4.44"]),
        ("跟去年比，支出预算少了多少，下降百分之几", ["1,083.01", "10.24"]),
        ("支出预算去年多少今年多少", ["10,575.98", "9,492.97"]),
    ],
)
def test_each_figure_of_one_name_is_told(ask: Ask, question: str, values: list[str]) -> None:
    told = [value.value.rstrip("%") for value in ask(question).values]
    assert told == values


@pytest.mark.parametrize(
    "question",
    ["项目预算排第二到第四位的是哪些", "预算第2到4名的项目有哪些", "项目按预算排，第二至第四名"],
)
def test_places_from_one_to_another_are_all_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert [value.value for value in answer.values] == ["798.10", "558.31", "370.67"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("水费是多少（项目支出）", "9.70"),
        ("日常公用那块（基本支出的商品和服务支出）最多的一项是什么", "90.83"),
        ("项目名称里带年份的（比如2021年）一共有几个", "6"),
        ("网络平台和IT设备运行维护和窗口辅助人员外包相差多少", "220.21"),
        ("墨粉加上复印纸，备货花多少钱", "150.18"),
        ("没压减之前，上一年度的支出预算原来是多少", "10,575.98"),
        ("项目支出里，水费比电费少多少", "160.16"),
    ],
)
def test_what_is_put_in_other_words_is_still_one_amount(
    ask: Ask, question: str, value: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("政府采购安排多少", "不算服务类还剩多少"), "182.73"),
        (("政府采购多少钱", "除去货物类呢"), "5,445.86"),
    ],
)
def test_a_part_is_left_out_of_the_last_amount(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.plan is not None
    assert answer.plan.operation is Operation.DIFFERENCE
    assert answer.values[0].value == value


def test_a_part_that_is_not_known_is_not_told_by_the_whole(service: Service) -> None:
    assert talk(service, "三公经费多少", "其中车占多少钱").status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("养老保险多少钱，职业年金别算进来", "206.00"),
        ("职业年金不算，基本养老保险缴多少", "206.00"),
    ],
)
def test_a_line_beside_is_left_out_of_nothing(ask: Ask, question: str, value: str) -> None:
    assert ask(question).values[0].value == value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("收入预算两年加起来是多少", "20,068.95"),
        ("机关运行经费去年和今年一共多少", "7,587.70"),
        ("2023、2024两年的支出预算合计多少", "20,068.95"),
    ],
)
def test_two_years_are_added_up_where_both_are_told(ask: Ask, question: str, value: str) -> None:
    assert ask(question).values[0].value == value


@pytest.mark.parametrize("question", ["物业管理费两年一共多少", "2022、2023两年的支出预算合计多少"])
def test_no_year_is_told_for_two(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


def test_two_that_are_left_out_are_not_one(ask: Ask) -> None:
    assert ask("除开两笔房租，还有哪个项目预算最高？").status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("工资福利支出里头排第一第二的是什么", ["952.67", "806.00"]),
        ("预算垫底的两个项目，从少到多列一下", ["0.10", "0.16"]),
    ],
)
def test_places_in_an_order_are_all_told(ask: Ask, question: str, values: list[str]) -> None:
    assert [value.value for value in ask(question).values][:2] == values


def test_several_words_for_one_line_are_added_to_nothing(ask: Ask) -> None:
    answer = ask("公车的油钱、过路费、修车费一共多少")
    assert [value.value for value in answer.values] == ["4.40"]


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("去年支出预算有没有过亿，具体多少万？", "10,575.98", "万元"),
        ("三公经费到了5万没有，到底多少？", "5.40", "万元"),
        ("项目支出够6000万吗？折成亿元是多少", "0.589478", "亿元"),
    ],
)
def test_whether_it_goes_so_far_is_told_by_the_amount(
    ask: Ask, question: str, value: str, unit: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert (answer.values[0].value, answer.values[0].unit) == (value, unit)

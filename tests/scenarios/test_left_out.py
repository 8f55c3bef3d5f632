"""What a question leaves out is taken from its rows or its amount, or the question is declined."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk

LEFT = [
    ("基本支出除了工资福利支出，其余三大类加起来有多少？", "348.56", "3,598.18 - 3,249.62"),
    ("剔除业务用房租赁经费后，项目支出还剩多少？", "4,399.68", "5,894.78 - 1,495.10"),
    ("三公经费里不含公务接待费是多少", "4.40", "5.40 - 1.00"),
    ("工资福利支出以外的基本支出是多少", "348.56", "3,598.18 - 3,249.62"),
    ("政府采购除了货物类还有多少", "5,445.86", "5,628.59 - 182.73"),
    ("项目支出里，把业务用房租赁经费扣掉还剩多少", "4,399.68", "5,894.78 - 1,495.10"),
    ("项目支出扣掉业务用房租赁经费还剩多少", "4,399.68", "5,894.78 - 1,495.10"),
    ("把租赁费扣掉的话，项目支出还剩多少", "3,270.96", "5,894.78 - 2,623.82"),
]


@pytest.mark.parametrize(("question", "value", "formula"), LEFT)
def test_the_rest_of_an_amount_has_its_formula(
    ask: Ask, question: str, value: str, formula: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value
    assert answer.values[0].formula == formula


def test_rows_that_are_left_out_are_neither_ranked_nor_counted(ask: Ask) -> None:
    ranked = ask("除去业务用房租赁经费，金额最高的项目是哪个？")
    assert ranked.values[0].label == "天河区东南片办税服务场地租赁经费"
    counted = ask("除业务用房租赁经费外，超过300万的项目有几个")
    assert counted.values[0].value == "4"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("门户网站的项目，不算内容运营那笔，多少钱", "25.60"),
        ("门户网站的那个项目，内容运营的除外，预算是多少", "25.60"),
        ("门户网站的项目多少钱，不是运维那个", "111.95"),
        ("租赁经费多少，不是业务用房的那笔", "798.10"),
        ("通讯链路租赁多少钱（不是常规的）", "74.94"),
    ],
)
def test_of_several_the_one_that_is_not_left_out_is_told(
    ask: Ask, question: str, value: str
) -> None:
    answer = ask(question)
    assert [v.value for v in answer.values] == [value], answer.text


def test_a_variant_that_is_denied_is_not_described(ask: Ask, service: Service) -> None:
    answer = ask("通讯链路租赁是干嘛的，不是常规的那个")
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.citations[0].row is not None
    assert answer.citations[0].row.label == "天河区信息网络通讯链路租赁项目"
    answer = talk(service, "业务用房租赁经费是做什么的", "那物业管理费呢，不是租赁的")
    assert "物业管理服务" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "外包项目多少钱，不是餐饮的",
        "餐饮服务外包项目除外，外包要花多少钱",
        "除了办公费，电费是多少",
        "不算住房公积金，项目支出还剩多少",
        "三公经费扣除电费后是多少",
    ],
)
def test_what_is_no_part_of_it_is_left_out_of_nothing(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


def test_lines_without_an_amount_are_no_name_that_is_left_out(ask: Ask) -> None:
    answer = ask(
        "支出总体情况表里，行政事业单位养老支出下面金额最少的项级科目是哪个（为零的不算）？"
    )
    assert answer.values[0].label == "行政单位离退休"

"""Amounts held up, amounts without a rest, and another of several that is said afterwards."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("281.56万元是哪个项目", "一网通新开办企业免费印章刻制服务项目"),
        ("那笔1,495.10万元是什么钱？", "业务用房租赁经费"),
        ("14951000元属于哪一笔支出", "业务用房租赁经费"),
    ],
)
def test_an_amount_tells_the_one_name_it_is_printed_beside(
    ask: Ask, question: str, name: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].label == name


def test_what_an_amount_is_for_is_told_by_the_goal_beside_it(ask: Ask) -> None:
    answer = ask("281.56万元拿去干嘛了？")
    assert answer.route is Route.NARRATIVE, answer.text
    assert "为新开办企业提供免费刻制印章服务" in answer.text


@pytest.mark.parametrize(
    "question", ["281.57万元是哪个项目", "0.18万元是哪个项目", "5万元是什么钱"]
)
def test_an_amount_of_none_or_of_several_is_not_guessed(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("有几个项目的预算是整数万元", "4"),
        ("预算是整数的项目有几个", "4"),
        ("预算刚好是整万元的项目一共多少钱", "222.00"),
    ],
)
def test_amounts_without_a_rest_are_chosen(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    "question", ["带零头的项目有几个", "预算不是整万元的项目有几个", "有几个项目带小数"]
)
def test_amounts_with_a_rest_are_not_taken_for_all(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (
            ("租房子那笔要达到什么目标？", "不是局里办公的，我说办税那处。"),
            "保障天河区东南片办税服务开展",
        ),
        (
            ("门户网站运维要保障什么？", "不问技术，问管内容的那个，它想提升什么？"),
            "新媒体运营服务",
        ),
    ],
)
def test_another_of_several_is_told_and_not_the_same_again(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


def test_a_platform_of_another_name_is_not_the_last_thing(service: Service) -> None:
    answer = talk(service, "自助终端租赁花多少？", "那平台运维呢")
    assert "自助服务平台运维" in answer.text
    assert "31.50" not in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("财政拨款收入，钱是哪来的？", "从本级财政部门取得"),
        ("行政审批管理服务平台升级后，能让全区怎么办理业务？", "跨地区、跨业务协同办理"),
        ("项目名里写着“政务自助”的有几个，各做什么？", "软件运维、终端基础设备运维"),
    ],
)
def test_where_money_comes_from_and_what_things_are_for(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


def test_which_single_project_is_the_largest(ask: Ask) -> None:
    answer = ask("Which single project gets the most money, and how much is it?")
    assert answer.values[0].value == "1,495.10"

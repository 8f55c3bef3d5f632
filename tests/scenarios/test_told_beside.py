"""What an asker tells beside a question, and several figures asked for at once."""

from __future__ import annotations

from collections import Counter

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("论坛有网友吵翻天，福利费预算是多少", "90.83", "万元"),
        ("福利费预算是多少？我好去跟老同学炫耀", "90.83", "万元"),
        ("手续费加会议费一共多少，感觉都没3万", "1.60", "万元"),
        ("凭证以元为单位，福利费该录多少元", "908,300", "元"),
        ("同学们，福利费是多少", "90.83", "万元"),
        ("福利费是多少，别拿商品和服务支出来搪塞", "90.83", "万元"),
    ],
)
def test_who_asks_and_why_changes_nothing(ask: Ask, question: str, value: str, unit: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert (answer.values[0].value, answer.values[0].unit) == (value, unit)


@pytest.mark.parametrize(
    "question",
    [
        "第三季度，福利费是多少",
        "女同志，福利费是多少",
        "除了退休的，福利费是多少",
        "人均下来，福利费是多少",
        "隔壁区，福利费是多少",
        "已经花掉的，福利费是多少",
        "退休老师，福利费是多少",
        "福利费，不要退休的，是多少",
    ],
)
def test_a_clause_that_narrows_is_not_taken_for_chat(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "90.83" not in [value.value for value in answer.values]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("支出预算总额，还有同比少了多少，两个数都给我", ["9,492.97", "1,083.01"]),
        ("项目支出一共多少万元，又占支出总计的百分之几", ["5,894.78", "62.10"]),
        ("固定资产是多少，车辆又有几辆", ["6,965.79", "2"]),
        ("机关运行经费今年是多少然后比去年涨了百分之几", ["3,876.18", "4.44"]),
        ("机关运行经费和支出预算分别比上年变化百分之几", ["4.44", "10.24"]),
        ("去年的，机关运行经费多少，支出预算多少", ["3,711.52", "10,575.98"]),
        ("去年的机关运行经费和今年的各是多少", ["3,876.18", "3,711.52"]),
        ("政府采购里货物、服务各多少", ["182.73", "5,445.86"]),
        ("收入和支出各是多少", ["9,492.97", "9,492.97"]),
        ("基本支出、项目支出的占比分别是多少", ["37.90", "62.10"]),
        ("金额最大的两个项目各占项目支出的百分之几", ["25.36", "13.54"]),
    ],
)
def test_each_figure_asked_at_once_is_told(ask: Ask, question: str, values: list[str]) -> None:
    told = Counter(value.value.lstrip("-") for value in ask(question).values)
    assert Counter(values) <= told


@pytest.mark.parametrize(
    ("question", "share", "formula"),
    [
        ("预算不足20万元的项目占项目总数的百分之几", "38.46", "20 ÷ 52"),
        ("100万元以上的项目数量占比是多少", "26.92", "14 ÷ 52"),
        ("按个数算，名称里带租赁的项目占全部项目的百分之几", "17.31", "9 ÷ 52"),
    ],
)
def test_a_share_of_the_number_of_projects(
    ask: Ask, question: str, share: str, formula: str
) -> None:
    value = ask(question).values[0]
    assert (value.value, value.unit, value.formula) == (share, "%", formula)


def test_a_share_of_their_money_is_told_where_no_number_is_said(ask: Ask) -> None:
    value = ask("100万元以上的项目占项目支出的百分之几").values[0]
    assert (value.value, value.unit) == ("85.78", "%")


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("货物采购多少", "工程呢", "服务呢"), "5,445.86"),
        (("业务用房租赁经费多少", "按12个月摊，一个月合多少"), "124.59"),
        (("福利费多少", "工会经费呢", "忘了，刚才第一个是多少来着"), "90.83"),
        (("住房公积金多少", "购房补贴呢", "这两笔合起来占支出总计的百分之几"), "7.76"),
    ],
)
def test_what_was_told_is_asked_of_again(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    assert talk(service, *turns).values[0].value == value


def test_a_project_that_shall_not_count_is_not_told(ask: Ask) -> None:
    answer = ask("政务云那边的租金是多少？云窗租的那笔别算")
    assert "6.58" not in [value.value for value in answer.values]


@pytest.mark.parametrize(
    "question", ["项目支出不要租赁费，一共多少", "项目支出，租赁费不要，合计多少万元"]
)
def test_what_is_not_wanted_in_a_sum_is_taken_off(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "5,894.78" not in [value.value for value in answer.values[:1]]
    assert answer.status is not AnswerStatus.ANSWERED or answer.values[0].value == "3,270.96"


@pytest.mark.parametrize(
    ("question", "value", "number"),
    [
        ("通讯链路租赁（信息网络的）花多少钱、接入多少个点", "74.94", "300个点"),
        ("政务云窗租多少钱，视频导办的事项有多少个", "6.58", "50个视频导办事项"),
        ("政务云窗一年的租金要多少钱，上线几个事项？", "6.58", "50个视频导办事项"),
    ],
)
def test_a_number_of_the_goal_is_told_beside_the_amount(
    ask: Ask, question: str, value: str, number: str
) -> None:
    answer = ask(question)
    assert answer.route is Route.BOTH, answer.text
    assert answer.values[0].value == value
    assert number in answer.text
    assert len(answer.citations) > 1

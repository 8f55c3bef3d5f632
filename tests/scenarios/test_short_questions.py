"""Questions as people type them into a search box: a few characters, nothing around them."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("退休费加奖励金", "16.73"),
        ("培训会议合计几何", "6.50"),
        ("公积金加年金共多少", "317.00"),
        ("水费每月摊多少", "0.81"),
        ("把项目支出匀到12个月，一个月多少", "491.23"),
        ("两个测评项目合计多少", "59.88"),
        ("去年总预算是多少", "10,575.98"),
        ("总预算比上年少了多少", "1,083.01"),
        ("机关运行经费涨几个点", "4.44"),
        ("基本支出占比", "37.90"),
        ("奖金占工资福利几%", "16.03"),
        ("甭管规矩，电费多少", "169.86"),
        ("结转到明年的有多少", "0.00"),
        ("买公务车的预算", "0.00"),
        ("名下房屋几平方米", "0"),
        ("退修费多少", "16.55"),
        ("公车购置及运行维护费共4.4万，其中多少是用来买车的", "0.00"),
    ],
)
def test_amounts(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value, answer.text
    assert answer.citations


def test_names_that_stand_in_two_tables_are_not_added_up(ask: Ask) -> None:
    answer = ask("办公差旅手续一共多少")
    assert answer.status is not AnswerStatus.ANSWERED, answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("采购哪类最多", ["服务类", "货物类", "工程类"]),
        ("哪类功能支出最大", ["一般公共服务支出"]),
        ("对个人和家庭的补助里有哪几项", ["退休费", "奖励金"]),
        ("名称带“2022”的项目", ["天河e企查", "场所码数据管理分析系统"]),
        ("跟刻章相关的项目", ["印章刻制", "视频监控"]),
    ],
)
def test_rows_and_projects(ask: Ask, question: str, names: list[str]) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert all(name in answer.text for name in names), answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("下面有几家单位", "下属单位共3个"),
        ("这个局下面有哪些单位", "12345政府服务热线中心"),
        ("有人事科没", "人事科"),
        ("事业基金哪来的", "收支相抵后"),
        ("接待费含外宾吗", "含外宾接待"),
    ],
)
def test_descriptions(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.route) == (AnswerStatus.ANSWERED, Route.NARRATIVE), answer.text
    assert told in answer.text


@pytest.mark.parametrize("question", ["多云平台几钱干啥用", "请监理多少钱图啥"])
def test_an_amount_and_what_it_is_for_in_one_breath(ask: Ask, question: str) -> None:
    assert ask(question).route is Route.BOTH


@pytest.mark.parametrize(
    "question",
    [
        "政务服务中心的预算是多少",
        "12345热线中心一年花多少钱",
        "越秀政数局有几个科室",
        "去年接待了多少批客人",
        "热线一天接几通电话",
        "登记注册一科分到多少经费",
        "基本支出里的电费是多少",
        "人员经费和公用经费一共多少",
        "在住房保障支出里占多少比例",
    ],
)
def test_what_the_document_does_not_tell(ask: Ask, question: str) -> None:
    """A unit without a line, another place, things not counted, a name inside a longer one."""
    answer = ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND, answer.text
    assert not answer.values


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("住房公积金有多少", "在住房保障支出里占多少比例"), "29.05"),
        (("水费多少", "电费呢", "哪个多，多多少"), "160.16"),
        (("咨询费多少", "两个加起来呢"), "7.85"),
        (("奖金多少", "再加上绩效工资呢"), "659.80"),
        (("东南片办税场地租来做什么", "那租金呢"), "798.10"),
        (("“三公”经费安排多少", "公务接待费占里面百分之几"), "18.52"),
    ],
)
def test_what_is_asked_next(service: Service, turns: tuple[str, ...], value: str) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value, answer.text


def test_counts_are_told_by_the_project_that_is_asked_of(service: Service) -> None:
    first = ("裸光纤那个项目接了多少个点的网", "另外那个信息网络通讯链路的呢")
    assert "150个" in talk(service, first[0]).text
    assert "300个" in talk(service, *first).text


def test_the_rest_of_what_was_told_is_told_whole(service: Service) -> None:
    answer = talk(service, "政务服务中心是这个局下属的吗", "另外两家叫什么")
    assert "电子政务服务中心" in answer.text


def test_what_several_tables_print_is_told_with_the_tables(ask: Ask) -> None:
    """Two names in both kinds of spending: each sum says whose it is."""
    answer = ask("办公费和印刷费一共多少")
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarification is not None
    labels = [option.label for option in answer.clarification.options]
    assert len(set(labels)) == len(labels) == 2


@pytest.mark.parametrize("question", ["邮电费和电费一共多少", "邮电费跟电费加起来"])
def test_a_sum_says_its_table_where_another_prints_a_name_too(ask: Ask, question: str) -> None:
    """邮电费 stands in two tables, 电费 in one: neither the first alone is told, nor twice."""
    answer = ask(question)
    assert answer.values[0].value == "194.46"
    assert "一般公共预算项目支出情况表" in answer.text


def test_no_part_is_called_the_whole(ask: Ask) -> None:
    """Of a fund without basic spending it is not said that there is no basic spending."""
    answer = ask("政府性基金里的基本支出有多少")
    assert "没有安排政府性基金预算支出的基本支出" in answer.text

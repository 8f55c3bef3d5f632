"""Which way a question goes: to the amounts, to the passages, to both."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from tests.scenarios.conftest import Ask

ROUTED = [
    # an opener before an amount asks for nothing by itself
    ("给我说说，东南片办税那块地方，租下来一年得掏多少？", Route.NUMERIC),
    ("介绍一下，餐饮服务外包项目花了几个钱？", Route.NUMERIC),
    ("讲讲看，业务用房物业管理费一年得掏多少？", Route.NUMERIC),
    # behind it, or with a question of its own, it does
    ("餐饮服务外包项目多少钱，介绍一下是做什么的？", Route.BOTH),
    ("市民诉求分析那套系统，要投多少钱，能派上什么用场？", Route.BOTH),
    ("信息化监理，花多少、管哪些？", Route.BOTH),
    ("机关运行经费比上年多了多少，什么缘故？", Route.BOTH),
    ("今年支出缩了多少？给个说法。", Route.BOTH),
    ("审批资料规范化处理，花销和目的一块讲讲", Route.BOTH),
    # what is a part of a term, and whether two are one, is told by a text
    ("招待外宾花的钱也记在公务接待费里？", Route.NARRATIVE),
    ("行政经费和机关运行经费是一个东西吗？", Route.NARRATIVE),
    ("甚麼樣的開銷才叫項目支出？", Route.NARRATIVE),
    # subjects, levels and limits are of the tables
    ("项目支出的商品和服务支出底下，哪一款金额垫底？", Route.NUMERIC),
    ("社会保障和就业支出细到项级，包括哪几项？", Route.NUMERIC),
    ("基本支出的商品和服务支出里，哪些科目不够5万元（不含5万）？", Route.NUMERIC),
    # names alone are no amounts
    ("名称里有“监控”两个字的项目有哪些？", Route.NARRATIVE),
    ("叫“测评”的项目，都列给我看看。", Route.NARRATIVE),
    ("名称带“监控”的项目各多少钱？", Route.NUMERIC),
    # numbers in a question about a text
    ("租了11条线路做什么？", Route.NARRATIVE),
    ("因公出国那项的增幅，怎么只画了两道杠？", Route.NARRATIVE),
]


@pytest.mark.parametrize(("question", "route"), ROUTED)
def test_a_question_goes_where_its_answer_is(ask: Ask, question: str, route: Route) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.route is route


def test_a_question_back_that_offers_passages_came_by_the_texts(ask: Ask) -> None:
    answer = ask("老百姓反映的事有没有人琢磨")
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.route is Route.NARRATIVE


def test_amount_and_goal_of_a_described_project_are_both_cited(ask: Ask) -> None:
    answer = ask("市民诉求分析那套系统，要投多少钱，能派上什么用场？")
    assert answer.values[0].value == "24.56"
    assert "预测突发事件" in answer.text
    assert {c.column for c in answer.citations} == {"总计", "绩效目标"}

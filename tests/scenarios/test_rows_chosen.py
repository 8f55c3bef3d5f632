"""Rows chosen by the ends of their names, by borders, by what is left of a limit."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from tests.scenarios.conftest import Ask


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("项目名以“建设项目”收尾的，全部加起来要多少万", "48.89"),
        ("预算不足一万元的那些小项目，合计才多少钱？", "2.52"),
        ("前五大项目合计拿走多少钱？", "3,560.28"),
        ("最大的三个项目合起来，占全部项目支出几个百分点？", "48.37"),
        ("基本支出里有百分之几是发工资福利的", "90.31"),
        ("科学计术支出在总盘子里占比多大", "15.70"),
        ("超过20万元又不到30万元的项目，数数有多少个", "7"),
        ("单价一百万元以上的设备有几台？", "0"),
        ("一台就超过100万元的设备，有几台？", "0"),
        ("车一共几辆？", "2"),
        ("不到一万块（1万元）的项目有几个", "6"),
        ("名称是“某某经费”的项目有几个？", "6"),
        ("局名下的公车一共几部？", "2"),
        ("名称里含有平台、系统或者网站字样的项目有几个？", "25"),
        ("均摊下来一个项目分到多少万元？", "113.36"),
        ("满50万元、不到100万元的项目几个？", "5"),
        ("行政经费占整个部门预算多大比重", "40.83"),
        ("金额最高的两个项目合计占项目支出多少", "38.90"),
        ("搞升级改造的项目一共列了多少钱", "40.74"),
        ("项目支出按经济科目看，哪个科目用钱最少", "4.85"),
        ("基本支出按经济分类，哪一类花得最多", "3,249.62"),
        ("基本支出分成四大块，由多到少排个顺序", "3,249.62"),
        ("超过四十一万三的项目有几个", "20"),
        ("名称里有“租赁”的项目按金额大小排一下", "1,495.10"),
        ("花在自助服务上的项目经费，合计多少", "52.85"),
        ("有几个名字带“租赁”的项目，加起来多少钱", "2,583.00"),
        ("给企业那边做免费印章，得花多少钱", "281.56"),
        ("自助服务，终端租赁和平台运维，哪头花钱少", "10.15"),
        ("把项目支出里商品和服务支出下面各款加起来，跟印的那行差多少", "0.01"),
    ],
)
def test_the_rows_that_are_meant_are_taken_together(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    "question",
    [
        "支出总体情况表里，哪些类级科目全是基本支出、没有项目支出？",
        "类级科目里，一分钱项目支出也没有的有哪些？",
        "四大类里，哪几类没有项目支出？",
    ],
)
def test_rows_with_nothing_in_a_column_are_listed(ask: Ask, question: str) -> None:
    answer = ask(question)
    rows = {c.row.label.partition("、")[2] or c.row.label for c in answer.citations if c.row}
    assert rows == {"社会保障和就业支出", "住房保障支出"}, answer.text


def test_a_border_counts_where_the_asker_says_so(ask: Ask) -> None:
    without = ask("哪些项目的预算超过一百三十万且不到一百五十万？")
    with_it = ask("哪些项目的预算超过一百三十万且不到一百五十万？刚好150万的也算")
    assert "餐饮服务外包项目" not in {v.label for v in without.values}
    assert "餐饮服务外包项目" in {v.label for v in with_it.values}


@pytest.mark.parametrize("question", ["基本工资、奖金加起来多少", "基本工资和奖金加一块是多少"])
def test_words_of_a_list_are_not_run_together(ask: Ask, question: str) -> None:
    assert ask(question).values[0].value == "815.80"


@pytest.mark.parametrize(
    "question",
    [
        "政务大数据平台项目在2021年当年批了多少钱",
        "政务云租的是阿里的还是华为的？",
        "五个劳务类项目（名称里写着“劳务”）平均每个多少",
    ],
)
def test_what_is_not_said_so_is_declined(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


def test_both_places_are_shown_where_two_numbers_are_at_odds(ask: Ask) -> None:
    answer = ask("政务网到底接一百五十个点还是三百个？怎么两个说法都见过")
    assert answer.status is AnswerStatus.ANSWERED
    assert "150个点位" in answer.text
    assert "300个点" in answer.text


def test_two_projects_that_are_described_are_added_up(ask: Ask) -> None:
    answer = ask("局里和大厅的租房钱，再加办税场地的租金，两个租赁项目总数是多少？")
    assert answer.values[0].value == "2,293.20", answer.text
    assert answer.values[0].formula == "1,495.10 + 798.10"

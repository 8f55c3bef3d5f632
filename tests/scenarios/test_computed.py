"""Sums, counts, averages, rankings, lists, shares and differences, over cited rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa_service.types import AnswerStatus, CitationKind
from tests.scenarios.conftest import Ask


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("一共有多少个项目？", "52"),
        ("超过五百万的项目有几个", "3"),
        ("不到1万元的项目有多少个？", "6"),
        ("有几个项目只给了一千块？", "1"),
        ("只列了20万的项目有几个？", "1"),
        ("社保、住房之类的支出大类，有钱的有几类？", "4"),
        ("20万元以上的项目有几个", "32"),
        ("项目支出里资本性支出下面有几个款级科目", "2"),
    ],
)
def test_rows_are_counted(ask: Ask, question: str, count: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert (answer.values[0].value, answer.values[0].unit) == (count, "个")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("公车运行维护费平摊到现有的每辆车上，一辆合多少万元？", "2.20"),
        ("按现有的车来算，平均一辆车一年的运行维护费是多少万元？", "2.20"),
        ("业务用房和东南片办税场地这两笔租赁经费，合在一起多少万元？", "2,293.20"),
        ("业务用房的租赁经费，再加上东南片办税场地的，房租总共多少？", "2,293.20"),
        ("两个同名的“一般行政管理事务”合在一起是多少？", "5,717.68"),
        ("办公费不论基本还是项目，都算上是多少？", "170.18"),
        ("租政务云跟建多云管理平台，哪个更费钱？", "52.97"),
        ("光业务用房租赁经费一项，就占了项目支出的百分之几？", "25.36"),
        ("三公里头公车占几成？", "81.48"),
        ("水电费合计要花多少？", "179.56"),
        ("拟购置的固定资产，相当于现有固定资产的百分之几？", "3.39"),
        ("8个信息系统做等级保护测评，均摊到每个系统合多少万？", "4.56"),
        ("政府采购跟总支出一比，占比多大？", "59.29"),
        ("三公经费里面，公车（购置加上运行维护）占百分之几？", "81.48"),
        ("租房的两笔，业务用房加上东南片办税场地，一共多少？", "2,293.20"),
        ("测评的两个项目，就是验收测评和等保测评，共需多少万？", "59.88"),
        ("项目支出占比是多少？", "62.10"),
        ("基本支出里办公费占商品和服务支出的几成", "6.23"),
        ("花在科学技术上的钱占总支出的几成？", "15.70"),
        ("社保就业和住房保障两类支出总共多少？", "1,062.18"),
        ("职业年金和养老保险两项，一年要缴多少钱？", "309.00"),
        ("电费占项目支出里商品和服务支出的比例？", "2.98"),
        ("项目支出里，委托业务费相当于租赁费的百分之几？", "69.15"),
        ("自助服务这块，租终端跟平台运维，哪头花得多？", "10.15"),
        ("政府采购里，买服务的多还是买货物的多？", "5,263.13"),
        ("门户网站内容运营和新媒体管理那个项目，要比网站平台运维高出多少？", "86.35"),
        ("租政务云的钱跟租裸光纤的钱，一共多少？", "170.90"),
        ("窗口外包的钱、餐饮外包的钱，总共花多少？", "488.10"),
        ("这些“通讯链路”租赁项目加起来多少钱？", "79.38"),
        ("最贵的两个项目凑一块儿多少钱？", "2,293.20"),
        ("一般公共服务、科学技术这类支出一共多少钱？", "8,430.79"),
        ("政务云跟自助终端都要租，哪头花得多？", "30.07"),
        ("窗口和餐饮都要外包，哪边花得多？", "188.10"),
        ("自助服务平台和监控系统，哪头投进去的钱多？", "16.71"),
        ("只看项目支出：委托业务费占商品和服务支出的比重是多少？", "31.88"),
    ],
)
def test_amounts_that_are_named_in_few_words_are_worked_out(
    ask: Ask, question: str, value: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value
    assert answer.values[0].formula
    assert answer.citations


def test_very_many_rows_are_one_citation_that_names_them(ask: Ask) -> None:
    answer = ask("一共有多少个项目？")
    (citation,) = answer.citations
    assert citation.kind is CitationKind.ROWS
    assert citation.rows_count == 52
    assert "餐饮服务外包项目 150.00" in citation.quote


def test_a_border_belongs_to_what_the_word_says(ask: Ask) -> None:
    assert (
        ask("150万元以上的项目有几个").values[0].value
        != ask("超过150万元的项目有几个").values[0].value
    )


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("哪个项目花钱最多？", ["业务用房租赁经费"]),
        (
            "预算倒数前三的项目是哪些？",
            [
                "区管退休干部节日慰问项目",
                "天河区政务服务数据管理局天河区新开办企业免费刻章服务场地视频监控建设项目",
                "中心机房业务服务器升级综合布线改造项目",
            ],
        ),
        ("排第二的项目是哪个", ["天河区东南片办税服务场地租赁经费"]),
    ],
)
def test_rows_are_ranked(ask: Ask, question: str, names: list[str]) -> None:
    answer = ask(question)
    assert [value.label for value in answer.values] == names, answer.text
    assert [c.row.label for c in answer.citations if c.row] == names


def test_the_named_rows_are_added_up(ask: Ask) -> None:
    answer = ask("基本支出里印刷费、咨询费、手续费加起来多少？")
    assert answer.values[0].value == "8.10"
    assert answer.values[0].formula == "5.00 + 3.00 + 0.10"


def test_the_sum_of_all_is_the_printed_one(ask: Ask) -> None:
    answer = ask("所有项目加起来一共多少钱？")
    assert answer.values[0].value == "5,894.78"
    assert any("0.04" in notice for notice in answer.notices)


def test_an_average_shows_what_was_divided(ask: Ask) -> None:
    answer = ask("平均每个项目多少钱")
    assert answer.values[0].formula == "5,894.78 ÷ 52"
    assert abs(Decimal(answer.values[0].value) - Decimal("113.36")) < Decimal("0.01")


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("“三公”经费占总预算的比例是多少？", "0.057"),
        ("科学技术支出占总支出的百分之几", "15.70"),
        ("项目支出占总预算的比重", "62.10"),
    ],
)
def test_a_share_has_its_formula(ask: Ask, question: str, share: str) -> None:
    answer = ask(question)
    assert (answer.values[0].value, answer.values[0].unit) == (share, "%"), answer.text
    assert "÷" in (answer.values[0].formula or "")


def test_two_amounts_are_compared(ask: Ask) -> None:
    answer = ask("电费和水费哪个多？相差多少？")
    assert answer.values[0].value == "160.16"
    assert answer.values[0].formula == "169.86 - 9.70"
    assert answer.text.startswith("电费更多")


@pytest.mark.parametrize(
    "question",
    [
        "项目平均多少人参与",
        "哪个项目最受欢迎",
        "教育项目一共多少钱",
        "租赁费占总预算的比例",
        "最好的三个项目",
    ],
)
def test_what_is_not_understood_is_not_computed(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is not AnswerStatus.ANSWERED, answer.text

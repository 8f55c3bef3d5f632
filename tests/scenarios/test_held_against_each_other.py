"""What two amounts are to each other: the largest and the next, the ends of an order, a rest."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("预算最高的项目和第二高的项目差多少", "697.00", "万元"),
        ("最大的项目是第三大的项目的几倍", "2.68", "倍"),
        ("第二大的项目比第三大的多多少", "239.79", "万元"),
        ("工资福利支出下面最大的科目比第二大的多多少", "146.67", "万元"),
        ("所有项目里，预算最高的和最低的差多少", "1,495.00", "万元"),
        ("公务接待费、印刷费和福利费，最高的比最低的多多少", "89.83", "万元"),
        ("工资福利支出下面的科目，最大的是最小的几倍", "72.45", "倍"),
        ("基本支出加项目支出，离总支出还差多少", "0.01", "万元"),
        ("项目里的租赁费是基本支出里租赁费的几倍", "524.76", "倍"),
        ("情况说明里的三公经费比表8的三公经费多多少", "0.00", "万元"),
        ("排名第一的项目是排名第三的项目的几倍", "2.68", "倍"),
        ("培训费和会议费相差几倍", "3.33", "倍"),
        ("听说公车费涨了，实际比去年多了多少", "0.00", "万元"),
    ],
)
def test_both_amounts_are_honoured(ask: Ask, question: str, value: str, unit: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert (answer.values[0].value, answer.values[0].unit) == (value, unit)


@pytest.mark.parametrize(
    "question",
    [
        "水费、电费、邮电费三个差多少",
        "办公费和最大的那个差多少倍",
        "第二大的项目差多少到它前面那个",
        "项目支出比基本支出多几倍",
        "哪个项目涨得最多",
        "三公经费和行政经费谁涨得多",
    ],
)
def test_one_amount_is_no_answer_to_what_two_are_to_each_other(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("三公经费是多少", "里面接待费呢", "这是三公的百分之几"), "18.52"),
        (("住房保障支出是多少", "那相当于会议费的几倍"), "491.09"),
        (("住房保障支出是多少", "其中购房补贴呢", "除掉它还剩多少"), "214.00"),
        (("三公经费是多少", "其中公务接待费呢", "其余的一共多少"), "4.40"),
        (("政府采购预算是多少", "其中服务类呢", "除去服务类还有多少"), "182.73"),
    ],
)
def test_the_last_amount_is_held_against_the_one_before_it(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("三公经费最少的是哪个局", ["3.00", "5.00", "2.00"]),
        ("两家单位的公务接待费由高到低是怎么个次序", ["3.00", "5.00", "2.00"]),
        ("两个部门的三公经费，最高的是最低的几倍", ["2.50", "5.00", "2.00"]),
        ("甲州信访的三公比甲州发改的少多少", ["3.00", "5.00", "2.00"]),
    ],
)
def test_departments_are_ranked_and_held_together(
    two: Service, question: str, values: list[str]
) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [value.value for value in answer.values] == values


def test_another_department_has_the_like(two: Service) -> None:
    answer = talk(two, "发改委的公务接待费是多少", "信访局也有一笔同样的，是多少")
    assert answer.values[0].value == "2.00", answer.text


@pytest.mark.parametrize(
    "question", ["哪个局的三公经费减得最多", "信访局的三公经费比去年多多少，发改委呢"]
)
def test_a_change_is_of_one_department(two: Service, question: str) -> None:
    assert not two.ask(Question(question)).values


def test_units_spoken_of_after_one_department_are_its_own(two: Service) -> None:
    answer = talk(two, "信访局的三公经费是多少", "两家单位的三公经费加起来多少")
    assert "发展和改革" not in answer.text


def test_whose_amount_it_is_where_another_department_has_half_of_it(two: Service) -> None:
    answer = two.ask(Question("接待大厅的运行资金要花多少钱"))
    assert answer.values[0].value == "10.00", answer.text

"""The units below a department: what each has, and all of them together."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service
from tests.scenarios.conftest import talk


@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (("信访局第一服务中心的预算多少",), ["3.00"]),
        (("信访局下属的第一服务中心收入合计多少",), ["3.00"]),
        (("信访局本级的预算是多少",), ["10.00"]),
        (("信访局本级的基本支出多少",), ["3.00"]),
        (("信访局的收入预算总额是多少",), ["14.00"]),
        (("信访局第一服务中心的收入预算是多少", "第二服务中心呢"), ["1.00"]),
        (("信访局的收入预算是多少", "那下面的第一服务中心呢"), ["3.00"]),
    ],
)
def test_the_budget_of_a_unit_is_all_that_it_has(
    two: Service, turns: tuple[str, ...], values: list[str]
) -> None:
    answer = talk(two, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [v.value for v in answer.values] == values


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("信访局两个下属单位的项目支出一共多少", ["4.00", "3.00", "1.00"]),
        ("信访局三个单位的基本支出分别是多少", ["3.00", "2.00", "1.00"]),
        ("信访局的单位里收入不到2万元的有几家", ["1", "1.00"]),
        ("信访局三个单位的合计数加起来，和总的合计差多少", ["0.00", "14.00", "14.00"]),
        ("信访局第一服务中心和第二服务中心，基本支出哪个高，高多少", ["1.00", "2.00", "1.00"]),
        ("信访局第一服务中心的预算比第二服务中心多多少", ["2.00", "3.00", "1.00"]),
        ("信访局的基本支出，第一服务中心一家就用掉百分之多少", ["33.33", "2.00", "6.00"]),
        ("信访局的基本支出里，局本级占几成", ["50.00", "3.00", "6.00"]),
        ("信访局第一服务中心有哪些项目超过一万五", ["2.00"]),
        ("信访局各单位的预算从高到低排一下", ["10.00", "3.00", "1.00"]),
    ],
)
def test_units_are_added_up_counted_and_compared(
    two: Service, question: str, values: list[str]
) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [v.value for v in answer.values] == values
    assert answer.citations


def test_a_unit_is_told_from_the_department_by_name(two: Service) -> None:
    """The department's own line is no amount of the whole department."""
    answer = two.ask(Question("信访局本级有几个项目"))
    assert answer.values[0].value == "2"
    assert "本级" in answer.text


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("信访局和发改委的三公经费各是多少", "两家相差多少"), "3.00"),
        (("论三公经费，信访局和发改委哪家高，高多少",), "3.00"),
        (("市信访局、甲州发改委两家谁的三公经费大？大多少万元？",), "3.00"),
    ],
)
def test_departments_are_compared_in_any_order_of_words(
    two: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(two, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_a_department_alone_asks_for_no_amount(two: Service) -> None:
    """科技局呢 after a reason asks for the reason of the other one, and not for its budget."""
    answer = talk(two, "信访局公务接待费为什么减少？", "发改委呢？")
    assert not answer.values

"""What is asked of several departments that is no amount: each is told with its name."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service
from tests.scenarios.two_departments import TEXTS


@pytest.mark.parametrize(
    "question",
    [
        "两个部门的主要职责第一条各是什么？",
        "发改委和信访局的主要职责分别有哪些？",
        "各部门的主要职责都写了什么？",
        "这两个局的职责，各自是怎么写的？",
    ],
)
def test_each_department_is_told_with_its_name(two: Service, question: str) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert all(f"{department}：" in answer.text for department in TEXTS)
    assert {c.document.department for c in answer.citations} == set(TEXTS)


@pytest.mark.parametrize(
    ("question", "department", "other"),
    [
        ("粮食储备资金归谁管？", "甲州市发展和改革委员会", "甲州市信访局"),
        ("接待大厅运行资金是哪个部门负责管理的？", "甲州市信访局", "甲州市发展和改革委员会"),
    ],
)
def test_whose_duty_it_is_is_told_by_the_departments_name(
    two: Service, question: str, department: str, other: str
) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.text.startswith(department)
    assert other not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "发改委和信访局，谁的办公用房租得贵？",
        "三个部门的主要职责第一条各是什么？",
        "哪几个局设了信访科？",
    ],
)
def test_what_not_all_of_them_tell_is_not_told(two: Service, question: str) -> None:
    assert two.ask(Question(question)).status is not AnswerStatus.ANSWERED

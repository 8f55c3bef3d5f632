"""The price of one of many, and the amount of a part of the year, which no budget tells."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import talk


@pytest.mark.parametrize(
    "question",
    [
        "印章多少钱一枚",
        "电话费多少钱一分钟",
        "一台排队叫号机租金多少",
        "一条裸光纤要多少钱",
        "租一个摄像头多少钱",
        "一平方米的物业费是多少",
        "一次培训要多少钱",
        "3月发多少奖金",
        "11月份电费多少",
        "第二季度的会议费多少",
        "二季度差旅费",
        "下半年印刷费是多少",
    ],
)
def test_no_whole_amount_is_told_for_one_or_for_a_month(service: Service, question: str) -> None:
    assert talk(service, question).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("一年的电费是多少", "169.86"),
        ("建一个街道排队叫号系统花多少钱", "4.80"),
        ("2024年电费多少钱一共", "169.86"),
    ],
)
def test_the_whole_is_told_where_it_is_asked_for(
    service: Service, question: str, value: str
) -> None:
    answer = talk(service, question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value

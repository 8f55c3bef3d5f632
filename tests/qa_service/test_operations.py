"""What an answer's plan says was done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import Operation, Question
from qa_service.wiring import Service, open_service


@pytest.fixture(scope="module")
def service(sample_settings: Settings) -> Iterator[Service]:
    with open_service(sample_settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("电费是多少", Operation.LOOKUP),
        ("机关运行经费比上年增加了多少", Operation.GROWTH),
        ("一共有多少个项目", Operation.COUNT),
        ("哪个项目花钱最多", Operation.RANK),
        ("什么是其他收入", Operation.DEFINE),
        ("今年预算为什么减少", Operation.REASON),
        ("餐饮服务外包项目是做什么的", Operation.DESCRIBE),
    ],
)
def test_the_plan_says_what_was_done(service: Service, question: str, operation: Operation) -> None:
    plan = service.ask(Question(question)).plan
    assert plan is not None
    assert plan.operation is operation

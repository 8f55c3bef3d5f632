"""What stands beside the passage that was told last, pointed at by its place."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import talk


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("基本支出是什么意思", "下一条呢"), "七、项目支出"),
        (("基本支出是什么意思", "它上面那条是什么"), "五、用事业基金弥补收支差额"),
        (("基本支出是什么意思", "下一条呢", "再下一条呢"), "八、经营支出"),
        (("项目支出怎么解释", "前一个词呢"), "六、基本支出"),
        (("网上中介服务超市归谁管", "再往下一条讲什么"), "（九）"),
        (("名词解释里“经营支出”怎么说？", "它前面那条项目支出呢？"), "七、项目支出"),
        (("基本支出是什么意思", "后面那条经营支出怎么说"), "八、经营支出"),
    ],
)
def test_the_neighbour_is_told(service: Service, turns: tuple[str, ...], told: str) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.text.startswith(told)


@pytest.mark.parametrize(
    "turns",
    [
        ("财政拨款收入是什么意思", "上一条呢"),
        ("餐饮服务外包项目是做什么的？", "它后面那个项目呢"),
        ("公务接待费是多少", "下一项呢"),
        ("培训费多少钱", "上面那一条呢"),
    ],
)
def test_what_is_not_known_to_stand_there_is_not_told(
    service: Service, turns: tuple[str, ...]
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.NOT_FOUND, answer.text
    assert answer.values == ()

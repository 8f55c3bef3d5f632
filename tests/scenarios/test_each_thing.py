"""One thing asked of each of several: each is told and cited, or the asker is told to ask alone."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from tests.scenarios.conftest import Ask

EACH = [
    ("短信平台、餐饮外包，各自做什么？", ("统一短信平台", "早午餐")),
    ("食堂的、发短信的和印执照的，分别靠哪三个项目？", ("早午餐", "短信", "营业执照")),
    ("数据资源共享、网上中介服务超市这两摊事，分别归谁管？", ("（六）", "（八）")),
    ("三公经费和机关运行经费，各是什么意思？", ("“三公”经费", "行政经费")),
    ("裸光纤链路和通讯链路租赁，分别接入了多少个点？", ("150个点位", "300个点")),
]

ASKED_BACK = [
    "餐饮外包和幼儿园接送，各做什么？",
    "统一短信平台、无人机巡河，分别要达到什么目标？",
]


@pytest.mark.parametrize(("question", "told"), EACH)
def test_each_is_told(ask: Ask, question: str, told: tuple[str, ...]) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert all(words in answer.text for words in told), answer.text
    assert all(f"[{citation.n}]" in answer.text for citation in answer.citations)


@pytest.mark.parametrize("question", ASKED_BACK)
def test_one_of_them_is_not_told_in_place_of_both(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND, answer.text
    assert answer.citations == ()

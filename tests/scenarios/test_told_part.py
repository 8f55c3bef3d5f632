"""Long passages: the sentence that answers is told, and the whole of it is quoted."""

from __future__ import annotations

import pytest

from tests.scenarios.conftest import Ask

SENTENCES = [
    ("政务服务大厅归谁统筹管理？", "负责统筹管理区政务服务大厅工作。", "（三）"),
    ("街道的政务服务谁来考核？", "指导、协调、监督、考核各部门和各街道政务服务工作。", "（三）"),
    (
        "谁去外头宣传天河的投资环境？",
        "宣传推介天河政务环境和投资环境，协助区政府有关部门、行业组织和国内外相关机构进行业务交流。",
        "（九）",
    ),
]

WHOLE = [
    "主要职责第三条是什么？",
    "什么是其他收入？",
    "局工作业务经费的绩效目标是什么？",
    "下属单位有哪些？",
]


@pytest.mark.parametrize(("question", "sentence", "item"), SENTENCES)
def test_the_sentence_that_answers_is_told(
    ask: Ask, question: str, sentence: str, item: str
) -> None:
    answer = ask(question)
    assert answer.text.startswith(f"{sentence}[1]"), answer.text
    first = answer.citations[0]
    assert first.item == item
    assert sentence in first.quote
    assert len(first.quote) > len(sentence)


@pytest.mark.parametrize("question", WHOLE)
def test_what_is_asked_for_as_a_whole_is_told_whole(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.citations[0].quote in answer.text


def test_a_reason_is_told_without_what_stands_before_it(ask: Ask) -> None:
    answer = ask("机关运行经费为什么增加？")
    assert "按经济业务实际情况编列经济科目" in answer.text
    assert "被装购置费" not in answer.text
    assert "被装购置费" in answer.citations[0].quote

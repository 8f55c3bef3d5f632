"""Lists and numbers of things: how many there are comes first, where that is sure."""

from __future__ import annotations

import pytest

from tests.scenarios.conftest import Ask


@pytest.mark.parametrize(
    ("question", "label", "number"),
    [
        ("下属单位有几个？", "下属单位", "3"),
        ("下属单位有哪些？", "下属单位", "3"),
        ("底下挂着几家单位？", "下属单位", "3"),
        ("内设机构有哪些？", "内设机构", "14"),
        ("主要职责有几条？", "主要职责", "12"),
        ("主要职责有哪些？", "主要职责", "12"),
        ("名词解释有哪些？", "名词解释", "10"),
        ("登记注册的科有几个？", "名称含“登记注册”的内设机构", "6"),
    ],
)
def test_a_list_comes_with_its_number(ask: Ask, question: str, label: str, number: str) -> None:
    answer = ask(question)
    value = answer.values[0]
    assert (value.label, value.value) == (label, number)
    assert set(value.citations) == {citation.n for citation in answer.citations}
    assert number in answer.text[:20]


def test_projects_that_were_found_are_not_said_to_be_all(ask: Ask) -> None:
    answer = ask("租房子、租场地的项目有哪些？")
    assert answer.text.startswith(f"找到{len(answer.citations)}个项目：")


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("跟刻章有关的项目有哪些？", 2),
        ("涉及视频会议的项目有哪几个？", 3),
        ("刻章这方面，列了哪几个项目？", 2),
    ],
)
def test_all_projects_that_have_to_do_with_something_are_told(
    ask: Ask, question: str, number: int
) -> None:
    answer = ask(question)
    assert answer.text.startswith(f"项目共{number}个")
    assert len({c.row.id for c in answer.citations if c.row}) == number


@pytest.mark.parametrize(
    "question",
    [
        "这份预算包括几家单位？",  # the body itself is one as well
        "三公经费是哪三样？",
        "机关运行经费包括哪些费用？",
        "基本支出和项目支出有什么区别？",
        "网上中介服务超市归谁管？",
    ],
)
def test_what_is_not_surely_counted_is_told_without_a_number(ask: Ask, question: str) -> None:
    assert not ask(question).values

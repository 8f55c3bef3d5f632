"""Projects that have to do with something, listed, counted or told with their amounts."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("绩效目标里提到“热线”的项目有几个", ["政务智能咨询热线", "市民诉求数据分析系统"]),
        (
            "评审、监理、符合性检查，这几样分别是哪几个项目在做",
            ["定点评审", "信息化建设监理", "符合性检查"],
        ),
    ],
)
def test_the_goals_of_all_that_are_related_are_told(
    ask: Ask, question: str, titles: list[str]
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == str(len(titles))
    rows = [citation.row.label for citation in answer.citations if citation.row]
    assert all(any(title in row for row in rows) for title in titles)


def test_several_things_of_which_one_is_unknown_are_no_list(ask: Ask) -> None:
    answer = ask("评审、火星探测、符合性检查，这几样分别是哪几个项目在做")
    assert not any(value.value == "3" for value in answer.values)


def test_the_amounts_of_all_that_are_related_are_told(ask: Ask) -> None:
    answer = ask("跟刻章有关的项目要花多少钱")
    assert answer.route is Route.NUMERIC
    assert {value.value for value in answer.values} >= {"281.56", "0.16"}


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("短信平台是做什么的", "别的项目有没有带群发短信功能的"), "场所码"),
        (("主要职责第三条是什么", "接着往下一条"), "（四）"),
        (("监控的项目是做什么的", "不是机房也不是刻章那个，我说的雪亮工程"), "视频综合网"),
        (("经营收入什么意思", "花出去的那头，对应的词怎么讲"), "经营支出"),
        (("方案编制服务多少钱", "是给哪几个项目做咨询"), "立项咨询"),
    ],
)
def test_another_thing_than_the_last_is_told(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


def test_a_department_named_alone_is_asked_what_of_it_and_remembered(two: Service) -> None:
    first = talk(two, "信访局")
    assert first.status is AnswerStatus.CHAT
    assert first.suggestions
    assert talk(two, "信访局", "三公经费是多少").values[0].value == "2.00"


@pytest.mark.parametrize(
    "question", ["两个部门的三公经费谁最多", "哪个部门的三公经费最多", "各部门的三公经费分别是多少"]
)
def test_all_departments_stand_for_their_names(two: Service, question: str) -> None:
    answer = talk(two, question)
    assert {"5.00", "2.00"} <= {value.value for value in answer.values}, answer.text


def test_more_departments_than_are_indexed_are_not_all(two: Service) -> None:
    assert talk(two, "三个部门的三公经费谁最多").status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize("question", ["办公室主任是哪位", "谁是局长", "信息科科长姓什么"])
def test_no_list_tells_who_somebody_is(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("因公出国费的增长率怎么是两条横杠", "不可比"),
        ("三公经费跟去年一分不差，怎么解释", "与上年持平"),
        ("养人的钱加上日常办公的钱，合起来统称叫什么", "基本支出"),
        ("前几年进门扫的那个码停用了，系统现在做什么用", "人口"),
        ("电子证照系统：金额和用途都说一下。", "11.49"),
    ],
)
def test_the_passage_that_is_meant_is_told(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


def test_a_sort_of_projects_is_asked_back(ask: Ask) -> None:
    answer = ask("运维项目是保障什么的？")
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarification is not None
    assert len(answer.clarification.options) > 1


def test_subjects_are_listed_by_no_text(ask: Ask) -> None:
    answer = ask("除住房公积金外，住房保障支出下面还有哪些科目")
    assert answer.status is AnswerStatus.NOT_FOUND

"""Questions that name what they are about are read by themselves, whatever was said before."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import talk


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("会议费是多少", "贵局一年预算多少"), "9,492.97"),
        (("培训费安排多少", "全年一共要花多少钱"), "9,492.97"),
        (("会议费是多少", "我们部门比上年少用了多少钱"), "1,083.01"),
        (("水费是多少", "超过两百万的项目有多少个"), "7"),
        (("电费多少", "总共有几个项目"), "52"),
        (("差旅费多少", "花得最多的项目是哪个"), "1,495.10"),
        (("邮电费多少", "最便宜的项目是什么"), "0.10"),
        (("餐饮服务外包是做什么的", "哪个项目最贵"), "1,495.10"),
        (("大厅物业多少钱", "今年的预算比去年少多少"), "1,083.01"),
        (("水费是多少", "收入一共多少"), "9,492.97"),
        (("项目支出多少", "收入多少"), "9,492.97"),
        (("外包项目有哪些", "你们一共花多少钱"), "9,492.97"),
        (("水费比去年少吗", "咱们局一年花多少"), "9,492.97"),
        (("外包项目有几个", "一共有多少个项目"), "52"),
        (("哪个项目最贵", "有多少个项目"), "52"),
        (("水费是多少", "有几辆车"), "2"),
    ],
)
def test_a_question_with_its_own_subject_stands_alone(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("统一短信平台是做什么的", "一年预算多少"), "24.42"),
        (("餐饮服务外包是做什么的", "总共要花多少钱"), "150.00"),
        (("三公经费是多少", "哪个最多"), "4.40"),
        (("外包项目有哪些", "一共有多少个项目"), "3"),
        (("水费是多少", "那电费呢", "一共多少"), "179.56"),
    ],
)
def test_what_is_left_out_is_still_told_by_the_last_turn(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (("邮电费多少", "两个都要"), ("12.00", "24.60")),
        (("印刷费多少", "都说一下"), ("5.00", "88.81")),
        (("印刷费多少", "第二个"), ("88.81",)),
        (("印刷费多少", "我要第一个"), ("5.00",)),
        (("印刷费多少", "合计呢"), ("93.81",)),
        (("印刷费多少", "全都要", "合计"), ("93.81",)),
        (("印刷费多少", "差多少"), ("83.81",)),
    ],
)
def test_what_was_offered_is_pointed_at(
    service: Service, turns: tuple[str, ...], values: tuple[str, ...]
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert {v.value for v in answer.values} >= set(values)
    assert len({v.label for v in answer.values}) == len(answer.values)


@pytest.mark.parametrize(
    "turns",
    [
        ("2026年预算呢",),
        ("2025年的采购呢",),
        ("机关运行经费为什么涨了", "2025年呢"),
    ],
)
def test_a_year_that_is_not_indexed_is_said_to_be_missing(
    service: Service, turns: tuple[str, ...]
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "年" in answer.text

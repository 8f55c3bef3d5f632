"""A part is not told for a whole, nor a whole for a part."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import talk


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("政府采购中货物是多少", ("182.73",)),
        ("政府采购总额多少，其中货物多少", ("5,628.59", "182.73")),
        ("三公经费多少，里面接待费有多少", ("5.40", "1.00")),
        ("邮电费总共多少", ("36.60", "12.00", "24.60")),
        ("办公费合计是多少", ("170.18", "20.00", "150.18")),
        ("水电费、差旅费加起来多少", ("185.56",)),
        ("运维类的项目有几个", ("8",)),
    ],
)
def test_each_amount_is_told_that_was_asked_for(
    service: Service, question: str, values: tuple[str, ...]
) -> None:
    answer = talk(service, question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [v.value for v in answer.values][: len(values)] == list(values)


@pytest.mark.parametrize(
    "question", ["信息化建设一年花多少", "城市大脑花多少钱", "三公经费有几个人", "人员支出是多少"]
)
def test_nothing_near_it_is_told_in_its_place(service: Service, question: str) -> None:
    assert talk(service, question).status is AnswerStatus.NOT_FOUND


def test_the_whole_project_is_said_to_be_told_for_one_thing_of_many(service: Service) -> None:
    answer = talk(service, "定制手提袋花多少钱")
    assert answer.values[0].value == "78.64"
    assert "整个项目" in answer.text
    assert "整个项目" not in talk(service, "餐饮服务外包多少钱").text


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("哪个项目最贵", "这个项目是干什么的", "第二名呢", "第三名呢"), "558.31"),
        (("哪两个项目花钱最多", "再列两个"), "558.31"),
        (("哪三个项目花钱最少", "接着列两个"), "0.45"),
        (("最贵的四个项目", "再列四个", "加起来多少"), "1,068.68"),
        (("商品和服务支出里的基本支出是多少", "其中最大的是哪项"), "90.83"),
        (("对个人和家庭的补助多少", "最大的是哪一项"), "16.55"),
        (("水费多少", "水费有几个人用", "换成元"), "97,000"),
    ],
)
def test_a_conversation_goes_on_where_it_was(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_the_other_projects_are_listed_without_the_last_one(service: Service) -> None:
    answer = talk(service, "餐饮服务外包项目多少钱", "还有别的项目吗")
    assert len(answer.values) == 51
    assert "餐饮服务外包项目" not in {v.label for v in answer.values}

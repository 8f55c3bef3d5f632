"""The key project of a budget, spoken of as the only one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.scenarios.conftest import Ask
from tests.scenarios.two_departments import TEXTS, written

NAME = "天河区政府门户网站内容运营和区政务新媒体管理服务项目"


@pytest.mark.parametrize(
    "question",
    [
        "被列为重点的那个项目，预算是多少？",
        "唯一的重点项目要花多少钱",
        "重点项目安排了多少钱？",
        "重点项目绩效目标表里的那个项目多少钱",
        "那个重点项目要多少钱",
    ],
)
def test_its_amount_is_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [value.value for value in answer.values] == ["111.95"]
    assert NAME in answer.text


@pytest.mark.parametrize(
    "question", ["单独拎出来的那个重点项目是做什么的？", "选为重点的那个项目要达到什么目标"]
)
def test_its_goal_is_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert {c.row.label for c in answer.citations if c.row} == {NAME}, answer.text


def test_a_duty_that_speaks_of_key_projects_is_no_project(ask: Ask) -> None:
    answer = ask("全区重点项目代办服务由谁来督办？")
    assert answer.values == ()
    assert "（九）" in answer.text


TABLE = """表6重点项目绩效目标表
单位：万元

项目名称\t预算金额\t绩效目标
合计\t1.60\t
服务窗口设备更新\t1.00\t更新服务窗口设备。
热线话机更新\t0.60\t更新热线话机。

注：无。
"""


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over one department with two key projects."""
    folder = tmp_path_factory.mktemp("key")
    department, amounts = next(iter(TEXTS.items()))
    (folder / "1.txt").write_text(written(department, *amounts) + TABLE, "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, [folder / "1.txt"], Silent())
    with open_service(settings) as service:
        yield service


@pytest.mark.parametrize("question", ["重点项目要多少钱？", "被列为重点的那个项目，金额是多少"])
def test_one_of_several_is_not_told_as_the_only_one(some: Service, question: str) -> None:
    answer = some.ask(Question(question))
    assert [value.value for value in answer.values] == ["1.00", "0.60"], answer.text


def test_the_amounts_of_several_are_added_up(some: Service) -> None:
    answer = some.ask(Question("重点项目一共多少钱？"))
    assert answer.status is not AnswerStatus.ANSWERED or answer.values[0].value == "1.60"

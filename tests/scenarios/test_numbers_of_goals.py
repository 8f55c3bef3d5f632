"""What a goal is to reach and how often something is done: told by the goal, never by money."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.scenarios.conftest import talk
from tests.scenarios.two_departments import TEXTS, written

GOAL = "更新服务窗口设备，每季度报送进度，全年组织检修专项行动不少于14次，群众满意度达到92%以上。"


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over one department, of whose goals one prints numbers."""
    folder = tmp_path_factory.mktemp("numbers")
    department, amounts = next(iter(TEXTS.items()))
    text = written(department, *amounts).replace("更新服务窗口设备。", GOAL)
    (folder / "1.txt").write_text(text, "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, [folder / "1.txt"], Silent())
    with open_service(settings) as service:
        yield service


@pytest.mark.parametrize(
    "question",
    [
        "服务窗口设备更新，群众满意度要达到多少？",
        "服务窗口设备更新的满意度不能低于百分之几",
        "服务窗口设备更新这个项目，群众满意度目标是多少",
        "服务窗口设备更新，多久要报一次进度？",
        "服务窗口设备更新，隔多久报一回？",
        "服务窗口设备更新，一年最少要组织多少次专项行动？",
        "服务窗口设备更新，全年专项行动至少搞几趟",
    ],
)
def test_the_goal_tells_its_own_number(one: Service, question: str) -> None:
    answer = one.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert all(value.unit != "万元" for value in answer.values)
    assert "92%" in answer.text
    assert "万元" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "办公用房租赁的满意度要达到多少？",
        "办公用房修缮的完成率要达到多少？",
        "服务窗口设备更新的故障率要低于多少？",
    ],
)
def test_no_amount_of_money_is_a_degree(one: Service, question: str) -> None:
    answer = one.ask(Question(question))
    assert answer.values == ()
    assert "万元" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "服务窗口设备更新要多少钱，满意度要达到多少？",
        "服务窗口设备更新的满意度要达到多少，预算是多少？",
        "服务窗口设备更新这件事，要出多少、一年搞几回专项行动？",
    ],
)
def test_the_amount_is_told_beside_it_where_both_are_asked(one: Service, question: str) -> None:
    answer = one.ask(Question(question))
    assert [value.value for value in answer.values] == ["1.00"], answer.text
    assert "92%" in answer.text


def test_the_degree_is_asked_of_the_project_told_last(one: Service) -> None:
    answer = talk(one, "服务窗口设备更新要多少钱？", "群众满意度要达到多少？")
    assert "92%" in answer.text
    assert answer.values == ()

"""Two departments of one name in two cities, one of them with （汇总） printed behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import AnswerStatus
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.scenarios.conftest import talk
from tests.scenarios.two_departments import written

_ALIKE = {
    "甲州市信访局": ("2.00", "接待大厅运行资金", "10.00"),
    "乙州市信访局（汇总）": ("7.00", "信访代理资金", "20.00"),
}


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over both."""
    folder = tmp_path_factory.mktemp("alike")
    for number, (department, amounts) in enumerate(_ALIKE.items()):
        (folder / f"{number}.txt").write_text(written(department, *amounts), "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, sorted(folder.glob("*.txt")), Silent())
    with open_service(settings) as service:
        yield service


@pytest.mark.parametrize(
    "question", ["信访局的三公经费是多少", "信访局公务接待费多少", "2026年的三公经费是多少"]
)
def test_a_name_that_two_share_is_asked_back_about(alike: Service, question: str) -> None:
    answer = talk(alike, question)
    assert answer.status is AnswerStatus.CLARIFY, answer.text
    assert answer.clarification is not None
    labels = [option.label for option in answer.clarification.options]
    assert len(labels) == len(set(labels)) == len(_ALIKE)


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("乙州市信访局的三公经费是多少",), "7.00"),
        (("乙州信访局的三公经费是多少",), "7.00"),
        (("乙州市信访局（汇总）的三公经费是多少",), "7.00"),
        (("甲州的信访局三公经费多少",), "2.00"),
        (("信访局的三公经费是多少", "乙州的"), "7.00"),
        (("信访局的三公经费是多少", "第一个"), "7.00"),
        (("信访局的三公经费是多少", "第二个"), "2.00"),
        (("两个信访局的三公经费相差多少",), "5.00"),
    ],
)
def test_the_city_or_the_place_tells_which_is_meant(
    alike: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(alike, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert value in {v.value for v in answer.values}

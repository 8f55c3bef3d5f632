"""Final accounts: lines side by side, 预算数 beside 决算数, units in a list without amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import Answer, AnswerStatus, Question
from qa_service.wiring import build_index, open_service
from tests.conftest import Silent
from tests.scenarios.final_accounts import TEXT

Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask_account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks the service over the one final account."""
    folder = tmp_path_factory.mktemp("account")
    (folder / "account.txt").write_text(TEXT, "utf-8")
    settings = Settings(index_dir=folder / "index")
    report = build_index(settings, [folder / "account.txt"], Silent())
    assert report.published, report.refused
    with open_service(settings) as service:
        yield lambda text: service.ask(Question(text))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("水费花了多少？", "9.00"),
        ("办公费决算是多少", "20.00"),
        ("绩效工资多少", "200.00"),
        ("办公设备购置多少钱", "7.00"),
        ("资本性支出是多少？", "7.00"),
        ("人员经费合计是多少", "300.00"),
        ("公用经费合计多少", "40.00"),
        ("公务接待费决算多少", "4.00"),
        ("公务接待费预算多少", "9.00"),
        ("公务接待费的预算数是多少？", "9.00"),
        ("因公出国费预算数多少", "2.00"),
        ("丙州市水务局年末结转和结余多少", "20.00"),
    ],
)
def test_each_amount_is_that_of_its_own_name(ask_account: Ask, question: str, value: str) -> None:
    answer = ask_account(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [(v.value, v.unit) for v in answer.values] == [(value, "元")]


@pytest.mark.parametrize("question", ["年末结转和结余多少", "水费多少", "因公出国费决算多少"])
def test_what_was_spent_is_called_so(ask_account: Ask, question: str) -> None:
    text = ask_account(question).text
    assert "决算为" in text
    assert "预算" not in text


def test_a_blank_is_said_of_the_cell_that_is_blank_alone(ask_account: Ask) -> None:
    assert "空白" in ask_account("商业服务业等支出多少").text
    assert "空白" not in ask_account("三公经费决算多少").text


@pytest.mark.parametrize(
    "question", ["丙州市水务局公务接待费多少", "市水务局公务接待费多少", "水务局公务接待费多少"]
)
def test_a_department_whose_units_are_added_up_is_known_by_its_name(
    ask_account: Ask, question: str
) -> None:
    answer = ask_account(question)
    assert [value.value for value in answer.values] == ["4.00"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("丙州商务委预算多少", "商务委"),
        ("卫健委决算是多少？", "卫健委"),
        ("丙州市农业农村委花了多少钱", "农村委"),
    ],
)
def test_a_committee_that_is_not_indexed_is_named(
    ask_account: Ask, question: str, said: str
) -> None:
    answer = ask_account(question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert said in answer.text
    assert not answer.values


def test_the_list_of_units_is_told(ask_account: Ask) -> None:
    answer = ask_account("水务局下属有哪些单位？")
    assert "丙州市河道管理中心；丙州市水文站" in answer.text


def test_the_parts_of_a_group_are_ranked_and_added(ask_account: Ask) -> None:
    answer = ask_account("商品和服务支出里最多的是哪一项？")
    assert [value.value for value in answer.values] == ["20.00"]

"""One line that tables of all funds and of fiscal funds print with different amounts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent

TEXT = """2026年
乙州市教育局部门预算

第一部分 乙州市教育局概况

一、主要职责

（一）负责全市教育工作。

第二部分 2026年部门预算表

表1收支总体情况表
单位名称：乙州市教育局
单位：万元

收入\t\t支出\t
项目\t预算\t项目\t预算
一、财政拨款\t80.00\t一、教育支出\t90.00
收入\t\t支出\t
项目\t预算\t项目\t预算
二、事业收入\t20.00\t二、科学技术支出\t10.00
收入总计\t100.00\t支出总计\t100.00

注：无。
表2财政拨款收支总体情况表
单位名称：乙州市教育局
单位：万元

收入\t\t支出\t
项目\t预算\t项目\t预算
一、一般公共预算\t80.00\t一、教育支出\t72.00
\t\t二、科学技术支出\t8.00
收入总计\t80.00\t支出总计\t80.00

注：无。
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("funds")
    (folder / "0.txt").write_text(TEXT, "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, [folder / "0.txt"], Silent())
    with open_service(settings) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("教育支出是多少", ["90.00", "72.00"]),
        ("全年支出预算是多少", ["100.00", "80.00"]),
        ("财政拨款收支总体情况表里的教育支出是多少", ["72.00"]),
    ],
)
def test_all_funds_come_first(service: Service, question: str, values: list[str]) -> None:
    answer = service.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [v.value for v in answer.values] == values


def test_a_share_is_of_all_funds(service: Service) -> None:
    answer = service.ask(Question("教育支出占总支出的百分之几"))
    assert answer.values[0].value == "90.00"


def test_a_header_repeated_inside_a_table_is_no_row(service: Service) -> None:
    (document,) = service.library.documents
    labels = {row.label for table in document.tables for row in table.rows}
    assert not labels & {"收入", "支出", "项目", "预算"}

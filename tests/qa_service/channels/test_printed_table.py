"""Tables back to lines, CSV and HTML, with cells that try to be more than text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from index.records import (
    BudgetDocument,
    Cell,
    CellKind,
    Column,
    ColumnRole,
    DocumentKind,
    Passage,
    PassageKind,
    Place,
    Row,
    RowKind,
    Table,
    TableKind,
)
from qa_service.channels.printed_table import table_csv
from qa_service.channels.source_page import source_page


def _row(ordinal: int, label: str, *cells: tuple[int, str], side: str | None = None) -> Row:
    printed = tuple(Cell(column, text, CellKind.TEXT, None) for column, text in cells)
    place = Place(None, ordinal)
    return Row(
        f"r{ordinal}", ordinal, label, label, None, 1, None, RowKind.LEAF, side, place, printed
    )


def _table(*rows: Row) -> Table:
    columns = (
        Column(0, ("项目",), ColumnRole.LABEL, is_whole=False),
        Column(1, ("本年", "金额"), ColumnRole.AMOUNT, is_whole=True),
        Column(2, ("本年", "备注"), ColumnRole.TEXT, is_whole=False),
    )
    return Table("t", 1, "表<b>", TableKind.OTHER, "万元", None, Place(None, 1), columns, rows)


def _csv(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text", ["-5.00", "-1,234.5", "-3%", "-", "—", "0.00", "", "（一）甲", "a=b"]
)
def test_harmless_texts_stay_as_printed(text: str) -> None:
    assert _csv(_table(_row(1, "甲", (1, "1"), (2, text))))[1][2] == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1", " =1", "-甲"]
)
def test_texts_that_a_spreadsheet_would_run_are_quoted(text: str) -> None:
    assert _csv(_table(_row(1, text, (1, "1"), (2, text))))[1] == [f"'{text}", "1", f"'{text}"]


def test_quotes_commas_and_line_breaks_come_back() -> None:
    text = '甲,"乙"\n丙'
    assert _csv(_table(_row(1, "x", (1, "1"), (2, text))))[1][2] == text


def test_two_sides_share_a_line_and_a_side_may_be_alone() -> None:
    columns = (
        Column(0, ("收入", "项目"), ColumnRole.LABEL, is_whole=False),
        Column(1, ("收入", "预算"), ColumnRole.AMOUNT, is_whole=True),
        Column(2, ("支出", "项目"), ColumnRole.LABEL, is_whole=False),
        Column(3, ("支出", "预算"), ColumnRole.AMOUNT, is_whole=True),
    )
    left, right = _row(1, "甲", (1, "1"), side="收入"), _row(2, "乙", (3, "2"), side="支出")
    right = replace(right, place=left.place)
    alone = _row(3, "丙", (3, "3"), side="支出")
    table = replace(_table(left, right, alone), columns=columns)
    assert _csv(table) == [
        ["收入/项目", "收入/预算", "支出/项目", "支出/预算"],
        ["甲", "1", "乙", "2"],
        ["", "", "丙", "3"],
    ]


def _document(title: str, table: Table, *passages: Passage) -> BudgetDocument:
    kind = DocumentKind.BUDGET
    return BudgetDocument("d", title, title, 2024, kind, title, "", (table,), passages, ())


def test_a_page_shows_what_is_printed_and_runs_none_of_it() -> None:
    evil = "<script>alert('x')</script>\" onload=\"y"
    passage = Passage("p", PassageKind.DUTY, evil, None, None, evil, Place(None, 9))
    page = source_page(_document(evil, _table(_row(1, evil, (2, evil))), passage))
    assert "<script" not in page
    assert 'onload="' not in page
    assert "表1 表&lt;b&gt;" in page
    assert page.count("&lt;script&gt;") >= 6


def test_a_page_spans_the_headers_that_columns_share() -> None:
    page = source_page(_document("标题", _table(_row(1, "甲", (1, "1.00")))))
    assert '<th scope="col" rowspan="2">项目</th><th scope="col" colspan="2">本年</th>' in page
    assert '<tr><th scope="col">金额</th><th scope="col">备注</th></tr>' in page
    assert '<tr id="row-r1">' in page
    assert '<td class="number">1.00</td>' in page

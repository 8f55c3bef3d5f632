"""Every printed amount of the sample is in SQLite, under its table, row, column and line.

The file is read here in a way of its own, and the index with plain SQL: nothing
of the package `index` takes part. What stands in which column was written down
by hand from the document.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from qa_service.settings import Settings

LABEL, CODE, GOAL = "LABEL", "CODE", "GOAL"
TWO_SIDES = (LABEL, "收入/预算", LABEL, "支出/预算")
FUND = (CODE, LABEL) + tuple(
    f"{{}}预算支出/{part}" for part in ("小计", "其中：基本支出", "项目支出")
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "收支总体情况表": TWO_SIDES,
    "收入总体情况表": (
        CODE,
        LABEL,
        "合计",
        "财政拨款收入/一般公共预算",
        "财政拨款收入/政府性基金预算",
        "财政拨款收入/国有资本经营预算",
        "财政专户拨款收入/教育收费",
        "财政专户拨款收入/其他专户收入拨款",
        "其他资金收入/事业收入",
        "其他资金收入/经营收入",
        "其他资金收入/其他收入",
        "上级补助收入",
        "附属单位上缴收入",
        "用事业基金弥补收支差额",
    ),
    "支出总体情况表": (
        CODE,
        LABEL,
        "合计",
        "基本支出",
        "项目支出",
        "事业单位经营支出",
        "对附属单位补助支出",
        "上缴上级支出",
        "结转下年",
    ),
    "财政拨款收支总体情况表": TWO_SIDES,
    "一般公共预算支出情况表（按功能分类科目）": (
        LABEL,
        "一般公共预算支出/小计",
        "一般公共预算支出/其中：基本支出",
        "一般公共预算支出/项目支出",
    ),
    "一般公共预算基本支出情况表（按经济分类科目）": (LABEL, "预算"),
    "一般公共预算项目支出情况表（按经济分类科目）": (LABEL, "预算"),
    "财政拨款安排的行政经费及“三公”经费预算表": (
        LABEL,
        "合计",
        "一般公共预算",
        "政府性基金预算",
        "国有资本经营预算",
    ),
    "政府性基金预算支出情况表": tuple(name.format("政府性基金") for name in FUND),
    "国有资本经营预算支出情况表": tuple(name.format("国有资本经营") for name in FUND),
    "部门预算基本支出预算表": (
        LABEL,
        "总计",
        "财政拨款/合计",
        "财政拨款/一般公共预算",
        "财政拨款/政府性基金预算",
        "财政专户拨款",
        "其他资金",
    ),
    "部门预算项目支出及其他支出预算表": (
        LABEL,
        "总计",
        "财政拨款/合计",
        "财政拨款/一般公共预算",
        "财政拨款/政府性基金预算",
        "财政拨款/国有资本经营预算",
        "财政专户拨款",
        "其他资金",
        GOAL,
    ),
    "重点项目预算绩效目标情况": (LABEL, "预算数（单位：万元）", GOAL),
}
KEY_PROJECTS = "重点项目预算绩效目标情况"
AMOUNT = re.compile(r"-?\d{1,3}(,\d{3})*\.\d\d")


class Printed(NamedTuple):
    """One printed amount with its place."""

    table: str
    label: str
    code: str | None
    column: str
    line: int
    amount: str


def amounts_of_file(path: Path) -> Iterator[Printed]:
    title = ""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        heading = line.removeprefix("六、")
        title = heading if heading in COLUMNS else title
        cells = line.split("\t")
        if len(cells) == 1:
            continue
        label, code = "", None
        for kind, cell in zip(COLUMNS[title], cells, strict=False):
            if kind is CODE:
                code = cell or None
            elif kind is LABEL:
                label = cell
                bracketed = re.match(r"\[(\d+)\]", cell)
                code = bracketed[1] if bracketed else code
            elif AMOUNT.fullmatch(cell):
                yield Printed(title, label, code, kind, number, cell)


def amounts_of_index(settings: Settings) -> Iterator[tuple[Printed, int]]:
    folder = settings.index_dir / (settings.index_dir / "CURRENT").read_text().strip()
    connection = sqlite3.connect(f"file:{folder / 'budget.sqlite'}?mode=ro", uri=True)
    query = """
        SELECT tables.title, rows.printed, rows.code, columns.path, rows.line, cells.printed,
               cells.fen
          FROM cells JOIN rows ON rows.id = cells.row_id
          JOIN tables ON tables.id = rows.table_id
          JOIN columns ON columns.table_id = tables.id AND columns.idx = cells.idx
         WHERE cells.kind = 'amount'
    """
    for title, label, code, path, line, amount, fen in connection.execute(query):
        yield Printed(title, label, code, "/".join(json.loads(path)), line, amount), fen
    connection.close()


@pytest.fixture(scope="module")
def in_file(sample_file: Path) -> list[Printed]:
    return list(amounts_of_file(sample_file))


@pytest.fixture(scope="module")
def in_index(sample_settings: Settings) -> list[tuple[Printed, int]]:
    return list(amounts_of_index(sample_settings))


def test_the_file_prints_987_amounts_on_234_lines_and_one_in_the_key_project_table(
    in_file: list[Printed],
) -> None:
    twelve = [p for p in in_file if p.table != KEY_PROJECTS]
    assert len(twelve) == 987
    assert len({p.line for p in twelve}) == 234
    assert len({p.table for p in twelve}) == 12
    assert [p.amount for p in in_file if p.table == KEY_PROJECTS] == ["111.95"]


@pytest.mark.parametrize("table", COLUMNS)
def test_every_amount_is_indexed_in_its_place_and_nothing_besides(
    in_file: list[Printed], in_index: list[tuple[Printed, int]], table: str
) -> None:
    expected = Counter(p for p in in_file if p.table == table)
    assert expected
    assert Counter(p for p, _ in in_index if p.table == table) == expected


def test_no_amount_is_indexed_under_another_table(in_index: list[tuple[Printed, int]]) -> None:
    assert {p.table for p, _ in in_index} == set(COLUMNS)
    assert len(in_index) == 988


def test_amounts_are_exact_in_fen(in_index: list[tuple[Printed, int]]) -> None:
    for place, fen in in_index:
        assert Decimal(fen) == Decimal(place.amount.replace(",", "")) * 10_000 * 100, place


def test_a_blank_cell_is_no_zero(sample_settings: Settings) -> None:
    folder = sample_settings.index_dir / (sample_settings.index_dir / "CURRENT").read_text()
    connection = sqlite3.connect(f"file:{folder / 'budget.sqlite'}?mode=ro", uri=True)
    blanks = connection.execute("""
        SELECT rows.line, cells.idx, cells.kind, cells.fen FROM cells
          JOIN rows ON rows.id = cells.row_id WHERE cells.printed = '' ORDER BY rows.line
    """).fetchall()
    connection.close()
    assert blanks == [(392, 8, "blank", None), (393, 8, "blank", None)]

"""The reader of printed documents: the sample by figures counted by hand, and a drawn document."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest

import evals.printed
from evals.printed import ColumnKind, Document, read_printed

ROOT = Path(__file__).parent.parent.parent

DRAWN = """
2031年
乙市丙局部门预算

目 录

第一部分 乙市丙局概况

- 一、主要职责

第二部分 2031年部门预算表

- 一、收支总表
- 二、项目支出表

第三部分 名词解释

第一部分 乙市丙局概况

一、主要职责

（一）负责丁。

（二）有关分工。

1. 丙局负责戊，并

负责己。

第二部分 2031年部门预算表

表1

收支总表

单位名称：乙市丙局

单位：元

收入|预算|支出|预算
一、庚|1,000.50|一、辛|-20.00
||二、壬|0.00

收入|预算|支出|预算
收入总计|1,000.50|支出总计|-20.00

注：单位换算有误差。

项目支出表

单位名称：乙市丙局

单位：万元

科目||总计|其中||目标
编码|名称||甲款|乙款|
|合计|9.00|9.00||
201|癸|9.00|9.00||办好癸。

第三部分 名词解释

一、甲款：指甲的
款。

二、乙款：指乙款。
"""


@pytest.fixture(scope="module")
def sample() -> Document:
    (path,) = (ROOT / "index" / "samples").glob("*.txt")
    return read_printed(path)


@pytest.fixture
def drawn(tmp_path: Path) -> Document:
    path = tmp_path / "drawn.txt"
    path.write_text(DRAWN.replace("|", "\t"), "utf-8")
    return read_printed(path)


def test_it_is_independent_of_the_index_and_of_the_service() -> None:
    tree = ast.parse(Path(evals.printed.__file__).read_text("utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    ours = {"index", "qa_service", "evals", "prompts"}
    assert not ours & {name.partition(".")[0] for name in imported}


def test_every_amount_of_the_samples_tables_is_read(sample: Document) -> None:
    """As many as there are cells with two decimals in lines with tabs, and the same ones."""
    (path,) = (ROOT / "index" / "samples").glob("*.txt")
    lines = path.read_text("utf-8").split("\n")
    printed = [
        (number, cell)
        for number, line in enumerate(lines, start=1)
        for cell in line.split("\t")
        if "\t" in line and re.fullmatch(r"-?[\d,]+\.\d\d", cell)
    ]
    read = [
        (row.line, cell.text)
        for table in sample.tables
        for row in table.rows
        for cell in row.amounts
    ]
    assert len(read) == 988
    assert sorted(read) == sorted(printed)


def test_the_samples_tables_have_title_number_and_rows(sample: Document) -> None:
    assert [table.number for table in sample.tables] == [*range(1, 13), None]
    rows = {table.number: len(table.rows) for table in sample.tables}
    assert rows == {1: 38, 2: 19, 3: 19, 4: 32, 5: 19, 6: 35, 7: 16, 8: 7, 9: 1, 10: 1} | {
        11: 6,
        12: 54,
        None: 1,
    }
    assert sample.table("部门预算项目支出及其他支出预算表").unit == "万元"


def test_the_samples_prose_is_read_by_its_headings(sample: Document) -> None:
    assert len(sample.section("主要职责").clauses) == 12
    assert [term.name for term in sample.terms][5:7] == ["基本支出", "项目支出"]
    (paragraph,) = sample.section("机关运行经费安排情况").paragraphs
    assert "专用材料费、被装购置费" in paragraph.text, "a page break cuts it here"


def test_a_document_of_other_words_is_read(drawn: Document) -> None:
    assert (drawn.department, drawn.year) == ("乙市丙局", 2031)
    sides, projects = drawn.tables
    assert [(row.side, row.name, row.amounts[0].amount) for row in sides.rows] == [
        ("收入", "庚", Decimal("1000.50")),
        ("支出", "辛", Decimal("-20.00")),
        ("支出", "壬", Decimal("0.00")),
        ("收入", "收入总计", Decimal("1000.50")),
        ("支出", "支出总计", Decimal("-20.00")),
    ]
    assert (sides.unit, projects.unit) == ("元", "万元")
    assert [note.text for note in sides.notes] == ["注：单位换算有误差。"]
    assert [(c.name, c.kind) for c in projects.columns[2:4]] == [
        ("总计", ColumnKind.AMOUNT),
        ("其中/甲款", ColumnKind.AMOUNT),
    ]
    total, leaf = projects.rows
    assert total.is_total
    assert (leaf.code, leaf.label, leaf.line) == ("201", "癸", 58)
    assert leaf.texts[0].text == "办好癸。"


def test_cut_paragraphs_are_joined(drawn: Document) -> None:
    clause = drawn.section("主要职责").clauses[1]
    assert [p.text for p in clause.paragraphs] == ["（二）有关分工。", "1. 丙局负责戊，并负责己。"]
    assert [(term.item, term.meaning) for term in drawn.terms] == [
        ("一、甲款", "指甲的款。"),
        ("二、乙款", "指乙款。"),
    ]


def test_what_is_not_there_is_named(drawn: Document) -> None:
    with pytest.raises(LookupError, match="收支总表、项目支出表"):
        drawn.table("没有的表")
    with pytest.raises(LookupError, match="没有的节"):
        drawn.section("没有的节")


def test_a_file_that_is_no_budget_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader", "utf-8")
    with pytest.raises(ValueError, match=r"letter\.txt: expected parts"):
        read_printed(path)

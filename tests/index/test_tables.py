"""Grids to tables. Each test draws its table as a file prints it, `|` for a tab."""

from __future__ import annotations

import pytest

from index.errors import DocumentError
from index.records import BudgetDocument, CellKind, ColumnRole, Row, Table, TableKind
from index.tables import kind_of, read_table, units_of
from tests.index.written import (
    only_table,
    outline_of,
    paths,
    printed,
    raw_tables,
    read_document,
    small_budget,
)


def row(table: Table, label: str) -> Row:
    (found,) = (r for r in table.rows if r.label == label)
    return found


# --- two sides ---


def test_each_side_of_a_two_sided_table_has_its_rows() -> None:
    table = only_table("""
        收支总表
        收入 | | 支出 |
        项目 | 预算 | 项目 | 预算
        一、预算拨款 | 9.00 | 一、一般公共服务支出 | 4.00
        | | 二、科学技术支出 | 5.00
        收入总计 | 9.00 | 支出总计 | 9.00
    """)
    assert [(r.side, r.label, [c.printed for c in r.cells]) for r in table.rows] == [
        ("收入", "预算拨款", ["9.00"]),
        ("支出", "一般公共服务支出", ["4.00"]),
        ("支出", "科学技术支出", ["5.00"]),
        ("收入", "收入总计", ["9.00"]),
        ("支出", "支出总计", ["9.00"]),
    ]
    assert paths(table) == ["收入/项目", "收入/预算", "支出/项目", "支出/预算"]


# --- codes, numbering, levels ---


CODED = [
    (0, "合计", "total"),
    (1, "公共服务", "group"),
    (2, "办公厅", "group"),
    (3, "运行", "leaf"),
]


def test_codes_in_brackets_give_the_levels() -> None:
    table = only_table("""
        支出表
        科目 | 预算
        合计 | 1.00
        [201]公共服务 | 1.00
        [20103]办公厅 | 1.00
        [2010301]运行 | 1.00
    """)
    assert outline_of(table) == CODED
    assert [r.code for r in table.rows] == [None, "201", "20103", "2010301"]
    assert [r.printed for r in table.rows][1] == "[201]公共服务"


def test_codes_in_a_column_of_their_own_give_the_levels() -> None:
    table = only_table("""
        支出表
        科目编码 | 科目名称 | 预算
        | 合计 | 1.00
        201 | 公共服务 | 1.00
        20103 | 办公厅 | 1.00
        2010301 | 运行 | 1.00
    """)
    assert outline_of(table) == CODED
    assert table.rows[3].parent_id == table.rows[2].id


def test_codes_without_brackets_give_the_levels() -> None:
    table = only_table("""
        支出表
        科目 | 预算
        合计 | 1.00
        201公共服务 | 1.00
        20103 办公厅 | 1.00
        2010301 运行 | 1.00
    """)
    assert outline_of(table) == CODED


def test_a_code_spread_over_three_columns_is_one_code() -> None:
    table = only_table("""
        支出表
        科目编码 | | | 科目名称 | 合计
        类 | 款 | 项 | |
        201 | | | 公共服务 | 1.00
        201 | 03 | | 办公厅 | 1.00
        201 | 03 | 01 | 运行 | 1.00
    """)
    assert [(r.code, r.label) for r in table.rows] == [
        ("201", "公共服务"),
        ("20103", "办公厅"),
        ("2010301", "运行"),
    ]
    assert [len(r.cells) for r in table.rows] == [1, 1, 1]


def test_a_code_whose_group_is_not_printed_stands_at_the_top() -> None:
    table = only_table("""
        支出表
        科目 | 预算
        合计 | 2.00
        [20103]办公厅 | 1.00
        [206]科学 | 1.00
        [2060102]管理 | 1.00
    """)
    assert outline_of(table)[1:] == [
        (1, "办公厅", "leaf"),
        (1, "科学", "group"),
        (2, "管理", "leaf"),
    ]


def test_a_year_or_hotline_at_the_start_of_a_project_is_no_code() -> None:
    table = only_table("""
        项目支出表
        项目 | 预算
        合计 | 3.00
        2023年多云管理平台项目 | 1.00
        12345热线服务项目 | 2.00
    """)
    assert [(r.label, r.code) for r in table.rows[1:]] == [
        ("2023年多云管理平台项目", None),
        ("12345热线服务项目", None),
    ]


def test_numbering_and_among_give_the_levels() -> None:
    table = only_table("""
        “三公”经费表
        项目 | 合计
        “三公”经费 | 5.40
        其中：（一）因公出国（境）支出 | 0.00
        （二）公务用车支出 | 4.40
        1. 购置费 | 0.00
        2. 运行维护费 | 4.40
        （三）公务接待费支出 | 1.00
    """)
    assert outline_of(table) == [
        (1, "“三公”经费", "group"),
        (2, "因公出国（境）支出", "leaf"),
        (2, "公务用车支出", "group"),
        (3, "购置费", "leaf"),
        (3, "运行维护费", "leaf"),
        (2, "公务接待费支出", "leaf"),
    ]


def test_a_row_printed_as_among_is_a_part_of_the_row_above() -> None:
    table = only_table("""
        支出表
        项目 | 预算
        合计 | 5.00
        工资福利支出 | 5.00
        其中：基本工资 | 3.00
    """)
    assert row(table, "基本工资").parent_id == row(table, "工资福利支出").id


@pytest.mark.parametrize(
    "unit_row", ["甲区乙局", "甲区乙局（本级）", "甲区乙局本级", "甲区乙局汇总"]
)
def test_the_row_of_the_department_holds_the_rows_below_it(unit_row: str) -> None:
    table = only_table(f"""
        项目支出表
        项目 | 预算
        合计 | 3.00
        {unit_row} | 3.00
        甲系统 | 1.00
        甲区乙局乙系统 | 2.00
    """)
    assert outline_of(table) == [
        (0, "合计", "total"),
        (1, table.rows[1].label, "subtotal"),
        (2, "甲系统", "leaf"),
        (2, "甲区乙局乙系统", "leaf"),
    ]


def test_this_years_sum_and_the_grand_total_are_two_things() -> None:
    table = only_table("""
        收支总表
        收入 | | 支出 |
        项目 | 预算 | 项目 | 预算
        一、拨款 | 9.00 | 一、服务 | 9.00
        本年收入合计 | 9.00 | 本年支出合计 | 9.00
        二、上年结转 | 1.00 | 二、结转下年 | 1.00
        收入总计 | 10.00 | 支出总计 | 10.00
    """)
    kinds = {r.label: r.kind.value for r in table.rows}
    assert kinds["本年收入合计"] == kinds["本年支出合计"] == "subtotal"
    assert kinds["收入总计"] == kinds["支出总计"] == "total"


# --- cells ---


@pytest.mark.parametrize(
    ("cell", "kind", "fen"),
    [
        ("9,492.97", CellKind.AMOUNT, 9_492_970_000),
        ("9492.97", CellKind.AMOUNT, 9_492_970_000),
        ("18037", CellKind.AMOUNT, 18_037_000_000),
        ("42.338884", CellKind.AMOUNT, 42_338_884),
        ("-13.70", CellKind.AMOUNT, -13_700_000),
        ("0.00", CellKind.AMOUNT, 0),
        ("0", CellKind.AMOUNT, 0),
        ("-", CellKind.DASH, None),
        ("—", CellKind.DASH, None),
        ("", CellKind.BLANK, None),
    ],
)
def test_printed_cells(cell: str, kind: CellKind, fen: int | None) -> None:
    table = only_table(f"""
        支出表
        项目 | 合计 | 基本支出
        办公费 | 1.00 | {cell}
        印刷费 | 1.00 | 1.00
        水费 | 1.00 | 2.00
    """)
    (_, found) = table.rows[0].cells
    assert (found.printed, found.kind, found.fen) == (cell, kind, fen)


def test_a_column_that_is_blank_all_the_way_is_one_of_amounts() -> None:
    table = only_table("""
        支出表
        项目 | 合计 | 基本支出 | 政府性基金预算拨款
        办公费 | 1.00 | 1.00 |
    """)
    assert [c.role for c in table.columns][1:] == [ColumnRole.AMOUNT] * 3


@pytest.mark.parametrize(
    ("unit", "fen"), [("元", 123_456), ("千元", 123_456_000), ("万元", 1_234_560_000)]
)
def test_the_unit_over_a_table_says_what_its_numbers_are(unit: str, fen: int) -> None:
    table = only_table(f"""
        支出表
        单位：{unit}
        项目 | 预算
        办公费 | 1,234.56
    """)
    assert table.unit == unit
    assert table.rows[0].cells[0].fen == fen


def test_a_unit_in_the_header_counts() -> None:
    (raw,), _ = raw_tables("""
        支出表
        项目 | 预算数（单位：元）
        办公费 | 1.00
    """)
    assert raw.unit == "元"


# --- titles, notes, documents ---


def test_a_table_takes_its_number_and_title_from_the_lines_above_it() -> None:
    table = only_table("""
        公开03表
        五、一般公共预算支出表
        单位名称：甲区乙局
        单位：万元
        项目 | 预算
        办公费 | 1.00
    """)
    assert (table.number, table.title, table.kind) == (
        3,
        "一般公共预算支出表",
        TableKind.GENERAL_SPENDING,
    )


def test_a_note_goes_on_until_the_next_blank_line() -> None:
    (raw,), loose = raw_tables("""
        支出表
        项目 | 预算
        办公费 | 1.00

        注：单位转换时可能
        存在尾数误差。

        下一段文字。
    """)
    assert [note.text for note in raw.notes] == ["注：单位转换时可能", "存在尾数误差。"]
    assert [line.text for line in loose] == ["下一段文字。"]


def test_a_sentence_before_a_table_is_kept_as_text() -> None:
    (raw,), loose = raw_tables("""
        本部门重点项目如下，详见下表。
        重点项目表
        项目 | 预算
        甲系统 | 1.00
    """)
    assert raw.title == "重点项目表"
    assert [line.text for line in loose] == ["本部门重点项目如下，详见下表。"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("收支总体情况表", TableKind.TOTALS),
        ("收支预算总表", TableKind.TOTALS),
        ("本年收入总体情况表", TableKind.INCOME),
        ("部门支出总表", TableKind.SPENDING),
        ("财政拨款收支总表", TableKind.FISCAL_TOTALS),
        ("一般公共预算支出表", TableKind.GENERAL_SPENDING),
        ("一般公共预算基本支出表", TableKind.GENERAL_BASIC),
        ("一般公共预算“三公”经费支出表", TableKind.ADMIN_AND_THREE_PUBLIC),
        ("政府性基金预算支出表", TableKind.GOVERNMENT_FUND),
        ("国有资本经营预算支出表", TableKind.STATE_CAPITAL),
        ("项目支出表", TableKind.PROJECTS),
        ("政府采购表", TableKind.OTHER),
    ],
)
def test_the_title_tells_the_kind_of_table(title: str, kind: TableKind) -> None:
    assert kind_of(title) is kind


def test_a_table_without_a_unit_is_refused_with_its_line() -> None:
    text = small_budget().replace("单位：万元", "")
    with pytest.raises(DocumentError, match=r"第12行.*收支总体情况表.*没有写明金额单位") as caught:
        read_document(text)
    assert caught.value.line == 12


def test_a_later_table_without_a_unit_has_the_last_one() -> None:
    more = printed("""
        支出总体情况表
        项目 | 合计
        办公费 | 1.00
    """)
    text = small_budget().replace("第三部分", f"{more}\n第三部分")
    assert [table.unit for table in read_document(text).tables] == ["万元", "万元"]


def test_the_tables_of_the_sample_are_numbered_by_its_contents(sample: BudgetDocument) -> None:
    assert [table.number for table in sample.tables] == [*range(1, 13), None]
    assert len({table.kind for table in sample.tables}) == 13
    assert {table.unit for table in sample.tables} == {"万元"}


def test_every_project_of_the_sample_stands_below_the_department(sample: BudgetDocument) -> None:
    projects = next(t for t in sample.tables if t.kind is TableKind.PROJECTS)
    total, department, *leaves = projects.rows
    assert (total.kind.value, total.level) == ("total", 0)
    assert (department.kind.value, department.level) == ("subtotal", 1)
    assert {(r.parent_id, r.level, r.kind.value) for r in leaves} == {(department.id, 2, "leaf")}
    assert len(leaves) == 52


def test_a_number_and_a_title_on_one_line_end_the_note_above() -> None:
    (first, second), _ = raw_tables("""
        表1收支总体情况表
        单位：万元
        项目 | 预算
        合计 | 3.00

        注：无。
        表2收入总体情况表
        单位：万元
        项目 | 预算
        合计 | 3.00
    """)
    assert (first.number, first.title) == (1, "收支总体情况表")
    assert (second.number, second.title) == (2, "收入总体情况表")
    assert [note.text for note in first.notes] == ["注：无。"]


def test_a_unit_that_the_income_lists_holds_the_projects_below_it() -> None:
    income = only_table("""
        收入总体情况表
        单位名称 | 合计
        合计 | 5.00
        甲区乙局（本级） | 2.00
        甲区丙中心 | 3.00
    """)
    (raw,), _ = raw_tables("""
        项目支出预算表
        项目 | 总计
        合计 | 5.00
        甲区乙局 | 2.00
        甲系统 | 2.00
        甲区丙中心 | 3.00
        乙系统 | 3.00
    """)
    projects = read_table(raw, "t2", "万元", "甲区乙局", units_of(income))
    assert outline_of(projects) == [
        (0, "合计", "total"),
        (1, "甲区乙局", "subtotal"),
        (2, "甲系统", "leaf"),
        (1, "甲区丙中心", "subtotal"),
        (2, "乙系统", "leaf"),
    ]


def test_the_income_of_units_is_told_in_lines_that_hold_none_of_the_others() -> None:
    income = only_table("""
        收入总体情况表
        单位名称 | 合计
        合计 | 5.00
        甲区乙局 | 2.00
        甲区丙中心 | 3.00
    """)
    assert [(row.level, row.parent_id) for row in income.rows] == [(0, None), (1, None), (1, None)]


@pytest.mark.parametrize("level", ["（本级）", "（二级部门）", "本级"])
def test_a_unit_with_its_level_behind_its_name_is_that_unit(level: str) -> None:
    (raw,), _ = raw_tables(f"""
        部门预算基本支出预算表
        项目 | 总计
        合计 | 5.00
        甲区乙局（本级） | 2.00
        工资福利支出 | 2.00
        甲区乙局丙分局{level} | 3.00
        工资福利支出 | 3.00
    """)
    table = read_table(raw, "t1", "万元", "甲区乙局", frozenset({"甲区乙局丙分局"}))
    assert [(depth, kind) for depth, _, kind in outline_of(table)[3:]] == [
        (1, "subtotal"),
        (2, "leaf"),
    ]
    assert table.rows[4].parent_id == table.rows[3].id


def test_the_name_may_stand_before_the_year() -> None:
    text = small_budget().replace("2024年\n甲区乙局部门预算", "甲区乙局 2024 年部门预算", 1)
    text = text.replace("单位名称：甲区乙局\n", "")
    assert text.startswith("甲区乙局")
    assert read_document(text).department == "甲区乙局"

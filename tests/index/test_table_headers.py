"""Headers of tables: merged, of several lines, repeated. `|` stands for a tab."""

from __future__ import annotations

from index.records import ColumnRole
from tests.index.written import amounts, only_table, outline_of, paths


def test_a_header_of_two_lines_is_spread_over_what_it_covers() -> None:
    table = only_table("""
        支出总表
        功能分类科目 | | 合计 | 财政拨款 | | 其他资金
        科目编码 | 科目名称 | | 一般公共预算 | 政府性基金 |
        201 | 一般公共服务支出 | 6.00 | 1.00 | 2.00 | 3.00
    """)
    assert paths(table) == [
        "功能分类科目/科目编码",
        "功能分类科目/科目名称",
        "合计",
        "财政拨款/一般公共预算",
        "财政拨款/政府性基金",
        "其他资金",
    ]
    assert [c.index for c in table.columns if c.is_whole] == [2]


def test_a_header_of_three_lines() -> None:
    table = only_table("""
        支出总表
        项目 | 总计 | 财政拨款 | | | 其他资金
        | | 小计 | 一般公共预算 | |
        | | | 经费拨款 | 专项 |
        办公费 | 10.00 | 6.00 | 1.00 | 5.00 | 4.00
    """)
    assert paths(table) == [
        "项目",
        "总计",
        "财政拨款/小计",
        "财政拨款/一般公共预算/经费拨款",
        "财政拨款/一般公共预算/专项",
        "其他资金",
    ]
    assert amounts(table)["办公费", "财政拨款/一般公共预算/专项"] == "5.00"


def test_a_merged_header_cell_does_not_spread_beyond_the_cell_over_it() -> None:
    table = only_table("""
        支出总表
        项目 | 财政拨款 | | 其他资金 |
        | 一般公共预算 | | |
        | 经费 | 专项 | 事业 | 经营
        办公费 | 1.00 | 2.00 | 3.00 | 4.00
    """)
    assert paths(table)[1:] == [
        "财政拨款/一般公共预算/经费",
        "财政拨款/一般公共预算/专项",
        "其他资金/事业",
        "其他资金/经营",
    ]


def test_a_header_repeated_after_a_page_break_is_no_row() -> None:
    table = only_table("""
        基本支出表
        单位：万元

        项目 | 预算
        合计 | 3.00
        办公费 | 1.00

        项目 | 预算
        印刷费 | 2.00
    """)
    assert outline_of(table) == [(0, "合计", "total"), (1, "办公费", "leaf"), (1, "印刷费", "leaf")]
    assert [r.place.line for r in table.rows] == [5, 6, 9]


def test_a_page_without_any_header_goes_on_with_the_table() -> None:
    table = only_table("""
        基本支出表
        项目 | 预算
        办公费 | 1.00

        印刷费 | 2.00
    """)
    assert amounts(table) == {("办公费", "预算"): "1.00", ("印刷费", "预算"): "2.00"}


def test_a_page_number_between_two_pages_is_no_row_and_no_title() -> None:
    table = only_table("""
        基本支出表
        项目 | 预算
        办公费 | 1.00

        12

        项目 | 预算
        印刷费 | 2.00
    """)
    assert table.title == "基本支出表"
    assert len(table.rows) == 2


def test_a_line_of_column_numbers_is_no_row() -> None:
    table = only_table("""
        支出总表
        项目 | 合计 | 基本支出 | 项目支出
        栏次 | 1 | 2 | 3
        办公费 | 3.00 | 1.00 | 2.00
    """)
    assert [r.label for r in table.rows] == ["办公费"]


def test_ruling_lines_are_no_rows() -> None:
    table = only_table("""
        项目绩效表
        项目 | 预算数（单位：万元） | 绩效目标
        ---- | ------- | ----

        项目 | 预算数（单位：万元） | 绩效目标
        甲系统 | 1.00 | 建成甲系统。
    """)
    assert [(r.label, r.cells[1].printed) for r in table.rows] == [("甲系统", "建成甲系统。")]
    assert [c.role for c in table.columns] == [
        ColumnRole.LABEL,
        ColumnRole.AMOUNT,
        ColumnRole.TEXT,
    ]


def test_the_first_rows_may_be_blank() -> None:
    table = only_table("""
        支出表
        项目 | 合计 | 基本支出
        人员经费 | |
        公用经费 | |
        办公费 | 1.00 | 1.00
    """)
    assert [r.label for r in table.rows] == ["人员经费", "公用经费", "办公费"]
    assert paths(table) == ["项目", "合计", "基本支出"]

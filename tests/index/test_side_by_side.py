"""Tables whose lines stand side by side, or lie in the header: `|` stands for a tab."""

from __future__ import annotations

from index.columns import Account
from index.records import DocumentKind, FindingKind, Table, TableKind
from index.tables import kind_of, read_table
from tests.index.written import (
    amounts,
    only_table,
    outline_of,
    paths,
    printed,
    raw_tables,
    read_document,
    small_budget,
)


def coded(table: Table) -> list[tuple[str | None, str, str]]:
    """Code, label and first cell of each row."""
    return [(row.code, row.label, row.cells[0].printed) for row in table.rows]


def test_two_groups_of_columns_have_rows_of_their_own() -> None:
    table = only_table("""
        一般公共预算财政拨款基本支出决算表
        经济分类科目编码 | 科目名称 | 决算数 | 经济分类科目编码 | 科目名称 | 决算数
        301 | 工资福利支出 | 30.00 | 302 | 商品和服务支出 | 5.92
        30101 | 基本工资 | 10.00 | 30201 | 办公费 | 5.00
        30107 | 绩效工资 | 20.00 | 30205 | 水费 | 0.92
        | | | 310 | 资本性支出 | 1.00
        | | | 31002 | 办公设备购置 | 1.00
        人员经费合计 | | 30.00 | 公用经费合计 | | 6.92
    """)
    assert coded(table) == [
        ("301", "工资福利支出", "30.00"),
        ("30101", "基本工资", "10.00"),
        ("30107", "绩效工资", "20.00"),
        (None, "人员经费合计", "30.00"),
        ("302", "商品和服务支出", "5.92"),
        ("30201", "办公费", "5.00"),
        ("30205", "水费", "0.92"),
        ("310", "资本性支出", "1.00"),
        ("31002", "办公设备购置", "1.00"),
        (None, "公用经费合计", "6.92"),
    ]
    assert [level for level, _, _ in outline_of(table)] == [1, 2, 2, 0, 1, 2, 2, 1, 2, 0]
    assert paths(table) == ["经济分类科目编码", "科目名称", "决算数"]


def test_a_code_goes_on_in_the_next_group() -> None:
    table = only_table("""
        基本支出决算表
        人员经费 | | | 公用经费 | | | | |
        科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额
        301 | 工资福利支出 | 30.00 | 302 | 商品和服务支出 | 9.00 | 30239 | 其他交通费用 | 3.00
        30101 | 基本工资 | 30.00 | 30201 | 办公费 | 5.00 | 310 | 资本性支出 | 2.00
        | | | 30205 | 水费 | 1.00 | 31002 | 办公设备购置 | 2.00
        人员经费合计 | | 30.00 | 公用经费合计 | | | | | 11.00
    """)
    of_goods = next(row for row in table.rows if row.code == "302")
    assert [r.label for r in table.rows if r.parent_id == of_goods.id] == [
        "办公费",
        "水费",
        "其他交通费用",
    ]
    assert coded(table)[-1] == (None, "公用经费合计", "11.00")
    assert paths(table) == ["科目编码", "科目名称", "金额"]


def test_codes_in_the_names_may_stand_side_by_side() -> None:
    table = only_table("""
        基本支出表
        科目 | 预算数 | 科目 | 预算数
        [301]工资福利支出 | 3.00 | [302]商品和服务支出 | 2.00
        [30101]基本工资 | 3.00 | [30206]电费 | 2.00
    """)
    assert coded(table) == [
        ("301", "工资福利支出", "3.00"),
        ("30101", "基本工资", "3.00"),
        ("302", "商品和服务支出", "2.00"),
        ("30206", "电费", "2.00"),
    ]


def test_codes_below_a_merged_heading_are_codes() -> None:
    table = only_table("""
        基本支出表
        经济分类科目 | | 预算数 | 经济分类科目 | | 预算数
        301 | 工资福利支出 | 3 | 302 | 商品和服务支出 | 2
        30101 | 基本工资 | 3 | 30206 | 电费 | 2
    """)
    assert [row[:2] for row in coded(table)] == [
        ("301", "工资福利支出"),
        ("30101", "基本工资"),
        ("302", "商品和服务支出"),
        ("30206", "电费"),
    ]


def test_two_sides_may_be_named_in_the_columns_of_names() -> None:
    table = only_table("""
        收支总表
        收入 | 预算数 | 支出 | 预算数
        一、财政拨款 | 9.00 | 一、教育支出 | 4.00
        二、事业收入 | | 二、其他支出 | 5.00
        收入总计 | 9.00 | 支出总计 | 9.00
    """)
    assert [(r.side, r.label) for r in table.rows] == [
        ("收入", "财政拨款"),
        ("支出", "教育支出"),
        ("收入", "事业收入"),
        ("支出", "其他支出"),
        ("收入", "收入总计"),
        ("支出", "支出总计"),
    ]
    assert [c.name for c in table.columns if c.is_whole] == ["收入/预算数", "支出/预算数"]


def test_the_sides_of_this_year_are_sides_as_well() -> None:
    table = only_table("""
        部门财务收支预算总表
        本年收入 | | 本年支出 |
        项目 | 预算数 | 项目 | 预算数
        一、财政拨款收入 | 9.00 | 一、教育支出 | 9.00
        收入总计 | 9.00 | 支出总计 | 9.00
    """)
    assert [(r.side, r.label) for r in table.rows][:2] == [
        ("收入", "财政拨款收入"),
        ("支出", "教育支出"),
    ]
    assert paths(table) == ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]


def test_each_group_of_a_side_has_levels_of_its_own() -> None:
    table = only_table("""
        收支总表
        收入 | | 支出 | | |
        项目 | 预算数 | 功能分类科目 | 预算数 | 经济分类科目 | 预算数
        一、财政拨款 | 9.00 | 一、部门预算 | 9.00 | 一、部门预算 | 9.00
        1、一般公共预算 | 9.00 | 1、教育支出 | 9.00 | 1、人员经费 | 9.00
        | | | | (1)工资福利支出 | 9.00
    """)
    parents = {row.id: row.label for row in table.rows}
    levels = [(r.level, r.label, parents.get(r.parent_id or "")) for r in table.rows]
    assert levels[-2:] == [(2, "人员经费", "部门预算"), (3, "工资福利支出", "人员经费")]
    assert (2, "教育支出", "部门预算") in levels


def test_a_second_code_before_the_amounts_is_no_part_of_the_first() -> None:
    table = only_table("""
        基本支出表
        部门科目编码 | 部门科目名称 | 政府科目编码 | 政府科目名称 | 合计
        301 | 工资福利支出 | | | 3.00
        30101 | 基本工资 | 50101 | 工资奖金津补贴 | 3.00
    """)
    assert [(r.code, r.label, r.level) for r in table.rows] == [
        ("301", "工资福利支出", 1),
        ("30101", "基本工资", 2),
    ]


def test_a_sum_named_in_the_column_of_codes_has_its_name() -> None:
    table = only_table("""
        支出决算表
        科目编码 | 科目名称 | 合计 | 基本支出
        合计 | | 3.00 | 3.00
        205 | 教育支出 | 3.00 | 3.00
    """)
    assert outline_of(table) == [(0, "合计", "total"), (1, "教育支出", "leaf")]
    assert [row.code for row in table.rows] == [None, "205"]


def test_whole_codes_in_the_columns_of_the_levels_are_not_glued() -> None:
    table = only_table("""
        支出表
        科目编码 | | | 科目名称 | 合计
        类 | 款 | 项 | |
        201 | | | 公共服务 | 1.00
        201 | 20103 | | 办公厅 | 1.00
        201 | 20103 | 2010301 | 运行 | 1.00
    """)
    assert [r.code for r in table.rows] == ["201", "20103", "2010301"]


UNTOLD = """
    科目编码 | 科目名称 | 决算数 | 政府科目编码 | 政府科目名称 | 调整数
    301 | 工资福利支出 | 30.00 | 501 | 机关工资福利支出 | 20.00
    30101 | 基本工资 | 30.00 | 50101 | 工资奖金津补贴 | 20.00
"""


def test_groups_that_cannot_be_told_apart_are_left_out_and_reported() -> None:
    table = "收支总体情况表"
    text = small_budget().replace(
        table, f"基本支出表\n\n单位：万元\n\n{printed(UNTOLD)}\n\n{table}"
    )
    document = read_document(text)
    left_out = next(t for t in document.tables if t.title == "基本支出表")
    assert left_out.rows == ()
    (finding,) = (f for f in document.findings if "基本支出表" in f.message)
    assert finding.kind is FindingKind.CONFLICT
    assert "没有收录" in finding.message
    assert "政府科目编码" in finding.message


# --- items that lie in the header ---

LYING = """
    财政拨款“三公”经费支出决算表
    财政拨款“三公”经费 | | | | | | | | | | |
    合计 | | 因公出国（境）费 | | 公务用车购置及运行维护费 | | | | | | 公务接待费 |
    | | | | 小计 | | 公务用车购置费 | | 公务用车运行维护费 | | |
    预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数
    9.85 | 4.39 | 0.00 | 0.00 | 7.00 | 4.00 | 0.00 | 0.00 | 7.00 | 4.00 | 2.85 | 0.39
"""  # noqa: E501


def test_the_items_of_a_header_with_one_line_of_amounts_are_rows() -> None:
    table = only_table(LYING)
    assert outline_of(table) == [
        (1, "财政拨款“三公”经费", "group"),
        (2, "因公出国（境）费", "leaf"),
        (2, "公务用车购置及运行维护费", "group"),
        (3, "公务用车购置费", "leaf"),
        (3, "公务用车运行维护费", "leaf"),
        (2, "公务接待费", "leaf"),
    ]
    assert amounts(table)["公务接待费", "决算数"] == "0.39"
    assert amounts(table)["财政拨款“三公”经费", "预算数"] == "9.85"


def test_what_is_planned_and_spent_may_stand_above_the_items() -> None:
    table = only_table("""
        “三公”经费支出决算表
        预算数 | | | 决算数 | |
        合计 | 因公出国（境）费 | 公务接待费 | 合计 | 因公出国（境）费 | 公务接待费
        1 | 2 | 3 | 4 | 5 | 6
        3.00 | 1.00 | 2.00 | 2.50 | 0.50 | 2.00
    """)
    assert amounts(table)["因公出国（境）费", "决算数"] == "0.50"
    assert amounts(table)["合计", "预算数"] == "3.00"
    assert outline_of(table)[0] == (0, "合计", "total")


def whole_of(text: str, year: int, kind: DocumentKind) -> str:
    """The column that is the whole in a document of the year and kind."""
    (raw,), _ = raw_tables(text)
    table = read_table(raw, "t1", "万元", "甲区乙局", account=Account(year, kind))
    (whole,) = (column.name for column in table.columns if column.is_whole)
    return whole


def test_the_whole_is_of_the_kind_and_year_of_the_document() -> None:
    both = """
        “三公”经费表
        项目 | 预算数 | 决算数
        公务接待费 | 2.00 | 1.00
    """
    assert whole_of(both, 2024, DocumentKind.FINAL_ACCOUNT) == "决算数"
    assert whole_of(both, 2024, DocumentKind.BUDGET) == "预算数"
    years = """
        “三公”经费表
        项目 | 2025年预算数 | 2026年预算数
        公务接待费 | 2.00 | 1.00
    """
    assert whole_of(years, 2026, DocumentKind.BUDGET) == "2026年预算数"
    assert whole_of(years, 2025, DocumentKind.BUDGET) == "2025年预算数"


def test_income_and_spending_in_one_title_are_the_totals() -> None:
    assert kind_of("收入支出决算总表") is TableKind.TOTALS
    assert kind_of("财政拨款收入支出决算总表") is TableKind.FISCAL_TOTALS
    assert kind_of("政府性基金预算财政拨款收入支出决算表") is TableKind.GOVERNMENT_FUND


# --- units of money ---


def test_a_list_without_amounts_needs_no_unit() -> None:
    listed = """
        预算单位构成
        序号 | 单位名称 | 备注
        1 | 甲区乙局（本级） |
        2 | 甲区数据中心 | 新增
    """
    text = small_budget().replace("第二部分", f"二、单位构成\n\n{printed(listed)}\n\n第二部分", 1)
    document = read_document(text)
    units, totals = document.tables
    assert [row.label for row in units.rows] == ["甲区乙局（本级）", "甲区数据中心"]
    assert (units.unit, totals.unit) == ("", "万元")
    assert all(cell.fen is None for row in units.rows for cell in row.cells)


def test_a_unit_is_found_above_a_sentence_and_in_a_line_of_a_spreadsheet() -> None:
    told = "单位：元\n\n本表反映本年收支，不含结转。\n\n项目\t预算\n办公费\t2.00"
    (raw,), _ = raw_tables(told)
    assert raw.unit == "元"
    sheet = (
        "公开02表\t\t\n收入总表\t\t\n部门：甲局\t\t单位：元\n项目\t合计\t基本\n办公费\t2.00\t2.00"
    )
    (raw,), _ = raw_tables(sheet)
    assert (raw.title, raw.number, raw.unit) == ("收入总表", 2, "元")
    assert [row.cells for row in raw.header] == [("项目", "合计", "基本")]


def test_the_unit_is_found_where_the_contents_name_no_line_of_the_text() -> None:
    text = printed("""
        丁区2025年部门预算

        单位名称：丁区商务局

        目 录
        一、部门主要职能
        二、部门预算表
        1. 2025年收支总表

        丁区商务局主要职能

        丁区商务局主管全区商务工作。

        收支预算总表

        单位名称：丁区商务局

        单位：元

        本年收入 | | 本年支出 |
        项目 | 预算数 | 项目 | 预算数
        一、财政拨款收入 | 900.00 | 一、教育支出 | 900.00
    """)
    document = read_document(text)
    (table,) = document.tables
    assert (table.title, table.unit) == ("收支预算总表", "元")
    assert "丁区商务局主管全区商务工作。" in "".join(p.text for p in document.passages)


def test_a_grid_of_ruling_lines_alone_is_no_table() -> None:
    tables, _ = raw_tables("""
        ---- | ----

        基本支出表
        项目 | 预算
        办公费 | 1.00
    """)
    assert [raw.title for raw in tables] == ["基本支出表"]


def test_the_unit_in_a_heading_holds_for_its_table_alone() -> None:
    inside = printed("""
        项目支出表
        项目 | 预算金额（元）
        甲系统 | 20,000.00

        基本支出表
        项目 | 预算
        办公费 | 3.00
    """)
    text = small_budget().replace("第三部分", f"{inside}\n\n第三部分")
    found = {row.label: row.cells[0].fen for t in read_document(text).tables for row in t.rows}
    assert (found["甲系统"], found["办公费"]) == (2_000_000, 3_000_000)


def test_counts_of_people_are_no_money() -> None:
    table = only_table("""
        会议费明细表
        序号 | 会议名称 | 时间 | 人数 | 金额
        1 | 部署会 | 2026年3月 | 80 | 1.19
    """)
    (row,) = table.rows
    assert {cell.printed: cell.fen for cell in row.cells} == {
        "1": None,
        "2026年3月": None,
        "80": None,
        "1.19": 1_190_000,
    }

"""What does not add up, found without being told where to look."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from index.checks import check
from index.records import BudgetDocument, Finding, FindingKind
from tests.index.written import printed, read_document, small_budget


def of_kind(findings: Iterable[Finding], kind: FindingKind) -> list[Finding]:
    return [finding for finding in findings if finding.kind is kind]


def with_table(drawing: str) -> tuple[Finding, ...]:
    """The findings of a sound budget that holds this table besides."""
    text = small_budget().replace("第三部分", printed(drawing) + "\n第三部分")
    return read_document(text).findings


def changed(sample_file: Path, line: int, old: str, new: str) -> tuple[Finding, ...]:
    """The findings of the sample, misprinted in one place."""
    lines = sample_file.read_text("utf-8").split("\n")
    assert lines[line - 1].count(old) >= 1
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return read_document("\n".join(lines)).findings


# --- the sample's own ---


def test_basic_and_project_spending_of_the_sample_are_one_digit_short(
    sample: BudgetDocument,
) -> None:
    short = [f for f in sample.findings if f.check == "横向合计"]
    rows = {row.id: (t.title, row.label) for t in sample.tables for row in t.rows}
    assert [(rows[f.row_ids[0]], f.difference_fen, f.kind) for f in short] == [
        (("支出总体情况表", "合计"), -10_000, FindingKind.ROUNDING),
        (("一般公共预算支出情况表（按功能分类科目）", "合计"), -10_000, FindingKind.ROUNDING),
    ]
    assert "少 0.01 万元" in short[0].message


def test_the_52_projects_of_the_sample_add_up_to_004_more(sample: BudgetDocument) -> None:
    (projects,) = (t for t in sample.tables if t.number == 12)
    found = [f for f in sample.findings if f.row_ids == (projects.rows[1].id,)]
    assert {(f.difference_fen, f.kind) for f in found} == {(40_000, FindingKind.ROUNDING)}
    assert [projects.columns[f.column or 0].name for f in found] == [
        "总计",
        "财政拨款/合计",
        "财政拨款/一般公共预算",
    ]
    assert all("52个分项之和" in f.message and "多 0.04 万元" in f.message for f in found)


def test_the_wording_conflict_of_the_sample_names_both_wordings(sample: BudgetDocument) -> None:
    (wording,) = of_kind(sample.findings, FindingKind.WORDING)
    assert "栏目规划建设" in wording.message
    assert "栏目策划建设" in wording.message
    lines = {row.id: row.place.line for t in sample.tables for row in t.rows}
    assert [lines[i] for i in wording.row_ids] == [405, 505]


def test_the_sample_contradicts_itself_nowhere_else(sample: BudgetDocument) -> None:
    assert of_kind(sample.findings, FindingKind.CONFLICT) == []
    assert len(of_kind(sample.findings, FindingKind.ROUNDING)) == 15
    assert {abs(f.difference_fen or 0) for f in sample.findings} == {0, 10_000, 40_000}


def test_the_index_gives_back_what_the_checks_found(sample: BudgetDocument) -> None:
    assert check(sample) == sample.findings


# --- the sample, misprinted ---

MISPRINTS = [
    pytest.param(85, "9,492.97", "9,429.97", "收支总体情况表", id="a part of a two-sided table"),
    pytest.param(117, "9,492.97\t支", "9,493.97\t支", "收支总体情况表", id="a grand total"),
    pytest.param(133, "2,185.85", "2,158.85", "收入总体情况表", id="an income row"),
    pytest.param(164, "4,227.22", "4,277.22", "支出总体情况表", id="a leaf with a code"),
    pytest.param(170, "325.55", "352.55", "支出总体情况表", id="a group"),
    pytest.param(190, "9,492.97", "9,492.79", "财政拨款收支总体情况表", id="a side's part"),
    pytest.param(249, "522.63", "522.36", "一般公共预算支出情况表", id="a bracketed code"),
    pytest.param(282, "1.00", "7.00", "一般公共预算基本支出情况表", id="an economic subject"),
    pytest.param(317, "2,623.82", "2,263.82", "一般公共预算项目支出情况表", id="a project subject"),
    pytest.param(334, "5.40\t5.40", "5.50\t5.40", "“三公”经费预算表", id="a fund"),
    pytest.param(339, "1.00\t1.00", "2.00\t2.00", "“三公”经费预算表", id="a numbered part"),
    pytest.param(378, "320.83", "302.83", "部门预算基本支出预算表", id="basic spending"),
    pytest.param(395, "1,495.10\t", "1,945.10\t", "部门预算项目支出", id="a project"),
    pytest.param(477, "收入预算9,492.97", "收入预算9,429.97", "收支总体情况表", id="prose"),
    pytest.param(481, "经费5.4万元", "经费4.5万元", "“三公”经费", id="三公 in prose"),
    pytest.param(487, "3,876.18", "3,867.18", "机关运行经费", id="prose by an alias"),
    pytest.param(487, "4.44%", "4.94%", "机关运行经费", id="a rate"),
    pytest.param(505, "111.95", "119.15", "重点项目预算绩效目标情况", id="the key project"),
]


@pytest.mark.parametrize(("line", "old", "new", "where"), MISPRINTS)
def test_a_misprinted_digit_is_a_conflict(
    sample_file: Path, line: int, old: str, new: str, where: str
) -> None:
    conflicts = of_kind(changed(sample_file, line, old, new), FindingKind.CONFLICT)
    assert any(where in finding.message for finding in conflicts)


def test_an_unlike_goal_is_a_wording_conflict(sample_file: Path) -> None:
    findings = changed(sample_file, 505, "政策解读", "政策讲解")
    (wording,) = of_kind(findings, FindingKind.WORDING)
    assert "政策解读" in wording.message
    assert "政策讲解" in wording.message


# --- nothing where nothing is wrong ---


def test_a_sound_budget_has_no_findings() -> None:
    assert read_document(small_budget()).findings == ()


SOUND = {
    "levels by code": """
        支出总体情况表
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        | 合计 | 12.00 | 5.00 | 7.00
        201 | 公共服务 | 12.00 | 5.00 | 7.00
        20103 | 办公厅 | 12.00 | 5.00 | 7.00
        2010301 | 行政运行 | 5.00 | 5.00 | 0.00
        2010302 | 一般行政 | 7.00 | 0.00 | 7.00
    """,
    "blanks and dashes": """
        支出总体情况表
        科目名称 | 合计 | 基本支出 | 项目支出
        合计 | 12.00 | 5.00 | 7.00
        甲 | 5.00 | 5.00 | -
        乙 | 7.00 | | 7.00
    """,
    "a total below": """
        支出总体情况表
        科目名称 | 合计
        甲 | 5.00
        乙 | 7.00
        合计 | 12.00
    """,
    "negative parts": """
        支出总体情况表
        科目名称 | 合计 | 基本支出 | 项目支出
        合计 | 12.00 | 13.00 | -1.00
        甲 | 13.00 | 13.00 | 0.00
        乙 | -1.00 | 0.00 | -1.00
    """,
    "this year and left over": """
        财政拨款收支总表
        收入 | | 支出 |
        项目 | 预算 | 项目 | 预算
        一、一般公共预算 | 10.00 | 一、公共服务 | 9.00
        | | 二、科学技术 | 1.00
        本年收入合计 | 10.00 | 本年支出合计 | 10.00
        二、上年结转 | 2.00 | 三、结转下年 | 2.00
        收入总计 | 12.00 | 支出总计 | 12.00
    """,
    "income of the department and of its units": """
        收入总体情况表
        单位名称 | 合计
        合计 | 12.00
        甲区乙局 | 5.00
        甲区丙中心 | 7.00
    """,
    "sums of groups of columns": """
        项目支出表
        项目 | 总计 | 财政拨款 | | | 其他资金
        | | 合计 | 一般公共预算 | 政府性基金 |
        合计 | 6.00 | 5.00 | 3.00 | 2.00 | 1.00
        甲系统 | 6.00 | 5.00 | 3.00 | 2.00 | 1.00
    """,
}


@pytest.mark.parametrize("drawing", SOUND.values(), ids=list(SOUND))
def test_nothing_is_found_in_a_sound_table(drawing: str) -> None:
    assert with_table(drawing) == ()


def test_rounding_of_many_parts_is_no_conflict_but_more_than_that_is() -> None:
    parts = "\n".join(f"项目{i}系统 | 0.33" for i in range(9))
    findings = with_table(f"项目支出表\n项目 | 合计\n合计 | 3.00\n{parts}")
    assert [(f.kind, f.difference_fen) for f in findings] == [(FindingKind.ROUNDING, -30_000)]
    findings = with_table(f"项目支出表\n项目 | 合计\n合计 | 3.03\n{parts}")
    assert [(f.kind, f.difference_fen) for f in findings] == [(FindingKind.CONFLICT, -60_000)]


@pytest.mark.parametrize(("rate", "found"), [("17.2%", 0), ("17%", 0), ("17.3%", 1), ("18%", 1)])
def test_a_rate_is_held_to_the_digits_that_it_prints(rate: str, found: int) -> None:
    said = f"2024年本部门机关运行经费安排4.8万元，比上年减少1万元，下降{rate}。"
    findings = read_document(f"{small_budget()}\n二、机关运行经费安排情况\n{said}\n").findings
    assert len([f for f in findings if f.check == "增长率"]) == found


def test_one_digit_of_yuan_is_judged_as_yuan() -> None:
    table = """
        项目支出表
        单位：元
        项目 | 合计
        合计 | 300.00
        甲系统 | 100.00
        乙系统 | {}
    """
    rounding, conflict = with_table(table.format("200.01")), with_table(table.format("210.00"))
    assert [f.kind for f in (*rounding, *conflict)] == [FindingKind.ROUNDING, FindingKind.CONFLICT]

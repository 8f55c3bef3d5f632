"""Documents as tests write them: a line with `|` is a table line, its cells parted by tabs."""

from __future__ import annotations

import tempfile
import textwrap
from pathlib import Path

from index.headings import Section
from index.parse import parse
from index.passages import section_passages
from index.readers import Block, Line, read_file
from index.records import BudgetDocument, Passage, Table
from index.tables import RawTable, collect_tables, read_table


def printed(text: str) -> str:
    """The text of the file that the drawing stands for."""
    return "\n".join(map(_printed_line, textwrap.dedent(text).strip("\n").split("\n"))) + "\n"


def read_blocks(text: str) -> tuple[Block, ...]:
    """What the text reader makes of the drawing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.txt"
        path.write_text(printed(text), "utf-8")
        return read_file(path).blocks


def read_document(text: str) -> BudgetDocument:
    """The document that a file with this very text holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.txt"
        path.write_text(text, "utf-8")
        return parse(read_file(path), "no digest")


def raw_tables(text: str) -> tuple[tuple[RawTable, ...], tuple[Line, ...]]:
    """The tables of the drawing and the lines that belong to none."""
    return collect_tables(Section("部门预算表", None, read_blocks(text)))


def only_table(text: str, *, unit: str = "万元", department: str = "甲区乙局") -> Table:
    """The one table of the drawing."""
    (raw,), _ = raw_tables(text)
    return read_table(raw, "t1", raw.unit or unit, department)


def passages_under(heading: str, text: str) -> list[Passage]:
    """The passages of a section of loose lines."""
    section = Section(None, heading, ())
    lines = tuple(block for block in read_blocks(text) if isinstance(block, Line))
    return section_passages(section, lines, (f"d1-p{i}" for i in range(1, 100)))


def amounts(table: Table) -> dict[tuple[str, str], str]:
    """The printed text of each cell by row label and column path."""
    names = {column.index: column.name for column in table.columns}
    return {(row.label, names[c.column]): c.printed for row in table.rows for c in row.cells}


def paths(table: Table) -> list[str]:
    """The full header path of each column."""
    return [column.name for column in table.columns]


def outline_of(table: Table) -> list[tuple[int, str, str]]:
    """Level, label and kind of each row."""
    return [(row.level, row.label, row.kind.value) for row in table.rows]


def small_budget(
    department: str = "甲区乙局",
    year: int = 2024,
    income: str = "12.00",
    duty: str = "负责组织起草全区政务服务规划。",
) -> str:
    """The text of a whole budget in few lines."""
    return printed(f"""
        {year}年
        {department}部门预算

        第一部分 {department}概况

        一、主要职责

        （一）{duty}

        第二部分 {year}年部门预算表

        收支总体情况表

        单位名称：{department}

        单位：万元

        收入 | | 支出 |
        项目 | 预算 | 项目 | 预算
        一、预算拨款 | {income} | 一、一般公共服务支出 | {income}
        收入总计 | {income} | 支出总计 | {income}

        注：无。

        第三部分 {year}年部门预算情况说明

        一、部门预算收支增减变化情况

        {year}年本部门收入预算{income}万元，比上年增加1.00万元。
    """)


def _printed_line(line: str) -> str:
    if "|" not in line:
        return line.strip()
    return "\t".join(cell.strip() for cell in line.split("|"))

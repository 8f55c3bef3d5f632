"""The sections of a document."""

from __future__ import annotations

import pytest

from index.headings import Outline, heading_of, outline
from index.readers import Grid, Line
from index.records import Place
from tests.index.written import read_blocks


def sections(text: str) -> list[tuple[str | None, str | None, int]]:
    return [(s.part, s.heading, len(s.blocks)) for s in outline(read_blocks(text)).sections]


def test_the_contents_are_told_from_the_headings_that_they_list() -> None:
    found = outline(
        read_blocks("""
            2024年
            甲区乙局部门预算
            目 录
            第一部分 甲区乙局概况
            一、主要职责........3
            - 二、部门机构设置
            第一部分 甲区乙局概况
            一、主要职责
            负责甲。
            二、部门机构设置
            设有乙科。
        """)
    )
    assert [line.text for line in found.front] == ["2024年", "甲区乙局部门预算"]
    assert found.contents == ("第一部分 甲区乙局概况", "一、主要职责", "二、部门机构设置")
    assert [(s.part, s.heading) for s in found.sections] == [
        ("甲区乙局概况", "主要职责"),
        ("甲区乙局概况", "部门机构设置"),
    ]


def test_a_document_without_contents_has_its_sections() -> None:
    assert sections("""
        2024年甲区乙局部门预算
        一、主要职责
        负责甲。
        二、机构设置
        设有乙科。
        设有丙科。
    """) == [(None, "主要职责", 1), (None, "机构设置", 2)]


def test_a_part_ends_the_chapter_before_it() -> None:
    assert sections("""
        第一部分 概况
        一、主要职责
        负责甲。
        第二部分 预算表
        项目 | 预算
        合计 | 1.00
        第三部分 情况说明
        一、收支情况
        收入1.00万元。
    """) == [("概况", "主要职责", 1), ("预算表", None, 1), ("情况说明", "收支情况", 1)]


def test_nothing_is_lost_between_headings() -> None:
    text = """
        第一部分 概况
        本部分说明概况。
        一、主要职责
        负责甲。
    """
    assert sections(text) == [("概况", None, 1), ("概况", "主要职责", 1)]


def test_an_empty_document_has_an_empty_outline() -> None:
    assert outline(()) == Outline((), (), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三部分 2024年部门预算情况说明", (1, "2024年部门预算情况说明")),
        ("第四部分：名词解释", (1, "名词解释")),
        ("十二、部门预算项目支出及其他支出预算表", (2, "部门预算项目支出及其他支出预算表")),
        ("二、“三公”经费安排情况", (2, "“三公”经费安排情况")),
        ("六、基本支出：指为保障机构正常运转而发生的支出。", None),
        ("（一）负责甲。", None),
        ("1. 负责乙", None),
        ("一、" + "很" * 40, None),
    ],
)
def test_what_is_a_heading(text: str, expected: tuple[int, str] | None) -> None:
    assert heading_of(Line(text, Place(None, 1), after_gap=True)) == expected


def test_a_table_is_no_heading() -> None:
    (grid,) = read_blocks("一、预算拨款 | 1.00")
    assert isinstance(grid, Grid)
    assert heading_of(grid) is None

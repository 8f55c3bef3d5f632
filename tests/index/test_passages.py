"""The smallest citable texts."""

from __future__ import annotations

from collections import Counter

import pytest

from index.headings import Section
from index.passages import passage_kind
from index.records import BudgetDocument, Passage, PassageKind, RowKind, TableKind
from tests.index.written import passages_under, read_document, small_budget


def of_kind(document: BudgetDocument, kind: PassageKind) -> list[Passage]:
    return [p for p in document.passages if p.kind is kind]


def test_a_clause_cut_by_a_page_break_is_joined() -> None:
    (passage,) = passages_under(
        "机关运行经费安排情况",
        """
        具体包括：办公费、专用材料

        费、被装购置费。2024年安排3,876.18万元。
        """,
    )
    assert passage.text == "具体包括：办公费、专用材料费、被装购置费。2024年安排3,876.18万元。"
    assert passage.place.line == 1


def test_a_sentence_that_ends_at_the_end_of_a_full_line_ends_no_clause() -> None:
    """A line of a printed page is full; what ends in it goes on where no item begins."""
    lines = [
        "（一）拟订全区数据发展的规划和政策措施并组织实施好。",
        "协调数据资源的整合共享和开放利用，推动各项政务数据服务",
        "系统建设。",
        "（二）负责政务公开工作。",
        "指导各街道政务服务中心的建设，组织实施政务服务规范（标",
        "准）并监督检查各部门、各街道窗口落实政务服务规范（标准）",
        "的情况。",
    ]
    passages = passages_under("主要职责", "\n".join(lines))
    assert [p.text for p in passages] == [
        "".join(lines[:3]),
        lines[3],
        "".join(lines[4:]),
    ]


def test_a_new_item_is_not_joined_to_an_unfinished_one() -> None:
    items = [
        p.item
        for p in passages_under(
            "主要职责",
            """
            （一）负责甲
            （二）负责乙
            （十二）有关职责分工
            1. 区局负责丙
            2、街道负责丁
            """,
        )
    ]
    assert items == ["（一）", "（二）", "（十二）", "（十二）1", "（十二）2"]


def test_a_sub_clause_knows_its_clause() -> None:
    clause, one, two, last = passages_under(
        "主要职责", "（二）职责分工。\n1. 甲局负责甲。\n2. 乙局负责乙。\n（三）负责丙。"
    )
    assert [p.parent_id for p in (clause, one, two, last)] == [None, clause.id, clause.id, None]


def test_a_year_or_decimal_at_the_start_of_a_line_is_no_item() -> None:
    (passage,) = passages_under("收支情况", "收入增加，\n2024年收入\n3.5万元。")
    assert passage.text == "收入增加，2024年收入3.5万元。"
    assert passage.item is None


def test_a_glossary_entry_has_its_term_as_title() -> None:
    one, two = passages_under(
        "名词解释",
        """
        一、行政经费（机关运行经费）：指维持机关运行的经费。包括：差旅费、因公出国（境）费

        用、租赁费。
        二、“三公”经费：“三公”经费指甲。其中：乙。
        """,
    )
    assert (one.item, one.title) == ("一、行政经费（机关运行经费）", "行政经费（机关运行经费）")
    assert one.text.endswith("因公出国（境）费用、租赁费。")
    assert (two.item, two.title) == ("二、“三公”经费", "“三公”经费")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("主要职责", PassageKind.DUTY),
        ("部门职能", PassageKind.DUTY),
        ("部门机构设置", PassageKind.ORGANISATION),
        ("人员构成情况", PassageKind.ORGANISATION),
        ("部门预算构成", PassageKind.COMPOSITION),
        ("部门预算单位构成", PassageKind.COMPOSITION),
        ("“三公”经费安排情况", PassageKind.EXPLANATION),
        ("政府采购情况", PassageKind.EXPLANATION),
        ("名词解释", PassageKind.GLOSSARY),
        ("附件", PassageKind.OTHER),
    ],
)
def test_the_heading_tells_the_kind(heading: str, kind: PassageKind) -> None:
    assert passage_kind(Section(None, heading, ())) is kind


def test_a_small_document_has_no_passage_twice() -> None:
    document = read_document(small_budget())
    assert [p.text for p in document.passages] == [
        "（一）负责组织起草全区政务服务规划。",
        "注：无。",
        "2024年本部门收入预算12.00万元，比上年增加1.00万元。",
    ]
    assert len({p.id for p in document.passages}) == 3


def test_the_sample_has_all_its_passages(sample: BudgetDocument) -> None:
    assert Counter(p.kind for p in sample.passages) == {
        PassageKind.DUTY: 14,
        PassageKind.ORGANISATION: 1,
        PassageKind.COMPOSITION: 1,
        PassageKind.NOTE: 14,
        PassageKind.GOAL: 53,
        PassageKind.EXPLANATION: 6,
        PassageKind.GLOSSARY: 10,
    }


def test_the_duties_of_the_sample_are_numbered_as_printed(sample: BudgetDocument) -> None:
    numerals = [*"一二三四五六七八九十", "十一", "十二"]
    duties = of_kind(sample, PassageKind.DUTY)
    assert [p.item for p in duties] == [*(f"（{n}）" for n in numerals), "（十二）1", "（十二）2"]
    assert [p.place.line for p in duties] == [*range(37, 60, 2), 61, 63]
    assert {p.parent_id for p in duties[12:]} == {duties[11].id}
    assert duties[12].text.startswith("1. 区政务服务数据管理局负责纳入相对集中行政许可权试点")


def test_the_glossary_of_the_sample_has_ten_entries(sample: BudgetDocument) -> None:
    entries = of_kind(sample, PassageKind.GLOSSARY)
    assert [p.title for p in entries] == [
        "财政拨款收入",
        "事业收入",
        "经营收入",
        "其他收入",
        "用事业基金弥补收支差额",
        "基本支出",
        "项目支出",
        "经营支出",
        "行政经费（机关运行经费）",
        "“三公”经费",
    ]
    assert "因公出国（境）费用、维修（护）费" in entries[8].text
    assert sample.aliases == (("行政经费", "机关运行经费"),)


def test_the_explanations_of_the_sample_stand_under_their_headings(
    sample: BudgetDocument,
) -> None:
    explanations = of_kind(sample, PassageKind.EXPLANATION)
    assert [(p.section, p.place.line) for p in explanations] == [
        ("部门预算收支增减变化情况", 477),
        ("“三公”经费安排情况", 481),
        ("机关运行经费安排情况", 485),
        ("政府采购情况", 491),
        ("国有资产占有使用情况", 495),
        ("重点项目预算绩效目标情况", 499),
    ]
    assert "专用材料费、被装购置费" in explanations[2].text


def test_each_of_the_52_projects_has_its_goal_and_the_key_project_another(
    sample: BudgetDocument,
) -> None:
    goals = of_kind(sample, PassageKind.GOAL)
    projects = next(t for t in sample.tables if t.kind is TableKind.PROJECTS)
    leaves = [row for row in projects.rows if row.kind is RowKind.LEAF]
    assert len(leaves) == 52
    assert [p.row_id for p in goals[:52]] == [row.id for row in leaves]
    assert [p.title for p in goals[:52]] == [row.printed for row in leaves]
    assert [p.place.line for p in goals[:52]] == [row.place.line for row in leaves]
    assert all(p.text == row.cells[-1].printed for p, row in zip(goals, leaves, strict=False))
    assert goals[52].title == "天河区政府门户网站内容运营和区政务新媒体管理服务项目"


def test_the_notes_of_the_sample_know_their_tables(sample: BudgetDocument) -> None:
    titles = {table.id: table.title for table in sample.tables}
    notes = [(titles[p.table_id or ""], p.text) for p in of_kind(sample, PassageKind.NOTE)]
    assert notes[:2] == [
        (
            "收支总体情况表",
            "注：财政拨款收支情况包括一般公共预算、政府性基金预算、国有资本经营预算拨款收支情况。",
        ),
        ("收支总体情况表", "本套报表金额单位转换时可能存在尾数误差。"),
    ]
    assert {title for title, _ in notes} == set(titles.values())

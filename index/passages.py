"""Loose lines, notes and goals to passages: the smallest citable texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.headings import NUMERALS, Section
from index.readers.blocks import Line
from index.records import (
    Cell,
    CellKind,
    ColumnRole,
    Passage,
    PassageKind,
    Place,
    Row,
    RowKind,
    Table,
)
from index.tables import Note
from index.units import is_number

_FINISHED = re.compile(r"[。！？；;：:.!?…]$|[。！？]?[”）)]$")
_CLAUSE = re.compile(rf"^(?P<item>[（(][{NUMERALS}]+[）)])\s*(?P<text>.*)$")
_SUBCLAUSE = re.compile(r"^(?P<item>\d{1,2})[.．、]\s*(?P<text>\D.*)$")
_ENTRY = re.compile(
    rf"^(?P<item>[{NUMERALS}]+、\s*(?P<term>[^：:。]{{1,40}}))[：:]\s*(?P<text>.+)$"
)
_ITEM_START = re.compile(
    rf"^(?:[（(][{NUMERALS}]+[）)]|[{NUMERALS}]+、|\d{{1,2}}[.．、](?=\D)|注[：:])"
)

_INDENT = 2
_WIDEST_LINE, _FULL_LINES = 60, 3
"""No line of a printed page has more characters, and a text in lines has some full ones."""

_KINDS: tuple[tuple[PassageKind, re.Pattern[str]], ...] = (
    (PassageKind.GLOSSARY, re.compile("名词解释|名词说明")),
    (PassageKind.COMPOSITION, re.compile("预算(?:单位)?构成|预算单位|部门构成|单位构成|编制范围")),
    (PassageKind.ORGANISATION, re.compile("机构设置|内设机构|人员(?:构成|情况|编制)")),
    (PassageKind.DUTY, re.compile("职责|职能")),
    (PassageKind.EXPLANATION, re.compile("说明|情况|安排|变化|绩效|采购|国有资产|经费")),
)


_NAMES_ONLY = re.compile("(?:编码|代码|名称|科目|时间|日期|备注|序号|编号|单位)(?:[（(].*[）)])?$")
"""A column of these tells nothing of what a project is to achieve."""
_DESCRIBES = re.compile("目标|绩效|指标|内容|任务|依据|用途|说明")
_MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one paragraph, joined where a page or line break had cut them."""

    text: str
    place: Place


def join_lines(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Paragraphs; a line that ends in mid-sentence goes on with the next one.

    So does a full line of a text that is printed in lines, wherever a sentence ends in it.
    """
    done: list[Paragraph] = []
    lines = tuple(lines)
    width = _width(lines)
    last = ""
    for line in lines:
        goes_on = bool(done) and (not _FINISHED.search(last) or _is_full(last, width))
        if goes_on and not _ITEM_START.match(line.text):
            done[-1] = replace(done[-1], text=done[-1].text + line.text)
        else:
            done.append(Paragraph(line.text, line.place))
        last = line.text
    return tuple(done)


def _width(lines: tuple[Line, ...]) -> int:
    """How many characters the full lines of a text have; 0 where each paragraph is one line."""
    sizes = [len(line.text) for line in lines]
    width = max(sizes, default=0)
    full = sum(size >= width - _INDENT for size in sizes)
    return width if width <= _WIDEST_LINE and full >= _FULL_LINES else 0


def _is_full(line: str, width: int) -> bool:
    """Whether a line is as long as a text's lines are, the first of an item two less."""
    least = width - _INDENT if _ITEM_START.match(line) else width - 1
    return width > 0 and len(line) >= least


def section_passages(
    section: Section, loose: tuple[Line, ...], ids: Iterable[str]
) -> list[Passage]:
    """A passage for each clause, sub-clause, glossary entry or paragraph of the section."""
    name = section.heading or section.part or ""
    kind = passage_kind(section)
    passages: list[Passage] = []
    clause: Passage | None = None
    numbers = iter(ids)
    for paragraph in join_lines(loose):
        found = _ENTRY.match(paragraph.text)
        if found and kind is PassageKind.GLOSSARY:
            item, title = found["item"].strip(), found["term"].strip()
            passages.append(
                Passage(next(numbers), kind, name, item, title, paragraph.text, paragraph.place)
            )
            continue
        top, sub = _CLAUSE.match(paragraph.text), _SUBCLAUSE.match(paragraph.text)
        item, parent = None, None
        if top:
            item = top["item"]
        elif sub and clause is not None:
            item, parent = f"{clause.item}{sub['item']}", clause.id
        passage = Passage(
            next(numbers), kind, name, item, None, paragraph.text, paragraph.place, parent
        )
        clause = passage if top else clause
        passages.append(passage)
    return passages


def note_passages(table: Table, notes: tuple[Note, ...], ids: Iterable[str]) -> list[Passage]:
    """A passage for each note under the table, as printed."""
    numbers = iter(ids)
    return [
        Passage(
            next(numbers),
            PassageKind.NOTE,
            table.section or "",
            "注",
            table.title,
            note.text,
            note.place,
            table_id=table.id,
        )
        for note in notes
    ]


def goal_passages(table: Table, ids: Iterable[str]) -> list[Passage]:
    """A passage for each text cell of the table, as a project's 绩效目标."""
    numbers = iter(ids)
    return [
        Passage(
            next(numbers),
            PassageKind.GOAL,
            table.section or "",
            table.columns[cell.column].name,
            row.label,
            cell.printed,
            row.place,
            table_id=table.id,
            row_id=row.id,
        )
        for row in table.rows
        for cell in _texts(table, row)
    ]


def list_passages(table: Table, section: Section, ids: Iterable[str]) -> list[Passage]:
    """A passage that lists the names of a table without amounts: the units of a department."""
    names = [row.printed for row in table.rows if row.printed]
    if not _is_list(table) or not names or len(names) > _MOST_LISTED:
        return []
    text = f"{table.title}：{'；'.join(names)}"
    kind, name = passage_kind(section), section.heading or section.part or table.title
    return [Passage(next(iter(ids)), kind, name, None, None, text, table.place)]


def passage_kind(section: Section) -> PassageKind:
    """What the passages of a section tell, by its heading and then by its part."""
    for name in (section.heading, section.part):
        for kind, words in _KINDS:
            if name and words.search(name):
                return kind
    return PassageKind.OTHER


def _texts(table: Table, row: Row) -> list[Cell]:
    goals = _DESCRIBES if _is_list(table) else _NAMES_ONLY
    columns = {
        column.index
        for column in table.columns
        if column.role is ColumnRole.TEXT
        and bool(goals.search(column.path[-1])) is (goals is _DESCRIBES)
    }
    return [
        cell
        for cell in row.cells
        if cell.column in columns
        and cell.kind is CellKind.TEXT
        and row.kind is not RowKind.TOTAL
        and not is_number(cell.printed)
    ]


def _is_list(table: Table) -> bool:
    """Whether the table prints names and no money."""
    return not any(column.role is ColumnRole.AMOUNT for column in table.columns)

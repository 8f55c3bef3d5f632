"""The sets of lines of units below a department, and of one unit's projects.

units      the units below the department, or those of a sort: 各区分局, 番禺的五个环保所
of a unit  the projects of one unit that the question names
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.records import PROJECT_TABLES, NamePart, RowKind, TableKind
from index.units import read_numeral
from qa_service.understand.asked_rows import Asked, RowSet, scope_of, whole_of
from qa_service.understand.entries import TableEntry
from qa_service.understand.operations import KEY_PROJECTS
from qa_service.understand.units import OWN
from qa_service.understand.weighed import Span

UNITS_COUNTED = re.compile(
    r"(?<!哪)(?P<count>\d{1,2}|[两二三四五六七八九十])[家个](?:下属|直属|所属)?(?:的)?(?:事业)?单位"
)
_WITHOUT_OWN = re.compile("不(?:算|含|包括|计)(?:[局委厅办]|机关|部门|单位)?(?:机关)?本级")
_WITH_OWN = re.compile(
    r"(?:算上|加上|连上?|连同|包括|含)(?:[局委厅办]|机关|部门)?本级(?:在内)?[,，]?|"
    r"(?:[局委厅办]|机关)?本级(?:和|跟|与|加上?|连同|、|再加)?"
    r"(?=(?:下面|底下)?(?:的)?[\d两二三四五六七八九十几]*[家个]?(?:下属|直属|所属|事业|单位))"
)
"""本级和两个下属单位: the department itself is one of them."""
_EACH_OF_SORT = (
    r"(?:各|每|哪些|哪几|几|全部|所有|[\d两二三四五六七八九十]+)(?:个|家)?(?:区|县|市|镇)?(?:的)?"
)
"""What says that several units of a sort are meant: 哪些区的分局."""
_SORT_COUNTED = re.compile(r"(?P<count>\d{1,2}|[两二三四五六七八九十])[家个][^\d家个]{1,8}$")
_ASKS_WHICH = re.compile(
    "哪些|哪几|哪(?:一)?[个家]|几[个家]|最[高多大低少小]|一共|总共|合计|加起来|平均"
)
_UNIT_FIRST = -1
"""A unit is meant before the projects whose names hold its own."""
_DOCUMENT = "部门预算"
"""部门预算里有几家单位 speaks of the document, and of none of its tables."""
_BELOW = re.compile(
    r"下属|直属|所属|下级|二级|下设|下辖|"
    r"(?:下面|底下|手下|下头)[^,，。?？]{0,4}?(?:[\d两二三四五六七八九几]+[个家])?(?:的)?(?:事业)?单位"
)
"""Units are those below the department where it is said; else itself is one of them."""
_WITHOUT_UNITS = re.compile("不(?:算|含|包括|计)(?:下属|所属|直属)?单位")
_UNIT_TABLES = (TableKind.INCOME, TableKind.BASIC, TableKind.PROJECTS)


def projects_of_units(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The projects of one unit that the question names: 第一分局的项目, 本级名下的项目."""
    if entry.table.kind not in PROJECT_TABLES or not asked.words.projects:
        return
    key = asked.question.words_mask((KEY_PROJECTS,))
    if entry.table.kind is TableKind.KEY_GOALS and not key:
        return
    for row in entry.table.rows:
        below = asked.lexicon.children.get(row.id)
        if row.kind is not RowKind.SUBTOTAL or not below:
            continue
        own = asked.lexicon.own_lines.get(row.id)
        names = [OWN] if own == "" else [f.text for f in asked.lexicon.rows[row.id].names]
        said = max((n for n in names if n in asked.question.text), key=len, default="")
        if not said:
            continue
        mask = asked.words.projects | asked.words.parts | asked.words.nouns | scope_of(asked, entry)
        for found in _WITHOUT_UNITS.finditer(asked.question.text):
            mask |= Span(*found.span()).mask
        mask |= asked.question.words_mask(
            (said, *(f"{organ}{said}" for organ in "局委厅办市区县省"))
        )
        whole = replace(whole_of(asked, entry), kinds=(RowKind.LEAF,), parent_ids=(row.id,))
        yield RowSet(replace(whole, total_id=row.id), mask, _UNIT_FIRST, by_words=True)


def units_below(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The units below the department, by the lines that a table has of them."""
    if entry.table.kind not in _UNIT_TABLES or entry.subjects is not None:
        return
    sort, sort_mask = _sort_said(asked) if not asked.words.units else ("", 0)
    if not (asked.words.units or sort):
        return
    kind = RowKind.LEAF if entry.table.kind is TableKind.INCOME else RowKind.SUBTOTAL
    text, own_lines = asked.question.text, asked.lexicon.own_lines
    own = tuple(row.id for row in entry.table.rows if row.id in own_lines)
    below = tuple(
        row.id
        for row in entry.table.rows
        if row.kind is kind and not row.side and row.id not in (*own, *asked.lexicon.sums)
    )
    with_own = _WITH_OWN.search(text) is not None
    if sort:
        own = ()
        below, place_mask = _of_a_place(asked, below, sort)
        sort_mask |= asked.question.words_mask((sort,)) | place_mask
    ids = below if _BELOW.search(text) and not with_own else (*own, *below)
    told = _SORT_COUNTED.search(text[: sort_mask.bit_length()]) if sort else None
    told = told or UNITS_COUNTED.search(text)
    counts = {len(ids), len(below)} if with_own else {len(ids)}
    if told and read_numeral(told["count"]) not in counts:
        return
    if below and len(ids) > 1:
        whole = replace(whole_of(asked, entry), row_ids=ids, total_id=None)
        if sort:
            whole = replace(whole, contains=(sort,), name_part=NamePart.END)
        mask = asked.words.units | asked.words.parts | asked.words.nouns
        mask |= scope_of(asked, entry) | sort_mask | asked.question.words_mask((_DOCUMENT,))
        for found in (
            *_WITHOUT_OWN.finditer(text),
            *_WITH_OWN.finditer(text),
            *UNITS_COUNTED.finditer(text),
        ):
            mask |= Span(*found.span()).mask
        tier = 0 if entry.table.kind is TableKind.INCOME else 1
        if any(aspect in text for aspect in entry.aspects):
            tier = _UNIT_FIRST
        yield RowSet(whole, mask, tier, by_words=False, told_elsewhere=True)


def _of_a_place(asked: Asked, units: tuple[str, ...], sort: str) -> tuple[tuple[str, ...], int]:
    """The units of a sort, of the one place that the question names: 番禺的五个环保所."""
    text, rows = asked.question.text, asked.lexicon.rows
    of_sort = tuple(i for i in units if rows[i].label.text.endswith(sort))
    for token in asked.question.tokens:
        place = text[token.start : token.end]
        there = tuple(i for i in of_sort if place in rows[i].label.text.removesuffix(sort))
        if 1 < len(there) < len(of_sort):
            return there, token.mask
    return of_sort, 0


def _sort_said(asked: Asked) -> tuple[str, int]:
    """The sort of unit that the question speaks of, and where: 各区分局, 五个环保所; or nothing."""
    for sort in asked.lexicon.unit_sorts:
        found = re.search(
            rf"(?P<each>{_EACH_OF_SORT})?[区县镇]?{re.escape(sort)}", asked.question.own
        )
        if found and (found["each"] or _ASKS_WHICH.search(asked.question.own)):
            return sort, Span(*found.span()).mask
    return "", 0

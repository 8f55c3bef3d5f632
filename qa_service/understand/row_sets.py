"""The sets of rows that the words of a question may mean, table by table.

    level     类级, 款级 or 项级科目 of a table of subjects
    projects  the projects of a table of projects
    parts     what stands below a row that the question names
    side      the lines of one side of a two-sided table
    lines     the lines of a plain table, by a common noun or by the head of its names
    named     rows that the question names side by side

Each set says which characters of the question mean it, so that the sets can be
weighed against each other. No set holds a row and a part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from index.records import PROJECT_TABLES, RowKind, TableKind
from index.units import read_numeral
from qa_service.types import Operation
from qa_service.understand.asked_rows import (
    Asked,
    AskedWords,
    RowSet,
    said_mask,
    scope_of,
    tier_of,
    whole_of,
)
from qa_service.understand.entries import ASPECTS, RowEntry, SubjectSort, TableEntry
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import KEY_PROJECTS
from qa_service.understand.unit_sets import projects_of_units, units_below
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Span, Weighed

_TABLE_OF_THAT = -1
"""A table of what is said is meant before a column of it: 基本支出的款级科目."""
_LEVELS = {1: "class_", 2: "section", 3: "item"}
_OF_PARTS = {Operation.RANK, Operation.COUNT, Operation.LIST, Operation.AVERAGE}
"""What is asked of a row's parts even where no word says that parts are meant."""
_OF_NAMED = {Operation.SUM, Operation.AVERAGE, Operation.RANK, Operation.LIST}
_COUNTED = re.compile(
    r"(?:(?P<count>[一二两三四五六七八九十\d]{1,3})[几多来余]?大?|[几每各这那]大?)(?:类|项|块|笔|样|种)(?!目|级)"
)
_PARTED = re.compile("(?:分成|分为|分作|拆成|分了|分出)[了的]?")
_GROUPS = re.compile("大类|哪一?类|几类|各类|类别|[一二两三四五六七八九十]类|大块|几块")
_BY_PLACE = (("左边", "左侧", "左半边", "左栏", "左列"), ("右边", "右侧", "右半边", "右栏", "右列"))
"""How the sides of a two-sided table are called by where they stand."""
_SIDE_WORDS = (
    "那一边",
    "这一边",
    "那边",
    "这边",
    "一边",
    "那一侧",
    "那侧",
    "一侧",
    "那一头",
    "方",
    "侧",
    "端",
    "边",
    "科目",
    "类别",
    "来源",
    "项目",
    "大类",
    "一栏",
    "部分",
)


def row_sets(
    question: Weighed,
    operation: Operation,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    tables: frozenset[str] | None,
) -> list[RowSet]:
    """All sets of rows that the question may mean; `tables` are those that it names."""
    asked = Asked(question, _words(question, vocabulary), operation, tables, lexicon)
    found: list[RowSet] = []
    for entry in lexicon.tables.values():
        if tables is None or entry.table.id in tables:
            for sets in _SETS:
                found += sets(asked, entry)
    return found


def _words(question: Weighed, vocabulary: Vocabulary) -> AskedWords:
    sets = vocabulary.row_sets
    return AskedWords(
        {level: said_mask(question, getattr(sets, name)) for level, name in _LEVELS.items()},
        said_mask(question, sets.projects),
        said_mask(question, sets.children),
        said_mask(question, sets.lines) | _counted(question),
        said_mask(question, sets.functional),
        said_mask(question, sets.economic),
        said_mask(question, sets.units),
    )


def _counted(question: Weighed) -> int:
    """Where lines are counted off: 四类, 每项, 几块."""
    mask = 0
    for found in _COUNTED.finditer(question.text):
        mask |= Span(*found.span()).mask
    return mask


def _levels(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    """A level by its word; each level of a named table where only 科目 is said."""
    if entry.subjects is None:
        return
    said = {level: mask for level, mask in asked.words.levels.items() if mask}
    meant = asked.named_tables is not None or any(
        aspect in asked.question.text for aspect in entry.aspects
    )
    sort = {
        SubjectSort.FUNCTIONAL: asked.words.functional,
        SubjectSort.ECONOMIC: asked.words.economic,
    }
    meant = meant or bool(sort.get(entry.subjects))
    if not said and meant and asked.words.nouns:
        said = dict.fromkeys(_of_so_many(asked, entry) or _finest(asked, entry), 0)
    for level, mask in said.items():
        if level in entry.levels:
            tier = tier_of(asked, entry) + 3 * (
                entry.subjects is SubjectSort.ECONOMIC and not asked.words.economic
            )
            said_aspects = {a for a in ASPECTS if a in asked.question.text}
            if said_aspects & entry.aspects:
                tier = _TABLE_OF_THAT if said_aspects <= entry.aspects else 1
            selection = replace(whole_of(asked, entry), level=level)
            mask |= asked.words.nouns | scope_of(asked, entry)
            for found in _PARTED.finditer(asked.question.text):
                mask |= Span(*found.span()).mask
            yield RowSet(selection, mask, tier, by_words=False)


def _finest(asked: Asked, entry: TableEntry) -> tuple[int, ...]:
    """The one level that an order of subjects is of; all levels where no order is asked for.

    哪个科目最少 asks for no 大类, which holds many, and 哪一类 for no single subject.
    """
    if asked.operation is not Operation.RANK:
        return entry.levels
    return entry.levels[:1] if _GROUPS.search(asked.question.text) else entry.levels[-1:]


def _of_so_many(asked: Asked, entry: TableEntry) -> tuple[int, ...]:
    """The one level that has as many subjects as the question says: 分成四大块."""
    told = _COUNTED.search(asked.question.text)
    if told is None or told["count"] is None:
        return ()
    number = read_numeral(told["count"])
    held = Counter(row.level for row in entry.table.rows if row.code)
    levels = tuple(level for level, count in held.items() if count == number > 1)
    return levels if len(levels) == 1 else ()


def _projects(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    if entry.table.kind in PROJECT_TABLES and (asked.words.projects or asked.named_tables):
        selection = replace(whole_of(asked, entry), kinds=(RowKind.LEAF,))
        mask = asked.words.projects | asked.words.nouns | scope_of(asked, entry)
        key = asked.question.words_mask((KEY_PROJECTS,))
        if entry.table.kind is TableKind.KEY_GOALS and key:
            yield RowSet(selection, mask | key, 0, by_words=False)
        else:
            yield RowSet(selection, mask, tier_of(asked, entry), by_words=True)


def _parts(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The parts of each row of the table that the question names; of a level, where it says one."""
    if not asked.words.parts and asked.operation not in _OF_PARTS:
        return
    for row, named in (*_rows_said(asked, entry), *_rows_meant(asked, entry)):
        below = asked.lexicon.children.get(row.row.id)
        if not below:
            continue
        parents: tuple[str, ...] = (row.row.id,)
        mask = named | asked.words.parts | asked.words.nouns | scope_of(asked, entry)
        mask |= asked.words.projects
        for level, said in asked.words.levels.items():
            if said and entry.subjects is not None and level > row.row.level:
                parents = _above(asked.lexicon, parents, level - 1)
                mask |= said
        if parents:
            selection = replace(
                whole_of(asked, entry, row.row.side), parent_ids=parents, total_id=row.row.id
            )
            yield RowSet(selection, mask, tier_of(asked, entry), by_words=False)


def _above(lexicon: Lexicon, row_ids: tuple[str, ...], level: int) -> tuple[str, ...]:
    """The rows of the level at or below the rows given."""
    found: list[str] = []
    for row_id in row_ids:
        if lexicon.rows[row_id].row.level >= level:
            found.append(row_id)
        else:
            found += _above(lexicon, lexicon.children.get(row_id, ()), level)
    return tuple(r for r in found if lexicon.children.get(r))


def _rows_said(asked: Asked, entry: TableEntry) -> Iterator[tuple[RowEntry, int]]:
    """The rows of the table whose whole name or code the question says, with where it does."""
    text, lexicon = asked.question.text, asked.lexicon
    seen: dict[str, int] = {}
    for span in asked.question.exact:
        for row_id in lexicon.by_label.get(text[span.start : span.end], ()):
            if lexicon.rows[row_id].table_id == entry.table.id:
                seen[row_id] = seen.get(row_id, 0) | span.mask
    for span in asked.question.codes:
        for row_id in lexicon.by_code.get(text[span.start : span.end], ()):
            if lexicon.rows[row_id].table_id == entry.table.id:
                seen[row_id] = seen.get(row_id, 0) | span.mask
    for row_id, mask in seen.items():
        yield lexicon.rows[row_id], mask


def _rows_meant(asked: Asked, entry: TableEntry) -> Iterator[tuple[RowEntry, int]]:
    """The rows of the table that everyday words mean: “三公”开支."""
    terms = [span.mask for span in asked.question.exact]
    for meaning in asked.question.meanings:
        if any(meaning.mask & ~term == 0 for term in terms):
            continue
        for row_id in (i for t in meaning.terms for i in asked.lexicon.by_label.get(t, ())):
            if asked.lexicon.rows[row_id].table_id == entry.table.id:
                yield asked.lexicon.rows[row_id], meaning.mask


def _sides(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    for side, places in zip(entry.sides, _BY_PLACE, strict=False):
        words = (*(side + word for word in _SIDE_WORDS), *places)
        mask = said_mask(asked.question, words)
        if not mask and not (
            asked.named_tables and asked.words.nouns and side in asked.question.own
        ):
            continue
        selection = replace(whole_of(asked, entry, side), kinds=(RowKind.LEAF,))
        mask |= said_mask(asked.question, (side,)) | asked.words.nouns | scope_of(asked, entry)
        mask |= asked.words.functional
        yield RowSet(selection, mask | asked.words.projects, tier_of(asked, entry), by_words=False)


def _lines(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The lines of a table that has neither codes nor sides nor groups."""
    plain_table = entry.subjects is None and not entry.sides and not entry.grouped
    if not plain_table or entry.table.kind in PROJECT_TABLES:
        return
    head = 0
    for form in entry.label_heads:
        head |= asked.question.mask(form)
    scope = scope_of(asked, entry)
    said = asked.words.nouns | (asked.words.projects if asked.named_tables else 0)
    if not said or not (asked.named_tables or any(a in asked.question.text for a in entry.aspects)):
        return
    selection = replace(whole_of(asked, entry), kinds=(RowKind.LEAF,))
    yield RowSet(selection, said | head | scope, tier_of(asked, entry) + 1, by_words=False)


def _named(asked: Asked, entry: TableEntry) -> Iterator[RowSet]:
    """Rows of one table that the question names side by side, none a part of another."""
    if asked.operation not in _OF_NAMED:
        return
    mask = scope_of(asked, entry) | asked.words.nouns
    said: dict[int, list[RowEntry]] = {}
    for row, named in _rows_said(asked, entry):
        said.setdefault(named, []).append(row)
    ids: list[str] = []
    for named, rows in said.items():
        if len(rows) == 1:
            ids.append(rows[0].row.id)
            mask |= named
    sides = {asked.lexicon.rows[row_id].row.side for row_id in ids}
    if len(ids) > 1 and len(sides) == 1 and not _nested(ids, asked.lexicon):
        whole = replace(whole_of(asked, entry, sides.pop()), total_id=None)
        yield RowSet(
            replace(whole, row_ids=tuple(ids)), mask, tier_of(asked, entry), by_words=False
        )


def _nested(ids: list[str], lexicon: Lexicon) -> bool:
    """Whether one of the rows is a part of another, so that a sum would count it twice."""
    return any(above in ids for row_id in ids for above in lexicon.above(row_id))


_SETS = (_levels, _projects, projects_of_units, _parts, _sides, _lines, _named, units_below)
"""What makes sets of the rows of a table, in this order."""

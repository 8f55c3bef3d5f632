"""The sets of rows that the words of a question may mean, table by table.

    level     类级, 款级 or 项级科目 of a table of subjects
    projects  the projects of a table of projects
    parts     what stands below a row that the question names
    side      the lines of one side of a two-sided table
    lines     the lines of a plain table, by a common noun or by the head of its names
    named     rows that the question names side by side
    units     the units below the department, or those of a sort: 各区分局

Each set says which characters of the question mean it, so that the sets can be
weighed against each other. No set holds a row and a part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import PROJECT_TABLES, NamePart, RowKind, TableKind
from index.units import read_numeral
from qa_service.types import Operation, Selection
from qa_service.understand.entries import ASPECTS, RowEntry, SubjectSort, TableEntry
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import KEY_PROJECTS
from qa_service.understand.units import OWN
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Span, Weighed, occurrences

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
_TABLE_OF_THAT = -1
"""A table of what is said is meant before a column of it: 基本支出的款级科目."""
_UNIT_FIRST = -1
"""A unit is meant before the projects whose names hold its own."""
_BELOW = re.compile(
    r"下属|直属|所属|下级|二级|(?:下面|底下)(?:的)?(?:[\d两二三四五六七八九几]+[个家])?(?:的)?(?:事业)?单位"
)
"""Units are those below the department where it is said; else itself is one of them."""
_WITHOUT_UNITS = re.compile("不(?:算|含|包括|计)(?:下属|所属|直属)?单位")
_UNIT_TABLES = (TableKind.INCOME, TableKind.BASIC, TableKind.PROJECTS)
_LEVELS = {1: "class_", 2: "section", 3: "item"}
_FIRST_TABLES = (TableKind.SPENDING, TableKind.PROJECTS, TableKind.TOTALS)
"""The tables that are meant first where several hold the same rows and none is named."""
_LATER_TABLES = (TableKind.INCOME, TableKind.KEY_GOALS, TableKind.FISCAL_TOTALS)
_OF_PARTS = {Operation.RANK, Operation.COUNT, Operation.LIST, Operation.AVERAGE}
"""What is asked of a row's parts even where no word says that parts are meant."""
_OF_NAMED = {Operation.SUM, Operation.AVERAGE, Operation.RANK, Operation.LIST}
_COUNTED = re.compile(
    r"(?:(?P<count>[一二两三四五六七八九十\d]{1,3})[几多来余]?大?|[几每各这那]大?)(?:类|项|块|笔|样|种)(?!目|级)"
)
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


@dataclass(frozen=True, slots=True)
class RowSet:
    """One set of rows, in the whole column of its table."""

    selection: Selection
    mask: int
    """The characters of the question that mean these rows."""
    tier: int
    """Of sets that explain a question alike, those of the lowest tier are meant."""
    by_words: bool
    """Whether another word may narrow the rows by their names: 运维项目."""
    told_elsewhere: bool = False
    """Whether a text tells the rows themselves, so that a list is of those within limits alone."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Where the question says which sort of rows it means, as masks."""

    levels: dict[int, int]
    projects: int
    parts: int
    nouns: int
    functional: int
    economic: int
    units: int


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Weighed
    words: _Words
    operation: Operation
    named_tables: frozenset[str] | None
    lexicon: Lexicon


def row_sets(
    question: Weighed,
    operation: Operation,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    tables: frozenset[str] | None,
) -> list[RowSet]:
    """All sets of rows that the question may mean; `tables` are those that it names."""
    asked = _Asked(question, _words(question, vocabulary), operation, tables, lexicon)
    found: list[RowSet] = []
    for entry in lexicon.tables.values():
        if tables is None or entry.table.id in tables:
            for sets in (_levels, _projects, _of_units, _parts, _sides, _lines, _named, _units):
                found += sets(asked, entry)
    return found


def said_mask(question: Weighed, words: tuple[str, ...]) -> int:
    """Where the question says one of the words, terms of the document left aside."""
    mask = 0
    inside = [span.mask for span in question.exact]
    for word in words:
        for span in occurrences(question.text, plain(word)):
            if not any(span.mask & ~term == 0 and span.mask != term for term in inside):
                mask |= span.mask
    return mask


def column_of(entry: TableEntry, side: str | None) -> int:
    """The column that holds the whole of each row, of one side where the table has two."""
    return next(
        column.index
        for column, _ in entry.columns
        if column.is_whole and (side is None or column.path[0] == side)
    )


def _words(question: Weighed, vocabulary: Vocabulary) -> _Words:
    sets = vocabulary.row_sets
    return _Words(
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


def _scope(asked: _Asked, entry: TableEntry) -> int:
    """The characters that the table's own title explains, and those that name its subjects."""
    title = asked.question.mask(entry.title)
    match entry.subjects:
        case SubjectSort.FUNCTIONAL:
            return title | asked.words.functional
        case SubjectSort.ECONOMIC:
            return title | asked.words.economic
        case _:
            return title


def _tier(asked: _Asked, entry: TableEntry) -> int:
    """How far the table is from the first one meant; a title that says an aspect comes first."""
    text = asked.question.text
    if any(aspect in text for aspect in entry.aspects):
        return 0
    if entry.table.kind in _FIRST_TABLES:
        return 0
    return 2 if entry.table.kind in _LATER_TABLES else 1


def _whole(asked: _Asked, entry: TableEntry, side: str | None = None) -> Selection:
    total = asked.lexicon.total_of.get((entry.table.id, side))
    return Selection(
        asked.lexicon.document.id,
        entry.table.id,
        column_of(entry, side),
        side=side,
        total_id=total,
    )


def _levels(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    """A level by its word; each level of a named table where only 科目 is said."""
    if entry.subjects is None:
        return
    said = {level: mask for level, mask in asked.words.levels.items() if mask}
    meant = asked.named_tables is not None or any(
        aspect in asked.question.text for aspect in entry.aspects
    )
    if not said and meant and asked.words.nouns:
        said = dict.fromkeys(_of_so_many(asked, entry) or entry.levels, 0)
    for level, mask in said.items():
        if level in entry.levels:
            tier = _tier(asked, entry) + 3 * (
                entry.subjects is SubjectSort.ECONOMIC and not asked.words.economic
            )
            said_aspects = {a for a in ASPECTS if a in asked.question.text}
            if said_aspects & entry.aspects:
                tier = _TABLE_OF_THAT if said_aspects <= entry.aspects else 1
            selection = replace(_whole(asked, entry), level=level)
            mask |= asked.words.nouns | _scope(asked, entry)
            yield RowSet(selection, mask, tier, by_words=False)


def _of_so_many(asked: _Asked, entry: TableEntry) -> tuple[int, ...]:
    """The one level that has as many subjects as the question says: 分成四大块."""
    told = _COUNTED.search(asked.question.text)
    if told is None or told["count"] is None:
        return ()
    number = read_numeral(told["count"])
    held = Counter(row.level for row in entry.table.rows if row.code)
    levels = tuple(level for level, count in held.items() if count == number > 1)
    return levels if len(levels) == 1 else ()


def _projects(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    if entry.table.kind in PROJECT_TABLES and (asked.words.projects or asked.named_tables):
        selection = replace(_whole(asked, entry), kinds=(RowKind.LEAF,))
        mask = asked.words.projects | asked.words.nouns | _scope(asked, entry)
        key = asked.question.words_mask((KEY_PROJECTS,))
        if entry.table.kind is TableKind.KEY_GOALS and key:
            yield RowSet(selection, mask | key, 0, by_words=False)
        else:
            yield RowSet(selection, mask, _tier(asked, entry), by_words=True)


def _of_units(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The projects of one unit that the question names: 第一分局的项目, 本级名下的项目."""
    if entry.table.kind not in PROJECT_TABLES or not asked.words.projects:
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
        mask = asked.words.projects | asked.words.parts | asked.words.nouns | _scope(asked, entry)
        for found in _WITHOUT_UNITS.finditer(asked.question.text):
            mask |= Span(*found.span()).mask
        mask |= asked.question.words_mask(
            (said, *(f"{organ}{said}" for organ in "局委厅办市区县省"))
        )
        whole = replace(_whole(asked, entry), kinds=(RowKind.LEAF,), parent_ids=(row.id,))
        yield RowSet(replace(whole, total_id=row.id), mask, _UNIT_FIRST, by_words=True)


def _parts(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The parts of each row of the table that the question names; of a level, where it says one."""
    if not asked.words.parts and asked.operation not in _OF_PARTS:
        return
    for row, named in (*_rows_said(asked, entry), *_rows_meant(asked, entry)):
        below = asked.lexicon.children.get(row.row.id)
        if not below:
            continue
        parents: tuple[str, ...] = (row.row.id,)
        mask = named | asked.words.parts | asked.words.nouns | _scope(asked, entry)
        mask |= asked.words.projects
        for level, said in asked.words.levels.items():
            if said and entry.subjects is not None and level > row.row.level:
                parents = _above(asked.lexicon, parents, level - 1)
                mask |= said
        if parents:
            selection = replace(
                _whole(asked, entry, row.row.side), parent_ids=parents, total_id=row.row.id
            )
            yield RowSet(selection, mask, _tier(asked, entry), by_words=False)


def _above(lexicon: Lexicon, row_ids: tuple[str, ...], level: int) -> tuple[str, ...]:
    """The rows of the level at or below the rows given."""
    found: list[str] = []
    for row_id in row_ids:
        if lexicon.rows[row_id].row.level >= level:
            found.append(row_id)
        else:
            found += _above(lexicon, lexicon.children.get(row_id, ()), level)
    return tuple(r for r in found if lexicon.children.get(r))


def _rows_said(asked: _Asked, entry: TableEntry) -> Iterator[tuple[RowEntry, int]]:
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


def _rows_meant(asked: _Asked, entry: TableEntry) -> Iterator[tuple[RowEntry, int]]:
    """The rows of the table that everyday words mean: “三公”开支."""
    terms = [span.mask for span in asked.question.exact]
    for meaning in asked.question.meanings:
        if any(meaning.mask & ~term == 0 for term in terms):
            continue
        for row_id in (i for t in meaning.terms for i in asked.lexicon.by_label.get(t, ())):
            if asked.lexicon.rows[row_id].table_id == entry.table.id:
                yield asked.lexicon.rows[row_id], meaning.mask


def _sides(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    for side, places in zip(entry.sides, _BY_PLACE, strict=False):
        words = (*(side + word for word in _SIDE_WORDS), *places)
        mask = said_mask(asked.question, words)
        if not mask and not (
            asked.named_tables and asked.words.nouns and side in asked.question.own
        ):
            continue
        selection = replace(_whole(asked, entry, side), kinds=(RowKind.LEAF,))
        mask |= said_mask(asked.question, (side,)) | asked.words.nouns | _scope(asked, entry)
        mask |= asked.words.functional
        yield RowSet(selection, mask | asked.words.projects, _tier(asked, entry), by_words=False)


def _lines(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    """The lines of a table that has neither codes nor sides nor groups."""
    plain_table = entry.subjects is None and not entry.sides and not entry.grouped
    if not plain_table or entry.table.kind in PROJECT_TABLES:
        return
    head = 0
    for form in entry.label_heads:
        head |= asked.question.mask(form)
    scope = _scope(asked, entry)
    said = asked.words.nouns | (asked.words.projects if asked.named_tables else 0)
    if not said or not (asked.named_tables or any(a in asked.question.text for a in entry.aspects)):
        return
    selection = replace(_whole(asked, entry), kinds=(RowKind.LEAF,))
    yield RowSet(selection, said | head | scope, _tier(asked, entry) + 1, by_words=False)


def _units(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
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
        labels = asked.lexicon.rows
        own, below = (), tuple(i for i in below if labels[i].label.text.endswith(sort))
    ids = below if _BELOW.search(text) and not with_own else (*own, *below)
    told = _SORT_COUNTED.search(text[: sort_mask.bit_length()]) if sort else None
    told = told or UNITS_COUNTED.search(text)
    counts = {len(ids), len(below)} if with_own else {len(ids)}
    if told and read_numeral(told["count"]) not in counts:
        return
    if below and len(ids) > 1:
        whole = replace(_whole(asked, entry), row_ids=ids, total_id=None)
        if sort:
            whole = replace(whole, contains=(sort,), name_part=NamePart.END)
        mask = asked.words.units | asked.words.nouns | _scope(asked, entry) | sort_mask
        for found in (*_WITHOUT_OWN.finditer(text), *_WITH_OWN.finditer(text)):
            mask |= Span(*found.span()).mask
        tier = 0 if entry.table.kind is TableKind.INCOME else 1
        yield RowSet(whole, mask, tier, by_words=False, told_elsewhere=True)


def _sort_said(asked: _Asked) -> tuple[str, int]:
    """The sort of unit that the question speaks of, and where: 各区分局, 五个环保所; or nothing."""
    for sort in asked.lexicon.unit_sorts:
        found = re.search(rf"(?:{_EACH_OF_SORT})?{re.escape(sort)}", asked.question.own)
        if found and (
            found.start() + len(sort) < found.end() or _ASKS_WHICH.search(asked.question.own)
        ):
            return sort, Span(*found.span()).mask
    return "", 0


def _named(asked: _Asked, entry: TableEntry) -> Iterator[RowSet]:
    """Rows of one table that the question names side by side, none a part of another."""
    if asked.operation not in _OF_NAMED:
        return
    mask = _scope(asked, entry) | asked.words.nouns
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
        whole = replace(_whole(asked, entry, sides.pop()), total_id=None)
        yield RowSet(replace(whole, row_ids=tuple(ids)), mask, _tier(asked, entry), by_words=False)


def _nested(ids: list[str], lexicon: Lexicon) -> bool:
    """Whether one of the rows is a part of another, so that a sum would count it twice."""
    for row_id in ids:
        above = lexicon.rows[row_id].row.parent_id
        while above is not None:
            if above in ids:
                return True
            above = lexicon.rows[above].row.parent_id
    return False

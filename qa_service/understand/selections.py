"""Which rows a sum, a count, an average, a ranking or a list is made of.

The set of rows comes from the words for it (项目, 款级科目, the children of a
named row) or from the rows that the question names side by side. Whatever of
the question the selection does not explain is counted, so that a word that was
not understood keeps it from being answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from index.labels import plain
from index.records import RowKind, TableKind
from index.units import read_numeral
from qa_service.types import Operation, Selection
from qa_service.understand.amounts import read_limits
from qa_service.understand.cues import Cues
from qa_service.understand.lexicon import Lexicon, RowEntry, TableEntry
from qa_service.understand.readings import tables_named
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import Span, Weighed, occurrences

MOST_LEFT = 0.75
"""The most that may be left unexplained: two words of one character."""
_QUOTED = r"[“\"'‘「]?(?P<name>[^”\"'’」的,。?]{1,12}?)[”\"'’」]?"
_TOP = re.compile(
    r"(?:前|top|倒数前|后)(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:名|位|个|项|大|的)?"
)
_HOW_MANY_OF = re.compile(
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十])个(?=[^点]*(?:项目|科目|类|的))"
)
_NTH = re.compile(r"第(?P<nth>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:名|位|多|大|高|少|小|低)?")
_LEVELS = {"class_": 1, "section": 2, "item": 3}
_LIST_LIMIT = 60


def select(
    question: Weighed, cues: Cues, lexicon: Lexicon, vocabulary: Vocabulary
) -> Selection | None:
    """The selection that the question means, or None where it means none or is not understood."""
    tables, table_mask = tables_named(question, lexicon)
    question = question.without(table_mask)
    said = _said(question, cues, vocabulary)
    found = [
        *_children(question, lexicon, vocabulary, tables),
        *_named(question, lexicon, tables, cues.operation),
        *_levels(question, lexicon, vocabulary, tables),
        *_projects(question, lexicon, vocabulary, tables),
    ]
    limits = read_limits(question.spoken)
    for start, named in found:
        mask = said | named | (limits.mask if limits else 0)
        contains, contains_mask = _contains(question, vocabulary, mask)
        if contains in lexicon.terms:
            continue
        chosen = replace(start, contains=contains)
        if limits is not None:
            chosen = replace(chosen, least_fen=limits.least_fen, most_fen=limits.most_fen)
        mask |= contains_mask
        left = question.total - question.weight(mask)
        if left <= MOST_LEFT and not question.terms_outside(mask):
            return _ordered(chosen, question, cues, vocabulary)
    return None


def _said(question: Weighed, cues: Cues, vocabulary: Vocabulary) -> int:
    """The characters that say what is done with the rows."""
    words = [
        *(cue for cues_ in vocabulary.operation_cues.values() for cue in cues_),
        *vocabulary.ranking.down,
        *vocabulary.ranking.up,
        *vocabulary.counted_things,
    ]
    mask = cues.wording_mask | _everywhere(question, words)
    for pattern in (_TOP, _NTH, _HOW_MANY_OF):
        for found in pattern.finditer(question.text):
            mask |= Span(*found.span()).mask
    return mask


def _everywhere(question: Weighed, words: Iterable[str]) -> int:
    mask = 0
    inside = [span.mask for span in question.exact]
    for word in words:
        for span in occurrences(question.text, plain(word)):
            if not any(span.mask & ~term == 0 for term in inside):
                mask |= span.mask
    return mask


def _projects(
    question: Weighed, lexicon: Lexicon, vocabulary: Vocabulary, tables: frozenset[str] | None
) -> list[tuple[Selection, int]]:
    mask = _everywhere(question, vocabulary.row_sets.projects)
    mask |= _scope_mask(question, ("项目支出",))
    entry = _first(lexicon, TableKind.PROJECTS, tables)
    if not mask or entry is None:
        return []
    selection = _whole(entry, lexicon)
    return [(replace(selection, kinds=(RowKind.LEAF,)), mask)]


def _levels(
    question: Weighed, lexicon: Lexicon, vocabulary: Vocabulary, tables: frozenset[str] | None
) -> list[tuple[Selection, int]]:
    """类, 款 or 项 of a table of subjects, in the column that the question names.

    The functional subjects of all spending are meant where no table is named.
    """
    coded = {e.table_id for e in lexicon.rows.values() if e.row.code}
    entry = next((lexicon.tables[i] for i in sorted(tables or ()) if i in coded), None)
    if tables is None and "经济" not in question.text:
        entry = _first(lexicon, TableKind.SPENDING, tables)
    if entry is None:
        return []
    for field, level in _LEVELS.items():
        mask = _everywhere(question, getattr(vocabulary.row_sets, field))
        if not mask:
            continue
        mask |= _everywhere(
            question, ("功能分类", "功能科目", "支出功能", "经济分类", "经济科目", "支出", "科目")
        )
        selection = replace(_whole(entry, lexicon), level=level)
        for column, parts in entry.columns:
            for span in question.exact:
                if question.text[span.start : span.end] == parts[-1].text:
                    selection = replace(selection, column=column.index)
                    mask |= span.mask
        return [(selection, mask)]
    return []


def _children(
    question: Weighed, lexicon: Lexicon, vocabulary: Vocabulary, tables: frozenset[str] | None
) -> list[tuple[Selection, int]]:
    """The parts of a row that the question names, where it asks for parts."""
    asked = _everywhere(question, vocabulary.row_sets.children)
    if not asked:
        return []
    found: list[tuple[Selection, int]] = []
    for span in question.exact:
        name = question.text[span.start : span.end]
        for entry in lexicon.rows.values():
            if entry.label.text != name or entry.row.kind is not RowKind.GROUP:
                continue
            table = lexicon.tables[entry.table_id]
            if tables is not None and entry.table_id not in tables:
                continue
            scope = _scope_of(question, table)
            selection = replace(_whole(table, lexicon), parent_id=entry.row.id)
            found.append((selection, asked | span.mask | scope | _code(question, entry)))
    most = max((mask.bit_count() for _, mask in found), default=0)
    best = [(s, m) for s, m in found if m.bit_count() == most]
    return best if len(best) == 1 or _same_rows(best, lexicon) else []


def _code(question: Weighed, entry: RowEntry) -> int:
    """The characters that give the row's code beside its name."""
    mask = 0
    for span in occurrences(question.text, entry.row.code or ""):
        mask |= span.mask
    return mask


def _same_rows(found: list[tuple[Selection, int]], lexicon: Lexicon) -> bool:
    """Whether the parts are the same subjects in every table that has them."""
    sets = {
        tuple(e.row.code for e in lexicon.rows.values() if e.row.parent_id == s.parent_id)
        for s, _ in found
    }
    return len(sets) == 1 and all(code is not None for codes in sets for code in codes)


def _named(
    question: Weighed, lexicon: Lexicon, tables: frozenset[str] | None, operation: Operation
) -> list[tuple[Selection, int]]:
    """Rows named side by side that stand in one table, where they are to be added up."""
    if operation not in (Operation.SUM, Operation.AVERAGE, Operation.RANK):
        return []
    found: list[tuple[Selection, int]] = []
    for table in lexicon.tables.values():
        if tables is not None and table.table.id not in tables:
            continue
        mask = _scope_of(question, table)
        ids: list[str] = []
        for span in question.exact:
            name = question.text[span.start : span.end]
            own = [
                e.row.id
                for e in lexicon.rows.values()
                if e.table_id == table.table.id and e.label.text == name
            ]
            if len(own) == 1:
                ids += own
                mask |= span.mask
        if len(ids) > 1 and not _nested(ids, lexicon):
            found.append((replace(_whole(table, lexicon), row_ids=tuple(dict.fromkeys(ids))), mask))
    most = max((mask.bit_count() for _, mask in found), default=0)
    best = [(s, m) for s, m in found if m.bit_count() == most]
    return best if len(best) == 1 else []


def _nested(ids: list[str], lexicon: Lexicon) -> bool:
    """Whether one of the rows is a part of another, so that a sum would count it twice."""
    for row_id in ids:
        above = lexicon.rows[row_id].row.parent_id
        while above is not None:
            if above in ids:
                return True
            above = lexicon.rows[above].row.parent_id
    return False


def _scope_of(question: Weighed, table: TableEntry) -> int:
    """The terms of the question that the table's own title says."""
    mask = 0
    for span in question.exact:
        if question.text[span.start : span.end] in table.title.text:
            mask |= span.mask
    return mask


def _scope_mask(question: Weighed, names: tuple[str, ...]) -> int:
    mask = 0
    for span in question.exact:
        if question.text[span.start : span.end] in names:
            mask |= span.mask
    return mask


def _first(lexicon: Lexicon, kind: TableKind, tables: frozenset[str] | None) -> TableEntry | None:
    entries = (e for e in lexicon.tables.values() if e.table.kind is kind)
    return next((e for e in entries if tables is None or e.table.id in tables), None)


def _whole(entry: TableEntry, lexicon: Lexicon) -> Selection:
    """All rows of a table with the column that is the whole of each."""
    column = next(column.index for column, _ in entry.columns if column.is_whole)
    return Selection(lexicon.document.id, entry.table.id, column)


def _contains(question: Weighed, vocabulary: Vocabulary, said: int) -> tuple[str | None, int]:
    """What a name must hold: after a word for it, or the one word that is left before 项目."""
    for cue in vocabulary.contains_cues:
        found = re.search(
            re.escape(cue) + r"(?:有|了)?" + _QUOTED + r"(?:字样|两个字|二字|字眼|的|,|$)",
            question.spoken,
        )
        if found and plain(found["name"]):
            start, end = (len(plain(question.spoken[:at])) for at in found.span())
            return plain(found["name"]), Span(start, end).mask
    rest = [i for i, weight in enumerate(question.weights) if weight > 0 and not said >> i & 1]
    if len(rest) > 1 and rest == list(range(rest[0], rest[-1] + 1)):
        name = question.text[rest[0] : rest[-1] + 1]
        return name, Span(rest[0], rest[-1] + 1).mask
    return None, 0


def _ordered(
    selection: Selection, question: Weighed, cues: Cues, vocabulary: Vocabulary
) -> Selection | None:
    """The selection with its order and how many of it are asked for."""
    if cues.operation is not Operation.RANK:
        return replace(selection, limit=_LIST_LIMIT if cues.operation is Operation.LIST else None)
    text = question.text
    up = any(plain(word) in text for word in vocabulary.ranking.up)
    down = any(plain(word) in text for word in vocabulary.ranking.down)
    if up and down:
        return None
    top, nth = _TOP.search(text) or _HOW_MANY_OF.search(text), _NTH.search(text)
    limit: int | None = read_numeral(top["count"]) if top else None
    offset = 0
    if limit is None and nth:
        limit, offset = 1, read_numeral(nth["nth"]) - 1
    if limit is None and not re.search("怎么排|排序|排名|排一下|从.到|由.到|依次", text):
        limit = 1
    return replace(selection, descending=not up, limit=limit, offset=offset)

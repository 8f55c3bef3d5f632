"""What one document holds, ready for matching: labels, columns, titles, facts, names.

A `Lexicon` is built once for a document and never changes. Texts are kept as
`Form`s, whose character pairs are counted when it is built, so that a question
is compared with them by set look-ups alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from index.labels import OWN_LEVELS, is_total, plain, title_core
from index.records import (
    BudgetDocument,
    Column,
    ColumnRole,
    Fact,
    PassageKind,
    Row,
    RowKind,
    Table,
    TableKind,
)
from qa_service.understand.cue_words import CueWords, KnownWords
from qa_service.understand.spelling import Spelling, build_spelling, romanised
from qa_service.understand.vocabulary import Vocabulary

ASPECTS = ("基本支出", "项目支出", "政府性基金", "国有资本", "三公", "财政拨款", "一般公共预算")
"""What a table's title may narrow its amounts to."""
_REGION = re.compile(
    r"^(?P<province>[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{2,6}?市)?"
    r"(?P<district>[\u4e00-\u9fff]{1,6}?(?:区|县|旗))?"
)
_SUM_WORDS = re.compile(r"^(?:收入|支出|收支|预算|决算|总计|合计|总|本年)+$")
_LEADING_YEAR = re.compile(r"^20\d\d年?(?:度)?")
_INSERTED = re.compile(r"[（(][^（）()]{1,2}[）)](?=.)")
_OF_UNITS = (TableKind.PROJECTS, TableKind.KEY_GOALS, TableKind.INCOME, TableKind.BASIC)
"""Tables whose lines are projects or units."""
_LONGEST_LABEL = 80
"""The longest run of a question that is looked for among the terms."""
_PROJECT_TAIL = re.compile(r"(?:服务)?(?:项目|经费)+$")


class SubjectSort(StrEnum):
    """Which classification the codes of a table belong to."""

    FUNCTIONAL = "功能分类"
    ECONOMIC = "经济分类"


@dataclass(frozen=True, slots=True)
class Form:
    """A text as it is compared: `text` is plain, `pairs` its neighbouring characters."""

    text: str
    pairs: frozenset[str]
    places: dict[str, int] = field(compare=False, hash=False)
    """Where the text holds each of its own pairs, as bits of its characters."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table's head, ready for matching."""

    table: Table
    title: Form
    aspects: frozenset[str]
    columns: tuple[tuple[Column, tuple[Form, ...]], ...]
    """The amount columns, with the forms of their header path."""
    label_heads: tuple[Form, ...]
    """The heads of the columns that hold the names."""
    subjects: SubjectSort | None
    """None where the rows have no codes."""
    levels: tuple[int, ...]
    """The levels of its subjects, from 类 (1) down; empty where the rows have no codes."""
    sides: tuple[str, ...]
    """收入 and 支出 in a two-sided table."""
    grouped: bool
    """Whether some of its rows are parts of others."""


@dataclass(frozen=True, slots=True)
class RowEntry:
    """A row, ready for matching."""

    row: Row
    table_id: str
    label: Form
    core: Form
    """The label without the department's own name, its region, a year and 项目."""
    also: Form | None
    """Another name that the document itself gives the row."""
    short: Form | None
    """The label without a character or two that it prints in brackets: 维修费."""
    names: tuple[Form, ...]
    """All of these, each text once."""
    goal: Form | None
    """The row's 绩效目标, where it has one."""
    side_forms: tuple[Form, ...]
    """Its side of a two-sided table, alone and behind its label."""


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact of the prose, ready for matching."""

    fact: Fact
    subject: Form
    also: Form | None
    """Another name that the document itself gives the subject."""
    around: Form
    """What the subject is a part of and the section it stands in."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that a question about one document can be linked to."""

    document: BudgetDocument
    names: tuple[str, ...]
    """The department's names, longest first: in full, without its region."""
    regions: tuple[str, ...]
    latin_regions: tuple[str, ...]
    """The regions in Latin letters, as English questions name them."""
    tables: dict[str, TableEntry]
    titles: dict[str, frozenset[str]]
    """The ways in which people name a table to the ids of the tables so named."""
    rows: dict[str, RowEntry]
    facts: tuple[FactEntry, ...]
    by_pair: dict[str, frozenset[str]]
    """Pairs of characters to the ids of the rows whose label holds them."""
    by_goal_pair: dict[str, frozenset[str]]
    rows_meant: dict[str, frozenset[str]]
    """The terms that everyday words mean to the ids of the rows whose label holds them."""
    totals: tuple[str, ...]
    """The ids of the rows that are sums of their tables."""
    sums: frozenset[str]
    """The same, to look one up."""
    own_lines: dict[str, str]
    """Of these, the department's own lines beside other units', to what tells them: 本级."""
    position: dict[str, int]
    """Where each row stands among all rows of the document."""
    by_code: dict[str, tuple[str, ...]]
    by_label: dict[str, tuple[str, ...]]
    """Plain labels to the ids of their rows."""
    children: dict[str, tuple[str, ...]]
    """Rows that have parts to the ids of these parts."""
    total_of: dict[tuple[str, str | None], str]
    """Table and side to the one row that is the total of them."""
    terms: frozenset[str]
    """What the document calls its rows, parts of rows and facts: each is meant as a whole."""
    known_terms: KnownWords
    known_titles: KnownWords
    title_words: CueWords
    own_words: CueWords
    """The names of the department and of its regions, in Chinese and in Latin letters."""
    own_year: re.Pattern[str]
    """How the document's year is said."""
    spelling: Spelling
    column_pairs: frozenset[str]
    """The pairs of characters of the columns that are parts of a row's amount."""
    spoken: frozenset[str]
    """All pairs of characters that the document prints anywhere."""

    def labelled(self, text: str) -> tuple[RowEntry, ...]:
        """The rows of a plain label."""
        return tuple(self.rows[row_id] for row_id in self.by_label.get(text, ()))


def make_form(text: str) -> Form:
    """The form of a text."""
    return _form(plain(text))


def _form(bare: str, more: frozenset[str] = frozenset()) -> Form:
    """The form of a plain text; `more` are pairs that explain a question as well as its own."""
    places: dict[str, int] = {}
    for i in range(len(bare) - 1):
        pair = bare[i : i + 2]
        places[pair] = places.get(pair, 0) | 3 << i
    return Form(bare, frozenset(places) | more, places)


def pairs_of(text: str) -> frozenset[str]:
    """The neighbouring characters of a plain text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def build_lexicon(document: BudgetDocument, vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of the whole document."""
    names, regions = names_and_regions(document.department)
    tables = {table.id: _table_entry(table) for table in document.tables}
    goals = {p.row_id: p.text for p in document.passages if p.kind is PassageKind.GOAL and p.row_id}
    others = _other_names(document)
    rows = {
        row.id: _row_entry(row, table, names, regions, others, goals.get(row.id))
        for table in document.tables
        for row in table.rows
    }
    sections = {p.id: p.section for p in document.passages}
    facts = tuple(
        FactEntry(
            fact,
            make_form(fact.subject),
            _form_or_none(others.get(plain(fact.subject))),
            make_form((fact.context or "") + sections.get(fact.passage_id, "")),
        )
        for fact in document.facts
    )
    totals = tuple(e.row.id for e in rows.values() if _is_sum(e) and not _is_other_unit(e, names))
    terms = _terms(rows, tables, facts, names) | {
        plain(p.section) for p in document.passages if p.kind is PassageKind.EXPLANATION
    }
    said = [p.text for p in document.passages] + [
        r.printed for t in document.tables for r in t.rows
    ]
    said += [t.title for t in document.tables] + [p.section for p in document.passages]
    spoken = frozenset(pair for text in said for pair in pairs_of(plain(text)))
    titles = _titles(tables, vocabulary)
    latin_regions = _longest_first(romanised(region) for region in regions)
    return Lexicon(
        document=document,
        names=names,
        regions=regions,
        latin_regions=latin_regions,
        tables=tables,
        titles=titles,
        rows=rows,
        facts=facts,
        by_pair=_inverted((e.row.id, e.label) for e in rows.values()),
        by_goal_pair=_inverted((e.row.id, e.goal) for e in rows.values() if e.goal),
        rows_meant=_rows_meant(rows, vocabulary),
        totals=totals,
        sums=frozenset(totals),
        own_lines=_own_lines(rows, names),
        position={row_id: i for i, row_id in enumerate(rows)},
        by_code=_grouped((e.row.code, e.row.id) for e in rows.values() if e.row.code),
        by_label=_grouped(
            (form.text, e.row.id)
            for e in rows.values()
            for form in (e.label, e.short, e.core if e.row.kind is RowKind.SUBTOTAL else None)
            if form
        ),
        children=_grouped((e.row.parent_id, e.row.id) for e in rows.values() if e.row.parent_id),
        total_of=_total_of(rows),
        terms=terms,
        known_terms=_known(terms),
        known_titles=_known(titles),
        title_words=CueWords(titles),
        own_words=CueWords((*names, *regions, *latin_regions)),
        own_year=_year_said(document.year),
        spelling=build_spelling(terms, names, spoken, vocabulary),
        column_pairs=frozenset(
            pair
            for entry in tables.values()
            for column, parts in entry.columns
            if not column.is_whole
            for part in parts
            for pair in part.pairs
        ),
        spoken=spoken,
    )


def _known(words: Iterable[str]) -> KnownWords:
    return KnownWords(word for word in words if 1 < len(word) <= _LONGEST_LABEL)


def _year_said(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(?:20)?{year % 100:02d}年(?:度)?|(?<!\d){year}(?!\d)")


def department_names(department: str) -> tuple[str, ...]:
    """The names that people call a department by, longest first."""
    return names_and_regions(department)[0]


def _titles(tables: dict[str, TableEntry], vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for table_id, entry in tables.items():
        text = entry.title.text
        kind = entry.table.kind
        names = [text, text.split("按")[0], f"{title_core(text)}表"]
        names += [] if kind is TableKind.OTHER else [plain(kind.value)]
        names += map(plain, vocabulary.table_names.get(kind, ()))
        for name in names:
            found[name].add(table_id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _table_entry(table: Table) -> TableEntry:
    title = make_form(table.title)
    return TableEntry(
        table,
        title,
        frozenset(aspect for aspect in ASPECTS if aspect in title.text),
        tuple(
            (column, tuple(make_form(part.removeprefix("其中：")) for part in column.path))
            for column in table.columns
            if column.role is ColumnRole.AMOUNT
        ),
        tuple(make_form(c.path[-1]) for c in table.columns if c.role is ColumnRole.LABEL),
        _subjects(table),
        tuple(sorted({row.level for row in table.rows if row.code})),
        tuple(dict.fromkeys(row.side for row in table.rows if row.side)),
        any(row.kind is RowKind.GROUP for row in table.rows),
    )


def _subjects(table: Table) -> SubjectSort | None:
    """功能分类 codes begin with 2, those of 经济分类 with 3 or 5."""
    code = next((row.code for row in table.rows if row.code), None)
    if code is None:
        return None
    return SubjectSort.FUNCTIONAL if code.startswith("2") else SubjectSort.ECONOMIC


def _row_entry(
    row: Row,
    table: Table,
    names: tuple[str, ...],
    regions: tuple[str, ...],
    others: dict[str, str],
    goal: str | None,
) -> RowEntry:
    label = _form(plain(row.label), pairs_of(plain(row.printed)))
    core = label.text
    if table.kind in _OF_UNITS and not row.code and label.text not in names:
        core = _core(label.text, names, regions)
        beside = (r.label for r in table.rows if r.label != row.label and r.kind is row.kind)
        if any(core in plain(other) for other in beside):
            core = label.text
    bare = _form(core)
    also, short = _form_or_none(others.get(label.text)), _form_or_none(_short(row.label))
    by_text = {form.text: form for form in (bare, label, also, short) if form}
    return RowEntry(
        row,
        table.id,
        label,
        bare,
        also,
        short,
        tuple(by_text.values()),
        make_form(goal) if goal else None,
        (make_form(row.side), make_form(row.label + row.side)) if row.side else (),
    )


def _short(label: str) -> str | None:
    text = _INSERTED.sub("", label)
    return text if text != label and len(text) > len("费用") else None


def _form_or_none(text: str | None) -> Form | None:
    return make_form(text) if text else None


def _other_names(document: BudgetDocument) -> dict[str, str]:
    """Each plain name that has another one in the document, to that other name."""
    names = {plain(a): plain(b) for a, b in document.aliases}
    return names | {b: a for a, b in names.items()}


def _core(label: str, names: tuple[str, ...], regions: tuple[str, ...]) -> str:
    """What is left of a project's name without who, where, when and the word 项目."""
    text, before = label, ""
    while text != before:
        before = text
        text = _LEADING_YEAR.sub("", text)
        for name in (*names, *regions):
            text = text.removeprefix(name)
    text = _PROJECT_TAIL.sub("", text)
    return text if len(text) > 1 else label


@cache
def names_and_regions(department: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The department's names and its regions' names, longest first."""
    full = plain(department)
    found = _REGION.match(full)
    parts = [p for p in (found.groups() if found else ()) if p]
    bare = full[len("".join(parts)) :]
    names = [full, *(full[full.index(p) :] for p in parts[1:]), bare]
    regions = ["".join(parts), *parts, *(p[:-1] for p in parts if len(p) > 2)]
    return _longest_first(n for n in names if len(n) > 1), _longest_first(r for r in regions if r)


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(texts), key=len, reverse=True))


def _is_sum(entry: RowEntry) -> bool:
    """Whether the row is a sum of its table: 合计, 本年收入合计, the department's own line."""
    return entry.row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)


def _is_other_unit(entry: RowEntry, names: tuple[str, ...]) -> bool:
    """Whether the line is of a unit below the department: its sum is one among others."""
    if entry.row.kind is not RowKind.SUBTOTAL or is_total(entry.row.label):
        return False
    return _level_of_unit(entry, names).text not in OWN_LEVELS or not any(
        entry.label.text.startswith(name) for name in names
    )


def _own_lines(rows: dict[str, RowEntry], names: tuple[str, ...]) -> dict[str, str]:
    """The lines of the department itself where its table prints another amount in all."""
    whole = _total_of(rows)
    found: dict[str, str] = {}
    for entry in rows.values():
        total = rows.get(whole.get((entry.table_id, entry.row.side), ""))
        named = any(entry.label.text.startswith(name) for name in names)
        if entry.row.kind is not RowKind.SUBTOTAL or not named or total is None:
            continue
        if [c.fen for c in total.row.cells] != [c.fen for c in entry.row.cells]:
            found[entry.row.id] = _level_of_unit(entry, names).text
    return found


def _level_of_unit(entry: RowEntry, names: tuple[str, ...]) -> Form:
    """What a department's own line says beside the department's name: 本级."""
    text = entry.label.text
    rest = next((text.removeprefix(name) for name in names if text.startswith(name)), "")
    return _form(rest)


def _terms(
    rows: dict[str, RowEntry],
    tables: dict[str, TableEntry],
    facts: tuple[FactEntry, ...],
    names: tuple[str, ...],
) -> frozenset[str]:
    forms = [
        form
        for entry in rows.values()
        if not _is_sum(entry) or _is_other_unit(entry, names)
        for form in (entry.label, entry.core, entry.also, entry.short)
        if form is not None
    ]
    forms += [
        part
        for table in tables.values()
        for column, parts in table.columns
        if not column.is_whole
        for part in parts
    ]
    forms += [_level_of_unit(entry, names) for entry in rows.values() if _is_sum(entry)]
    forms += [entry.subject for entry in facts if not _SUM_WORDS.match(entry.subject.text)]
    texts = {form.text for form in forms if len(form.text) > 1 and not is_total(form.text)}
    return frozenset(texts.difference(names))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in groups.items()}


def _total_of(rows: dict[str, RowEntry]) -> dict[tuple[str, str | None], str]:
    """The total of each table or side that has just one."""
    found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for row_id, entry in rows.items():
        if entry.row.kind is RowKind.TOTAL:
            found[entry.table_id, entry.row.side].append(row_id)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _rows_meant(rows: dict[str, RowEntry], vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    by_label = _grouped((e.label.text, row_id) for row_id, e in rows.items())
    found: dict[str, frozenset[str]] = {}
    for term in {term for terms in vocabulary.meanings.values() for term in terms if len(term) > 1}:
        holding = [ids for label, ids in by_label.items() if term in label]
        if holding:
            found[term] = frozenset(row_id for ids in holding for row_id in ids)
    return found


def _inverted(forms: Iterable[tuple[str, Form | None]]) -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = defaultdict(set)
    for row_id, form in forms:
        for pair in form.pairs if form else ():
            lists[pair].add(row_id)
    return {pair: frozenset(ids) for pair, ids in lists.items()}

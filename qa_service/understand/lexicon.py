"""What one document holds, ready for matching: labels, columns, titles, facts, names.

A `Lexicon` is built once for a document and never changes. Texts are kept as
`Form`s, whose character pairs are counted when it is built, so that a question
is compared with them by set look-ups alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from index.labels import OWN_LEVELS, is_total, plain, title_core
from index.records import (
    BudgetDocument,
    FactMeasure,
    PassageKind,
    RowKind,
    TableKind,
)
from qa_service.understand.amounts import read_limits
from qa_service.understand.cue_words import CueWords, KnownWords
from qa_service.understand.entries import (
    OF_CODES,
    FactEntry,
    Form,
    RowEntry,
    TableEntry,
    form_of,
    form_or_none,
    longest_first,
    make_form,
    names_and_regions,
    pairs_of,
    row_entry,
    stem_of,
    table_entry,
)
from qa_service.understand.inverted import inverted, names_meant, places_by_pair, rows_meant
from qa_service.understand.paid_as import paid_as
from qa_service.understand.spelling import Spelling, build_spelling, romanised
from qa_service.understand.units import (
    OWN,
    OWN_WORDS,
    bodies_told,
    called,
    sorts_of,
    unit_labels,
    without_level,
)
from qa_service.understand.vocabulary import Vocabulary
from qa_service.words import words

_SUM_WORDS = re.compile(r"^(?:收入|支出|收支|预算|决算|总计|合计|总|本年)+$")
_LONGEST_LABEL = 80
"""The longest run of a question that is looked for among the terms."""


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
    same_ends: tuple[tuple[str, tuple[str, ...]], ...]
    """Ends that several subjects share, and what they have before 类: 采购预算, 货物 and 服务."""
    facts_of: dict[FactMeasure, tuple[FactEntry, ...]]
    """The facts by what they tell of a figure."""
    by_pair: dict[str, frozenset[int]]
    """Pairs of characters to the places of the rows whose label holds them."""
    names_by_pair: dict[str, tuple[tuple[str, int], ...]]
    """Pairs of characters to the names of rows that hold them, each with its places of the pair."""
    names_meant: dict[str, tuple[tuple[str, int], ...]]
    """The terms that everyday words mean to the names that hold them, each with its places."""
    by_goal_pair: dict[str, frozenset[int]]
    rows_meant: dict[str, frozenset[int]]
    """The terms that everyday words mean to the places of the rows whose label holds them."""
    totals: tuple[str, ...]
    """The ids of the rows that are sums of their tables."""
    sums: frozenset[str]
    """The same, to look one up."""
    sum_pairs: frozenset[str]
    """All pairs of characters by which a question may mean one of them."""
    own_lines: dict[str, str]
    """Of these, the department's own lines beside other units', to what tells them: 本级."""
    of_units: frozenset[str]
    """The ids of the rows below the lines of units, where their table lists several units."""
    units: frozenset[str]
    """The names of the units below the department, in full and as people call them."""
    bodies: tuple[str, ...]
    """The names of bodies below the department and of sections that the text names and no table."""
    unit_parts: frozenset[str]
    """The ids of the lines of units whose amount is no whole budget: 基本支出, 项目支出 alone."""
    unit_lines: frozenset[str]
    """The ids of the lines of units, the department's own among them, in all tables."""
    unit_sorts: tuple[str, ...]
    """How the names of several units end, the longest first: 环境监测站, 分局."""
    position: dict[str, int]
    """Where each row stands among all rows of the document."""
    in_order: tuple[RowEntry, ...]
    """The rows in their places."""
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    """Their ids and plain labels, in their places as well."""
    by_code: dict[str, tuple[str, ...]]
    by_label: dict[str, tuple[str, ...]]
    """Plain labels to the ids of their rows."""
    stems: frozenset[str]
    """The labels of subjects as people say them in short: 会议 for 会议费."""
    within_words: dict[str, frozenset[str]]
    """Plain labels to the ids of the rows that hold one inside a word: 电费 to 邮电费."""
    paid_as: dict[str, str]
    """Rows of subjects to the one project of the same amount whose name holds theirs."""
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
    explained: frozenset[str]
    """The terms that the document explains."""

    spoken: frozenset[str]
    """All pairs of characters that the document prints anywhere."""

    def above(self, row_id: str) -> Iterator[str]:
        """The ids of the rows that a row is a part of, the next one first."""
        above = self.rows[row_id].row.parent_id
        while above is not None:
            yield above
            above = self.rows[above].row.parent_id

    def called(self, row_id: str) -> str:
        """The name of a row; the department's own line is told from the department as a whole."""
        own = OWN if self.own_lines.get(row_id) == "" else ""
        return f"{self.rows[row_id].row.label}{own}"

    def labelled(self, text: str) -> tuple[RowEntry, ...]:
        """The rows of a plain label."""
        return tuple(self.rows[row_id] for row_id in self.by_label.get(text, ()))


def build_lexicon(document: BudgetDocument, vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of the whole document."""
    names, regions = names_and_regions(document.department)
    tables = {table.id: table_entry(table) for table in document.tables}
    goals = {p.row_id: p.text for p in document.passages if p.kind is PassageKind.GOAL and p.row_id}
    others = _other_names(document)
    units = unit_labels(document, names)
    shorter = called(units, (*names, *regions), tuple(_stems(vocabulary)))
    rows = {
        row.id: row_entry(row, table, names, regions, others, goals.get(row.id), shorter)
        for table in document.tables
        for row in table.rows
    }
    sections = {p.id: p.section for p in document.passages}
    facts = tuple(
        FactEntry(
            fact,
            make_form(fact.subject),
            form_or_none(others.get(plain(fact.subject))),
            make_form((fact.context or "") + sections.get(fact.passage_id, "")),
            _least_of(fact.subject),
            _SUM_WORDS.match(plain(fact.subject)) is not None,
        )
        for fact in document.facts
    )
    own_lines = _own_lines(rows, tables, names)
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
    names_by_pair = places_by_pair(name for e in rows.values() for name in e.names)
    latin_regions = longest_first(romanised(region) for region in regions)
    return Lexicon(
        document=document,
        names=names,
        regions=regions,
        latin_regions=latin_regions,
        tables=tables,
        titles=titles,
        rows=rows,
        facts=facts,
        same_ends=_same_ends(entry.subject.text for entry in facts),
        facts_of={m: tuple(f for f in facts if f.fact.measure is m) for m in FactMeasure},
        by_pair=inverted(e.label for e in rows.values()),
        names_by_pair=names_by_pair,
        names_meant=names_meant(names_by_pair, rows, vocabulary),
        by_goal_pair=inverted(e.goal for e in rows.values()),
        rows_meant=rows_meant(rows, vocabulary),
        totals=totals,
        sums=frozenset(totals),
        sum_pairs=frozenset(_sum_pairs(totals, rows, tables)),
        own_lines=own_lines,
        of_units=frozenset(_of_units(document)),
        units=units | {name for names_ in shorter.values() for name in names_},
        bodies=bodies_told(document, units, (*names, *regions)),
        unit_parts=frozenset(_unit_parts(document, units, frozenset(own_lines))),
        unit_lines=frozenset(own_lines)
        | frozenset(e.row.id for e in rows.values() if e.label.text in units),
        unit_sorts=sorts_of(units),
        position={row_id: i for i, row_id in enumerate(rows)},
        in_order=tuple(rows.values()),
        ids=tuple(rows),
        labels=tuple(entry.label.text for entry in rows.values()),
        by_code=_grouped((e.row.code, e.row.id) for e in rows.values() if e.row.code),
        by_label=_grouped(
            (form.text, e.row.id)
            for e in rows.values()
            for form in (
                e.label,
                e.short,
                e.core if e.row.kind is RowKind.SUBTOTAL else None,
                *e.called,
            )
            if form
        ),
        stems=frozenset(stem_of(e.label.text) for e in rows.values() if e.row.code is not None),
        within_words=_within_words(rows),
        paid_as=paid_as(rows, tables),
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
        explained=frozenset(
            plain(p.title) for p in document.passages if p.kind is PassageKind.GLOSSARY and p.title
        ),
        spoken=spoken,
    )


def _stems(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Words of organs' names with what people say for them: 科学技术, 科技."""
    for entry in vocabulary.former_organs:
        for end in ("局", "委员会"):
            stem = plain(entry.mean).removesuffix(end)
            for said in map(plain, entry.say):
                short = said.removesuffix("委" if end == "委员会" else end)
                if plain(entry.mean).endswith(end) and _is_short_for(short, stem):
                    yield stem, short


def _is_short_for(short: str, stem: str) -> bool:
    """Whether the characters of a short form stand in the longer one in their order."""
    rest = iter(stem)
    return len(short) > 1 and short != stem and all(char in rest for char in short)


def _known(words: Iterable[str]) -> KnownWords:
    return KnownWords(word for word in words if 1 < len(word) <= _LONGEST_LABEL)


def _year_said(year: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(?:20)?{year % 100:02d}年(?:度)?|(?<!\d){year}(?!\d)")


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


def _within_words(rows: dict[str, RowEntry]) -> dict[str, frozenset[str]]:
    """Each label to the rows whose label holds it but not as words of its own."""
    ids = _grouped((e.label.text, e.row.id) for e in rows.values())
    found: dict[str, set[str]] = defaultdict(set)
    for label in ids:
        borders: set[int] | None = None
        for at in range(1, len(label) - 1):
            for end in range(at + 2, len(label) + 1):
                part = label[at:end]
                if part in ids:
                    borders = borders or _borders(label)
                    if at not in borders:
                        found[part].update(ids[label])
    return {part: frozenset(held) for part, held in found.items()}


def _borders(label: str) -> set[int]:
    """The places at which the words of a label begin."""
    return set(accumulate(map(len, words(label)), initial=0))


def _other_names(document: BudgetDocument) -> dict[str, str]:
    """Each plain name that has another one in the document, to that other name."""
    names = {plain(a): plain(b) for a, b in document.aliases}
    return names | {b: a for a, b in names.items()}


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


def _least_of(subject: str) -> int | None:
    """The least amount that a fact's subject counts from, in 分; None where it sets no limit."""
    limits = read_limits(subject)
    return limits.least_fen if limits and limits.most_fen is None else None


def _sum_pairs(
    totals: tuple[str, ...], rows: dict[str, RowEntry], tables: dict[str, TableEntry]
) -> Iterator[str]:
    """The pairs of characters of the sums, of what holds them and of their tables' heads."""
    for word in (*OWN_WORDS, *OF_CODES):
        yield from pairs_of(word)
    for row_id in totals:
        entry: RowEntry | None = rows[row_id]
        head = tables[rows[row_id].table_id]
        forms = [head.title, *(part for _, parts in head.columns for part in parts)]
        while entry is not None:
            forms += [*entry.printed, *entry.called, *entry.names, *entry.side_forms]
            forms += [entry.goal] if entry.goal else []
            entry = rows.get(entry.row.parent_id or "")
        for form in forms:
            yield from form.pairs


def _own_lines(
    rows: dict[str, RowEntry], tables: dict[str, TableEntry], names: tuple[str, ...]
) -> dict[str, str]:
    """The lines of the department itself where its table prints another amount in all.

    A table of chosen projects prints none in all: its line says that it is the department's own.
    """
    whole = _total_of(rows)
    found: dict[str, str] = {}
    for entry in rows.values():
        total = rows.get(whole.get((entry.table_id, entry.row.side), ""))
        named = any(entry.label.text.startswith(name) for name in names)
        level = _level_of_unit(entry, names).text
        if entry.row.kind is not RowKind.SUBTOTAL or not named or level not in OWN_LEVELS:
            continue
        if total is None:
            if level and tables[entry.table_id].table.kind is TableKind.KEY_GOALS:
                found[entry.row.id] = level
        elif [c.fen for c in total.row.cells] != [c.fen for c in entry.row.cells]:
            found[entry.row.id] = level
    return found


def _of_units(document: BudgetDocument) -> Iterator[str]:
    """The rows of subjects that stand below one of several units: 工资福利支出 of each of them."""
    for table in document.tables:
        units = {r.id for r in table.rows if r.kind is RowKind.SUBTOTAL and not r.code}
        if table.kind is TableKind.BASIC and len(units) > 1:
            yield from (row.id for row in table.rows if row.parent_id in units)


def _unit_parts(
    document: BudgetDocument, units: frozenset[str], own: frozenset[str]
) -> Iterator[str]:
    """The lines of units, and `own` ones, beside the table that prints all that they have."""
    whole = [r for t in document.tables if t.kind is TableKind.INCOME for r in t.rows]
    named = {without_level(label) for label in units}
    of_units = named & {without_level(plain(row.label)) for row in whole}
    of_own = own if own & {row.id for row in whole} else frozenset()
    for table in document.tables:
        if table.kind in (TableKind.BASIC, TableKind.PROJECTS, TableKind.KEY_GOALS):
            for row in table.rows:
                unit = without_level(plain(row.label)) if row.kind is RowKind.SUBTOTAL else ""
                if row.id in of_own or unit in of_units:
                    yield row.id


def _level_of_unit(entry: RowEntry, names: tuple[str, ...]) -> Form:
    """What a department's own line says beside the department's name: 本级."""
    text = entry.label.text
    rest = next((text.removeprefix(name) for name in names if text.startswith(name)), "")
    return form_of(rest)


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
        for form in (entry.label, entry.core, entry.also, entry.short, *entry.called)
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


def _same_ends(subjects: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    heads: dict[str, list[str]] = {}
    for name in dict.fromkeys(subjects):
        head, kind, end = name.partition("类")
        if kind and len(head) > 1 and len(end) > 1:
            heads.setdefault(end, []).append(head)
    return tuple((end, tuple(of)) for end, of in heads.items() if len(of) > 1)


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

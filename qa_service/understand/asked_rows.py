"""What all sets of rows are made from: the question beside a table, and how a set is told."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import TableKind
from qa_service.types import Operation, Selection
from qa_service.understand.cue_words import known_words
from qa_service.understand.entries import SubjectSort, TableEntry
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import Weighed, occurrences

_FIRST_TABLES = (TableKind.SPENDING, TableKind.PROJECTS, TableKind.TOTALS)
"""The tables that are meant first where several hold the same rows and none is named."""
_LATER_TABLES = (TableKind.INCOME, TableKind.KEY_GOALS, TableKind.FISCAL_TOTALS)


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
class AskedWords:
    """Where the question says which sort of rows it means, as masks."""

    levels: dict[int, int]
    projects: int
    parts: int
    nouns: int
    functional: int
    economic: int
    units: int


@dataclass(frozen=True, slots=True)
class Asked:
    question: Weighed
    words: AskedWords
    operation: Operation
    named_tables: frozenset[str] | None
    lexicon: Lexicon


def said_mask(question: Weighed, words: tuple[str, ...]) -> int:
    """Where the question says one of the words, terms of the document left aside."""
    mask = 0
    inside = [span.mask for span in question.exact]
    for word in known_words(words).held(question.text):
        for span in occurrences(question.text, word):
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


def scope_of(asked: Asked, entry: TableEntry) -> int:
    """The characters that the table's own title explains, and those that name its subjects."""
    title = asked.question.mask(entry.title)
    match entry.subjects:
        case SubjectSort.FUNCTIONAL:
            return title | asked.words.functional
        case SubjectSort.ECONOMIC:
            return title | asked.words.economic
        case _:
            return title


def tier_of(asked: Asked, entry: TableEntry) -> int:
    """How far the table is from the first one meant; a title that says an aspect comes first."""
    text = asked.question.text
    if any(aspect in text for aspect in entry.aspects):
        return 0
    if entry.table.kind in _FIRST_TABLES:
        return 0
    return 2 if entry.table.kind in _LATER_TABLES else 1


def whole_of(asked: Asked, entry: TableEntry, side: str | None = None) -> Selection:
    total = asked.lexicon.total_of.get((entry.table.id, side))
    return Selection(
        asked.lexicon.document.id,
        entry.table.id,
        column_of(entry, side),
        side=side,
        total_id=total,
    )

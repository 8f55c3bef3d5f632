"""Rows and labels that a question says and does not mean: inside words, in other tables."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import Weighed


def held_within_words(question: Weighed, lexicon: Lexicon) -> frozenset[str]:
    """The rows that hold a label which the question says inside a word, and are not said.

    电费 is no 邮电费, in whichever table it is looked for.
    """
    said = {question.text[span.start : span.end] for span in question.exact}
    held = frozenset().union(*(lexicon.within_words.get(label, ()) for label in said))
    return frozenset(i for i in held if lexicon.rows[i].label.text not in question.text)


def of_other_tables(question: Weighed, lexicon: Lexicon, tables: frozenset[str]) -> tuple[str, ...]:
    """The labels that the question says and that stand in none of the tables which it names."""
    columns = {
        part.text
        for table_id in tables
        for _, parts in lexicon.tables[table_id].columns
        for part in parts
    }
    titles = [lexicon.tables[table_id].title.text for table_id in tables]
    names = (question.text[span.start : span.end] for span in question.exact)
    rows = {
        name: lexicon.labelled(name)
        for name in names
        if name not in columns and not any(name in title for title in titles)
    }
    return tuple(
        name
        for name, those in rows.items()
        if those and not any(row.table_id in tables or row.row.id in lexicon.sums for row in those)
    )


def differ_elsewhere(ids: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a table that lacks one of the rows prints other amounts under another's name."""
    named = [lexicon.labelled(lexicon.rows[row_id].label.text) for row_id in ids]
    common = set.intersection(*({row.table_id for row in rows} for rows in named)) if ids else ()
    for row_id, rows in zip(ids, named, strict=True):
        own = {cell.fen for cell in lexicon.rows[row_id].row.cells}
        for other in rows:
            apart = own.isdisjoint(cell.fen for cell in other.row.cells)
            if apart and other.table_id not in common:
                return True
    return False

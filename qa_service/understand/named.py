"""The tables and the codes that a question names."""

from __future__ import annotations

import re

from index.units import read_numeral
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import Span, Weighed, occurrences

_TABLE_NUMBER = re.compile(
    r"(?:附表|表|第)(?P<number>\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})(?![位项类笔款名块])(?P<after>张表|个表|号表|份表|表)?"
)


def codes_named(question: Weighed, lexicon: Lexicon) -> tuple[tuple[str, ...], int]:
    """The rows of the codes that the question gives, and where it gives them."""
    rows: list[str] = []
    mask = 0
    for span in question.codes:
        rows += lexicon.by_code[question.text[span.start : span.end]]
        mask |= span.mask
    return tuple(rows), mask


def tables_named(question: Weighed, lexicon: Lexicon) -> tuple[frozenset[str] | None, int]:
    """The tables that the question names by title or number (None: it names none)."""
    best: tuple[int, frozenset[str], int] = (0, frozenset(), 0)
    titles = lexicon.titles if lexicon.title_words.stand_in(question.text) else {}
    for title, table_ids in titles.items():
        for span in occurrences(question.text, title):
            size = span.end - span.start
            if size > best[0]:
                best = (size, table_ids, span.mask)
            elif size == best[0]:
                best = (size, best[1] | table_ids, best[2] | span.mask)
    numbered = 0
    if best[0]:
        for found in _TABLE_NUMBER.finditer(question.text):
            if found["after"] or not found.group(0).startswith("第"):
                numbered |= Span(*found.span()).mask
        return best[1], best[2] | numbered
    for found in _TABLE_NUMBER.finditer(question.text):
        if found.group(0).startswith("第") and not found["after"]:
            continue
        number = read_numeral(found["number"])
        ids = frozenset(i for i, e in lexicon.tables.items() if e.table.number == number)
        if ids:
            return ids, ((1 << len(found.group(0))) - 1) << found.start()
    return None, 0

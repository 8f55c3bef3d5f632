"""The tables, the codes and the projects that a question names."""

from __future__ import annotations

import re

from index.labels import plain
from index.records import PROJECT_TABLES
from index.units import read_numeral
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import Span, Weighed, occurrences

_TABLE_NUMBER = re.compile(
    r"(?:附表|表|第)(?P<number>\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})(?![位项笔块]|[类款](?!级)|名(?![称字目单]))(?P<after>张表|个表|号表|份表|表)?"
)
_QUOTED = re.compile('[“‘「『"](?P<name>[^“”‘’「」『』"]{2,20})[”’」』"]')
THAT_PROJECT = re.compile("[那这](?:一)?个项目(?!支出)")
"""One project is meant, and no subject."""


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


def projects_meant(rows: tuple[str, ...], question: Weighed, lexicon: Lexicon) -> tuple[str, ...]:
    """The rows without those that the question cannot mean by what it says of projects.

    那个项目 is a project, and no subject. “政务云窗” is no 政务云资源: of projects, those are meant
    whose names hold what is quoted, where some do.
    """
    projects = {
        row_id
        for row_id in rows
        if lexicon.tables[lexicon.rows[row_id].table_id].table.kind in PROJECT_TABLES
    }
    if projects and THAT_PROJECT.search(question.own):
        rows = tuple(row_id for row_id in rows if row_id in projects)
    for name in (plain(found["name"]) for found in _QUOTED.finditer(question.spoken)):
        held = {row_id for row_id in rows if name and name in lexicon.rows[row_id].label.text}
        if held and held <= projects:
            rows = tuple(row_id for row_id in rows if row_id in held or row_id not in projects)
    return rows

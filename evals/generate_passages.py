"""A question for every passage, from its own number, heading, term, project or table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.cases import Case, Place
from evals.places import row_id, row_place, section_text
from evals.printed import Document, Section


def passage_cases(document: Document) -> Iterator[Case]:
    """The cases of all clauses, sections, terms, goals and notes."""
    for section in document.sections:
        yield from _clauses(section) if section.clauses else _section(section, document)
    yield from _terms(document)
    yield from _goals(document)
    yield from _notes(document)


def _clauses(section: Section) -> Iterator[Case]:
    place = {"section": section.heading}
    for order, clause in enumerate(section.clauses, start=1):
        own = [_without_number(p.text) for p in clause.paragraphs]
        gold = own[1:] or own  # a clause with points below is no more than their title
        item = clause.item.strip("（）")
        questions = (
            f"{section.heading}第{item}条是什么？",
            f"{section.heading}的第{order}项讲什么？",
        )
        for shape, question in zip(("item", "order"), questions, strict=True):
            yield _told(
                f"p.{section.heading}.{item}.{shape}",
                "duty",
                question,
                gold,
                [Place(**place, item=clause.item)],
            )
    bodies = [_without_number(c.paragraphs[0].text) for c in section.clauses]
    question = f"{section.heading}有哪些？"
    yield _told(f"p.{section.heading}", "list", question, bodies, [Place(**place)])


def _section(section: Section, document: Document) -> Iterator[Case]:
    kind = "explanation"
    if "构成" in section.heading or "机构设置" in section.heading:
        kind = "org"
    gold = [p.text for p in section.paragraphs if not p.text.startswith("注")]
    drawn = [table for table in document.tables if table.title == section.heading]
    gold += [cell.text for table in drawn for row in table.rows for cell in row.texts]
    questions = (
        f"《{section.heading}》这一节写了什么？",
        f"介绍一下{document.year}年{section.heading}",
    )
    places = [] if drawn else [Place(section=section.heading)]
    for shape, question in zip(("read", "tell"), questions, strict=True):
        identity = f"p.{section.heading}.{shape}"
        yield _told(identity, kind, question, gold, places, min_gold=1 if drawn else None)


def _terms(document: Document) -> Iterator[Case]:
    prose = "".join(section_text(section) for section in document.sections)
    for term in document.terms:
        first = term.meaning.split("。")[0]
        here = [] if first in prose else [Place(section=document.glossary, item=term.item)]
        questions = (f"什么是{term.name}？", f"{term.name}是什么意思？")
        for shape, question in zip(("what", "meaning"), questions, strict=True):
            yield _told(f"p.{term.name}.{shape}", "glossary", question, [term.meaning], here)


def _goals(document: Document) -> Iterator[Case]:
    rows = [(table, row) for table in document.tables for row in table.rows if row.texts]
    for table, row in rows:
        column = row.texts[0].column.last
        namesakes = [(t, r) for t, r in rows if r.name == row.name]
        gold = list(dict.fromkeys(r.texts[0].text for _, r in namesakes))
        places = [] if len(namesakes) > 1 else [row_place(table, row, column)]
        identity = f"{row_id(table, row)}.{column}"
        for shape, question in (
            ("goal", f"{row.name}的{column}是什么？"),
            ("what", f"{row.name}是做什么的？"),
        ):
            yield _told(f"{identity}.{shape}", "goal", question, gold, places, min_gold=1)


def _notes(document: Document) -> Iterator[Case]:
    for table in document.tables:
        gold = [re.sub(r"^注[:：]", "", note.text) for note in table.notes]
        if gold and gold != ["无。"]:
            identity, question = f"p.注.{table.title}", f"{table.title}的注写了什么？"
            yield _told(identity, "explanation", question, gold, [])


def _told(
    identity: str,
    category: str,
    question: str,
    gold: list[str],
    places: list[Place],
    min_gold: int | None = None,
) -> Case:
    return Case(
        id=identity,
        category=category,
        question=question,
        route="narrative",
        gold=tuple(gold),
        min_gold=min_gold or len(gold),
        must_cite=tuple(places),
    )


def _without_number(text: str) -> str:
    return re.sub(r"^（[^）]+）|^\d+[.．、]\s*", "", text)

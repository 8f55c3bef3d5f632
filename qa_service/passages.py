"""The passages of a document for a question, best first, each with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.labels import plain
from index.records import PROJECT_TABLES, PassageKind, RowKind, TableKind
from qa_service.answer_sorts import can_answer, held
from qa_service.cite import cite_passage
from qa_service.library import Ready
from qa_service.likely import Fit, answerable, shares
from qa_service.passage_index import PassageEntry
from qa_service.retrievers import Scores, scores_of
from qa_service.types import PassageEvidence, QueryPlan, Retrieval
from qa_service.understand.amounts import read_limits
from qa_service.understand.departments import short_names
from qa_service.understand.operations import KEY_PROJECTS
from qa_service.understand.units import OWN, unit_of
from qa_service.understand.weighed import Weighed
from qa_service.words import COUNTERS

_CERTAIN = 4.0
_LEAST_SPREAD = 0.03
"""Added to a standard deviation: where all passages score alike, none stands out."""
_FOUND = 40
"""So many passages that retrieval finds are weighed."""
_NAMED, _SAID = 0.6, 0.5
"""What a title that is named, and words that are said, count beside retrieval."""
_KIND, _LISTED, _OTHER_KIND = 0.3, 0.6, 0.2
"""What it counts to be of a kind that is asked for, one that lists units, and of another."""
_NUMBER, _RUN = 0.35, 0.3
_KEY = 3.0
"""Of the key projects alone is asked where they are spoken of."""
_MEMBER = re.compile(
    r"(?<![^、，,。；;：:和及])(?:[^、，,。；;：:和及\s]*(?:分别是|分别为|包括))?"
    r"([^、，,。；;：:和及\s]{2,}?[科处室])(?![^、，,。；;：:和及（(])"
)
"""A section in a list of them."""
_UNIT = 0.4
_UNASKED_LIST = 0.4
"""A list of names is like many questions and answers few of them."""
_FOCUS, _BESIDE_FOCUS = 0.45, 0.2
"""What was told last is meant by a question that names nothing else nearly as well."""
_YEAR = re.compile(r"20\d\d")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COUNT_GIVEN = re.compile(rf"(\d+)(?=[{COUNTERS}])")
"""A number of things, which may be said in words: 十六套系统."""
_OF_MONEY = re.compile("[万亿元块]")
_LISTS = {PassageKind.ORGANISATION, PassageKind.COMPOSITION}


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage, and how it fits the question."""

    entry: PassageEntry
    score: float
    """About 0 to 4; what retrieval found, with the kind of passage and what is named."""
    named: float = 0.0
    """How far the question names what the passage is about, 0 to 1."""
    words: float = 0.0
    """The share of the question's rare characters that the passage holds, 0 to 1."""
    certain: bool = False
    """Whether the question names it by its number or its heading."""
    held: float = 0.0
    """The share of the question's weight that the passage and its title hold, 0 to 1."""
    clause: int = 0
    """The number of its clause that is nearest in meaning, from 1; 0 where none is near."""
    share: float = 0.0
    """How likely it is the one that answers, if any of those found does; 0 to 1."""
    any_answers: float = 0.0
    """How likely any of those found answers, 0 to 1."""


def scored(
    plan: QueryPlan, question: Weighed, ready: Ready, asked: str | None = None
) -> list[Scored]:
    """The passages that can answer the plan, best first.

    `asked` is what is looked for, where that is a part of the question alone.
    """
    if plan.item is not None:
        return _by_item(plan.item, question, ready)
    found = fitting(plan, question, ready, asked)
    fits = [fit for _, fit in found]
    likely = shares(fits)
    any_answers = answerable(fits, likely, plan)
    told = [
        replace(one, share=share, any_answers=any_answers)
        for (one, _), share in zip(found, likely, strict=True)
    ]
    return sorted(told, key=lambda s: (-s.share, -s.score, s.entry.passage.id))


def fitting(
    plan: QueryPlan, question: Weighed, ready: Ready, asked: str | None = None
) -> list[tuple[Scored, Fit]]:
    """The passages that can answer the plan, each with how it fits the question, in no order."""
    shared = ready.passages.shared(question)
    runs = ready.passages.told_by_a_run(question.text)
    given = (*question.digits, *_COUNT_GIVEN.findall(question.spoken))
    numbers = frozenset(n for n in given if not _YEAR.fullmatch(n) and len(n) > 1)
    wording = ready.passages.wording(question.text)
    units = _units_named(question, ready)
    sections = _sections(ready)
    limits = _limits_set(question)
    found: list[tuple[Scored, Fit]] = []
    looked_for = asked or _without_names(question, units, ready)
    documents = ready.retriever.invoke(looked_for)[:_FOUND]
    above = _above_all([scores_of(document) for document in documents])
    for document, stands in zip(documents, above, strict=True):
        entry = ready.passages.by_id[document.id or ""]
        if limits and not limits <= set(_DIGITS.findall(entry.passage.text.replace(",", ""))):
            continue
        if not can_answer(plan, question, entry, runs, sections):
            continue
        named, said = _named(question, entry), shared.get(entry.passage.id, 0.0)
        scores = scores_of(document)
        beside = _numbers(numbers, entry) + (_KEY if _is_key(entry, question, ready) else 0.0)
        beside += _RUN if entry.passage.id in runs else 0.0
        of_unit = _of_unit(entry, units, ready)
        beside += of_unit + _years(question, entry)
        # what was told last is no more meant where another unit is named
        spoken_of = _spoken_of(plan, entry, ready) if of_unit >= 0 else 0.0
        kind = _of_kind(plan, entry)
        score = scores.unmatched + _NAMED * named + _SAID * said + beside + spoken_of + kind
        whole, titled = _said_of(question, entry, wording)
        one = Scored(entry, round(score, 4), named, said, held=whole, clause=scores.number)
        found.append(
            (one, Fit(*scores.parts, said, beside, kind, spoken_of, whole, titled, *stands))
        )
    return found


def _above_all(found: Sequence[Scores]) -> list[tuple[float, ...]]:
    """How far what retrieval scores of each passage stands above all that it found.

    In standard deviations, of each of its five ways.
    """
    if not found:
        return []
    table = np.asarray([one.parts for one in found])
    above = (table - table.mean(axis=0)) / (table.std(axis=0) + _LEAST_SPREAD)
    return [tuple(row) for row in above.tolist()]


def _said_of(question: Weighed, entry: PassageEntry, wording: int) -> tuple[float, float]:
    """The share of the question's weight that the passage and its title hold, and its title.

    `wording` are the characters that say what is asked, not about what; they count for neither.
    """
    total, title = question.total - question.weight(wording) or 1.0, entry.title
    titled = question.weight(question.mask(title) & ~wording) if title else 0.0
    return question.weight(held(question, entry) & ~wording) / total, titled / total


def ordered(by: Retrieval, plan: QueryPlan, question: Weighed, ready: Ready) -> list[Scored]:
    """The passages as the retrieval orders them, best first; one alone sees no kinds, no names."""
    if by is Retrieval.HYBRID:
        return scored(plan, question, ready)
    found: list[Scored] = []
    for document in ready.retriever.invoke(question.spoken):
        scores = scores_of(document)
        score = scores.meaning if by is Retrieval.ENCODER else scores.wording
        if score > 0:
            found.append(Scored(ready.passages.by_id[document.id or ""], score))
    return sorted(found, key=lambda s: (-s.score, s.entry.passage.id))


def evidence(one: Scored, ready: Ready) -> PassageEvidence:
    """The passage as an answer tells and cites it."""
    passage = one.entry.passage
    table = ready.lexicon.tables[passage.table_id].table if passage.table_id else None
    row = ready.lexicon.rows[passage.row_id].row if passage.row_id else None
    title = passage.title if passage.kind is not PassageKind.NOTE else None
    unit = None
    if table is not None and row is not None and title is not None:
        unit = unit_of(table, row, ready.document.department)
    title = f"{unit}的{title}" if unit else title
    citation = cite_passage(ready.document, passage, table, row)
    return PassageEvidence(passage.kind, title, passage.text, passage.text, citation, one.score)


def of_section(entries: Sequence[PassageEntry]) -> list[Scored]:
    """All of the passages, each as certain as can be."""
    return [Scored(entry, _CERTAIN, 1.0, certain=True) for entry in entries]


def _units_named(question: Weighed, ready: Ready) -> frozenset[str]:
    """The rows of the units that the question names, under which their projects stand.

    The department's name, which is its own line's as well, names a unit only with 本级.
    """
    lexicon = ready.lexicon
    named: dict[str, int] = {}
    for row_id in lexicon.children:
        entry = lexicon.rows[row_id]
        kind = lexicon.tables[entry.table_id].table.kind
        if entry.row.kind is RowKind.SUBTOTAL and kind in PROJECT_TABLES:
            own = lexicon.own_lines.get(row_id) == ""
            names = (OWN,) if own else tuple(name.text for name in entry.names)
            named[row_id] = max((len(n) for n in names if n in question.text), default=0)
    longest = max(named.values(), default=0)
    return frozenset(i for i, size in named.items() if size == longest) if longest else frozenset()


def _without_names(question: Weighed, units: frozenset[str], ready: Ready) -> str:
    """The question without the names of the department and of the units, which all texts share."""
    lexicon = ready.lexicon
    names = {form.text for row_id in units for form in lexicon.rows[row_id].names}
    said = question.text
    names |= {said[s.start : s.end] for s in short_names(said, ready.document.department)}
    text = question.spoken
    for name in sorted({*names, *lexicon.names}, key=len, reverse=True):
        text = text.replace(name, "")
    return text if plain(text) else question.spoken


def _of_unit(entry: PassageEntry, units: frozenset[str], ready: Ready) -> float:
    """What it counts to be the goal of a unit that the question names, or of another one."""
    if not units or entry.passage.row_id is None:
        return 0.0
    return _UNIT if ready.lexicon.rows[entry.passage.row_id].row.parent_id in units else -_UNIT


def _spoken_of(plan: QueryPlan, entry: PassageEntry, ready: Ready) -> float:
    """What it counts to have been told last, or to stand beside what was."""
    if entry.passage.id in plan.focus:
        return _FOCUS
    places = ready.passages.places
    near = (places[i] for i in plan.focus if i in places)
    mine = places[entry.passage.id]
    same = [ready.passages.by_id[i].passage.section for i in plan.focus if i in places]
    beside = entry.passage.section in same and any(abs(mine - place) == 1 for place in near)
    return _BESIDE_FOCUS if beside else 0.0


def _years(question: Weighed, entry: PassageEntry) -> float:
    """What it counts to print two years that the question gives: 2025到2028年."""
    years = {n for n in question.digits if _YEAR.fullmatch(n)}
    printed = set(_DIGITS.findall(f"{entry.passage.text}{entry.passage.title or ''}"))
    return _NUMBER if len(years) > 1 and years <= printed else 0.0


def _of_kind(plan: QueryPlan, entry: PassageEntry) -> float:
    listed = entry.passage.kind in _LISTS
    if entry.passage.kind in plan.passage_kinds:
        return _LISTED if listed else _KIND
    if listed and entry.passage.id not in plan.focus:
        return -_UNASKED_LIST
    return -_OTHER_KIND if plan.passage_kinds else 0.0


def _is_key(entry: PassageEntry, question: Weighed, ready: Ready) -> bool:
    """Whether the goal is one of the key projects, which the question speaks of."""
    table_id = entry.passage.table_id
    if table_id is None or KEY_PROJECTS not in question.text:
        return False
    return ready.lexicon.tables[table_id].table.kind is TableKind.KEY_GOALS


def _limits_set(question: Weighed) -> set[str]:
    """The numbers of the limits on money that a question sets, which a passage must print."""
    limits = read_limits(question.spoken)
    return set(_DIGITS.findall(limits.said)) if limits and _OF_MONEY.search(limits.said) else set()


def _numbers(numbers: frozenset[str], entry: PassageEntry) -> float:
    """What it counts to print a number that the question gives: 接300个点的那个."""
    if not numbers:
        return 0.0
    printed = set(_DIGITS.findall(entry.passage.text + (entry.passage.title or "")))
    return _NUMBER if numbers & printed else -_NUMBER


def _sections(ready: Ready) -> frozenset[str]:
    """The names of the department's sections, as its lists of them print them."""
    entries = ready.passages.entries
    lists = (e.passage.text for e in entries if e.passage.kind is PassageKind.ORGANISATION)
    return frozenset(plain(name) for text in lists for name in _MEMBER.findall(text))


def _by_item(item: str, question: Weighed, ready: Ready) -> list[Scored]:
    """The clauses of the number that is asked for, those of the section that is meant first."""
    number = item[1:-1]
    numbers = (f"（{number}）", f"({number})", f"{number}、")
    found = [
        Scored(entry, question.weight(question.mask(entry.section)), 1.0)
        for entry in ready.passages.entries
        if entry.passage.item is not None and entry.passage.item.startswith(numbers)
    ]
    best = max((s.score for s in found), default=0.0)
    if not best:
        found = [s for s in found if s.entry.passage.kind is PassageKind.DUTY]
    return [replace(s, score=_CERTAIN, certain=True) for s in found if s.score == best]


def _named(question: Weighed, entry: PassageEntry) -> float:
    """How far the question is about the passage's title: said in full, and little else said."""
    if entry.title is None or question.total == 0:
        return 0.0
    explained = question.weight(question.mask(entry.title)) / question.total
    return explained * (
        1.0 if entry.title.text in question.text else question.share_said(entry.title)
    )

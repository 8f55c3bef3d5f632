"""Passages for a plan: by shared words, by meaning (Chroma), by what the question names.

Each passage gets a score between 0 and 1. The best one answers when it is
sure enough; passages that the question names side by side answer together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.records import BudgetDocument, PassageKind
from qa_service.cite import cite_passage
from qa_service.library import Library, Ready
from qa_service.passage_index import PassageEntry
from qa_service.types import Evidence, PassageEvidence, QueryPlan
from qa_service.understand.weighed import Weighed

SURE = 0.42
"""The least score of a passage that answers."""
LEAST_CONTENT = 1.5
"""What a question must weigh beside its wording to be looked for at all."""
_CLEAR = 0.34
"""The least score of a passage that answers because nothing else comes near."""
_CLEAR_LEAD = 0.12
_DESCRIBED = 0.58
"""The least score of a goal that tells which project's amount is asked for."""
_FAR_AHEAD = 0.15
_MOST_SAID = 0.35
_FIRM = 0.62
"""From this score on, a passage answers though one of another kind comes near."""
_RIVAL = 0.3
"""The least score of a project that fits as well as the best one."""
_UNASKED = 0.6
"""The least score of a passage that answers words which ask for nothing."""
_CLOSE = 0.07
_NEAREST = 24
_WORDS, _MEANING, _KIND, _NAMED = 0.5, 0.5, 0.12, 0.3
_OTHER_KIND = 0.06
_LISTED = 0.25
_TOGETHER = 0.85
_SECTION_SHARE = 0.99
_TERM_ALONE = 0.9
_LISTS = {PassageKind.ORGANISATION, PassageKind.COMPOSITION}
_TITLED = {PassageKind.GOAL, PassageKind.GLOSSARY}
_COUNT = re.compile(r"(?:\d+|[两一二三四五六七八九十]+)[个家项人名辆台条处栋间位类]")


@dataclass(frozen=True, slots=True)
class _Scored:
    entry: PassageEntry
    score: float
    named: float
    """How far the question names what the passage is about, 0 to 1."""
    words: float = 0.0
    """The share of the question's rare characters that the passage holds, 0 to 1."""


def find(plan: QueryPlan, question: Weighed, library: Library) -> Evidence:
    """The passages that answer, best first; empty where none is sure enough."""
    question = question.fully()
    if plan.content < LEAST_CONTENT and plan.item is None:
        return Evidence()
    found: list[PassageEvidence] = []
    for document_id in plan.scope.document_ids:
        ready = library.ready(document_id)
        whole = _whole_section(plan, question, ready)
        chosen = whole or _chosen(_score(plan, question, ready, library), plan, question)
        found += [_evidence(s, ready) for s in chosen]
    return Evidence(passages=tuple(sorted(found, key=lambda p: -p.score)))


def described(plan: QueryPlan, question: Weighed, library: Library) -> PassageEvidence | None:
    """The goal of the one project that the question describes without naming it, or None.

    Nothing else comes near it, and it says most of what the question does.
    """
    ranked = [
        (scored, ready)
        for document_id in plan.scope.document_ids
        for ready in [library.ready(document_id)]
        for scored in _score(
            replace(plan, passage_kinds=(PassageKind.GOAL,)), question, ready, library
        )[:6]
    ]
    if not ranked:
        return None
    best, ready = max(ranked, key=lambda pair: pair[0].score)
    passage = best.entry.passage
    others = (s.score for s, _ in ranked if s.entry.passage.row_id != passage.row_id)
    if passage.kind is not PassageKind.GOAL or best.score < _DESCRIBED:
        return None
    held = question.mask(best.entry.text)
    held |= question.mask(best.entry.title) if best.entry.title else 0
    enough = question.weight(held) >= question.total * _MOST_SAID
    if best.score - max(others, default=0.0) < _FAR_AHEAD or not enough:
        return None
    left = question.terms_outside(held) or question.broken(held) or question.told_otherwise(held)
    left = left or question.unread(held, ready.lexicon.column_pairs)
    return None if left else _evidence(best, ready)


def rank(plan: QueryPlan, question: Weighed, library: Library, count: int) -> list[PassageEvidence]:
    """The passages nearest to the question, best first, sure or not: what retrieval is worth."""
    question = question.fully()
    found = [
        _evidence(scored, ready)
        for document_id in plan.scope.document_ids
        for ready in [library.ready(document_id)]
        for scored in _score(plan, question, ready, library)[:count]
    ]
    return sorted(found, key=lambda p: -p.score)[:count]


def _score(plan: QueryPlan, question: Weighed, ready: Ready, library: Library) -> list[_Scored]:
    words = ready.passages.shared(question)
    if plan.item is not None:
        return _by_item(plan.item, question, ready)
    vector = library.encoder.embed_query(question.spoken)
    near = library.vectors.nearest(vector, _NEAREST, [ready.document.id])
    meaning = {hit.passage_id: max(hit.similarity, 0.0) for hit in near}
    scored: list[_Scored] = []
    for passage_id in {*words, *meaning}:
        entry = ready.passages.by_id[passage_id]
        named = _named(question, entry)
        if not all(re.search(need, entry.passage.text) for need in plan.needs):
            continue
        if (
            plan.counts
            and set(plan.passage_kinds) <= {*_LISTS, PassageKind.GOAL}
            and not (_counts(entry) and _is_about(plan.counted, entry, question))
        ):
            continue
        score = _WORDS * words.get(passage_id, 0.0) + _MEANING * meaning.get(passage_id, 0.0)
        score += _NAMED * named
        if entry.passage.kind is PassageKind.GLOSSARY and not _defines(
            plan, question, entry, named
        ):
            continue
        if plan.passage_kinds:
            asked = entry.passage.kind in plan.passage_kinds
            score += (_LISTED if entry.passage.kind in _LISTS else _KIND) if asked else -_OTHER_KIND
        scored.append(_Scored(entry, round(score, 4), named, words.get(passage_id, 0.0)))
    return sorted(scored, key=lambda s: (-s.score, s.entry.passage.id))


def _whole_section(plan: QueryPlan, question: Weighed, ready: Ready) -> list[_Scored]:
    """All clauses of a section, where the question asks for nothing but the section itself."""
    if plan.item is not None or (plan.counts and not _LISTS & set(plan.passage_kinds)):
        return []
    entries = [
        entry
        for entry in ready.passages.entries
        if (entry.passage.kind in plan.passage_kinds or entry.section.text in question.text)
        and question.total > 0
        and question.weight(question.mask(entry.section)) >= question.total * _SECTION_SHARE
    ]
    sections = {entry.passage.section for entry in entries}
    return [_Scored(entry, 1.0, 1.0) for entry in entries] if len(sections) == 1 else []


def _by_item(item: str, question: Weighed, ready: Ready) -> list[_Scored]:
    """The clauses of the number that is asked for, those of the section that is meant first."""
    numbers = (item, f"{item[1:-1]}、")
    found = [
        _Scored(entry, question.weight(question.mask(entry.section)), 1.0)
        for entry in ready.passages.entries
        if entry.passage.item is not None and entry.passage.item.startswith(numbers)
    ]
    best = max((s.score for s in found), default=0.0)
    if not best:
        found = [s for s in found if s.entry.passage.kind is PassageKind.DUTY]
    return [replace(s, score=1.0) for s in found if s.score == best]


def _counts(entry: PassageEntry) -> bool:
    """Whether a passage can tell how many: it holds a number, or lists units."""
    return entry.passage.kind in _LISTS or _COUNT.search(entry.passage.text) is not None


def _is_about(counted: str, entry: PassageEntry, question: Weighed) -> bool:
    """Whether the passage speaks of the things that are counted, by their words or their terms."""
    if not counted:
        return True
    if entry.passage.kind is PassageKind.GOAL:
        return (
            re.search(rf"\d+[个条项家台辆].{{0,6}}{re.escape(counted[:2])}", entry.passage.text)
            is not None
        )
    if any(counted[i : i + 2] in entry.text.text for i in range(len(counted) - 1)):
        return True
    at = question.text.find(counted)
    return any(
        meaning.mask >> at & 1 and any(term in entry.text.text for term in meaning.terms)
        for meaning in question.meanings
    )


def _defines(plan: QueryPlan, question: Weighed, entry: PassageEntry, named: float) -> bool:
    """Whether a glossary entry can be meant: a definition is asked for, or its term alone."""
    if PassageKind.EXPLANATION in plan.passage_kinds:
        return False
    if PassageKind.GLOSSARY in plan.passage_kinds:
        return True
    held = question.mask(entry.text) | (question.mask(entry.title) if entry.title else 0)
    return named >= _TERM_ALONE and not question.terms_outside(held)


def _named(question: Weighed, entry: PassageEntry) -> float:
    """How far the question is about the passage's title: said in full, and little else said."""
    if entry.title is None or question.total == 0:
        return 0.0
    explained = question.weight(question.mask(entry.title)) / question.total
    return explained * (
        1.0 if entry.title.text in question.text else question.share_said(entry.title)
    )


def _chosen(scored: list[_Scored], plan: QueryPlan, question: Weighed) -> list[_Scored]:
    """The best passage, with those that say the same or are named as well."""
    if not scored:
        return []
    sure = SURE if plan.descriptive or plan.numeric else _UNASKED
    lead = scored[0].score - (scored[1].score if len(scored) > 1 else 0.0)
    clear = plan.descriptive and scored[0].score >= _CLEAR and lead >= _CLEAR_LEAD
    if scored[0].score < sure and not clear:
        return []
    best = _named_in_full(scored[:6], question) or scored[0]
    named = best.entry.title is not None and best.entry.title.text in question.text
    named = named and best.entry.passage.kind is PassageKind.GOAL
    kept = [best]
    for other in scored[:6]:
        if other is best:
            continue
        titled = other.entry.title is not None and _titled_apart(other, best, question)
        near = other.score >= max(best.score - _CLOSE, SURE)
        if (
            (titled and other.score >= SURE * _TOGETHER)
            or (near and not named and other.entry.passage.kind is best.entry.passage.kind)
            or _fits_as_well(other, best, question)
        ):
            kept.append(other)
        elif near and best.score < _FIRM:
            return []
    return kept


def _named_in_full(scored: list[_Scored], question: Weighed) -> _Scored | None:
    """The project with the longest name of those that the question says in full."""
    named = [
        s
        for s in scored
        if s.entry.passage.kind is PassageKind.GOAL
        and s.entry.title is not None
        and s.entry.title.text in question.text
    ]
    return max(named, key=lambda s: len(s.entry.title.text if s.entry.title else ""), default=None)


def _titled_apart(other: _Scored, best: _Scored, question: Weighed) -> bool:
    """Whether the question says the other's title, and not only as a part of the best one's."""
    title = other.entry.title.text if other.entry.title else ""
    own = best.entry.title.text if best.entry.title else ""
    rest = question.text.replace(own, "#") if title in own and title != own else question.text
    return bool(title) and title in rest


def _fits_as_well(other: _Scored, best: _Scored, question: Weighed) -> bool:
    """Whether another project or term holds as much of the question as the best one."""
    kind = best.entry.passage.kind
    if kind not in _TITLED or other.entry.passage.kind is not kind:
        return False
    if best.entry.title is None or best.entry.title.text in question.text:
        return False
    return other.score >= _RIVAL and other.words >= best.words > 0


def _evidence(scored: _Scored, ready: Ready) -> PassageEvidence:
    passage = scored.entry.passage
    document: BudgetDocument = ready.document
    table = ready.lexicon.tables[passage.table_id].table if passage.table_id else None
    row = ready.lexicon.rows[passage.row_id].row if passage.row_id else None
    title = passage.title if passage.kind is not PassageKind.NOTE else None
    return PassageEvidence(
        passage.kind, title, passage.text, cite_passage(document, passage, table, row), scored.score
    )

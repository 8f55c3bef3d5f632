"""Questions that can be answered, offered beside an answer or a decline."""

from __future__ import annotations

from index.records import DocumentKind, PassageKind, TableKind
from qa_service.library import Library, Ready
from qa_service.replies import say
from qa_service.types import AnswerStatus, Language, QueryPlan
from qa_service.wording import Reply

_MOST = 3


def suggestions(
    plan: QueryPlan, reply: Reply, library: Library, language: Language
) -> tuple[str, ...]:
    """Up to three questions that the index answers, the nearest to this one first."""
    ready = [library.ready(document_id) for document_id in plan.scope.document_ids[:1]]
    if not ready or reply.status is AnswerStatus.CLARIFY:
        return ()
    if reply.status is AnswerStatus.ANSWERED:
        return _next(reply, ready[0], language)[:_MOST]
    return _general(ready[0], language)[:_MOST]


def _next(reply: Reply, ready: Ready, language: Language) -> tuple[str, ...]:
    """The parts of a cited row; the goal of a cited project, or its amount."""
    found: list[str] = []
    for citation in reply.citations[:2]:
        entry = ready.lexicon.rows.get(citation.row.id) if citation.row else None
        if entry is None:
            continue
        if entry.goal and citation.value:
            found.append(say(language, "suggest_goal", label=entry.row.label))
        elif entry.goal:
            words = _of_its_kind("suggest_amount", ready)
            found.append(say(language, words, label=entry.row.label))
        for row_id in ready.lexicon.children.get(entry.row.id, ())[:2]:
            label = ready.lexicon.rows[row_id].row.label
            found.append(say(language, "suggest_child", label=label))
    return tuple(dict.fromkeys(found))


def _general(ready: Ready, language: Language) -> tuple[str, ...]:
    kinds = {entry.table.kind for entry in ready.lexicon.tables.values()}
    passages = {entry.passage.kind for entry in ready.passages.entries}
    found: list[str] = []
    if TableKind.TOTALS in kinds:
        found.append(say(language, _of_its_kind("suggest_total", ready)))
    if TableKind.ADMIN_AND_THREE_PUBLIC in kinds:
        found.append(say(language, _of_its_kind("suggest_three_public", ready)))
    if PassageKind.DUTY in passages:
        found.append(say(language, "suggest_duty"))
    return tuple(found)


def _of_its_kind(reply: str, ready: Ready) -> str:
    """The reply that asks for what the document tells, planned or spent."""
    return reply if ready.document.kind is DocumentKind.BUDGET else f"{reply}_final"

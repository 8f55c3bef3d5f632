"""What the build's checks found about the places that a reply cites."""

from __future__ import annotations

from collections.abc import Iterator

from index.records import Finding, FindingKind
from qa_service.library import Library, Ready
from qa_service.replies import say
from qa_service.types import Citation, CitationKind, Language, QueryPlan
from qa_service.wording import Reply

_MOST = 4


def notices(plan: QueryPlan, reply: Reply, library: Library, language: Language) -> tuple[str, ...]:
    """Roundings and contradictions that touch the reply, and the document that was assumed."""
    found: list[str] = []
    for citation in reply.citations:
        ready = library.ready(citation.document.id)
        found += [_said(finding, language) for finding in _touching(citation, ready)]
    kept = list(dict.fromkeys(found))[:_MOST]
    if plan.scope.assumed and reply.citations:
        titles = dict.fromkeys(f"《{citation.document.title}》" for citation in reply.citations)
        kept.append(say(language, "assumed", documents="、".join(titles)))
    return (*reply.notices, *(n for n in kept if n not in reply.notices))


def _touching(citation: Citation, ready: Ready) -> Iterator[Finding]:
    if citation.row is None or citation.kind is not CitationKind.ROW:
        return
    findings = ready.findings.get(citation.row.id, ())
    columns = {
        column.name: column.index
        for table in (ready.document.tables if findings else ())
        if citation.table and table.id == citation.table.id
        for column in table.columns
    }
    for finding in findings:
        if finding.kind is FindingKind.WORDING:
            touched = citation.value is None
        else:
            touched = finding.column in (None, columns.get(citation.column or ""))
        if touched:
            yield finding


def _said(finding: Finding, language: Language) -> str:
    reply = "rounding" if finding.kind is FindingKind.ROUNDING else "conflict"
    return say(language, reply, message=finding.message)

"""What of an answer the next question of its conversation may lean on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.labels import is_total, plain
from qa_service.library import Library
from qa_service.types import Answer, AnswerStatus, Operation
from qa_service.understand.entries import RowEntry
from qa_service.understand.followup_offered import each_of
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.turn import Turn
from qa_service.understand.units import unit_of

_LISTING = {Operation.RANK, Operation.LIST, Operation.LOOKUP}
_MOST_LISTED = 4
_MARK = re.compile(r"\[\d+\]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(].{1,3}[）)]\d*)")


def turn_of(answer: Answer, library: Library, last: Turn | None = None) -> Turn | None:
    """What the next question of the conversation may lean on; None where there is nothing."""
    plan = answer.plan
    if plan is None or not plan.scope.document_ids:
        return None
    if answer.status is AnswerStatus.NOT_FOUND and plan.empty and not plan.missing:
        return None  # 哦哦 says nothing that the next question could be about
    lexicon = library.lexicon(plan.scope.document_ids[0])
    first = answer.citations[0] if answer.citations else None
    row = lexicon.rows.get(first.row.id) if first and first.row else None
    subject = _called(row, lexicon) if row else None
    if plan.facts and subject is None:
        told = plan.facts[0].fact_id
        subject = next((e.fact.subject for e in lexicon.facts if e.fact.id == told), None)
    if subject is None and first is not None and first.item:
        subject = _NUMBERING.sub("", first.item) or None
    if row is not None and first is not None and first.table and first.value:
        alike = lexicon.labelled(row.label.text)
        if len(alike) > 1 and len({lexicon.tables[e.table_id].amount(e.row) for e in alike}) > 1:
            subject = f"《{first.table.title}》的{subject}"
    if row is not None and is_total(row.row.label) and answer.values:
        subject = answer.values[0].label
    if subject is None and _is_of_last_again(answer, last):
        subject = last.subject if last else None
    section = first.section if first else None
    before = last.subjects if last else ()
    labels = tuple(value.label for value in answer.values)
    listing = plan.operation in _LISTING and 1 < len(set(labels)) == len(labels)
    if listing and len(labels) <= _MOST_LISTED:
        subject, before = labels[-1], tuple(reversed(labels[:-1]))
    documents = plan.scope.document_ids
    passages = tuple(dict.fromkeys(_passages_of(answer, library)))
    label = answer.values[0].label if answer.values else ""
    earlier = last.document_ids if last else ()
    return Turn(
        plan.read_as,
        subject,
        section,
        answer.route,
        before=before,
        document_ids=documents,
        passages=passages,
        told=_told(answer, len(passages)),
        label=label,
        documents_before=earlier,
        unit=answer.values[0].unit if answer.values else "",
        listed=labels if listing else (),
        summed=plan.operation is Operation.SUM and bool(plan.selections or len(plan.parts) > 1),
        ranked=_ranked(answer, last),
        offered=_offered(answer, last),
    )


def _is_of_last_again(answer: Answer, last: Turn | None) -> bool:
    """Whether nothing was found of a question about the last subject, which is still spoken of."""
    plan = answer.plan
    if plan is None or last is None or not last.subject:
        return False
    return answer.status is AnswerStatus.NOT_FOUND and last.subject in plan.read_as


def _ranked(answer: Answer, last: Turn | None) -> str:
    """The ranking that this answer gives, or the one that was asked for before it."""
    plan = answer.plan
    if plan is not None and plan.operation is Operation.RANK and plan.selections:
        return plan.read_as
    return last.ranked if last is not None else ""


def _offered(answer: Answer, last: Turn | None) -> tuple[str, ...]:
    """The questions to choose from; those of the last turn where this one told each of them."""
    if answer.clarification is not None:
        return tuple(option.question for option in answer.clarification.options)
    asked = plain(answer.plan.read_as) if answer.plan else ""
    again = last is not None and asked == plain(each_of(last.offered))
    return last.offered if last is not None and again else ()


def _told(answer: Answer, passages: int) -> int:
    """How many of the passages are the answer itself: the last line may cite others beside it."""
    lines = answer.text.split("\n")
    beside = set(_MARK.findall(lines[-1])) if len(lines) > 1 else set()
    own = {mark for line in lines[:-1] for mark in _MARK.findall(line)}
    return 1 if len(own) == 1 and beside and not own & beside else passages


def _called(entry: RowEntry, lexicon: Lexicon) -> str:
    """The name of a row, with its unit where another unit has one of that name."""
    table = lexicon.tables[entry.table_id].table
    unit = unit_of(table, entry.row, lexicon.document.department)
    return f"{unit}的{entry.row.label}" if unit else entry.row.label


def _passages_of(answer: Answer, library: Library) -> Iterator[str]:
    """The ids of the passages that the answer tells, and of the goals of the rows it cites."""
    if answer.status not in (AnswerStatus.ANSWERED, AnswerStatus.CLARIFY):
        return
    documents = answer.plan.scope.document_ids if answer.plan else ()
    rows = {citation.row.id for citation in answer.citations if citation.row is not None}
    for citation in answer.citations[:_MOST_LISTED]:
        what, _, told = citation.url.partition("#")[2].partition("-")
        if what == "passage":
            yield told
        elif citation.row is not None:
            for document_id in documents:
                ready = library.ready(document_id)
                paid_as = {ready.lexicon.paid_as.get(row_id) for row_id in rows}
                if citation.row.id not in paid_as:  # cited beside the row that was asked for
                    yield from ready.passages.of_rows({citation.row.id})

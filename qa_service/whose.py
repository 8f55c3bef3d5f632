"""Whose budget is meant, where several are indexed and the question names no department."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.records import BudgetDocument
from qa_service.library import Library
from qa_service.types import AnswerStatus, NormalisedQuestion
from qa_service.understand.plan import Understood, make_plan
from qa_service.understand.vocabulary import Vocabulary
from qa_service.wording import Reply

MOST_TRIED = 6
"""With more documents than that the asker is asked at once."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents that hold an answer."""

    documents: tuple[BudgetDocument, ...]
    only: Understood | None
    """The question read in the one document that alone prints what it names."""


def tried(
    read: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    library: Library,
    vocabulary: Vocabulary,
    reply_to: Callable[[Understood, NormalisedQuestion, Library], Reply],
) -> Meant | None:
    """Which of the documents answer the question; None where they are too many to try."""
    if len(documents) > MOST_TRIED:
        return None
    holding: list[tuple[BudgetDocument, Understood]] = []
    for document in documents:
        understood = make_plan(read, (document,), library.lexicon, vocabulary)
        reply = reply_to(understood, read, library)
        if reply.status is AnswerStatus.ANSWERED or reply.values:
            holding.append((document, understood))
    own = [u for d, u in holding if _prints_alone(d, u, documents, library)]
    only = own[0] if len(own) == 1 else None
    return Meant(tuple(d for d, _ in holding), only)


def _prints_alone(
    document: BudgetDocument,
    understood: Understood,
    documents: Sequence[BudgetDocument],
    library: Library,
) -> bool:
    """Whether the question says a term that the document prints and none of the others does."""
    if understood.weighed is None:
        return False
    text = understood.weighed.text
    terms = {text[span.start : span.end] for span in understood.weighed.exact}
    for other in documents:
        if other.id != document.id:
            terms -= library.lexicon(other.id).terms
    return bool(terms)

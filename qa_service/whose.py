"""Whose budget is meant, where several are indexed and the question names no department."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.records import BudgetDocument
from qa_service.library import Library
from qa_service.narrative import rank
from qa_service.types import AnswerStatus, Language, NormalisedQuestion, Operation, Retrieval
from qa_service.understand.normalise import in_words_of
from qa_service.understand.plan import make_plan
from qa_service.understand.reader import Understood
from qa_service.understand.vocabulary import Vocabulary
from qa_service.wording import Reply

MOST_TRIED = 6
"""Of more documents than that, those are tried whose passages come nearest to the question."""
_LEAD = 0.35
"""How much better the best passage of one document must fit than that of any other."""
_SAME = 0.9
"""From this likeness on, two documents say the same of a term."""
_NEAREST = 40
_MUCH_LESS, _SAYS_ENOUGH = 0.2, 4.0
"""Another document explains so much less of a question that says so much."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents that hold an answer."""

    documents: tuple[BudgetDocument, ...]
    only: Understood | None
    """The question read in the one document that it can be about."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A question read in one document."""

    document: BudgetDocument
    understood: Understood
    reply: Reply
    fit: float
    """How well the best passage fits the question."""

    @property
    def holds(self) -> bool:
        told = self.reply.status is AnswerStatus.ANSWERED or bool(self.reply.values)
        return told or bool(self.reply.clarification and self.reply.citations)

    @property
    def explained(self) -> float:
        """The share of the question that the document's rows and facts explain, 0 to 1."""
        plan = self.understood.plan
        return max([plan.fit.explained, *(part.fit.explained for part in plan.parts)])

    @property
    def tells(self) -> str:
        """The passage that it answers with; empty where a number is no matter of wording."""
        told = [c for c in self.reply.citations if c.value is None]
        if self.reply.values:
            told = [c for c in told if c.row is not None]
        return told[0].quote if told and self.holds else ""


def tried(
    read: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    library: Library,
    vocabulary: Vocabulary,
    reply_to: Callable[[Understood, NormalisedQuestion, Library], Reply],
) -> Meant | None:
    """Which of the documents answer the question; None where they are too many to tell.

    One is meant where it alone prints a term that the question says, where its passage fits the
    question much better than any other's, or where all of them say the same.
    """
    all_tried = len(documents) <= MOST_TRIED
    near = documents if all_tried else _nearest(read, documents, library)
    each = [_try(read, one, library, vocabulary, reply_to) for one in near]
    holding = [one for one in each if one.holds]
    only = _alone(holding, documents, library, read.plain) if all_tried else None
    only = only or (_only_amount(each) if all_tried else None) or _best_told(each)
    if only is not None and any(_is_called_alike(only, one, library) for one in holding):
        only = None
    if not all_tried and only is None:
        return None
    return Meant(tuple(one.document for one in holding), only.understood if only else None)


def _is_called_alike(one: _Tried, other: _Tried, library: Library) -> bool:
    """Whether another department tells something else of a project of the same name."""
    names = [_row_told(each, library) for each in (one, other)]
    if one is other or not names[0] or names[0] != names[1]:
        return False
    return _likeness(one.tells, other.tells) < _SAME


def _row_told(one: _Tried, library: Library) -> str:
    """The name of the row that a reply tells, without the department's; empty for none."""
    row = next((c.row for c in one.reply.citations if c.row is not None), None)
    entry = library.lexicon(one.document.id).rows.get(row.id) if row is not None else None
    return entry.core.text if entry is not None else ""


def _try(
    read: NormalisedQuestion,
    document: BudgetDocument,
    library: Library,
    vocabulary: Vocabulary,
    reply_to: Callable[[Understood, NormalisedQuestion, Library], Reply],
) -> _Tried:
    if read.language is Language.EN:
        read = in_words_of(read, library.lexicon(document.id))
    understood = make_plan(read, (document,), library.lexicon, vocabulary)
    reply = reply_to(understood, read, library)
    fit = 0.0
    if understood.weighed is not None:
        ranked = rank(understood.plan, understood.weighed, library, 1, Retrieval.HYBRID)
        fit = ranked[0].score if ranked else 0.0
    return _Tried(document, understood, reply, fit)


def _nearest(
    read: NormalisedQuestion, documents: Sequence[BudgetDocument], library: Library
) -> list[BudgetDocument]:
    """The documents whose passages come nearest in meaning, the nearest first."""
    ids = [d.id for d in documents]
    hits = library.vectors.nearest(library.encoder.embed_query(read.text), _NEAREST, ids)
    found = library.store.passages([hit.passage_id for hit in hits])
    order = dict.fromkeys(found[h.passage_id][0] for h in hits if h.passage_id in found)
    by_id = {d.id: d for d in documents}
    return [by_id[i] for i in list(order)[:MOST_TRIED] if i in by_id]


def _only_amount(each: Sequence[_Tried]) -> _Tried | None:
    """The document that alone has an amount of what is asked, which no other one nearly has.

    An amount of another one is none of it where it leaves out half of what is asked.
    """
    only = max(each, key=lambda one: (bool(one.reply.values), one.explained), default=None)
    if only is None or not only.reply.values:
        return None
    if only.reply.status is not AnswerStatus.ANSWERED:
        return None
    told = [one for one in each if one.reply.values and one is not only]
    if any(one.explained > only.explained / 2 for one in told):
        return None
    plan = only.understood.plan
    asks = plan.amount_asked or plan.unit is not None or plan.operation is not Operation.LOOKUP
    far = all(one is only or one.explained <= only.explained - _MUCH_LESS for one in each)
    return only if asks and far and plan.content >= _SAYS_ENOUGH else None


def _best_told(each: Sequence[_Tried]) -> _Tried | None:
    """The document whose passage answers, far ahead of the others or just as they do."""
    if not each or any(one.holds and not one.tells for one in each):
        return None
    best, *others = sorted(each, key=lambda one: -one.fit)
    if not best.tells:
        return None
    if best.fit - max((one.fit for one in others), default=0.0) >= _LEAD:
        return best
    same = all(one.tells and _likeness(one.tells, best.tells) >= _SAME for one in others)
    return best if same and others else None


def _likeness(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _alone(
    holding: Sequence[_Tried], documents: Sequence[BudgetDocument], library: Library, said: str
) -> _Tried | None:
    """The one document that prints a term of what is said which none of the others does."""
    own = [one for one in holding if _prints_alone(one, documents, library, said)]
    return own[0] if len(own) == 1 else None


def _prints_alone(
    one: _Tried, documents: Sequence[BudgetDocument], library: Library, said: str
) -> bool:
    weighed, lexicon = one.understood.weighed, library.lexicon(one.document.id)
    told = {target.row_id for target in one.understood.plan.cells}
    if weighed is None or (told and told <= lexicon.sums):
        return False  # each has all that it spends
    terms = {weighed.text[span.start : span.end] for span in weighed.exact}
    terms = {term for term in terms if term in said}
    for other in documents:
        if other.id != one.document.id:
            others = library.lexicon(other.id)
            terms -= others.terms.union(others.explained)
    return bool(terms)

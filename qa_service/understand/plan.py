"""A normalised question to a `QueryPlan`: whose budget, which cues, which readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import BudgetDocument, FactMeasure
from qa_service.route import is_sure
from qa_service.types import (
    Language,
    Missing,
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Scope,
)
from qa_service.understand.cues import Cues, read_cues
from qa_service.understand.followup import Turn, complete
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.parts import halves
from qa_service.understand.readings import Readings, read
from qa_service.understand.scope import Scoped, check_scope, choose_documents, year_mask
from qa_service.understand.selections import select
from qa_service.understand.spelling import mend
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import Weighed, weigh

SELECTED = {Operation.SUM, Operation.COUNT, Operation.AVERAGE, Operation.RANK, Operation.LIST}
HALVED = {Operation.SHARE, Operation.COMPARE}
ALL_SAID = 0.9
"""From this share on, one row is the sum that is asked for: 三公加起来."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A plan, and the question as it was weighed against the plan's document."""

    plan: QueryPlan
    weighed: Weighed | None
    """None where the plan is about no single document."""


def make_plan(
    question: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    lexicon_of: Callable[[str], Lexicon],
    vocabulary: Vocabulary,
    last: Turn | None = None,
) -> Understood:
    """What the question asks, linked to what is indexed.

    A question that names no department, where several are indexed, gets a plan
    whose scope is all of them and no readings: the asker must choose.
    """
    scoped = choose_documents(question, documents)
    if len(scoped.documents) != 1:
        ids = tuple(d.id for d in scoped.documents)
        return Understood(QueryPlan(Operation.LOOKUP, Scope(ids, scoped.year, assumed=True)), None)
    lexicon = lexicon_of(scoped.documents[0].id)
    question = mend(question, lexicon.spelling)
    weighed = weigh(question, lexicon, vocabulary)
    cues = read_cues(weighed, vocabulary)
    completed = complete(question, last, _own_weight(weighed, cues))
    if completed is not question:
        question = completed
        weighed = weigh(question, lexicon, vocabulary)
        cues = read_cues(weighed, vocabulary)
    scope, missing, measure = check_scope(question, weighed, lexicon, vocabulary, scoped.year)
    if measure is FactMeasure.PRIOR and cues.measure is FactMeasure.AMOUNT:
        cues = replace(cues, measure=measure, measure_mask=year_mask(weighed, lexicon))
    readings = read(weighed, cues, lexicon)
    content = weighed.total - weighed.weight(cues.wording_mask)
    plan = replace(
        _plan(scoped, scope, cues, readings, missing, weighed),
        content=round(content, 2),
        read_as=question.text,
    )
    if plan.operation is Operation.LOOKUP and not is_sure(plan) and _together(weighed):
        summed = select(weighed, replace(cues, operation=Operation.SUM), lexicon, vocabulary)
        if summed is not None and summed.narrowed:
            plan = replace(plan, operation=Operation.SUM, selection=summed)
    elif plan.operation in SELECTED:
        plan = replace(plan, selection=select(weighed, cues, lexicon, vocabulary))
    if plan.operation in HALVED:
        plan = replace(plan, parts=_parts(question, plan, lexicon, vocabulary))
    return Understood(plan, weighed)


def _own_weight(weighed: Weighed, cues: Cues) -> float:
    """What the question weighs beside the words that only say what is asked."""
    return weighed.total - weighed.weight(cues.wording_mask | cues.measure_mask)


def _together(weighed: Weighed) -> bool:
    """Whether the wording asks for one amount of several rows."""
    return any(
        word in weighed.text for word in ("合计", "总共", "一共", "总额", "总计", "总和", "共计")
    )


def _parts(
    question: NormalisedQuestion, plan: QueryPlan, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[QueryPlan, ...]:
    """The plans of the two halves of a share or comparison; empty where one is not understood."""
    split = halves(question.text, plan.operation)
    if split is None:
        return ()
    compared = plan.operation is Operation.COMPARE and split.other is not None
    if compared and not _alike([split.one, split.other or ""], lexicon, vocabulary):
        return ()
    texts = [[split.one], [split.other]] if split.other else [[split.one]]
    if split.other and plan.operation is Operation.SHARE:
        texts[0].append(split.other + split.one)
    found: list[QueryPlan] = []
    for alternatives in texts:
        plans = (_half(text, plan.scope, lexicon, vocabulary) for text in alternatives)
        sure = next((p for p in plans if is_sure(p)), None)
        if sure is None:
            return ()
        found.append(sure)
    return tuple(found)


def _alike(texts: list[str], lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether the halves name equally many terms, so that neither leans on the other."""
    counts = {
        len(weigh(NormalisedQuestion(t, t, plain(t), Language.ZH), lexicon, vocabulary).exact)
        for t in texts
    }
    return len(counts) == 1


def _half(text: str, scope: Scope, lexicon: Lexicon, vocabulary: Vocabulary) -> QueryPlan:
    """The plan of one half, read as a question for an amount."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, lexicon, vocabulary)
    cues = read_cues(weighed, vocabulary)
    readings = read(weighed, replace(cues, numeric=1.0), lexicon)
    return QueryPlan(
        Operation.LOOKUP,
        scope,
        cells=readings.cells,
        facts=readings.facts,
        numeric=1.0,
        explained=round(readings.explained, 4),
        asked=round(readings.asked, 4),
        together=_together(weighed),
        terms_left=readings.terms_left,
    )


def _plan(
    scoped: Scoped,
    scope: Scope,
    cues: Cues,
    readings: Readings,
    missing: tuple[Missing, ...],
    weighed: Weighed,
) -> QueryPlan:
    cells, facts = readings.cells, readings.facts
    one = len(weighed.exact) <= 1 and readings.explained >= ALL_SAID
    operation = Operation.LOOKUP if cues.operation is Operation.SUM and one else cues.operation
    if cues.counts:
        cells, facts = (), tuple(f for f in facts if f.counts)
    return QueryPlan(
        operation=operation,
        scope=replace(scope, assumed=not scoped.named or scope.assumed),
        cells=cells,
        facts=facts,
        measure=cues.measure,
        passage_kinds=cues.passage_kinds,
        entity_row_ids=readings.named_rows,
        unit=cues.unit,
        numeric=cues.numeric,
        descriptive=cues.descriptive,
        existence=cues.existence,
        counts=cues.counts,
        counted=cues.counted,
        item=cues.item,
        needs=cues.needs,
        explained=round(readings.explained, 4),
        unexplained=readings.left_over,
        asked=round(readings.asked, 4),
        together=_together(weighed),
        terms_left=readings.terms_left,
        missing=missing,
    )

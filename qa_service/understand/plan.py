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
from qa_service.understand.parts import halves, listed
from qa_service.understand.readings import Readings, read
from qa_service.understand.scope import Scoped, check_scope, choose_documents, year_mask
from qa_service.understand.selections import select
from qa_service.understand.spelling import mend
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import Weighed, weigh

SELECTED = {Operation.SUM, Operation.COUNT, Operation.AVERAGE, Operation.RANK, Operation.LIST}
OF_OPERANDS = {
    Operation.SHARE,
    Operation.RATIO,
    Operation.COMPARE,
    Operation.SUM,
    Operation.AVERAGE,
    Operation.RANK,
}
PAIR = 2
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
    return Understood(_computed(plan, question, weighed, cues, lexicon, vocabulary), weighed)


def _computed(
    plan: QueryPlan,
    question: NormalisedQuestion,
    weighed: Weighed,
    cues: Cues,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> QueryPlan:
    """The plan with the rows or the operands that its operation needs."""
    if plan.operation is Operation.LOOKUP:
        if is_sure(plan) or not _together(weighed):
            return plan
        summed = select(weighed, replace(cues, operation=Operation.SUM), lexicon, vocabulary)
        narrowed = tuple(selection for selection in summed if selection.narrowed)
        return replace(plan, operation=Operation.SUM, selections=narrowed) if narrowed else plan
    if plan.operation in SELECTED:
        found = select(weighed, cues, lexicon, vocabulary)
        if found:
            return replace(plan, selections=found)
    if plan.operation in OF_OPERANDS:
        ways = _ways(question, weighed, plan.operation, lexicon, vocabulary)
        return replace(plan, parts=_parts(ways, plan, lexicon, vocabulary))
    return plan


def _own_weight(weighed: Weighed, cues: Cues) -> float:
    """What the question weighs beside the words that only say what is asked."""
    return weighed.total - weighed.weight(cues.wording_mask | cues.measure_mask)


def _together(weighed: Weighed) -> bool:
    """Whether the wording asks for one amount of several rows."""
    return any(
        word in weighed.text for word in ("合计", "总共", "一共", "总额", "总计", "总和", "共计")
    )


def _ways(
    question: NormalisedQuestion,
    weighed: Weighed,
    operation: Operation,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> tuple[tuple[str, ...], ...]:
    """The operands of the operation, each in the ways in which it may be meant."""
    if operation in SELECTED:
        return listed(question.text, weighed.exact)
    split = halves(question.text, weighed.exact, operation)
    if split is None:
        return listed(question.text, weighed.exact) if operation is Operation.COMPARE else ()
    one, other = split.one, split.other
    if operation is Operation.SHARE:
        return ((one, other + one), (other,)) if other else ((one,),)
    if other is None:
        return ()
    both = listed(f"{one}、{other}", weighed.exact)
    prefixed = both[1][0] if len(both) == PAIR else other
    completed = one + other[other.rfind(one[-1]) + 1 :] if one[-1] in other else one
    if _alike([one, other], lexicon, vocabulary):
        return ((one, completed), tuple(dict.fromkeys((other, prefixed))))
    return ((one,), (prefixed,)) if prefixed != other else ((completed,), (other,))


def _parts(
    ways: tuple[tuple[str, ...], ...],
    plan: QueryPlan,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> tuple[QueryPlan, ...]:
    """The plans of the operands; empty where one of them is not understood."""
    found: list[QueryPlan] = []
    for alternatives in ways:
        plans = (_operand(text, plan.scope, lexicon, vocabulary) for text in alternatives)
        sure = next((part for part in plans if part is not None), None)
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


def _operand(text: str, scope: Scope, lexicon: Lexicon, vocabulary: Vocabulary) -> QueryPlan | None:
    """The plan of one operand, read as a question for an amount or for the sum of rows."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, lexicon, vocabulary)
    cues = replace(read_cues(weighed, vocabulary), numeric=1.0)
    readings = read(weighed, cues, lexicon)
    plan = QueryPlan(
        Operation.LOOKUP,
        scope,
        cells=readings.cells,
        facts=readings.facts,
        numeric=1.0,
        explained=round(readings.explained, 4),
        asked=round(readings.asked, 4),
        together=_together(weighed),
        terms_left=readings.terms_left,
        read_as=text,
    )
    if is_sure(plan):
        return plan
    summed = select(weighed, replace(cues, operation=Operation.SUM), lexicon, vocabulary)
    if len(summed) != 1:
        return None
    return replace(plan, operation=Operation.SUM, selections=summed, cells=(), facts=())


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

"""A normalised question to a `QueryPlan`: whose budget, which cues, which readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import BudgetDocument, FactMeasure
from index.units import read_numeral
from qa_service.route import is_sure
from qa_service.types import (
    CellTarget,
    Language,
    Missing,
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Scope,
)
from qa_service.understand.amounts import read_limits
from qa_service.understand.cues import Cues, read_cues
from qa_service.understand.followup import Turn, complete
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.parts import halves, listed, qualifier
from qa_service.understand.readings import Readings, read
from qa_service.understand.scope import Scoped, check_scope, choose_documents, year_mask
from qa_service.understand.selections import select
from qa_service.understand.spelling import mend
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed

SELECTED = {Operation.SUM, Operation.COUNT, Operation.AVERAGE, Operation.RANK, Operation.LIST}
OF_OPERANDS = {
    Operation.SHARE,
    Operation.RATIO,
    Operation.COMPARE,
    Operation.SUM,
    Operation.AVERAGE,
    Operation.RANK,
}
SURE_OPERAND = 0.88
"""The least share of an operand's words that its reading must explain."""
MOST_OF_A_NAME = 4
_HOW_MANY = re.compile(r"(?P<count>[两二三四]|[2-4])(?:个|项|张|处|笔|块|种|样|条|份)")
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
        cues = replace(cues, measure=measure)
    if cues.measure is FactMeasure.PRIOR:
        mask = cues.measure_mask | year_mask(weighed, lexicon)
        cues = replace(cues, measure_mask=mask)
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
    added = plan.operation is Operation.SUM
    if added or (plan.operation is Operation.LOOKUP and _together(weighed)):
        each = _each(plan, weighed, lexicon)
        if each:
            return replace(plan, operation=Operation.SUM, parts=each)
        if is_sure(plan) and (not added or plan.asked >= ALL_SAID) and _single(plan, lexicon):
            return replace(plan, operation=Operation.LOOKUP)
        found = select(weighed, replace(cues, operation=Operation.SUM), lexicon, vocabulary)
        narrowed = tuple(selection for selection in found if selection.narrowed)
        if narrowed or (added and found):
            return replace(plan, operation=Operation.SUM, selections=narrowed or found)
    elif plan.operation in SELECTED:
        found = select(weighed, cues, lexicon, vocabulary)
        if found:
            return replace(plan, selections=found)
    if plan.operation in OF_OPERANDS or _together(weighed):
        parts = _operands(question, weighed, plan, lexicon, vocabulary)
        operation = Operation.SUM if plan.operation is Operation.LOOKUP and parts else None
        return replace(plan, operation=operation or plan.operation, parts=parts)
    return plan


def _each(plan: QueryPlan, weighed: Weighed, lexicon: Lexicon) -> tuple[QueryPlan, ...]:
    """The different amounts of one name, where they are to be added up.

    The wording says how many there are, or that they are added and not how many.
    """
    amounts = _amounts(plan, lexicon)
    if not (is_sure(plan) and plan.asked >= ALL_SAID and 1 < len(amounts) <= MOST_OF_A_NAME):
        return ()
    told = _HOW_MANY.search(weighed.spoken)
    number = read_numeral(told["count"]) if told else None
    if number != len(amounts) and (number is not None or plan.operation is not Operation.SUM):
        return ()
    one = replace(plan, operation=Operation.LOOKUP)
    return tuple(replace(one, cells=cells, facts=()) for cells in amounts.values())


def _amounts(plan: QueryPlan, lexicon: Lexicon) -> dict[object, tuple[CellTarget, ...]]:
    """The cells of the plan's readings by the amount that they print."""
    found: dict[object, tuple[CellTarget, ...]] = {}
    for target in plan.cells:
        cells = lexicon.rows[target.row_id].row.cells
        fen = next((c.fen for c in cells if c.column == target.column), None)
        found[fen] = (*found.get(fen, ()), target)
    return found


def _single(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether all readings of the plan have one amount."""
    amounts: set[object] = set(_amounts(plan, lexicon))
    facts = {entry.fact.id: entry.fact for entry in lexicon.facts}
    amounts |= {facts[t.fact_id].fen or facts[t.fact_id].value for t in plan.facts}
    return len(amounts) == 1


def _own_weight(weighed: Weighed, cues: Cues) -> float:
    """What the question weighs beside the words that only say what is asked."""
    return weighed.total - weighed.weight(cues.wording_mask | cues.measure_mask)


def _together(weighed: Weighed) -> bool:
    """Whether the wording asks for one amount of several rows."""
    return any(
        word in weighed.text for word in ("合计", "总共", "一共", "总额", "总计", "总和", "共计")
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which an operand may be meant."""

    text: str
    leans: bool = False
    """Whether it may lack what the other operand says, so that it must not be a mere total."""
    added: bool = False
    """Whether it holds words of the other operand, so that it must not add up the two."""


def _operands(
    question: NormalisedQuestion,
    weighed: Weighed,
    plan: QueryPlan,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> tuple[QueryPlan, ...]:
    """The plans of the operands; empty where one of them is not understood."""
    found: list[QueryPlan] = []
    listing = plan.operation in SELECTED or plan.operation is Operation.LOOKUP
    for ways in _ways(question, weighed, plan.operation, lexicon, vocabulary):
        for way in ways:
            part = _operand(way.text, plan.scope, lexicon, vocabulary)
            if part and listing and any(not s.chosen for s in part.selections):
                continue
            if part is None or (way.added and (part.parts or _names_rows(part))):
                continue
            if not (way.leans and _of_total(part, lexicon)):
                found.append(part)
                break
        else:
            return ()
    wholes = sum(_of_total(part, lexicon) for part in found) if listing else 0
    mixed = 0 < wholes < len(found) or (wholes and plan.operation is not Operation.SUM)
    return () if mixed else tuple(found)


def _names_rows(part: QueryPlan) -> bool:
    """Whether a part is made of rows that are named side by side."""
    return any(selection.row_ids for selection in part.selections)


def _of_total(part: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether a part means the whole of a table."""
    return any(target.row_id in lexicon.total_of.values() for target in part.cells)


def _ways(
    question: NormalisedQuestion,
    weighed: Weighed,
    operation: Operation,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> tuple[tuple[_Way, ...], ...]:
    """The operands of the operation, each in the ways in which it may be meant."""
    names = tuple(tuple(map(_Way, ways)) for ways in listed(question.text, weighed.exact))
    if operation in SELECTED or operation is Operation.LOOKUP:
        return names
    split = halves(question.text, weighed.exact, operation)
    if split is None:
        return names if operation is Operation.COMPARE else ()
    one, other = split.one, split.other
    if operation is Operation.SHARE and not other and len(_terms(one, lexicon, vocabulary)) > 1:
        return ()
    if operation is Operation.SHARE:
        return (
            ((_Way(one), _Way(other + one, added=True)), (_Way(other),))
            if other
            else ((_Way(one),),)
        )
    return _beside(one, other, lexicon, vocabulary) if other else ()


def _beside(
    one: str, other: str, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[tuple[_Way, ...], ...]:
    """Two amounts that are compared, what they share said once: 货物类和服务类采购预算."""
    ours, theirs = (_terms(text, lexicon, vocabulary) for text in (one, other))
    prefixed = qualifier(one) + other
    completed = one + other[other.rfind(one[-1]) + 1 :] if one[-1] in other else one
    if len(ours) == len(theirs):
        return (
            (_Way(one), _Way(completed, added=True)),
            (_Way(other), _Way(prefixed, added=True)),
        )
    if len(ours) > len(theirs):
        texts = (prefixed, ours[0] + other)
        ways = [_Way(text, added=True) for text in texts if text != other]
        return ((_Way(one),), (*ways, _Way(other, leans=True)))
    return ((_Way(completed, added=True), _Way(theirs[-1] + one, added=True)), (_Way(other),))


def _terms(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> list[str]:
    """The terms of the document that a text names."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, lexicon, vocabulary)
    return [weighed.text[span.start : span.end] for span in weighed.exact]


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
        unexplained=readings.left_over,
        left=round(readings.left, 2),
        terms_left=readings.terms_left,
        broken=readings.broken,
        unread=readings.unread,
        foreign=readings.foreign,
        read_as=text,
    )
    says = weighed.total > 0 or _together(weighed)
    if says and is_sure(plan) and plan.explained >= SURE_OPERAND and _single(plan, lexicon):
        return plan
    rest = replace(plan, operation=Operation.SUM, cells=(), facts=())
    summed = select(weighed, replace(cues, operation=Operation.SUM), lexicon, vocabulary)
    if len(summed) == 1:
        return replace(rest, selections=summed)
    parts = _operands(asked, weighed, rest, lexicon, vocabulary)
    return replace(rest, parts=parts) if parts else None


def _plan(
    scoped: Scoped,
    scope: Scope,
    cues: Cues,
    readings: Readings,
    missing: tuple[Missing, ...],
    weighed: Weighed,
) -> QueryPlan:
    cells, facts = readings.cells, readings.facts
    if cues.counts:
        cells, facts = (), tuple(f for f in facts if f.counts)
    return QueryPlan(
        operation=cues.operation,
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
        amount_asked=cues.amount_asked,
        counts=cues.counts,
        counted=cues.counted,
        item=cues.item,
        needs=cues.needs,
        explained=round(readings.explained, 4),
        empty=weighed.total <= weighed.weight(cues.wording_mask) and not scoped.named,
        left=round(readings.left, 2),
        limited=read_limits(weighed.spoken) is not None,
        unexplained=readings.left_over,
        asked=round(readings.asked, 4),
        together=_together(weighed),
        terms_left=readings.terms_left,
        broken=readings.broken,
        unread=readings.unread,
        foreign=readings.foreign,
        missing=missing,
    )

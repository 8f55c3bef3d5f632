"""One amount of several departments: 机关运行经费，市财政局比市审计局多多少."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.labels import plain
from index.records import FactMeasure, PassageKind
from qa_service.types import (
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Scope,
)
from qa_service.understand.cues import Cues, read_cues
from qa_service.understand.departments import named_departments
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import TOGETHER
from qa_service.understand.relations import between_ends, from_smallest
from qa_service.understand.scope import YEAR_BEHIND, Scoped, check_scope
from qa_service.understand.side_by_side import amount_said, blanked
from qa_service.understand.single_amounts import named_amount, told_together
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed

_ORDERED = {Operation.LOOKUP, Operation.LIST}
_WHOLE = re.compile("^(?:部门)?预算的?(?:总额|总数|总量|盘子)?$")
"""The whole budget, however its amount is called: 预算总额."""
_CHANGED = (FactMeasure.CHANGE, FactMeasure.RATE)
"""What is asked of each department's amount by itself, and of no two together."""
_TWO, _MOST = 2, 4


def side_by_side(
    question: NormalisedQuestion,
    scoped: Scoped,
    lexicon_of: Callable[[str], Lexicon],
    vocabulary: Vocabulary,
) -> tuple[QueryPlan, Weighed] | None:
    """The plan with one operand of each department, and the question as it was weighed.

    None where the amount is not understood in one of them, or where one of them has no budget
    of the year that is asked for.
    """
    if len(scoped.documents) > _MOST:
        return None
    said = named_departments(question.plain, scoped.documents)
    starts = {d: min(span.start for span in spans) for d, spans in said.items()}
    ordered = sorted(scoped.documents, key=lambda d: starts[d.department])
    named = 0
    for spans in said.values():
        for span in spans:
            named |= span.mask
            year = YEAR_BEHIND.match(question.plain[span.end :]) if scoped.year is None else None
            if year is not None:
                named |= ((1 << year.end()) - 1) << span.end
    bare = blanked(question.plain, named, " ")
    asked = NormalisedQuestion(question.original, bare, plain(bare), question.language)
    parts: list[QueryPlan] = []
    first: tuple[Cues, Weighed] | None = None
    for document in ordered:
        lexicon = lexicon_of(document.id)
        weighed = weigh(asked, lexicon, vocabulary)
        cues = read_cues(weighed, vocabulary)
        scope, missing, _ = check_scope(
            asked, weighed, lexicon, vocabulary, scoped.year, asks_amount=True
        )
        why = PassageKind.EXPLANATION in cues.passage_kinds and not cues.amount_asked
        if missing or why or cues.measure in _CHANGED:
            return None
        amount = _WHOLE.sub("总预算", amount_said(weighed, vocabulary))
        if cues.counts:
            amount = TOGETHER.sub("", amount)
        part = named_amount(amount, scope, lexicon, vocabulary)
        if part is None:
            return None
        parts.append(part)
        first = first or (cues, weighed)
    if first is None:
        return None
    cues, weighed = first
    operation = cues.operation
    if operation in _ORDERED:
        operation = Operation.SUM if told_together(weighed) else Operation.RANK
    if operation is Operation.RANK and len(parts) == _TWO:
        operation = Operation.COMPARE
    ids = tuple(d.id for d in ordered)
    plan = QueryPlan(
        operation,
        Scope(ids, scoped.year, assumed=scoped.year is None),
        unit=cues.unit,
        numeric=1.0,
        amount_asked=True,
        parts=tuple(parts),
        ascending=from_smallest(weighed.text, vocabulary),
        read_as=question.text,
    )
    return between_ends(plan, question.text), weighed

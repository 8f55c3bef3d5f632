"""The amount of a project that a question describes without naming it."""

from __future__ import annotations

from dataclasses import replace

from index.records import FactMeasure
from qa_service.library import Library
from qa_service.narrative import described
from qa_service.numbers import look_up
from qa_service.route import is_sure
from qa_service.types import CellTarget, Evidence, Operation, QueryPlan
from qa_service.understand.weighed import Weighed


def described_amount(plan: QueryPlan, question: Weighed, library: Library) -> Evidence | None:
    """The amount of the one project that the question describes by its goal, cited with it."""
    plain_amount = plan.operation is Operation.LOOKUP and plan.measure is FactMeasure.AMOUNT
    if plan.counts or not plain_amount or is_sure(plan):
        return None
    if plan.limited or plan.together or plan.needs:
        return None
    goal = described(plan, question, library)
    if goal is None or goal.citation.row is None:
        return None
    lexicon = library.lexicon(goal.citation.document.id)
    entry = lexicon.rows[goal.citation.row.id]
    column = next(c.index for c, _ in lexicon.tables[entry.table_id].columns if c.is_whole)
    cell = CellTarget(entry.row.id, entry.table_id, lexicon.document.id, column, goal.score)
    amounts = look_up(replace(plan, cells=(cell,), facts=()), library).amounts
    return Evidence(tuple(replace(a, citations=(*a.citations, goal.citation)) for a in amounts))

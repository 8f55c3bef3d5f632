"""Whether a plan means something, and what it is when it does not."""

from __future__ import annotations

from dataclasses import replace

from qa_service.route import is_sure
from qa_service.types import Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import is_single


def answers(plan: QueryPlan) -> bool:
    """Whether the plan surely means an amount, rows or operands."""
    return not plan.missing and (is_sure(plan) or bool(plan.selections or plan.parts))


def unread(plan: QueryPlan) -> QueryPlan:
    """The plan of a question whose amount is not understood."""
    return replace(plan, cells=(), facts=(), parts=(), selections=(), limited=True)


def is_open(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether the question asks for an amount and names none surely, or several alike."""
    asks = plan.amount_asked and plan.operation is Operation.LOOKUP and not plan.missing
    return asks and not plan.limited and not (is_sure(plan) and is_single(plan, lexicon))

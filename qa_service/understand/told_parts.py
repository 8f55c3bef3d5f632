"""The parts of an amount that only the prose tells: goods, works and services of procurement."""

from __future__ import annotations

from dataclasses import replace

from index.records import Fact, FactMeasure
from index.units import is_money
from qa_service.types import FactTarget, Fit, Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon

_TWO = 2
_ENDS_ALIKE = 2
"""Parts of one kind have names that end alike: 货物类采购预算, 服务类采购预算."""


def told_parts(plan: QueryPlan, lexicon: Lexicon) -> tuple[QueryPlan, ...]:
    """The plans of the parts that make up the figure which a plan means, or of its fellows.

    Empty where the prose names no two parts of one kind.
    """
    facts = {entry.fact.id: entry.fact for entry in lexicon.facts}
    meant = [facts[target.fact_id] for target in plan.facts]
    wholes = {fact.subject if _parts(fact.subject, lexicon) else fact.context for fact in meant}
    whole = wholes.pop() if len(wholes) == 1 else None
    parts = _parts(whole, lexicon) if whole else []
    ends = {part.subject[-_ENDS_ALIKE:] for part in parts}
    if len(parts) < _TWO or len(ends) > 1:
        return ()
    one = replace(plan, operation=Operation.LOOKUP, cells=(), parts=(), fit=Fit(1.0, 1.0))
    document_id = lexicon.document.id
    return tuple(
        replace(one, facts=(FactTarget(p.id, document_id, FactMeasure.AMOUNT, 1.0, counts=False),))
        for p in parts
    )


def _parts(whole: str, lexicon: Lexicon) -> list[Fact]:
    """The amounts of money that stand under the name of a whole."""
    return [
        entry.fact
        for entry in lexicon.facts_of[FactMeasure.AMOUNT]
        if entry.fact.context == whole and is_money(entry.fact.unit)
    ]

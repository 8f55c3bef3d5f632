"""Plans of the amount of one name, in whichever tables and texts it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from index.labels import plain
from qa_service.route import is_sure
from qa_service.types import (
    CellTarget,
    Language,
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Scope,
)
from qa_service.understand.cues import Cues, read_cues
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import TOGETHER
from qa_service.understand.readings import read
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed

PlanOf: TypeAlias = Callable[[NormalisedQuestion], QueryPlan]
"""A question to its plan."""
SURE_OPERAND = 0.88
"""The least share of an operand's words that its reading must explain."""
ONE_THING = re.compile(
    "^(?!.*[这那]一?[个笔项套条份处].*[这那]一?[个笔项套条份处])"
    ".*[这那](?:一)?(?:项目(?!支出)|(?:[个笔项套条份处](?![数总合和加月人])))"
)
"""One project or sum of money is pointed at, so that nothing is added up."""
_FUNDS = {"财政拨款", "一般公共预算"}
"""Tables of these funds alone print less of a line than those of all funds."""
_TWO = 2
_ROUNDING_FEN = 10_000
"""Two amounts of a hundredth of 万元 each may differ from their printed sum by so much."""


def told_together(weighed: Weighed) -> bool:
    """Whether the wording asks for one amount of several rows."""
    return TOGETHER.search(weighed.own) is not None


def named_amount(
    text: str, scope: Scope, lexicon: Lexicon, vocabulary: Vocabulary
) -> QueryPlan | None:
    """The plan of the amounts of one name, in whichever tables they stand; None for no name."""
    weighed = weigh(NormalisedQuestion(text, text, plain(text), Language.ZH), lexicon, vocabulary)
    cues = replace(read_cues(weighed, vocabulary), numeric=1.0)
    plan = of_all_funds(amount_plan(text, weighed, cues, scope, lexicon), lexicon)
    return of_all_its_parts(plan, lexicon) if is_named(plan, weighed) else None


def amount_plan(
    text: str, weighed: Weighed, cues: Cues, scope: Scope, lexicon: Lexicon
) -> QueryPlan:
    """The plan of a text that names an amount."""
    readings = read(weighed, cues, lexicon)
    return QueryPlan(
        Operation.LOOKUP,
        scope,
        cells=readings.cells,
        facts=readings.facts,
        numeric=1.0,
        fit=readings.fit,
        together=told_together(weighed),
        read_as=text,
    )


def of_all_funds(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """The plan without cells of tables of narrower funds, where others print more of the line."""
    wide = tuple(t for t in plan.cells if not _FUNDS & lexicon.tables[t.table_id].aspects)
    if not wide or len(wide) == len(plan.cells) or is_single(plan, lexicon):
        return plan
    narrower = replace(plan, cells=wide)
    amounts = [f for f in amounts_of(plan, lexicon) if isinstance(f, int)]
    widest = [f for f in amounts_of(narrower, lexicon) if isinstance(f, int)]
    told = {entry.fact.id: entry.fact.fen for entry in lexicon.facts}
    alone = len(widest) == 1 and widest[0] == max(amounts, default=0)
    alone = alone and all(told[t.fact_id] == widest[0] for t in plan.facts)
    return narrower if alone and _one_line(plan, lexicon) else plan


def of_all_its_parts(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """The plan of the one reading whose amount is the sum of all others, where there is one.

    委托业务费 of basic and of project spending stand in two tables, and in the prose together.
    """
    amounts = amounts_of(plan, lexicon)
    printed = [fen for fen in amounts if isinstance(fen, int)]
    told = {entry.fact.id: entry.fact.fen for entry in lexicon.facts}
    stated = {told[t.fact_id] for t in plan.facts if told[t.fact_id] is not None}
    beside = stated - set(printed)
    if len(printed) < len(amounts) or len(printed) != _TWO or len(beside) != 1:
        return plan
    whole = next(iter(beside))
    if whole is None or abs(whole - sum(printed)) > _ROUNDING_FEN:
        return plan
    facts = tuple(t for t in plan.facts if told[t.fact_id] == whole)
    return replace(plan, cells=(), facts=facts)


def _one_line(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether all readings are of one name, or of the sums of their tables."""
    rows = {t.row_id for t in plan.cells}
    names = {lexicon.rows[row_id].core.text for row_id in rows}
    return len(names) == 1 or rows <= lexicon.sums


def amounts_of(plan: QueryPlan, lexicon: Lexicon) -> dict[object, tuple[CellTarget, ...]]:
    """The cells of the plan's readings by the amount that they print."""
    found: dict[object, tuple[CellTarget, ...]] = {}
    for target in plan.cells:
        cells = lexicon.rows[target.row_id].row.cells
        fen = next((c.fen for c in cells if c.column == target.column), None)
        found[fen] = (*found.get(fen, ()), target)
    return found


def is_single(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether all readings of the plan have one amount."""
    amounts: set[object] = set(amounts_of(plan, lexicon))
    if plan.facts:
        facts = {entry.fact.id: entry.fact for entry in lexicon.facts}
        amounts |= {facts[t.fact_id].fen or facts[t.fact_id].value for t in plan.facts}
    return len(amounts) == 1


def one_amount(question: NormalisedQuestion, lexicon: Lexicon, plan_of: PlanOf) -> QueryPlan | None:
    """The plan of the one amount that the question means; None where it means no such."""
    plan = plan_of(question)
    one = plan.operation is Operation.LOOKUP and is_sure(plan) and is_single(plan, lexicon)
    return plan if one and not plan.missing else None


def is_named(plan: QueryPlan, weighed: Weighed) -> bool:
    """Whether the text says something that one reading explains nearly all of."""
    says = weighed.total > 0 or told_together(weighed)
    return says and is_sure(plan) and plan.fit.explained >= SURE_OPERAND

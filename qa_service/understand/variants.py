"""Of rows whose names are nearly alike, the one that is not denied: 运行保障经费，不是补充的那笔.

What is denied is a part of a name, so the rows whose names hold it are left out; where no other
is left, nothing is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import PROJECT_TABLES
from qa_service.types import CellTarget, NormalisedQuestion, QueryPlan
from qa_service.understand.entries import ASPECTS
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.turn import Turn

_DENIED = re.compile(
    "[,，。;；(（]?(?:我)?(?:问的|说的|要的|指的)?(?:可|并|但)?(?<![算是要含包])(?:不是|不要|不算|不含|不包括|别算|别给我?|除了)"
    "(?P<part>[^,，。;；?？()（）多几哪什么吗]{2,8}?)"
    "(?:的?(?:那|这)(?:一)?[个笔项份块条]|的)?(?:[)）]|(?=[?？。!！]*$))"
)
"""What is not meant, said last or in brackets: 不是补充的那笔."""
_NO_NAME = re.compile("^(?:这|那|它|他|这样|那样|真的|项目|科目|合计|总)")


@dataclass(frozen=True, slots=True)
class Variant:
    """A part of names that are not meant, and the question without it."""

    denied: str
    rest: NormalisedQuestion


def read_variant(
    question: NormalisedQuestion, lexicon: Lexicon, last: Turn | None
) -> Variant | None:
    """What the question says that a name must not hold; None where it says no such thing.

    A whole name that is denied is another row; and what the last question asked of is put right.
    """
    found = _DENIED.search(question.text)
    if found is None or _NO_NAME.match(found["part"]):
        return None
    part = plain(found["part"]).removesuffix("的")
    put_right = last is not None and part in plain(last.question)
    if not part or part in ASPECTS or part in lexicon.by_label or put_right:
        return None
    if not any(part in label for label in lexicon.by_label):
        return None
    rest = question.text[: found.start()] + question.text[found.end() :]
    return Variant(part, replace(question, text=rest, plain=plain(rest))) if plain(rest) else None


def without_variant(plan: QueryPlan, denied: str, lexicon: Lexicon) -> QueryPlan:
    """The plan without the rows whose names hold what is denied; no rows where all do, and
    itself where none does.

    Beside a project that is denied, another project is meant, and no subject.
    """

    def is_project(target: CellTarget) -> bool:
        return lexicon.tables[target.table_id].table.kind in PROJECT_TABLES

    out = [t for t in plan.cells if denied in lexicon.rows[t.row_id].label.text]
    if not out:
        return plan
    kept = [t for t in plan.cells if t not in out]
    if all(map(is_project, out)):
        kept = [t for t in kept if is_project(t)]
    return replace(plan, cells=tuple(kept), facts=())


def name_meant(plan: QueryPlan, lexicon: Lexicon) -> str:
    """The one name of all rows that the plan means; empty where there are several or none."""
    names = {lexicon.rows[target.row_id].label.text for target in plan.cells}
    return names.pop() if len(names) == 1 else ""

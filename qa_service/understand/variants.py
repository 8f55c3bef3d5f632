"""Of rows whose names are nearly alike, the one that is not denied: 运行保障经费，不是补充的那笔.

What is denied is a part of a name, so the rows whose names hold it are left out; where no other
is left, nothing is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import PROJECT_TABLES
from qa_service.route import is_sure
from qa_service.types import CellTarget, NormalisedQuestion, QueryPlan
from qa_service.understand.entries import ASPECTS
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.turn import Turn
from qa_service.understand.weighed import longest_run

_DENIED = re.compile(
    "[,，。;；(（]?(?:我)?(?:问的|说的|要的|指的)?(?:可|并|但)?(?<![算是要含包有带])(?:不是|不要|不算|不含|不包括|不带|没带|没有|别算|别给我?|除了)"
    '[“"‘「『]?(?P<part>[^,，。;；?？()（）“”"‘’「」『』多几哪什么吗]{2,8}?)[”"’」』]?(?:字样|[两几三四]个字)?'
    "(?:的?(?:那|这)(?:一)?[个笔项份块条]|的)?(?:[)）]|(?=(?:是|有|要)?(?:多少钱?|几万)?[?？。!！]*$))"
)
"""What is not meant, said last or in brackets: 不是补充的那笔."""
_KIN = 6
"""Names that share so long a run are of one thing."""
_LATER_PART = ("二期", "三期")
_FIRST_PART = re.compile("[,，的]?(?:第一|一|首)期(?:工程|项目)?")
"""What is no later part has no name of its own: 一期，不带“二期”的那条."""
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
    if part.endswith(_LATER_PART) and not any(_FIRST_PART.search(n) for n in lexicon.by_label):
        rest = _FIRST_PART.sub("", rest, count=1)
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


def is_told_apart(plan: QueryPlan, denied: str, lexicon: Lexicon) -> bool:
    """Whether the plan surely means one row that what is denied tells from another of its name."""
    name = name_meant(plan, lexicon)
    if not name or plan.facts or not is_sure(plan) or denied in name:
        return False
    others = (label for label in lexicon.by_label if denied in label)
    return any(len(longest_run(name, other, _KIN)) >= _KIN for other in others)


def name_meant(plan: QueryPlan, lexicon: Lexicon) -> str:
    """The one name of all rows that the plan means; empty where there are several or none."""
    names = {lexicon.rows[target.row_id].label.text for target in plan.cells}
    return names.pop() if len(names) == 1 else ""

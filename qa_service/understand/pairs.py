"""A project and what goes on with it, under one name: 一期 and 二期, the first sum and 补充.

公路养护站辅助人员外包，一期二期加起来是多少 adds up both; 补充的那笔比原来那笔多多少
holds one against the other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import CellTarget, NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import PlanOf

_ONE = (
    "(?:正常|原来|原先|原本|本来|最初|起初|头一|第一|一期|首期)的?(?:那|这)?(?:一)?(?:笔|个|项|期)?"
)
_OTHER = "(?:补充|追加|二期|后来补的?|第二)的?(?:那|这)?(?:一)?(?:笔|个|项|期)?"
_GOING_ON = frozenset("补追期第")
"""One stands in each way of naming what goes on."""
_AND = "(?:和|跟|与|同|加上?|、|比|还是)?"
_PAIR = re.compile(
    f"{_ONE}{_AND}{_OTHER}|{_OTHER}{_AND}{_ONE}|两期|(?:连同|加上|算上|连带|含|包括|连){_OTHER}(?:在内)?"
)
"""Says that both are meant."""
_WITH_THE_OTHER = re.compile(f"(?:连同|加上|算上|连带|含|包括|连)(?:了|着)?{_OTHER}")
_ADDED = re.compile("加|共|合|总|连|算上|含|包括|拢")
_HELD = re.compile("哪|谁|比|差|多多少|多出|高出|少多少")
_IDLE = re.compile("(?:有|分)?(?:两|2)(?:笔|个|项|期)|[,，:：、的]+$|^[,，]")
_MARK = re.compile("[一二]期|补充|追加")
"""What the name of the one that goes on has beside the name of the first."""
_LEAST_NAME, _TWO = 3, 2


def means_a_pair(question: NormalisedQuestion) -> bool:
    """Whether an amount is asked for with what goes on with it: 连二期在内, 首期和二期加一块."""
    text = question.text
    if _GOING_ON.isdisjoint(text):
        return False
    both = _PAIR.search(text) is not None and _ADDED.search(text) is not None
    return both or _WITH_THE_OTHER.search(text) is not None


def of_a_pair(question: NormalisedQuestion, lexicon: Lexicon, plan_of: PlanOf) -> QueryPlan | None:
    """The plan of both amounts, added up or held against each other; None for no such pair."""
    text = question.text
    found = None if _GOING_ON.isdisjoint(text) else _PAIR.search(text)
    name = _IDLE.sub("", text[: found.start()].strip(",， ")) if found else ""
    if found is None or len(plain(name)) < _LEAST_NAME:
        return None
    asked = f"{name}是多少"
    plan = plan_of(replace(question, text=asked, plain=plain(asked)))
    named: dict[str, dict[str, CellTarget]] = {}
    for target in plan.cells:
        label = lexicon.rows[target.row_id].label.text
        named.setdefault(_MARK.sub("", label), {}).setdefault(label, target)
    if len(named) != 1 or plan.facts:
        return None
    (rows,) = named.values()
    if len(rows) != _TWO:
        return None
    added = _ADDED.search(text) is not None and not _HELD.search(text[found.end() :])
    one = replace(plan, operation=Operation.LOOKUP, parts=(), selections=())
    parts = tuple(replace(one, cells=(rows[label],)) for label in sorted(rows, key=len))
    return replace(
        plan,
        operation=Operation.SUM if added else Operation.COMPARE,
        cells=(),
        parts=parts,
        read_as=question.text,
    )

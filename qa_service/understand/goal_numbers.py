"""An amount and a number that the project's goal prints: 花多少钱，满意度要到多少.

The second number is no amount and no count of rows; it is told by the goal, beside the amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import PassageKind
from qa_service.route import is_sure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import is_single
from qa_service.words import COUNTERS, WordSort, sort_of, words

_COUNT = rf"(?:多少|几)(?:[{COUNTERS}次所%]|百分点)?"
_TWO_ASKED = re.compile(
    "^(?P<amount>(?:[^,，、?？]{2,30}[,，])?[^,，、?？]{0,40}?(?:多少钱|几多钱|几个钱|几钱|多少万?元|(?:花|要|列|给|安排|预算|拨|出)(?:是|了)?多少))[,，、;；?？]?"
    "(?:又|还|另外|并且|而且|同时|它|他们|跟|和|以及)*"
    f"(?P<before>[^,，。?？、]{{0,14}}?)(?:{_COUNT}|百分之(?:几|多少)|几成|什么程度|多高)(?P<behind>(?![钱万亿元])[^,，。?？]{{0,8}}?)[呢啊呀才]*[?？。]*$"
)
_OF_MONEY = re.compile("钱|预算|经费|费用|金额|花|比[去上]年|上年|去年|占")
_OF_GOALS = {
    "达到",
    "目标",
    "要求",
    "需要",
    "多少",
    "大家",
    "群众",
    "指标",
    "覆盖",
    "完成",
    "服务",
    "项目",
}
"""What is said of any number of a goal, and tells none."""
_NEAR = r"(?:{noun}\D{{0,5}}\d|\d[^\d,，。;；]{{0,6}}{noun})"


@dataclass(frozen=True, slots=True)
class TwoAsked:
    """The question for the amount, and what the goal must tell a number of."""

    amount: NormalisedQuestion
    nouns: tuple[str, ...]


def read_two(question: NormalisedQuestion) -> TwoAsked | None:
    """An amount and another number that the question asks for; None where it does not."""
    found = _TWO_ASKED.match(question.text)
    if found is None or _OF_MONEY.search(found["before"] + found["behind"]):
        return None
    counted = words(found["behind"])
    said = counted or [w for w in words(found["before"]) if sort_of(w) is WordSort.NAME]
    nouns = tuple(word for word in said if word not in _OF_GOALS)
    amount = found["amount"]
    read = replace(question, text=amount, plain=plain(amount))
    return TwoAsked(read, nouns) if nouns else None


def amount_and_goal(
    two: TwoAsked, plan_of: Callable[[NormalisedQuestion], QueryPlan], lexicon: Lexicon
) -> QueryPlan | None:
    """The plan of the project's amount and its goal; None where that prints no such number."""
    plan = plan_of(two.amount)
    rows = tuple(dict.fromkeys(target.row_id for target in plan.cells))
    single = plan.operation is Operation.LOOKUP and is_sure(plan) and is_single(plan, lexicon)
    if not (single and rows) or plan.facts or plan.missing:
        return None
    goals = [goal.text for row in rows if (goal := lexicon.rows[row].goal) is not None]
    near = "|".join(_NEAR.format(noun=re.escape(noun)) for noun in two.nouns)
    if len(goals) < len(rows) or not all(re.search(near, goal) for goal in goals):
        return None
    kinds = (PassageKind.GOAL,)
    return replace(
        plan, passage_kinds=kinds, descriptive=1.0, told_as_well=True, entity_row_ids=rows
    )

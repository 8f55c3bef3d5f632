"""One amount of two years added up: 2025、2026两年的收入预算加一块是多少.

A budget prints this year's amount and the change, from which last year's follows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import FactMeasure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import PlanOf, one_amount

_THEN, _NOW = "(?:去年|上年|上一年|前一年)度?", "(?:今年|本年)度?"
_YEAR = r"20\d\d年?度?"
_AND = "(?:和|与|跟|及|加上?|、|再加上?|\\+)"
_OF_BOTH = re.compile(
    rf"(?:{_THEN}{_AND}{_NOW}|{_NOW}{_AND}{_THEN}|(?P<one>{_YEAR}){_AND}(?P<other>{_YEAR}))(?:这?两年)?(?:间|里)?的?|"
    "(?:这|近|前后|今去|去今)?两年(?:间|里)?的?"
)
"""The two years of which an amount is asked for."""
_ADDED = re.compile(
    "加(?:起来|一块儿?|在一起|在一块儿?|一起|总|到一起)|合(?:起来|计|在一起|一块)|一共|总共|共计|之和|相加|总和"
)
_ASKED = re.compile(
    "(?:[,，]|一?共)?(?:是|有|要|为|得|花|安排)?了?(?:多少|几)(?:钱|万元?|亿元?|元)?[呢啊呀]?[?？。]*$"
)
_HELD_APART = re.compile("差|相比|比较|增|减|涨|降|分别|各|占|平均|倍")


def asks_both_years(question: NormalisedQuestion, year: int) -> bool:
    """Whether an amount of the budget's `year` and the one before is asked for, added up."""
    of_years = "年" in question.text or "20" in question.text
    years = _OF_BOTH.search(question.text) if of_years else None
    said = {int(y[:4]) for y in (years["one"], years["other"]) if y} if years else set()
    if years is None or (said and said != {year - 1, year}):
        return False
    added = _ADDED.search(question.text) is not None
    return added and _HELD_APART.search(question.text) is None


def of_both_years(
    question: NormalisedQuestion,
    lexicon: Lexicon,
    plan_of: PlanOf,
) -> QueryPlan | None:
    """The sum of this year's amount and last year's; None where one of them is not told."""
    name = _ASKED.sub("", _ADDED.sub("", _OF_BOTH.sub("", question.text)))
    parts: list[QueryPlan] = []
    for text in (f"{name}是多少", f"上年的{name}是多少"):
        one = one_amount(replace(question, text=text, plain=plain(text)), lexicon, plan_of)
        if one is None:
            return None
        parts.append(one)
    if [part.measure for part in parts] != [FactMeasure.AMOUNT, FactMeasure.PRIOR]:
        return None
    added = replace(parts[0], operation=Operation.SUM, cells=(), facts=())
    return replace(added, parts=tuple(parts), read_as=question.text)

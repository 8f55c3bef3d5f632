"""What two amounts are to each other: a question that asks for it gets it, or no amount at all.

最大的项目相当于第二大的多少倍 is not answered by the second one's amount; 三个局的固定资产，
最多的比最少的多多少 holds the ends of an order against each other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import FactMeasure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.cue_words import known_words
from qa_service.understand.settled import unread
from qa_service.understand.single_amounts import PlanOf
from qa_service.understand.vocabulary import Vocabulary

_TIMES = "(?:几|多少|几多)倍|倍数"
_APART = (
    "相差|差额|差距|差值|差多少|差了?几(?![个项])|便宜(?:了)?多少|"
    "(?<![最至])[多少高低贵大小](?:出|了|花|用|列|给)*多少(?!年|个百分点)"
)
_RELATION = re.compile(f"{_TIMES}|{_APART}")
_BETWEEN_ENDS = re.compile(
    "最(?P<one>[\u4e00-\u9fff])(?!.*最(?P=one))[^。?？]*?(?:最(?P<other>[\u4e00-\u9fff])|垫底|末位|末尾)|"
    "(?:首尾|头尾|两头|两端|一头一尾|第一名?(?:和|跟|与)(?:倒数第一|最后一)名?)(?:之间)?(?:相差|差)"
)
"""The largest and the smallest of several: 最厚的比最薄的."""
_OF_WHICH = re.compile(
    "(?:里面|里头|之中|当中|里|中)?(?:的|[,，:：])*(?:预算|金额|数额|钱数?|花钱|用钱)?[,，]?(?:一个)?$"
)
"""What stands between several things and which of them is meant."""
CHANGED_MORE = re.compile(
    "(?:[涨降增减升跌砍缩]|增长|增加|减少|下降|上涨|上升)(?:(?:得|的)谁?(?:最|更|比较)?|谁?(?:最|更))"
    "(?:多(?!少)|少|快|大|猛|狠|厉害)"
)
"""Which of several has changed more: 谁的三公经费涨得多."""
_TIMES_APART = re.compile("(?:相?差|拉开|相距)(?:了|有|着)?(?:大概|大约|约)?(?:几|多少|几多)倍")
"""How many times the smaller amount the larger is: 相差几倍."""
_OF_TWO = (Operation.COMPARE, Operation.RATIO, Operation.DIFFERENCE)
_LOSES_IT = (Operation.LOOKUP, Operation.RANK, Operation.LIST, Operation.COUNT)
"""What tells amounts themselves, and not what they are to each other."""
_TWO = 2


def asks_relation(text: str) -> bool:
    """Whether the text asks by how much, or how many times, one amount is more than another."""
    return _RELATION.search(text) is not None


def from_smallest(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the plain text asks for the smallest first: 最少的是哪个局, 从低到高."""
    ranking = vocabulary.ranking
    up = known_words(ranking.up).held(text)
    return bool(up) and not known_words(ranking.down).held(text)


def of_ends(question: NormalisedQuestion, plan_of: PlanOf) -> QueryPlan | None:
    """The plan of the largest of some rows or names against the smallest; None for neither.

    `plan_of` reads the question for their order.
    """
    found = _BETWEEN_ENDS.search(question.text) if asks_relation(question.text) else None
    among = "" if found is None else _OF_WHICH.sub("", question.text[: found.start()])
    if not plain(among):
        return None
    text = f"{among}从高到低排序"
    plan = plan_of(replace(question, text=text, plain=plain(text)))
    if plan.operation is not Operation.RANK or plan.missing:
        return None
    parts = plan.parts
    if len(plan.selections) == 1 and plan.selections[0].limit is None:
        one = replace(plan, operation=Operation.SUM, selections=(), cells=(), facts=())
        rows = plan.selections[0]
        parts = tuple(
            replace(one, selections=(replace(rows, descending=down, limit=1),))
            for down in (True, False)
        )
    if len(parts) < _TWO:
        return None
    times = re.search(_TIMES, question.text) is not None
    operation = Operation.RATIO if times else Operation.COMPARE
    plan = replace(plan, operation=operation, cells=(), facts=(), selections=(), parts=parts)
    return replace(plan, ends=True, amount_asked=True, read_as=question.text)


def between_ends(plan: QueryPlan, text: str) -> QueryPlan:
    """The plan with the largest of its operands held against the smallest, where that is asked.

    How many times one is the other is no difference, and by how much three amounts differ has
    no answer else. Neither has which has changed more: their changes are no amounts.
    """
    if plan.operation in (*_OF_TWO, Operation.RANK) and CHANGED_MORE.search(text):
        return unread(plan)
    if plan.operation not in _OF_TWO or len(plan.parts) < _TWO or not asks_relation(text):
        return plan
    if plan.operation is Operation.COMPARE and re.search(_TIMES, text):
        if not _TIMES_APART.search(text):
            return unread(plan)  # 多几倍 may be one less than how many times it is
        plan = replace(plan, operation=Operation.RATIO, ends=True)
    if _BETWEEN_ENDS.search(text):
        operation = Operation.RATIO if plan.operation is Operation.RATIO else Operation.COMPARE
        return replace(plan, operation=operation, ends=True)
    loose = len(plan.parts) > _TWO and plan.operation is not Operation.DIFFERENCE
    return unread(plan) if loose else plan


def with_relation(plan: QueryPlan, text: str) -> QueryPlan:
    """The plan, or that of nothing where it leaves out the relation that the text asks for."""
    if plan.operation not in _LOSES_IT or not asks_relation(text):
        return plan
    told = plan.measure is not FactMeasure.AMOUNT or plan.against is not None
    return plan if told or plan.missing else unread(plan)

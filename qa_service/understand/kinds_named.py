"""The kinds of one amount: by their first words alone, and both kinds of spending together.

政府采购里服务多少 means its 服务类, though 服务 tells of nothing by itself. 印刷费一共多少 means
what both basic and project spending have of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import FactMeasure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.entries import KINDS_OF_SPENDING
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import TOGETHER
from qa_service.understand.side_by_side import OF_BOTH_KINDS

_BEFORE = "(?:(?<=里)|(?<=里面)|(?<=里头)|(?<=中)|(?<=当中)|(?<=的)|(?<=[,，、和与跟]))"
_BEHIND = "(?=的?(?:占|是|有|要|花|安排|多少|几|呢|各|分别|一共|金额|[,，、和与跟]))"
_TWO_IN_ONE = re.compile(
    "(?:(?<=[和跟与同及、加])|^)(?P<one>[\u4e00-\u9fff])(?P<other>[\u4e00-\u9fff])费(?=[和跟与同及、加])|"
    "(?<=[和跟与同及、加])(?P<first>[\u4e00-\u9fff])(?P<second>[\u4e00-\u9fff])费"
)
_OF_A_KIND = re.compile("基本|项目|《|表")
_TWO = 2
_OF_WHOLE = 2
"""So many characters of what the kinds share tell what they are kinds of: 采购."""


def kinds_in_full(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with 类 behind the first words of kinds of what it is about."""
    text = question.text
    for end, heads in lexicon.same_ends:
        if end[:_OF_WHOLE] in text:
            said = "|".join(map(re.escape, heads))
            text = re.sub(f"{_BEFORE}(?:{said}){_BEHIND}", r"\g<0>类", text)
    return question if text == question.text else replace(question, text=text, plain=plain(text))


def in_both_kinds(asked: str, plan: QueryPlan, lexicon: Lexicon) -> str:
    """The question for both kinds of spending together: 印刷费一共多少; empty for any other.

    The plan means one name in the tables of both, and the asker said of neither that it is meant.
    """
    asks = plan.operation is Operation.LOOKUP and plan.measure is FactMeasure.AMOUNT
    if not asks or plan.facts or plan.limited or plan.missing or len(plan.cells) != _TWO:
        return ""
    if not TOGETHER.search(asked) or _OF_A_KIND.search(asked):
        return ""
    titles = [lexicon.tables[target.table_id].table.title for target in plan.cells]
    kinds = {kind for title in titles for kind in KINDS_OF_SPENDING if kind in title}
    labels = {lexicon.rows[target.row_id].row.label for target in plan.cells}
    if len(labels) != 1 or len(kinds) != _TWO or plan.fit.explained < 1:
        return ""
    return f"{labels.pop()}，{OF_BOTH_KINDS}是多少"


def names_apart(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with two names that are said in one, beside others: 水电费和物业费."""

    def apart(found: re.Match[str]) -> str:
        one, other = found["one"] or found["first"], found["other"] or found["second"]
        names = f"{one}费", f"{other}费"
        whole = found.group(0)
        printed = all(name in lexicon.by_label for name in names)
        return "、".join(names) if printed and whole not in lexicon.by_label else whole

    text = _TWO_IN_ONE.sub(apart, question.text)
    return question if text == question.text else replace(question, text=text, plain=plain(text))

"""One amount beside a number that the question gives: spread over it, or held against it.

支出总计平摊到12个月, 部门总预算离1亿元还差多少.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from index.labels import plain
from qa_service.route import is_sure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.amounts import AMOUNT, fen_said
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import PlanOf, amounts_of, is_single, one_amount
from qa_service.understand.spread import Spread, read_spread

_SAID = AMOUNT.format("said") + "(?:元|钱|大关|关口|这个数)?"
_APART = "(?:还|要|是|究竟|到底|会|整整)?(?:{})(?:了|出|出来|出了)?(?:多少|几|有多)"
_HELD = (
    re.compile(
        f"(?P<what>[^?？]{{2,}}?)[,，]?(?:比|较|跟|和|与|同){_SAID}(?:相比|比起来|比)?[,，]?"
        + _APART.format("多|少|高|低|差|相差|富余|短")
    ),
    re.compile(
        f"(?P<what>[^?？]{{2,}}?)[,，]?(?:离|距离|距|要?到|凑够|凑到|凑满){_SAID}[,，]?"
        + _APART.format("差|缺|少|有多远|有|欠")
    ),
    re.compile(
        f"(?P<what>[^?？]{{2,}}?)[,，]?(?:超过|超出|超|高出|突破|多出|不足|不到|少于){_SAID}[,，]?"
        + _APART.format("多|少|差|")
    ),
)
"""An amount held against one that is said: 三公经费比10万少多少."""
_WHETHER = re.compile(
    "(?P<what>(?!.*(?:哪|几|多少|项目(?!支出)|科目|单位))[^?？]{2,}?)[,，]?"
    "(?:有没有|是否|是不是|会不会|真的|到底|究竟|难道|应该|都|也|已经)*"
    "(?:超过|超出|超|突破|达到|到|过|不到|没到|低于|高于|多于|少于|不足|不止|够)了?"
    f"{_SAID}(?:了)?(?:吗|没有|没|么|嘛|吧|不)?[?？。]*$"
)
"""Whether an amount goes over one that is said: 总支出有没有超过1亿."""


_BEYOND_NAMED = re.compile(
    "^(?:(?:有)?哪(?:些|几个)|预算|金额|有)*(?:比|超过|高过|多过|高于|低于|多于|少于)"
    "(?P<name>[^,，比\\d]{2,16}?)(?:要|还|更|还要)?(?P<way>贵|多|高|大|少|低|便宜|小)?的?(?P<rows>项目(?!支出)|科目)(?P<asked>.*)$"
)
"""Rows that cost more or less than something else: 比物业费贵的项目有哪些."""
_WHICH_BEYOND = re.compile(
    "^(?P<asked>(?:一共|总共|都)?有?(?:哪些|哪几个|几个|多少个))(?P<rows>项目|科目)(?:的?预算|的?金额|花得)?(?:是)?"
    "(?:比|超过|高过|多过|高于|低于|多于|少于)(?P<name>[^,，比\\d]{2,16}?)(?:要|还|更|还要)?"
    "(?P<way>贵|多|高|大|少|低|便宜|小)?(?:的)?[呢啊]?[?？。]*$"
)
"""The same asked first: 有几个项目比物业费贵."""
_FEN_OF_WAN = 10**6
_LESS = re.compile("少|低|便宜|小|低于|少于")
_ASKED = re.compile("哪|几|多少|列|谁|吗")


@dataclass(frozen=True, slots=True)
class Against:
    """An amount that the question says, in 分, and the question for what is held against it."""

    fen: int
    rest: NormalisedQuestion


def read_against(question: NormalisedQuestion) -> Against | None:
    """What the question holds against an amount that it says; None where it does not."""
    for pattern in (*_HELD, _WHETHER):
        found = pattern.match(question.text)
        if found is None or not found["said_unit"]:
            continue
        text = f"{found['what']}是多少"
        rest = replace(question, text=text, plain=plain(text))
        return Against(fen_said(found["said"], found["said_unit"]), rest)
    return None


def beside_a_number(
    plan: QueryPlan, question: NormalisedQuestion, lexicon: Lexicon, plan_of: PlanOf
) -> QueryPlan | None:
    """The plan of one amount beside a number; None where there is none, or no one amount.

    `plan` is that of the whole question, `plan_of` reads the question for the amount alone.
    """
    if plan.missing:
        return None
    beyond = _beyond_named(question, lexicon, plan_of)
    if beyond is not None:
        return beyond
    told = read_spread(question)
    if told is not None:
        return _spread(told, question, lexicon, plan_of)
    held = read_against(question)
    whole = None if held is None else one_amount(held.rest, lexicon, plan_of)
    if held is None or whole is None:
        return None
    parts = (replace(whole, unit=None),)
    return replace(
        whole, operation=Operation.COMPARE, parts=parts, against=held.fen, read_as=question.text
    )


def _beyond_named(
    question: NormalisedQuestion, lexicon: Lexicon, plan_of: PlanOf
) -> QueryPlan | None:
    """The plan of the rows that cost more, or less, than one that is named."""
    found = _BEYOND_NAMED.match(question.text) or _WHICH_BEYOND.match(question.text)
    if found is None:
        return None
    name = f"{found['name']}是多少"
    one = one_amount(replace(question, text=name, plain=plain(name)), lexicon, plan_of)
    fen = next(iter(amounts_of(one, lexicon)), None) if one and not one.facts else None
    if not isinstance(fen, int):
        return None
    less = _LESS.search(found["way"] or found[0][: found.start("name")]) is not None
    asked = found["asked"] if _ASKED.search(found["asked"]) else "有哪些"
    limit = f"{'低于' if less else '超过'}{Decimal(fen) / _FEN_OF_WAN}万元"
    text = f"金额{limit}的{found['rows']}{asked}"
    return replace(plan_of(replace(question, text=text, plain=plain(text))), read_as=text)


def _spread(
    told: Spread, question: NormalisedQuestion, lexicon: Lexicon, plan_of: PlanOf
) -> QueryPlan | None:
    """The plan of an amount spread evenly over a number."""
    whole = one_amount(told.rest, lexicon, plan_of)
    if whole is None:
        return None
    parts: tuple[QueryPlan, ...] = (whole,)
    if told.over is None:
        counted = replace(question, text=told.counted, plain=plain(told.counted))
        number = plan_of(counted)
        if not (number.counts and is_sure(number) and is_single(number, lexicon)):
            return None
        parts = (whole, number)
    return replace(
        whole,
        operation=Operation.AVERAGE,
        parts=parts,
        divisor=told.over,
        over_count=told.over is None,
        read_as=question.text,
    )

"""What is asked of the amounts that the service asked back about: 第二个, 都要, 合计, 差多少.

Each option holds a whole question, which these put in place of the words that only point at it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.units import read_numeral
from qa_service.types import NormalisedQuestion
from qa_service.understand.turn import Turn

_LEAD = "^(?:那就|那么|那|嗯|好的?|就|我要的?是?|我选|我看|我想要|选择?|要|看|是|请说)*[,，]?"
_ASKED = "的?(?:那个)?(?:是|有)?(?:多少钱?)?[呢吧啊呀]?[?？。!]*$"
_AT = re.compile(
    f"{_LEAD}(?:第(?P<number>[一二三四五六七八12345678])(?:个|项|条|种|处|笔)?|"
    f"(?P<first>(?:前|上|头)(?:面|边)?(?:那|这)?一?[个项条种处笔])|"
    f"(?P<last>(?:后|下|最后)(?:面|边)?(?:那|这)?一?[个项条种处笔])){_ASKED}"
)
_SO_MANY = "(?:这|那)?(?P<number>[两二三四五])?(?:个|项|处|笔|样|者|边)?(?:的|数|金额)*"
_EACH = re.compile(
    f"{_LEAD}{_SO_MANY}(?:都|全部?|全都)(?:想|给我|帮我)?(?:要|看|说|讲|列|报|告诉我?|知道|查|写|选|给我)*"
    f"(?:看|说|列|一下|出来|看看)*{_ASKED}"
)
_TOGETHER = re.compile(
    f"{_LEAD}(?:把)?(?:它们)?{_SO_MANY}(?:都|全部?)?(?:加起来|加在一起|加一起|合起来|合在一起|合计|相加|总计|总共|一共|共)+"
    f"(?:花|要|用)?{_ASKED}"
)
_APART = re.compile(f"{_LEAD}{_SO_MANY}(?:之间)?(?:相差|差)(?:了|额)?(?:是)?(?:多少|几)?{_ASKED}")
_LARGER = re.compile(
    f"{_LEAD}{_SO_MANY}(?:里|中)?(?P<asked>哪(?:一)?[个项处笔边](?:更|比较)?(?:多|大|高|少|小|低)){_ASKED}"
)
_ENDS = re.compile("(?:是|有)多少钱?[?？]*$")
_TWO = 2


def of_offered(question: NormalisedQuestion, last: Turn | None) -> NormalisedQuestion:
    """The question about what was offered, whole; itself where it speaks of none of these."""
    text = _of_offered(question.text, last.offered) if last is not None and last.offered else None
    return question if text is None else replace(question, text=text, plain=plain(text))


def _of_offered(text: str, offered: tuple[str, ...]) -> str | None:
    at = _AT.match(text)
    if at is not None:
        return _at_place(at, offered)
    if _EACH.match(text):
        return each_of(offered)
    names = [_ENDS.sub("", question) for question in offered]
    if any(name == question for name, question in zip(names, offered, strict=True)):
        return None  # a department was asked for, or a description
    together = _TOGETHER.match(text)
    if together is not None and _is_all(together["number"], offered):
        return f"{'和'.join(names)}加起来一共多少"
    if len(names) != _TWO:
        return None
    if _APART.match(text):
        return f"{names[0]}和{names[1]}相差多少"
    larger = _LARGER.match(text)
    return f"{names[0]}和{names[1]}{larger['asked']}" if larger else None


def _at_place(found: re.Match[str], offered: tuple[str, ...]) -> str | None:
    """The question of the option that is pointed at; None where there are not so many."""
    if found["number"] is None:
        return offered[0] if found["first"] else offered[-1]
    place = read_numeral(found["number"])
    return offered[place - 1] if 1 <= place <= len(offered) else None


def _is_all(number: str | None, offered: tuple[str, ...]) -> bool:
    return number is None or read_numeral(number) == len(offered)


def each_of(offered: tuple[str, ...]) -> str:
    """The questions of all options, one after the other."""
    return "".join(offered)

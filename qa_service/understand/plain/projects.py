"""Plainly asked questions about projects: their order, their number, limits and words of names."""

from __future__ import annotations

import re

from qa_service.understand.plain.marks import AMOUNT, NUMBER
from qa_service.understand.plain.slots import Slots
from qa_service.understand.plain.words import (
    AGO,
    ALL_OF_THEM,
    COUNTED,
    DENIED,
    IN_ORDER,
    LEAST,
    MONEY,
    MOST,
    SHARE,
    WHICH,
    downwards,
    of_least,
)

_PROJECTS = re.compile("项目")
_OVER = re.compile(
    f"超|大于|高于|多于|以上|之上|不止|过了|突破|高过|多过|大过|开外|高出|还[高贵多大要]|>|＞|{AMOUNT}还不够|线以?上|"
    f"比{AMOUNT}[^,，低少小]{{0,6}}(?:多|高|大|贵)|上去|打不住|破|越过|多出|(?<!没)(?<!不)过{AMOUNT}"
)
_UNDER = re.compile(
    f"不到|不足|低于|小于|少于|以下|之下|不满|没到|(?<!还)不够|未达|未满|够不[上着]|低过|少过|[没不]过|<|＜|线以?下|"
    f"比{AMOUNT}[^,，高多大]{{0,6}}(?:少|低|小)|用不了|花不到|打不到|没有{AMOUNT}"
)
_JUST = re.compile(
    f"正好|刚好|恰好|等于|整整|不多不少|一模一样|就是|刚巧|恰恰|{AMOUNT}整|丁是丁|等额|相等|既没|恰|一分不|=|(?:为|是|写着|填的是|定在|掐着|只写了){AMOUNT}|{AMOUNT}(?:一致|这个数|——)|(?:预算|金额|只有|才){AMOUNT}的?(?=项目)|不大不小|不高不低|不偏不倚|正正好好|刚刚好|啱啱好"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_BETWEEN = re.compile(
    "之间|介于|到|至|和|跟|~|～|—|-|区间|范围|下限|封顶|一档|当中|中间|、|间|且|但|又"
)
_STRICT = re.compile(
    "(?:大于|超过|高于|多于|比).*(?:小于|低于|不到|不足|少于|未到|没到|比)|(?:小于|低于|不到|少于).*(?:大于|超过|高于|多于)|[<＜]"
)
_BELOW = "(?<!不)(?:小于|低于|少于|不到|不足|未到|没到|未满|不满)"
_FROM = "(?:以上|之上|至少|起码|不低于|不少于|不小于)"
_BEYOND = "(?<!不)(?:大于|超过|高于|多于)"
_AT_MOST = "(?:以下|之下|以内|至多|不超过|不高于|不多于|不大于)"
_FROM_AND_BELOW = re.compile(f"{_FROM}.*{_BELOW}|{_BELOW}.*{_FROM}")
"""From an amount on, and below another: 一百万以上但不到一百五十万."""
_BEYOND_AND_UP_TO = re.compile(f"{_BEYOND}.*{_AT_MOST}|{_AT_MOST}.*{_BEYOND}")
_FROM_UP_TO = re.compile(f"{_FROM}.*{_AT_MOST}|{_AT_MOST}.*{_FROM}")
"""From one amount to another, both of them held."""
_INCLUDED = re.compile(
    "(?:以上|以下|之上|之下)(?![^,，]{0,6}不含)(?!.*(?:不含|不算|别算|不要|等于的?不))|及以|[含算]本?数?在内|也算|至少|至多|起码"
)
_AVERAGE = re.compile(
    "平均|均值|均摊|平均数|拉平|平分|平摊|摊到|均下来|项均|/[^,，]{0,4}项目[个数]|折合每个|均额|除以[^,，]{0,4}(?:项目|个数)|÷[^,，]{0,4}(?:项目|个数)|匀"
)
_NEXT = re.compile("(?<![名位依座])次")
_NTH = re.compile(f"第{NUMBER}(?![个大]?到)|老{NUMBER}|排{NUMBER}|名次为?{NUMBER}|{NUMBER}号")
_UP_TO = re.compile(f"(?<!数)到第|至第|前{NUMBER}|(?<!里)头{NUMBER}")
_ADDED = re.compile(
    "统共|拢共|加|[凑并合拢](?:作|成|到|在)?一[块起]|合起来|合计|之和|求和|累计|汇总|拢|总和|总额|总金额|总数额|合共|共计|一共|总共|总"
)
_SURELY_ADDED = re.compile(
    "总额|总数|相加|的和|一起是|求个和|加起来|[凑并合加拢](?:作|成|到|在)?一[块起]|合计|之和|总和|一共|总共|加总|累计|求和|全加|加上|加一|加在|合起来|打包|共"
)
_COUNTED_AT_ALL = re.compile("几个|多少个|数量")
_NAME_HOLDS = re.compile("(?:项目)?(?:名字|名称|名儿|标题|名)(?:里面|里头|里边|里|中|上|内)?")
_BOTH_ASKED = re.compile("哪些|哪几|名单")
_FIRST = re.compile("先[找挑筛选]")
_LISTS = re.compile("项目(?:名称|名字|名|清单)?[,，。.:：]*$|^[^?？]*[:：]")
_TWO = 2


def of_projects(slots: Slots) -> str | None:
    """The first or last projects by their amounts, how many there are, or their average."""
    text, numbers = slots.text, tuple(dict.fromkeys(slots.numbers))
    if not _PROJECTS.search(text) or DENIED.search(text) or AGO.search(text) or SHARE.search(text):
        return None
    if _AVERAGE.search(text):
        return "平均每个项目多少钱" if not (numbers or MOST.search(text)) else None
    least = of_least(text)
    if least is None and _NTH.search(text) and not _COUNTED_AT_ALL.search(text):
        least = False
    if least is None and IN_ORDER.search(text) and not (numbers or COUNTED.search(text)):
        return f"全部项目按金额从{'少到多' if downwards(text) is False else '多到少'}排一下"
    if least is None:
        counted = COUNTED.search(text) and not MONEY.search(text)
        return "一共有多少个项目" if counted and not numbers else None
    end = "少" if least else "多"
    if len(numbers) > 1 or _NEXT.search(text):
        return None
    if _SURELY_ADDED.search(text):
        return f"预算最{end}的{numbers[0]}个项目合计多少钱" if numbers else None
    if numbers and _NTH.search(text) and not _UP_TO.search(text):
        return f"预算第{numbers[0]}{end}的项目是哪个"
    if numbers:
        return f"预算最{end}的{numbers[0]}个项目是哪些"
    down = downwards(text)
    if down is not None and not (MOST.search(text) or LEAST.search(text)):
        return f"全部项目按金额从{'多到少' if down else '少到多'}排一下"
    return f"预算最{end}的项目是哪个"


def of_limits(slots: Slots) -> str | None:
    """The projects above, below, between or at amounts: which, how many, or their sum."""
    text, amounts = slots.text, tuple(dict.fromkeys(slots.amounts))
    if not _PROJECTS.search(text) or AGO.search(text) or SHARE.search(text):
        return None
    if len(amounts) > _TWO or MOST.search(text) or LEAST.search(text) or slots.numbers:
        return None
    two = len(amounts) == _TWO
    rows = _between(text, *amounts) if two else _one_limit(text, amounts[0])
    return _asked_of(rows, text) if rows else None


def _between(text: str, one: str, other: str) -> str:
    low, high = sorted((one, other), key=_yuan)
    if _FROM_AND_BELOW.search(text):
        return f"{low}以上但不到{high}的项目"
    if _BEYOND_AND_UP_TO.search(text):
        return f"超过{low}但{high}以下的项目"
    if _FROM_UP_TO.search(text):
        return f"{low}到{high}之间的项目"
    if _STRICT.search(text):
        if _INCLUDED.search(text):
            return ""
        return f"超过{low}但不到{high}的项目"
    return f"{one}到{other}之间的项目" if _BETWEEN.search(text) else ""


def _yuan(amount: str) -> float:
    """About how much money an amount is."""
    number = float(_DIGITS.match(amount)[0])  # type: ignore[index]
    return number * (1e8 if "亿" in amount else 1e4 if "万" in amount else 1)


def _one_limit(text: str, amount: str) -> str:
    """The projects on one side of an amount, or at it; empty where that is not plain."""
    just = _JUST.search(text)
    over, under = _OVER.search(text) is not None, _UNDER.search(text) is not None
    if over == under:
        return f"正好{amount}的项目" if just else ""
    if _INCLUDED.search(text):
        return ""
    return f"{'超过' if over else '低于'}{amount}的项目"


_FOR = re.compile("[做干管用租买](?:些|的是)?(?:什么|啥|嘛|哪)|用途|用处|(?<!项)目的|目标")
"""What they are for, which no amounts tell."""


def of_word(slots: Slots) -> str | None:
    """The projects whose names hold a word: which, how many, their sum or the largest."""
    text, said = slots.text, tuple(dict.fromkeys(slots.words))
    if len(said) != 1 or slots.amounts or not _PROJECTS.search(text) or AGO.search(text):
        return None
    if SHARE.search(text) or DENIED.search(text) or _AVERAGE.search(text) or _FOR.search(text):
        return None
    rows = f"名称里含“{said[0]}”的项目"
    text = _NAME_HOLDS.sub("", text, count=1)
    if slots.numbers:
        first = slots.numbers in (("一",), ("1",)) and downwards(text)
        return f"{rows}中最多的是哪个" if first else None
    ordered = IN_ORDER.search(text) and (ALL_OF_THEM.search(text) or downwards(text) is not None)
    if ordered and not (MOST.search(text) or LEAST.search(text)):
        return f"{rows}从{'少到多' if downwards(text) is False else '多到少'}排一下"
    if LEAST.search(text):
        return f"{rows}中最少的是哪个"
    if MOST.search(text):
        return f"{rows}中最多的是哪个"
    return _asked_of(rows, text)


def _asked_of(rows: str, text: str) -> str | None:
    """What is asked of some projects: how many, what they add up to, or which they are."""
    money, added = MONEY.search(text), _ADDED.search(text)
    if COUNTED.search(text) and not money:
        return f"{rows}有几个"
    if added and (money or _SURELY_ADDED.search(text)):
        both = _BOTH_ASKED.search(text) and not _FIRST.search(text)
        return None if both else f"{rows}合计多少钱"
    if money or (added and not WHICH.search(text)):
        return f"{rows}合计多少钱" if added else None
    return f"{rows}有哪些" if WHICH.search(text) or _LISTS.search(text) else None

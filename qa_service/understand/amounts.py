"""Limits on amounts in a question: 500万以上, 超过五百万, 一百万到三百万之间.

以上, 以下 and 之间 hold their borders; 超过, 大于, 不足 and 不到 do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.labels import plain
from index.units import to_fen
from qa_service.understand.weigh import Span

_AMOUNT = r"(?P<{0}>\d+(?:\.\d+)?)(?P<{0}_unit>亿元|万元|亿|万|元|块钱|块)?"
_FROM_TO = re.compile(
    r"(?:介于|在|从)?"
    + _AMOUNT.format("low")
    + r"(?:到|至|~|和|与|—|–)"
    + _AMOUNT.format("high")
    + r"(?:之间|区间|范围|的)?"
)
_AFTER = re.compile(_AMOUNT.format("value") + r"(?P<word>及以上|及以下|以上|以下|以内)")
_BEFORE = re.compile(
    r"(?P<word>不低于|不少于|不小于|大于等于|至少|超过|大于|高于|多于|突破|不超过|不高于|不大于|小于等于|至多|最多不超过|不足|不到|不满|小于|低于|少于)了?"
    + _AMOUNT.format("value")
)
_NONZERO = re.compile(
    r"[（(]?(?:不算为零的|为零的不算|不为零的?|不为0的?|非零的?|不是零的?|不含零|不计零|除去零)[)）]?"
)
_AT_LEAST = {"以上", "及以上", "不低于", "不少于", "不小于", "大于等于", "至少"}
_OVER = {"超过", "大于", "高于", "多于", "突破"}
_AT_MOST = {
    "以下",
    "及以下",
    "以内",
    "不超过",
    "不高于",
    "不大于",
    "小于等于",
    "至多",
    "最多不超过",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that an amount may be, both included, in 分; None for no limit."""

    least_fen: int | None
    most_fen: int | None
    mask: int
    """The characters of the question that say so."""


def read_limits(text: str) -> Limits | None:
    """The limits that a question sets, or None; the text still has its decimal points."""
    nonzero = _NONZERO.search(text)
    if nonzero:
        return Limits(1, None, _mask(text, nonzero))
    between = _FROM_TO.search(text)
    if between and (between["low_unit"] or between["high_unit"]):
        unit = between["low_unit"] or between["high_unit"]
        low = _fen(between["low"], unit)
        high = _fen(between["high"], between["high_unit"] or unit)
        return Limits(min(low, high), max(low, high), _mask(text, between))
    found = _BEFORE.search(text) or _AFTER.search(text)
    if found is None or not found["value_unit"]:
        return None
    fen, word, mask = _fen(found["value"], found["value_unit"]), found["word"], _mask(text, found)
    if word in _AT_LEAST:
        return Limits(fen, None, mask)
    if word in _OVER:
        return Limits(fen + 1, None, mask)
    return Limits(None, fen if word in _AT_MOST else fen - 1, mask)


def _mask(text: str, found: re.Match[str]) -> int:
    """The characters of the plain question that the match covers."""
    start, end = (len(plain(text[:at])) for at in found.span())
    return Span(start, end).mask


def _fen(number: str, unit: str) -> int:
    names = {"亿": "亿元", "万": "万元", "块": "元", "块钱": "元"}
    return to_fen(Decimal(number), names.get(unit, unit))

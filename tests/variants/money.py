"""Amounts: drawn in 元, printed in 万元 with two digits as tables do, or short as prose does."""

from __future__ import annotations

import math
from random import Random

WAN = 10_000
LAST_DIGIT = 100
"""The 元 of the last printed digit. What is below it is rounded away and makes 尾差."""
_STEPS = (LAST_DIGIT, LAST_DIGIT, LAST_DIGIT, 1_000, WAN)


def about(chance: Random, least: float, most: float) -> int:
    """元 between so many 万元, small ones as likely as large ones, often a round amount."""
    wan = math.exp(chance.uniform(math.log(least), math.log(most)))
    step = chance.choice(_STEPS)
    return max(LAST_DIGIT, round(wan * WAN / step) * step)


def printed(yuan: int) -> str:
    """As tables print it: 9,492.97."""
    digits = hundredths(yuan)
    return f"{digits // 100:,}.{digits % 100:02}"


def hundredths(yuan: int) -> int:
    """The amount rounded to 0.01 万元, in hundredths."""
    return (yuan + LAST_DIGIT // 2) // LAST_DIGIT


def short(digits: int) -> str:
    """Hundredths of 万元 as prose prints them: 5.4 or 1,083.01."""
    text = f"{digits // 100:,}.{digits % 100:02}"
    return text.rstrip("0").rstrip(".")


def changed(now: int, before: int) -> str:
    """What prose says of a change, in hundredths: 比上年减少1,083.01万元，下降10.24%."""
    verb, rate = ("减少", "下降") if now < before else ("增加", "增长")
    size = f"比上年{verb}{short(abs(now - before))}万元"
    if not before:
        return f"{size}，增长--（基数为0，不可比）"
    return f"{size}，{rate}{_percent(abs(now - before), before)}%"


def _percent(part: int, whole: int) -> str:
    """Rounded half up, as spreadsheets do."""
    digits = (part * 20_000 + whole) // (2 * whole)
    return f"{digits // 100}.{digits % 100:02}"

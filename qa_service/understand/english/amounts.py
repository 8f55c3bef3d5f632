"""Limits, places and units of English questions: over 1 million yuan, the second largest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.units import format_decimal

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TENS = {"fifteen": 15, "twenty": 20, "fifty": 50, "hundred": 100}
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS = {word: i for i, word in enumerate(_NUMBERS, 1)} | _TENS
ZERO = "预算为零"
NUMBER = r"(?:\d{1,2}|" + "|".join(_WORDS) + r")(?![\d.,])"
_PLACE = r"(?P<nth>" + "|".join(_ORDINALS) + r"|\d{1,2}(?:nd|rd|th))"
_UNITS = {
    "million": 10**6,
    "millions": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "hundred million": 10**8,
    "100 million": 10**8,
    "ten thousand": 10**4,
    "10,000": 10**4,
    "wan": 10**4,
    "hundred thousand": 10**5,
    "thousand": 1000,
    "k": 1000,
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_AMOUNT = (
    r"(?P<{0}_rmb>(?:(?:rmb|cny|¥|yuan) ?)?)"
    r"(?P<{0}>\d[\d,]*(?:\.\d+)?|a|one|half a|two|three|five|ten|twenty|fifty)"
    rf" ?(?P<{{0}}_unit>{_UNIT})?(?P<{{0}}_yuan>(?: (?:yuan|rmb|cny|renminbi))*)"
)
_LIMIT_WORDS = {
    r"no less than|at least|not less than|a minimum of|minimum of": "不低于",
    r"no more than|at most|not more than|up to|not exceeding|maximum of|do not exceed|"
    r"does not exceed": ("不超过"),
    r"less than|under|below|smaller than|lower than|fewer than|not reaching": "低于",
    r"more than|over|above|exceeds?|exceeding|greater than|larger than|higher than|bigger than|"
    r"in excess of|beyond|upwards of|exceeded|surpass(?:ing|es)?|topping": "超过",
}
_ONE_SIDED = tuple(
    (re.compile(rf"\b(?:{words}) {_AMOUNT.format('value')}"), word)
    for words, word in _LIMIT_WORDS.items()
)
_BEHIND = re.compile(
    rf"\b{_AMOUNT.format('value')} or (?P<word>more|above|over|higher|less|below|under|lower)\b"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from|of|ranging from) {_AMOUNT.format('low')} (?:and|"
    rf"to) {_AMOUNT.format('high')}"
)
_LEAST_MONEY = 1000
_BUT = re.compile(r"\bbut\b")
_ZERO = re.compile(
    r"\b(?:(?:of|with|have|has|having|get|receive|is|are|at) )?(?:a )?(?:zero|no|nil|0) "
    r"(?:budget|funding|money|allocation|yuan|amount)(?! of)"
)
_DOWN = (
    r"most expensive|most costly|costliest|largest|biggest|highest|greatest|priciest|"
    r"most (?:money|funding|funds)|most"
)
_UP = r"least expensive|least costly|smallest|lowest|cheapest|least (?:money|funding|funds)|least"
_SUPERLATIVE = re.compile(
    rf"\b(?:{_PLACE} )?(?:(?P<before>{NUMBER}) )?(?:single )?"
    rf"(?:top (?P<count>{NUMBER})\b(?: (?:{_DOWN})\b)?|"
    rf"(?P<down>{_DOWN})\b|(?P<up>{_UP})\b|top(?= projects?\b))(?: (?P<after>{NUMBER})\b)?"
)
_RANKED = re.compile(
    rf"\b(?:rank(?:s|ed|ing)?|come[s]?|placed?|stands?|number) (?:in |at )?(?:{_PLACE}|"
    rf"first)\b(?: place)?|"
    rf"\bin (?:{_PLACE.replace('nth', 'nth2')}) place\b"
)
_UNIT_ASKED = (
    (
        re.compile(
            r"\bin (?:units of )?(?:hundreds? (?:of )?millions?|100 million|"
            r"yi)(?: of)?(?: (?:yuan|rmb|cny))?\b"
        ),
        "亿元",
    ),
    (
        re.compile(
            r"\bin (?:units of )?(?:tens? (?:of )?thousands?|10,000|wan)(?: of)?(?: (?:yuan|"
            r"rmb|cny))?\b"
        ),
        "万元",
    ),
    (
        re.compile(
            r"\b(?:in|into|how many) (?:plain |chinese |exact |full )?(?:yuan|rmb|renminbi|"
            r"cny)(?: terms)?\b"
        ),
        "元",
    ),
    (re.compile(r"\bin millions?(?: of)? (?:yuan|rmb|cny)\b"), ""),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of a sentence in Chinese, and the sentence without it."""

    said: str
    rest: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which of the ordered amounts is asked for: the largest three, the second smallest."""

    down: bool
    count: int
    nth: int
    """1 for the first; above it `count` is 1."""
    rest: str


def number_of(word: str) -> int | None:
    """The number that an English word says: eight; None for other words and for one."""
    found = _WORDS.get(word, 1)
    return found if found > 1 else None


def take_limit(text: str) -> Taken | None:
    """The limit on amounts that a sentence sets: 超过100万元."""
    zero = _ZERO.search(text)
    if zero:
        return Taken(ZERO, _cut(text, zero))
    between = _BETWEEN.search(text)
    if between and (between["low_unit"] or between["high_unit"] or "," in between["low"]):
        unit = between["high_unit"]
        low = _money(between["low"], between["low_unit"] or unit)
        high = _money(between["high"], unit)
        return Taken(f"在{low}到{high}之间", _cut(text, between))
    behind = _BEHIND.search(text)
    if behind and _is_money(behind):
        word = "不低于" if behind["word"] in ("more", "above", "over", "higher") else "不超过"
        return Taken(f"{word}{_money(behind['value'], behind['value_unit'])}", _cut(text, behind))
    limits: list[str] = []
    for pattern, word in _ONE_SIDED:
        found = pattern.search(text)
        if found and _is_money(found):
            limits.insert(0, f"{word}{_money(found['value'], found['value_unit'])}")
            text = _cut(text, found)
    return Taken("且".join(limits), _BUT.sub(" ", text)) if limits else None


def take_place(text: str) -> Place | None:
    """The superlative of a sentence, or None."""
    ranked = _RANKED.search(text)
    if ranked:
        nth = ranked["nth"] or ranked["nth2"]
        return Place(True, 1, _ordinal(nth) if nth else 1, _cut(text, ranked))
    found = _SUPERLATIVE.search(text)
    if found:
        told = found["count"] or found["after"] or found["before"]
        nth = _ordinal(found["nth"]) if found["nth"] else 1
        return Place(not found["up"], _number(told) if told else 1, nth, _cut(text, found))
    return None


def take_unit(text: str) -> Taken:
    """The unit that an amount is asked in; empty where none is named."""
    for pattern, unit in _UNIT_ASKED:
        found = pattern.search(text)
        if found:
            kept = "how much" if found.group(0).startswith("how many") else ""
            return Taken(unit, f"{text[: found.start()]}{kept}{text[found.end() :]}")
    return Taken("", text)


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word]


def _ordinal(word: str) -> int:
    return int(word[:-2]) if word[0].isdigit() else _ORDINALS.index(word) + 2


def _is_money(found: re.Match[str]) -> bool:
    """Whether a number is an amount: it has a unit, or is too large for a number of things."""
    value = found["value"].replace(",", "")
    return bool(found["value_unit"] or found["value_yuan"] or found["value_rmb"]) or (
        value[0].isdigit() and Decimal(value) >= _LEAST_MONEY
    )


def _money(number: str, unit: str | None) -> str:
    """The amount in 万元, a smaller one in 元."""
    if number in ("a", "half a"):
        value = Decimal(1) if number == "a" else Decimal("0.5")
    else:
        digits = number.replace(",", "")
        value = Decimal(digits if digits[0].isdigit() else _WORDS[number])
    yuan = value * _UNITS[unit] if unit else value
    size, said = (10**4, "万元") if yuan >= 10**4 else (1, "元")
    return format_decimal(yuan / size, places=None).replace(",", "") + said

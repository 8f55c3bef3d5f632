"""Last year's figures, changes since, and the reasons for them."""

from __future__ import annotations

import re

from qa_service.understand.english.phrase import Phrase, Sentence

_LAST = (
    r"(?:(?:last|previous|prior|preceding|past) year|year before(?! last)|year earlier)"
    r"(?:'?s)?(?: (?:level|figure|budget|number|amount))?"
)
_AGAINST = re.compile(
    rf"\b(?:(?:(?:when )?compared (?:with|to)|relative to|versus|vs|over|from|than|against|"
    rf"as against|"
    rf"in comparison (?:with|to)|on|to|with|since|in|for|of|same as|"
    rf"that of|those of|that in) )*(?:(?:in|"
    rf"of) )?{_LAST}\b(?: to (?:this year|20\d\d))?|"
    r"\b(?:year on year|year over year|yoy|y o y)\b"
)
_FALL = (
    r"(?:falls?|fell|fallen|falling|drops?|dropped|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|"
    r"shrinks?|shrank|shrunk|shrinking|reduc(?:e|es|ed|tion|tions)|cuts?|lower|less|"
    r"go(?:es)? down|went down|gone down|"
    r"down|smaller|slashed|trimmed)"
)
_RISE = (
    r"(?:rises?|rose|risen|rising|increas(?:e|es|ed|ing)|grows?|grew|grown|growth|growing|"
    r"go(?:es)? up|went up|gone up|"
    r"up|higher|more|jump(?:ed)?|larger|climb(?:ed)?|expand(?:ed)?)"
)
_CHANGE = (
    r"(?:chang(?:e|es|ed|ing)|differ|vary|compare|compares|difference|unchanged|same|"
    r"flat|stable|develop)"
)
_FALLS, _RISES, _CHANGES = (re.compile(rf"\b{words}\b") for words in (_FALL, _RISE, _CHANGE))
_RATE = re.compile(
    r"\b(?:percentages?|percent|per cent|%|rate|proportion)\b|\bgrowth rate\b|\bhow many percent"
)
_ASKS_CHANGE = re.compile(
    r"\b(?:by )?how (?:much|many|far)\b|\bwhat\b|\bpercent|\brate\b|\b(?:did|does|do|has|have|"
    r"is|are|was|were|how)\b"
)
_NOUN_OF_CHANGE = re.compile(
    rf"\b(?:amount of |size of |rate of |percentage )?(?:{_FALL}|{_RISE}|{_CHANGE}) (?:in|of)\b|"
    r"\byear on year\b|\byoy\b|\byear over year\b"
)
_BY_HOW_MUCH = re.compile(
    r"\bby (?:how much|what)\b|"
    r"\b(?:how much|how many percent|what (?:percentage|percent|rate)) (?:did|do|does|has|have)\b"
)
_WHY = re.compile(
    r"\bwhy\b|\breasons?\b|\bcause[ds]?\b|\bexplains?\b|\bhow come\b|\bled to\b|\bbehind\b"
)
_TOTALS = (
    ("总收入预算", "收入预算"),
    ("总支出预算", "支出预算"),
    ("收入总计", "收入预算"),
    ("支出总计", "支出预算"),
    ("总预算", "部门预算"),
)
_HELD_AGAINST = re.compile("compared|relative|versus|vs|against|comparison|year on|year over|yoy")
"""Holds this year against the last, so that the change is asked for: budget vs last year."""
_UP_OR_DOWN = re.compile(rf"\b{_RISE} or {_FALL}\b|\b{_FALL} or {_RISE}\b")


def _whole(about: Phrase) -> Phrase:
    """What has changed, in the words that tell changes of the whole: 收入预算 for 收入总计."""
    words = about.words
    for total, told in _TOTALS:
        words = words.replace(total, told)
    return Phrase(words or "部门预算", about.unknown)


def reasons(sentence: Sentence) -> str | None:
    """The Chinese question why an amount has changed, or None."""
    if not _WHY.search(sentence.text):
        return None
    text = _AGAINST.sub(" ", _WHY.sub(" ", sentence.text))
    for pattern, words in ((_FALLS, "减少"), (_RISES, "增加"), (_CHANGES, "增减变化")):
        if pattern.search(text):
            about = sentence.say(pattern.sub(" ", _UP_OR_DOWN.sub(" ", text)))
            said = _whole(about)
            return f"{said}比上年{words}的原因是什么"
    return None


def changed(sentence: Sentence) -> str | None:
    """The Chinese question by how much an amount has changed, or what it was last year."""
    text = sentence.text
    against = _AGAINST.search(text)
    up_or_down = _UP_OR_DOWN.search(text)
    bare = _UP_OR_DOWN.sub(" change ", text)
    rest = _AGAINST.sub(" ", bare)
    way = next(
        (w for p, w in ((_CHANGES, ""), (_FALLS, "减少"), (_RISES, "增加")) if p.search(rest)), None
    )
    noun = _NOUN_OF_CHANGE.search(bare)
    if way is None and not (noun and against):
        if against and _HELD_AGAINST.search(against[0]):
            return f"{_whole(sentence.say(rest))}比上年增减多少"
        return _last_year(sentence, rest) if against else None
    asked = _ASKS_CHANGE.search(text)
    plainly = against or noun or _BY_HOW_MUCH.search(text)
    if up_or_down is None and (not asked or not plainly or " than " in rest):
        return None
    for pattern in (_FALLS, _RISES, _CHANGES, _RATE):
        rest = pattern.sub(" ", rest)
    about = sentence.say(rest)
    said = _whole(about)
    if _RATE.search(text):
        return f"{said}比上年{ {'减少': '下降', '增加': '增长'}.get(way or '', '增减') }百分之几"
    return f"{said}比上年{way or '增减'}多少"


def _last_year(sentence: Sentence, rest: str) -> str | None:
    about = sentence.say(rest)
    said = _whole(about)
    return f"上年的{said}是多少"

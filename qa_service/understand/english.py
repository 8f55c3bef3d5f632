"""English questions to the Chinese ones that they ask.

Terms are put in the document's own words where they stand; a share, a
difference, a sum, a ranking or a count of projects becomes the Chinese phrase
for it. Where an amount is asked for, words that are neither terms nor common
ones are kept, so that they weigh: what was not understood is not answered.
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.units import format_decimal
from qa_service.understand.vocabulary import Vocabulary

_TERM = r"([\u4e00-\u9fff“”（）]+)"
_GAP = r"[^\u4e00-\u9fff]*?"
_SHARE_WORD = r"(?:percentage|percent|per cent|share|proportion|fraction)"
_MORE = r"(?:more|higher|larger|bigger|greater|less|lower|smaller|fewer)"
_PATTERNS = (
    (rf"{_SHARE_WORD}{_GAP}\b(?:of|in){_GAP}{_TERM}{_GAP}{_TERM}", "{1}占{0}的百分之几"),
    (rf"{_TERM}{_GAP}{_SHARE_WORD} (?:of|in){_GAP}{_TERM}", "{0}占{1}的百分之几"),
    (rf"\b(?:difference|gap) between{_GAP}{_TERM}{_GAP}\band{_GAP}{_TERM}", "{0}和{1}相差多少"),
    (rf"{_TERM}{_GAP}{_MORE} than{_GAP}{_TERM}", "{0}比{1}多多少"),
    (rf"{_MORE}{_GAP}{_TERM}{_GAP}\b(?:or|than){_GAP}{_TERM}", "{0}和{1}哪个多，相差多少"),
    (rf"{_TERM}{_GAP}\band{_GAP}{_TERM}{_GAP}(?:combined|together|add)", "{0}和{1}加起来多少"),
    (rf"(?:sum|total|combined){_GAP}{_TERM}{_GAP}\band{_GAP}{_TERM}", "{0}和{1}加起来多少"),
    (rf"how many times{_GAP}{_TERM}{_GAP}{_TERM}", "{1}是{0}的几倍"),
)
_LIMIT = re.compile(
    r"(?P<word>more than|over|above|exceed(?:s|ing)?|greater than|at least|no less than|"
    r"less than|under|below|at most|no more than)\s+(?:rmb\s*|¥\s*|cny\s*)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>million|billion|wan|ten thousand|thousand)?"
)
_WORDS = {
    "at least": "不低于",
    "no less than": "不低于",
    "at most": "不超过",
    "no more than": "不超过",
    "less than": "低于",
    "under": "低于",
    "below": "低于",
}
_YUAN = {"million": 10**6, "billion": 10**9, "wan": 10**4, "ten thousand": 10**4, "thousand": 1000}
_PROJECTS = re.compile(r"\bprojects?\b")
_RANKED = re.compile(
    r"(?P<down>largest|biggest|highest|most expensive|costliest|top)|"
    r"(?P<up>smallest|lowest|cheapest|least expensive)"
)
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b")
_COUNT = re.compile(r"\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WHAT_AMOUNT = re.compile(
    r"\bwhat(?:'s| is| was)(?= the\b.*\b(?:budget|amount|cost|figure|allocation|total|sum)\b)"
)
_AMOUNT_ASKED = re.compile(
    rf"\bhow (?:much|many|large|big)\b|{_SHARE_WORD}|\b(?:amount|budget|cost|spend|total|sum)s?\b|"
    r"\b(?:difference|more|less|higher|lower)\b"
)
_LATIN = re.compile(r"[a-z][a-z'’-]*")


def read_english(text: str, vocabulary: Vocabulary) -> str:
    """The Chinese question that an English one asks; the text itself where it names no term."""
    spoken = text.lower().replace("’", "'")
    years = "".join(f"{year}年" for year in re.findall(r"\b20\d\d\b", spoken))
    spoken = re.sub(r"\b(?:in|for|of)?\s*(?:fiscal year |fy\s?)?20\d\d\b", " ", spoken)
    spoken = _WHAT_AMOUNT.sub("how much is", re.sub(r"\s+", " ", spoken))
    projects = _of_projects(spoken)
    if projects is not None:
        return years + projects
    spoken, found = _with_terms(spoken, vocabulary)
    if not found:
        return text
    for pattern, phrase in _PATTERNS:
        asked = re.search(pattern, spoken)
        if asked:
            rest = spoken[: asked.start()] + spoken[asked.end() :]
            return years + phrase.format(*asked.groups()) + _unknown(rest, vocabulary)
    left = _unknown(spoken, vocabulary) if _AMOUNT_ASKED.search(text.lower()) else ""
    return years + "".join(dict.fromkeys(found)) + left


def _of_projects(spoken: str) -> str | None:
    """A count, list or ranking of projects, or None."""
    if not _PROJECTS.search(spoken) or "project expend" in spoken or "project spend" in spoken:
        return None
    limit, ranked = _LIMIT.search(spoken), _RANKED.search(spoken)
    if limit is not None:
        yuan = Decimal(limit["number"].replace(",", "")) * _YUAN.get(limit["unit"] or "", 1)
        amount = format_decimal(yuan / 10**4, places=None).replace(",", "")
        asked = "有几个" if "how many" in spoken or "number of" in spoken else "有哪些"
        return f"金额{_WORDS.get(limit['word'], '超过')}{amount}万元的项目{asked}？"
    if ranked is not None and (place := _ORDINAL.search(spoken)):
        number = _ORDINALS.index(place[1]) + 2
        return f"金额第{number}{'多' if ranked['down'] else '少'}的项目是哪个？"
    if ranked is not None:
        told = _COUNT.search(spoken[ranked.start() :])
        number = 1
        if told:
            number = int(told[1]) if told[1].isdigit() else _NUMBERS.index(told[1]) + 1
        return f"金额{'最多' if ranked['down'] else '最少'}的{number}个项目是哪些？"
    if re.search(r"how many projects (?:are|does|do|did|is|were|in)\b|number of projects", spoken):
        return "一共有多少个项目？"
    return None


def _with_terms(spoken: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """The text with its terms in Chinese where they stand, and the terms in their order."""
    said = ((words, entry.mean) for entry in vocabulary.english for words in entry.say)
    places: list[tuple[int, str]] = []
    for words, mean in sorted(said, key=lambda pair: -len(pair[0])):
        at = re.search(rf"\b{re.escape(words)}\b", spoken)
        if at:
            blank = "\0" * (len(words) - 1)
            places.append((at.start(), mean))
            spoken = f"{spoken[: at.start()]}{chr(0xE000 + len(places))}{blank}{spoken[at.end() :]}"
    for number, (_, mean) in enumerate(places, 1):
        spoken = spoken.replace(chr(0xE000 + number), mean)
    return spoken.replace("\0", ""), [mean for _, mean in sorted(places)]


def _unknown(spoken: str, vocabulary: Vocabulary) -> str:
    """The words that are neither terms nor common ones."""
    common = vocabulary.english_common
    left = [word for word in _LATIN.findall(spoken) if word.split("'")[0] not in common]
    return "".join(f" {word}" for word in left)

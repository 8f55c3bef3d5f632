"""Counts, lists, sums, averages and rankings of rows: the three largest projects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.understand.english.amounts import ZERO, Place, Taken, take_limit, take_place
from qa_service.understand.english.marked import NAME
from qa_service.understand.english.phrase import SCOPE, TOTALS, Phrase, Sentence

_TOTAL_OF = re.compile(rf"{NAME}(?= (?:of|for|on)\b.*\bprojects\b)")
_PROJECTS = re.compile(r"\bprojects?\b")
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b")
_HOW_MUCH = re.compile(r"\bhow much\b|\b(?:budget|amount|cost|sum|money|funding) (?:for|of|on)\b")
_LISTS = re.compile(
    r"\b(?:which|what|list|name|show|give|tell|are there|identify|find|enumerate)\b"
)
_OF_PROJECTS = re.compile(rf"{NAME}.*\b(?:for|of|on|in|to|by)\b.*\bprojects\b")
"""Where projects only tell what something else is for: the review of IT projects."""
_NAMES = re.compile(r"\b(?:which|list|name|show|identify|find)\b")
_SUMS = re.compile(
    r"\b(?:total|together|combined|sum|add(?:ed)? up|altogether|in all|come to|aggregate)\b"
)
_AVERAGE = re.compile(r"\b(?:average|mean|on average|averaged)\b")
_EACH = re.compile(r"\b(?:per|each|every)(?= project\b)")
_PART = re.compile(r"\b(?:percentages?|percent|per cent|shares?|proportion|fraction)\b|%")
_ORDERED = re.compile(
    r"\b(?:rank|sort|order|arrange)\b|\bfrom (?:highest|largest|most|biggest|lowest|"
    r"smallest) to\b"
)
_IDLE = re.compile(
    r"\b(?:by (?:budget|amount|size|value|cost|funding)|from (?:highest|largest|most|biggest|"
    r"lowest|smallest) to"
    r" (?:lowest|smallest|least|highest|largest|biggest)|in (?:descending|ascending) order|"
    r"(?:in|of) (?:terms of )?(?:budget|amount|size|value|cost)s?)\b"
)
_WORD = rf'" ?(?P<w1>{NAME}|[a-z]+) ?"|(?P<w2>{NAME})'
_HOLDS = (
    r"(?:contain(?:s|ing)?|includ(?:e|es|ing)|mention(?:s|ing)?|with|ha(?:s|ve|ving)|"
    r"carry|carries|bear|bears|bearing)"
)
_NAMED = (
    re.compile(
        rf"(?:that |which |whose )?\b{_HOLDS}(?: (?:word|words|term|terms|characters?|"
        rf"phrase))* (?:{_WORD})"
        r" (?:in|as part of) (?:its |their |his )?(?:project )?(?:names?|titles?)"
    ),
    re.compile(
        rf"(?:whose |with )?(?:project )?(?:names?|titles?) (?:that )?{_HOLDS}(?: (?:word|"
        rf"words|term|terms|characters?|phrase))* (?:{_WORD})"
    ),
)
_COUNTED = re.compile(
    rf"\b(?:how many|number of) (?:[a-z]+ (?:of )?)?(?P<counted>{NAME}(?: ?{NAME})*)"
)
_AREA = "平方米"
_CARS = "辆"
"""The measure word of cars, which are counted among the fixed assets whatever they are called."""
_COUNTED_BY_AREA = re.compile(
    r"\bhow (?:many square met(?:er|re)s|much (?:floor )?(?:space|area))\b|\bsquare met(?:er|"
    r"re)s\b|\bfloor (?:area|space)\b"
)
_OWNED = ("", "固定资产", "国有资产")
"""What houses and cars may be counted among; of rented rooms no budget tells the area."""
_HOUSES = "房屋"


@dataclass(frozen=True, slots=True)
class _Projects:
    """What a sentence says of projects; `rest` is what is left of it."""

    limit: str
    named: str
    place: Place | None
    ordered: bool
    rest: str

    @property
    def narrowed(self) -> bool:
        return bool(self.limit or self.named or self.place)

    def asks(self, pattern: re.Pattern[str]) -> bool:
        """Whether the rest of the sentence says one of the words."""
        return pattern.search(self.rest) is not None


def of_projects(sentence: Sentence) -> str | None:
    """The Chinese question of a set of projects, or None.

    A sentence that narrows the set by a word of several meanings stays in English.
    """
    if not _PROJECTS.search(sentence.text):
        return None
    asked = _read_projects(sentence)
    if asked.asks(_PART) and not asked.narrowed:
        return None
    several = "projects" in sentence.text.split()
    wanted = [_HOW_MANY, _AVERAGE]
    if not _OF_PROJECTS.search(_without_totals(sentence)):
        wanted += [_LISTS, _SUMS, _HOW_MUCH]
    if not (
        asked.narrowed
        or (several and (asked.ordered or any(map(asked.asks, wanted))))
        or asked.asks(_AVERAGE)
    ):
        return None
    rest = _EACH.sub(" ", asked.rest) if asked.asks(_AVERAGE) else asked.rest
    kind = _kind(sentence, _without_asking(rest))
    if kind is None or asked.asks(_PART):
        return sentence.marked.spoken
    return _said(asked, kind)


def _without_totals(sentence: Sentence) -> str:
    """The sentence with the names of the whole as a word, where projects are named behind them."""
    return _TOTAL_OF.sub(
        lambda m: "total" if TOTALS & set(sentence.marked.name(m[0]).means) else m[0], sentence.text
    )


def _read_projects(sentence: Sentence) -> _Projects:
    text = _without_totals(sentence)
    limit = take_limit(text)
    if limit:
        text = limit.rest
    named = _take_name(text, sentence)
    if named:
        text = named.rest
    ordered = bool(_ORDERED.search(text))
    text = _IDLE.sub(" ", text)
    place = take_place(text)
    return _Projects(
        f"{'' if limit.said == ZERO else '金额'}{limit.said}的" if limit else "",
        f"名称含“{named.said}”的" if named else "",
        place,
        ordered,
        place.rest if place else text,
    )


def _said(asked: _Projects, kind: Phrase) -> str:
    rows = f"{asked.limit}{asked.named}{kind}项目"
    place = asked.place
    if place and place.nth > 1:
        return f"{rows}中金额{_nth(place)}的是哪个"
    if place:
        those = "" if rows == "项目" else f"{rows}中"
        those += f"金额{'最多' if place.down else '最少'}的{place.count}个项目"
        if asked.asks(_AVERAGE):
            return f"{those}平均每个多少"
        added_up = asked.asks(_SUMS) and not asked.asks(_NAMES)
        return f"{those}{'加起来多少' if added_up else '是哪些'}"
    if asked.ordered:
        return f"{rows}按金额从高到低怎么排"
    for pattern, question in (
        (_AVERAGE, "平均每个多少"),
        (_HOW_MANY, "有几个"),
        (_SUMS, "加起来多少"),
        (_HOW_MUCH, "加起来多少"),
    ):
        if asked.asks(pattern):
            return f"{rows}{question}"
    return f"{rows}有哪些"


def _nth(place: Place) -> str:
    """The place in Chinese; from the end where the smallest are meant."""
    return f"第{place.nth}多" if place.down else f"倒数第{place.nth}"


def of_lines(sentence: Sentence) -> str | None:
    """The Chinese question of the lines of a table or the parts of a row, or None."""
    text = _IDLE.sub(" ", sentence.text)
    ordered = bool(_ORDERED.search(sentence.text))
    place = take_place(text)
    if place is None and not ordered:
        return None
    about = sentence.say(_without_asking(place.rest if place else text))
    if not about.words:
        return None
    if "科目" not in about.words:
        about = Phrase(f"{about.words}里的科目", about.unknown)
    if place is None:
        return f"{about}从高到低怎么排"
    if place.nth > 1:
        return f"{about}中金额{_nth(place)}的是哪个"
    most = "最多" if place.down else "最少"
    if place.count > 1:
        return f"{about}中金额{most}的{place.count}个是哪些"
    return f"{about}中金额{most}的是哪个"


def counted(sentence: Sentence) -> str | None:
    """The Chinese question how many there are of something, or None.

    What budgets do not count stays in English, so that no other number answers.
    """
    if _COUNTED_BY_AREA.search(sentence.text):
        return _area(sentence, sentence.say(_COUNTED_BY_AREA.sub(" ", sentence.text)))
    if not re.search(r"\bhow many\b|\bnumber of\b", sentence.text):
        return None
    found = _COUNTED.search(sentence.text)
    if found is None:
        return sentence.marked.spoken
    names = sentence.names(found["counted"])
    rest = sentence.say(_without_asking(_cut(sentence.text, found, "counted")))
    things = sentence.say(found["counted"])
    for counter, words in sentence.english.counters.items():
        if any(means in words for name in names for means in name.means):
            if counter == _AREA:
                return _area(sentence, Phrase(f"{rest.words}{things.words}", rest.unknown))
            if counter == _CARS:
                owned = str(rest) in _OWNED
                return f"{words[0]}有几{counter}" if owned else sentence.marked.spoken
            return f"{rest}有几{counter}{things}" if rest.words else f"{things}{rest}有几{counter}"
    return sentence.marked.spoken


def _area(sentence: Sentence, about: Phrase) -> str:
    """The Chinese question of the area of houses that are owned; of no other area."""
    owned = about.words.removesuffix(_HOUSES).removesuffix(SCOPE) in _OWNED
    return f"固定资产里的{_HOUSES}是多少" if owned and not about.unknown else sentence.marked.spoken


def _cut(text: str, found: re.Match[str], group: str) -> str:
    return f"{text[: found.start(group)]} {text[found.end(group) :]}"


def _take_name(text: str, sentence: Sentence) -> Taken | None:
    """The word that the names of the projects must hold, in the one Chinese form it has."""
    for pattern in _NAMED:
        found = pattern.search(text)
        if found is None:
            continue
        word = found["w1"] or found["w2"]
        means = sentence.names(word)[0].means if re.fullmatch(NAME, word) else ()
        if len(means) == 1:
            return Taken(means[0], text[: found.start()] + " " + text[found.end() :])
    return None


def _kind(sentence: Sentence, rest: str) -> Phrase | None:
    """What sort of projects is meant; a word with several meanings or a number stays in English."""
    about = sentence.say(_PROJECTS.sub(" ", rest))
    loose = [n for n in sentence.names(rest) if len(n.means) > 1 and not n.soft]
    return None if loose or re.search(r"\d", about.words) else about


def _without_asking(text: str) -> str:
    """The sentence without the words that say what is done with the rows."""
    for pattern in (_HOW_MANY, _AVERAGE, _ORDERED, _SUMS):
        text = pattern.sub(" ", text)
    return text

"""What something is for or means, and what it is made of."""

from __future__ import annotations

import re

from index.labels import plain
from index.records import PassageKind
from qa_service.understand.english.marked import NAME
from qa_service.understand.english.phrase import Phrase, Sentence

_PURPOSE = (
    re.compile(
        r"\bwhat (?:does|do|will|would|is|are) .+? (?:(?:want|plan|intend|hope|aim|mean|going|"
        r"supposed|expect|expected|planning|hoping) )?(?:to )?(?:do|achieve|accomplish) with "
        r"(?P<x>.+)$"
    ),
    re.compile(
        rf"\bwhat (?:is|are|was|will be|gets?|can be) (?:being {NAME}|(?:being |to be )?(?:rented|"
        r"leased|bought|purchased|built|renovated|procured|paid for|funded|covered|maintained|"
        r"hired)) "
        r"(?:with|by|under|using|through|out of|from) (?P<x>.+)$"
    ),
    re.compile(
        r"\bwhat (?:will|would|can|is|should) (?:be |to be |expected to be )*"
        r"(?:achieved|accomplished|done|provided|delivered|gained|improved) "
        r"(?:by|with|through|under)(?P<x>.+)$"
    ),
    re.compile(
        r"\b(?:purposes?|goals?|aims?|objectives?|intentions?|intent|point|targets?|benefits?|"
        r"rationale) (?:of|behind|for) (?P<x>.+)$"
    ),
    re.compile(
        r"\bwhat (?:is|are|was|were|will|does|do|would) (?P<x>.+?) (?:be )?(?:used |meant |"
        r"intended |designed |needed |supposed |there |"
        r"expected |aimed |aiming |set up |trying |required |hoping |seeking )*(?:for|to do|"
        r"to achieve|to accomplish|to provide|to deliver)$"
    ),
    re.compile(
        r"\bwhat (?:will|does|do|would|is|are|should|can|did) (?P<x>.+?) (?:aim to |hope to |"
        r"seek to |intend to |want to |going to |to )?"
        r"(?:do|achieve|accomplish|deliver|involve|entail|bring|aim at|aim for|aim|provide|"
        r"offer|improve|about)$"
    ),
    re.compile(
        r"\bwhat (?:does|do|will|would) (?P<x>.+?) (?:provide|offer|deliver|bring) "
        r"(?P<y>(?:to|for) .+)$"
    ),
    re.compile(r"\bwhat (?:is|are|will be) (?P<x>.+?) (?:spent|used|spend|put) (?:on|for)$"),
    re.compile(r"\bwhat (?:does|do|will) (?P<x>.+?) (?:pay for|fund|finance|support|buy)$"),
    re.compile(r"^how (?:will|is|are|does|do|would) (?P<x>.+?) (?:be )?(?:used|spent|help)\b"),
    re.compile(r"\bwhat(?: is|'s|s| are)? the plans? (?:for|with|behind) (?P<x>.+)$"),
    re.compile(
        r"^(?P<x>.+?), what (?:is|are) (?:it|that|this|these|those)(?: money| project| projects)? "
        r"(?:supposed to |meant to |there to |to )?(?:achieve|do|for|accomplish|deliver)$"
    ),
    re.compile(r"\bdescribe\b(?P<x>.+)$"),
    re.compile(r"\btell (?:me|us) (?:more )?about\b(?P<x>.+)$"),
)
_WHY = re.compile(r"\bwhy (?:(?:is|are|does|do|did|was|were|has|have|will)\b)?(?P<x>.+)$")
_EMPTY = re.compile(
    r"^(?P<x>.+?) (?:(?:left |shown |completely |entirely |all )*"
    r"(?:empty|blank|zeros?|zeroes|nil|missing)|"
    r"(?:contain|have|show)(?:s|ing)? (?:no|nothing)\b.*)$"
)
"""A table without figures, whose note tells why."""
_MEANING = (
    re.compile(
        r"\bwhat (?:do|does|did|is|are|would) (?P<x>.+?) (?:mean|refer to|stand for|signify|"
        r"denote|defined as)(?: (?:here|in|within|under|according to)\b.*)?$"
    ),
    re.compile(r"\b(?:definition|meaning|explanation) of (?P<x>.+)$"),
    re.compile(r"\b(?:define|explain)\b(?P<x>.+)$"),
    re.compile(
        r"\bhow (?:is|are|do they|does (?:document|budget|bureau)|"
        r"do you)\b(?P<x>.+?)? ?(?:defined|explained|define)\b(?P<y>.*)$"
    ),
    re.compile(r"\bwhat (?:is|are) meant by\b(?P<x>.+)$"),
    re.compile(
        r"\b(?:what|which) (?:(?:kinds?|sorts?|types?) of )?(?:costs?|expenses?|spending|"
        r"expenditures?|items?|things) (?:would |do |can )?(?:counts?|qualif(?:y|ies)|go|fall|"
        r"(?:is|are) (?:counted|classed|classified|treated|booked|recorded)) "
        r"(?:as|under)\b(?P<x>.+)$"
    ),
    re.compile(r"\bwhat (?:counts|qualifies|is classed|is counted|is classified) as\b(?P<x>.+)$"),
)
_PARTS = (
    re.compile(
        r"\bwhat (?:do|does|is|are|kinds? of .+? (?:do|does))\b(?P<x>.+?) (?:cover|covers|"
        r"include|includes|included|consist of|comprise|composed of|made up of|encompass|"
        r"contain)(?: in)?$"
    ),
    re.compile(
        r"\bwhat (?:is|are|kinds? of \S+ are|expenses are|costs are|"
        r"items are)\b(?P<w>.*?) (?:covered by|included in|included under|part of|"
        r"counted in)\b(?P<x>.+)$"
    ),
    re.compile(r"\bwhat (?:falls?|comes?) under\b(?P<x>.+)$"),
    re.compile(r"\bcomponents of\b(?P<x>.+)$"),
)
_HAS = re.compile(
    r"^(?:does|do|did|will|would|can) (?P<x>.+?) (?:hold|provide|offer|organi[sz]e|run|arrange|"
    r"include|involve|cover|support|allow|deliver) (?:any |some )?(?P<y>.+)$"
)
"""Whether there is something in what is done, for which no amount is asked."""
_EXPLAINING = {PassageKind.GLOSSARY, PassageKind.EXPLANATION}
_AMOUNT = re.compile(
    r"\bhow (?:much|large|big|high|many)\b|\b(?:amounts?|budget(?:ed|s)?|costs?|figures?|"
    r"allocat\w+|spend|spent|spending|price|value|money|sums?|"
    r"total|totals|funding|funds?|allotted|earmarked|set aside|planned|expenditure|expenses?|"
    r"outlay|worth|reserved|appropriated|yuan|rmb|paid|pay|bill)\b"
)
_ASKED_OF_AMOUNT = re.compile(r"\b(?:what|which|who|why|how)\b")
_IS_THERE = re.compile(r"^(?:is|are|was|were|does|do|did|has|have|will|can)\b|\bany\b")
_WHAT_IS = re.compile(r"^(?:so |and )?what (?:exactly )?(?:is|are)\b(?P<x>.+)$")
NAMES_MONEY = re.compile("(?:费|费用|支出|预算|经费|收入|资金|款)$")
_LEAST_NAMES = 2
_DIFFER = re.compile(r"\bhow (?:do|does) (?P<one>.+?) (?:and|from|to) (?P<other>.+?) differ\b")
_WHO = re.compile(
    r"\bhow\b|^(?:who|whom|whose|when|where)\b|\bwhich (?:department|company|bureau|agency|office|"
    r"authority|person|official|bank|firm|city|district|year|month|day)\b"
)
"""What asks for somebody, a place, a time or a way, which no list of rows tells."""
_ABOUT = re.compile(r"^(?:and |so |ok |okay )*(?:what|how) about\b(?P<x>.+)$|^and\b(?P<y>.+)$")


def leant(sentence: Sentence) -> str | None:
    """What about …?, which leans on the question before, or None."""
    found = _ABOUT.search(sentence.text)
    said = sentence.say(found["x"] or found["y"] or "") if found else Phrase("")
    return f"那{said}呢" if said.words else None


def described(sentence: Sentence) -> str | None:
    """The Chinese question of a description, or None where an amount is asked for."""
    for pattern in _MEANING:
        found = pattern.search(sentence.text)
        if found:
            said = sentence.say(" ".join(part or "" for part in found.groups()))
            return _meaning(sentence, said) if said else None
    for pattern in _PARTS:
        found = pattern.search(sentence.text)
        said = sentence.say(found["x"]) if found else Phrase("")
        if found and said:
            return f"{said}包含哪些" if _of_subject(sentence, found["x"]) else _goal(said)
    for pattern in _PURPOSE:
        found = pattern.search(sentence.text)
        said = sentence.say(" ".join(found.groupdict().values())) if found else Phrase("")
        if found and said.words and not _of_money(found["x"]):
            return _goal(said)
    return _has(sentence) or _why_done(sentence)


def _has(sentence: Sentence) -> str | None:
    """The Chinese question whether something is a part of a project; None for a subject."""
    found = _HAS.search(sentence.text)
    if found is None or _AMOUNT.search(sentence.text) or _of_subject(sentence, found["x"]):
        return None
    one, other = sentence.say(found["x"]), sentence.say(found["y"])
    return None if one.unknown or other.unknown else f"{one}里有没有{other}"


def _meaning(sentence: Sentence, said: Phrase) -> str:
    """The Chinese question what a term means; the sentence where no entry explains it."""
    if sentence.lexicon is None or said.unknown:
        return f"{said}是什么意思"
    term = plain(said.words)
    explained = any(
        passage.kind in _EXPLAINING
        and (
            term in plain(passage.title or "")
            or re.search(rf"{re.escape(term)}(?:是?指|反映)", plain(passage.text))
        )
        for passage in sentence.lexicon.document.passages
    )
    return f"{said}是什么意思" if explained else sentence.marked.spoken


def _of_money(span: str) -> bool:
    """Whether it is the money for something that a sentence is about, not the thing."""
    before, of, _ = span.partition(" for ")
    return bool(of) and _AMOUNT.search(before) is not None


def _why_done(sentence: Sentence) -> str | None:
    """The Chinese question why there is a project; why there is a subject, no budget tells."""
    found = _WHY.search(sentence.text)
    if found is None:
        return None
    empty = _EMPTY.search(found["x"])
    if empty is not None:
        return f"{sentence.say(empty['x'])}为什么是空的"
    said = sentence.say(found["x"])
    return sentence.marked.spoken if _of_subject(sentence, found["x"]) else _goal(said)


def asks_amount(sentence: Sentence, *, year: bool) -> bool:
    """Whether the wording asks for an amount: it says so, or asks what something is in a year."""
    if _AMOUNT.search(sentence.text) or _IS_THERE.search(sentence.text):
        return True
    total = re.search(
        r"\b(?:total|overall|budget|"
        r"(?:budgeted|planned) (?:expenditure|spending|revenue|income))\b",
        sentence.marked.spoken.lower(),
    )
    return (year or total is not None) and _WHAT_IS.search(sentence.text) is not None


def otherwise(sentence: Sentence) -> str:
    """The Chinese question of a sentence that no pattern fits; the sentence itself where a word
    of it is not understood."""
    found = _WHAT_IS.search(sentence.text)
    said = sentence.say(found["x"] if found else sentence.text)
    if said.unknown:
        return _in_part(sentence, said) or sentence.marked.spoken
    if found and _of_subject(sentence, found["x"]):
        meaning = _meaning(sentence, said)
        of_amount = meaning == sentence.marked.spoken and NAMES_MONEY.search(said.words)
        return f"{said}是多少" if of_amount else meaning
    if found:
        return f"{said}是多少" if NAMES_MONEY.search(said.words) else f"{said}是什么"
    if _WHO.search(sentence.marked.spoken.lower()):
        return sentence.marked.spoken
    if re.search(r"\d", said.words):
        return sentence.marked.spoken
    listed = re.search(r"\b(?:which|what|list|name)\b", sentence.text)
    return f"{said}有哪些" if listed else f"{said}"


def _in_part(sentence: Sentence, said: Phrase) -> str:
    """A question for a text, of what is understood of the sentence; empty where that is little."""
    names = [name for name in sentence.names(sentence.text) if not name.soft]
    if len(names) < _LEAST_NAMES or len(said.unknown) > len(names) or not said.words:
        return ""
    asked = "谁负责" if _WHO.search(sentence.marked.spoken.lower()) else "讲讲"
    return f"{asked}{said.words}"


def told_apart(sentence: Sentence) -> str | None:
    """The Chinese question of how two terms differ; None where amounts may be meant."""
    found = _DIFFER.search(sentence.text)
    if found is None:
        return None
    one, other = sentence.say(found["one"]), sentence.say(found["other"])
    if one.unknown or other.unknown or not (one.words and other.words):
        return None
    return f"{one}和{other}有什么区别"


def _goal(said: Phrase) -> str:
    return f"{said}的绩效目标是什么" if "绩效目标" not in said.words else f"{said}是什么"


def _of_subject(sentence: Sentence, span: str) -> bool:
    names = [name for name in sentence.names(span) if not name.soft]
    return bool(names) and all(name.subject for name in names) and "project" not in span.split()

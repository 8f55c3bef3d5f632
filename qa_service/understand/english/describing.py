"""What something is for or means, whose duty it is, what it is made of."""

from __future__ import annotations

import re

from qa_service.understand.english.phrase import Phrase, Sentence

_HANDLES = (
    r"(?:is |are )?(?:responsible for|in charge of|accountable for|handles?|manages?|runs?|"
    r"oversees?|supervises?|leads?|heads?|"
    r"coordinates?|approves?|deals? with|looks? after|takes? care of|takes? lead in|"
    r"organizes?|organises?|guides?|promotes?|"
    r"regulates?|monitors?|administers?|directs?|plans?|undertakes?|carr(?:y|ies) out)"
)
_DUTY_WORDS = frozenset(
    (
        "handle",
        "handles",
        "manage",
        "manages",
        "oversee",
        "oversees",
        "supervise",
        "supervises",
        "approve",
        "approves",
        "coordinate",
        "coordinates",
        "promote",
        "promotes",
        "guide",
        "guides",
        "monitor",
        "monitors",
        "plan",
        "plans",
        "body",
        "agency",
        "authority",
        "office",
        "section",
        "unit",
        "organization",
        "run",
        "runs",
        "regulate",
        "regulates",
        "administer",
        "administers",
        "organize",
        "organizes",
        "lead",
        "leads",
    )
)
"""Verbs of duties and nouns of those who have them, which are names elsewhere."""
_NUMBER = re.compile(
    r"\b(?:item|clause|duty|number|point|paragraph|responsibility)\b[ .(]*(\d{1,2})\b"
)
_DUTY = re.compile(
    rf"\b(?:who|which (?:department|bureau|body|agency|authority|office|section|unit|"
    rf"organization)) {_HANDLES}\b|"
    r"\bresponsible for\b|\bin charge of\b|\bcharged with\b"
)
_HANDLED = re.compile(
    rf"^(?:does|do|is|are) (?:bureau|department|office|it|they) (?:also |really |"
    rf"still )?{_HANDLES}\b(?P<x>.+)$"
)
_DOES = re.compile(
    r"^what (?:exactly |else )?(?:does|do) (?:this |that )?(?:\S+ )?(?:bureau|department|"
    r"office|they|it|agency)(?: \S+)?"
    r" do(?: (?P<about>.+))?$"
)
_PURPOSE = (
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
    re.compile(r"\bwhat (?:is|are|will be) (?P<x>.+?) (?:spent|used|spend|put) (?:on|for)$"),
    re.compile(r"\bwhat (?:does|do|will) (?P<x>.+?) (?:pay for|fund|finance|support|buy)$"),
    re.compile(r"^how (?:will|is|are|does|do|would) (?P<x>.+?) (?:be )?(?:used|spent|help)\b"),
    re.compile(r"\bdescribe\b(?P<x>.+)$"),
    re.compile(r"\btell (?:me|us) (?:more )?about\b(?P<x>.+)$"),
)
_WHY = re.compile(r"\bwhy (?:is|are|does|do|did|was|were|has|have|will)\b(?P<x>.+)$")
_MEANING = (
    re.compile(
        r"\bwhat (?:do|does|did|is|are|would) (?P<x>.+?) (?:mean|refer to|stand for|signify|"
        r"denote|defined as)$"
    ),
    re.compile(r"\b(?:definition|meaning|explanation) of (?P<x>.+)$"),
    re.compile(r"\b(?:define|explain)\b(?P<x>.+)$"),
    re.compile(
        r"\bhow (?:is|are|do they|does (?:document|budget|bureau)|"
        r"do you)\b(?P<x>.+?)? ?(?:defined|explained|define)\b(?P<y>.*)$"
    ),
    re.compile(r"\bwhat (?:is|are) meant by\b(?P<x>.+)$"),
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
_AMOUNT = re.compile(
    r"\bhow (?:much|large|big|high|many)\b|\b(?:amounts?|budget(?:ed|s)?|costs?|figures?|"
    r"allocat\w+|spend|spent|spending|price|value|money|sums?|"
    r"total|totals|funding|funds?|allotted|earmarked|set aside|planned|expenditure|expenses?|"
    r"outlay|worth|reserved|appropriated|yuan|rmb|paid|pay|bill)\b"
)
_ASKED_OF_AMOUNT = re.compile(r"\b(?:what|which|who|why|how)\b")
_IS_THERE = re.compile(r"^(?:is|are|was|were|does|do|did|has|have|will|can)\b|\bany\b")
_WHAT_IS = re.compile(r"^(?:so |and )?what (?:exactly )?(?:is|are)\b(?P<x>.+)$")
_ABOUT = re.compile(r"^(?:and |so |ok |okay )*(?:what|how) about\b(?P<x>.+)$|^and\b(?P<y>.+)$")


def leant(sentence: Sentence) -> str | None:
    """What about …?, which leans on the question before, or None."""
    found = _ABOUT.search(sentence.text)
    said = sentence.say(found["x"] or found["y"] or "") if found else Phrase("")
    return f"那{said}呢" if said.words else None


def described(sentence: Sentence) -> str | None:
    """The Chinese question of a description, or None where an amount is asked for."""
    units = _units(sentence)
    if units:
        return units
    duty = _duty(sentence)
    if duty:
        return duty
    for pattern in _MEANING:
        found = pattern.search(sentence.text)
        if found:
            said = sentence.say(" ".join(part or "" for part in found.groups()))
            return f"{said}是什么意思" if said else None
    for pattern in _PARTS:
        found = pattern.search(sentence.text)
        said = sentence.say(found["x"]) if found else Phrase("")
        if found and said:
            return f"{said}包含哪些" if _of_subject(sentence, found["x"]) else _goal(said)
    for pattern in _PURPOSE:
        found = pattern.search(sentence.text)
        said = sentence.say(found["x"]) if found else Phrase("")
        if found and said.words and not _of_money(found["x"]):
            return _goal(said)
    return _why_done(sentence)


def _of_money(span: str) -> bool:
    """Whether it is the money for something that a sentence is about, not the thing."""
    before, of, _ = span.partition(" for ")
    return bool(of) and _AMOUNT.search(before) is not None


def _why_done(sentence: Sentence) -> str | None:
    """The Chinese question why there is a project; why there is a subject, no budget tells."""
    found = _WHY.search(sentence.text)
    if found is None:
        return None
    said = sentence.say(found["x"])
    return sentence.marked.spoken if _of_subject(sentence, found["x"]) else _goal(said)


def asks_amount(sentence: Sentence, *, year: bool) -> bool:
    """Whether the wording asks for an amount: it says so, or asks what something is in a year."""
    if _AMOUNT.search(sentence.text) or _IS_THERE.search(sentence.text):
        return True
    total = re.search(r"\b(?:total|overall|budget)\b", sentence.marked.spoken.lower())
    return (year or total is not None) and _WHAT_IS.search(sentence.text) is not None


def otherwise(sentence: Sentence) -> str:
    """The Chinese question of a sentence that no pattern fits; the sentence itself where a word
    of it is not understood."""
    found = _WHAT_IS.search(sentence.text)
    said = sentence.say(found["x"] if found else sentence.text)
    if said.unknown:
        return sentence.marked.spoken
    if found and _of_subject(sentence, found["x"]):
        return f"{said}是什么意思"
    if found:
        return f"{said}是什么"
    if re.search(r"\bhow\b", sentence.text):
        return sentence.marked.spoken
    listed = re.search(r"\b(?:which|what|list|name)\b", sentence.text)
    return f"{said}有哪些" if listed else f"{said}"


def _goal(said: Phrase) -> str:
    return f"{said}的绩效目标是什么" if "绩效目标" not in said.words else f"{said}是什么"


def _of_subject(sentence: Sentence, span: str) -> bool:
    names = [name for name in sentence.names(span) if not name.soft]
    return bool(names) and all(name.subject for name in names) and "project" not in span.split()


def _units(sentence: Sentence) -> str | None:
    """Internal divisions and subordinate units: which there are, or how many."""
    for name in sentence.names(sentence.text):
        if name.means[0] in ("内设机构", "下属单位", "预算单位"):
            rest = sentence.say(sentence.text)
            count = re.search(r"\bhow many\b|\bnumber of\b", sentence.text)
            return f"{rest}有{'几个' if count else '哪些'}"
    return None


def _duty(sentence: Sentence) -> str | None:
    """Whose duty something is, or what the duties are."""
    names = sentence.names(sentence.text)
    if any(name.means[0] in ("职责", "主要职责", "职责分工") for name in names):
        number = _NUMBER.search(sentence.marked.spoken.lower())
        return f"主要职责第{number[1]}条是什么" if number else f"{_after_name(sentence)}是什么"
    sentence = sentence.with_words(_DUTY_WORDS)
    handled = _HANDLED.search(sentence.text)
    if handled:
        return f"是不是负责{sentence.say(handled['x'], duty=True)}"
    does = _DOES.search(sentence.text)
    if does:
        about = sentence.say(does["about"] or "", duty=True)
        return f"{about}方面的职责是什么" if about.words else "主要职责是什么"
    found = _DUTY.search(sentence.text)
    if found is None:
        return None
    about = sentence.say(_DUTY.sub(" ", sentence.text), duty=True)
    return f"谁负责{about}" if about.words else None


def _after_name(sentence: Sentence) -> str:
    said = sentence.say(sentence.text, duty=True)
    for duty in ("主要职责", "职责分工", "职责"):
        if duty in said.words:
            about = said.words.replace(duty, "", 1)
            unknown = "".join(f" {word}" for word in said.unknown)
            return f"{about}方面的{duty}{unknown}" if about else f"{duty}{unknown}"
    return str(said)

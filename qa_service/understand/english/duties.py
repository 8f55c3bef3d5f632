"""Whose duty something is, what the duties are, and which units there are."""

from __future__ import annotations

import re

from qa_service.understand.english.phrase import Sentence

_HANDLES = (
    r"(?:is |are )?(?:responsible for|in charge of|accountable for|handles?|manages?|runs?|"
    r"oversees?|supervises?|leads?|heads?|"
    r"coordinates?|approves?|deals? with|looks? after|takes? care of|"
    r"helps?(?: out)? with|assists? (?:with|in)|"
    r"takes? (?:the )?(?:lead|charge) (?:in|on|of|for)|"
    r"organizes?|organises?|guides?|promotes?|"
    r"regulates?|monitors?|administers?|directs?|plans?|undertakes?|carr(?:y|ies) out|"
    r"drafts?|formulates?|draws? up|prepares?|implements?)"
)
_VERBS = (
    *("handle", "manage", "oversee", "supervise", "approve", "coordinate", "promote", "guide"),
    *("monitor", "plan", "run", "regulate", "administer", "organize", "lead"),
    *("draft", "formulate", "prepare", "implement", "assist"),
)
_HOLDERS = ("body", "agency", "authority", "office", "section", "unit", "organization")
_DUTY_WORDS = frozenset((*_VERBS, *(f"{verb}s" for verb in _VERBS), *_HOLDERS))
"""Verbs of duties and nouns of those who have them, which are names elsewhere."""
_MADE_UP_OF = re.compile(
    r"^which (?:units|institutions|bodies|organi[sz]ations) (?:make up|are part of|belong to|"
    r"are (?:included |covered |counted )?(?:in|by)|are (?:placed )?(?:under|below)|form) "
    r"(?:the|this) (?:department(?:'s|al)?|bureau(?:'s)?)?"
    r"(?: ?budget)?(?: of .+)?\W*$"
)
_NUMBER = re.compile(
    r"\b(?:item|clause|duty|number|point|paragraph|responsibility)\b[ .(]*(\d{1,2})\b"
)
_DUTY = re.compile(
    rf"\b(?:who|which (?:department|bureau|body|agency|authority|office|section|unit|"
    rf"organization)) {_HANDLES}\b|"
    r"\bresponsible for\b|\bin charge of\b|\bcharged with\b"
)
_HANDLED = re.compile(
    rf"^(?:does|do|is|are) (?:this |the |that )?(?:bureau|department|office|it|they) "
    rf"(?:also |really |still )?{_HANDLES}\b(?P<x>.+)$"
)
_HANDLING = "leading|running|handling|managing|overseeing|coordinating|supervising"
_PART_OF_ITS_JOB = re.compile(
    r"^(?:is|are) (?:it )?(?P<x>.+?) (?:part of|among|within|one of|in|up to)? ?(?:what )?"
    r"(?:this |the |that |its |their )?(?:bureau|department|office)?(?:'s|’s|s'| s)? ?"
    r"(?:job|jobs|remit|mandate|role|tasks?|brief|business)\W*$"
)
"""Is promoting investment part of the bureau's job asks whose duty it is as well."""
_IS_THE_ONE = re.compile(
    r"^(?:is|are) (?:this |the |that )?(?:bureau|department|office|it|they) (?:also )?"
    rf"(?:the )?(?:one|body|agency)? ?(?:that|which|who)? ?(?:{_HANDLES}|{_HANDLING})"
    r"\b(?P<x>.+)$"
)
"""Is this bureau the one that drafts plans asks whose duty it is, and for no amount."""
_DOES = re.compile(
    r"^what (?:exactly |else )?(?:does|do) (?:this |that )?(?:\S+ )?(?:bureau|department|"
    r"office|they|it|agency)(?: \S+)?"
    r" do(?: (?P<about>.+))?$"
)


def of_units(sentence: Sentence) -> str | None:
    """Internal divisions and subordinate units: which there are, or how many."""
    if _MADE_UP_OF.search(sentence.marked.spoken.lower()):
        return "下属单位有哪些"
    for name in sentence.names(sentence.text):
        if name.means[0] in ("内设机构", "下属单位", "预算单位"):
            rest = sentence.say(sentence.text)
            count = re.search(r"\bhow many\b|\bnumber of\b", sentence.text)
            return f"{rest}有{'几个' if count else '哪些'}"
    return None


def of_duties(sentence: Sentence) -> str | None:
    """Whose duty something is, or what the duties are."""
    names = sentence.names(sentence.text)
    if any(name.means[0] in ("职责", "主要职责", "职责分工") for name in names):
        number = _NUMBER.search(sentence.marked.spoken.lower())
        return f"主要职责第{number[1]}条是什么" if number else f"{_after_name(sentence)}是什么"
    sentence = sentence.with_words(_DUTY_WORDS)
    asked = (_HANDLED, _IS_THE_ONE, _PART_OF_ITS_JOB)
    handled = next(filter(None, (pattern.search(sentence.text) for pattern in asked)), None)
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

"""Shares, ratios, differences and sums of two amounts or more."""

from __future__ import annotations

import re

from qa_service.understand.english.marked import NAME
from qa_service.understand.english.phrase import SCOPE, Phrase, Sentence

_SHARE = (
    r"(?:percentages?|percent|per cent|% ?|shares?|proportions?|fractions?|portion|parts?|slice)"
)
_IS = r"(?:is|are|was|were|will be|do|does|did|will|would|has|have|comes?|come|goes?|go|gets?)"
_TAKES = (
    r"(?:accounts? for|represents?|makes? up|takes? up|takes?|constitutes?|comprises?|covers?|"
    r"have|"
    r"has|gets?|receives?|uses?|consumes?|absorbs?|contributes?|forms?|amounts? to|"
    r"corresponds? to|"
    r"accounted for|made up|equal|eat up|eats? up|consist of|consists of)"
)
_MORE = r"(?:more|higher|larger|bigger|greater|costlier|better funded)"
_LESS = r"(?:less|lower|smaller|fewer|cheaper)"
_THAN = rf"(?:{_MORE}|{_LESS}|more expensive|less expensive)"
_OF = "{a}占{b}的百分之几"
_WITHOUT = "{a}{c}减去{b}等于多少"
_TAKING = r"(?:deducting|subtracting|removing|excluding|taking (?:out|away|off)|paying(?: for)?)"
_TAKEN = r"(?:deducted|subtracted|removed|excluded|taken (?:out|away|off)|paid(?: for)?)"
_COLUMNS = {"基本支出", "项目支出"}
"""Sorts of spending that each subject is divided into, so that one is meant inside the other."""
_WHOLE = re.compile("总|合计|预算|拨款|基本支出|项目支出")
_MONEY = re.compile(
    r"(?:(?:the|all|its|their|overall|entire|whole|total|annual|bureau's|money|spending|"
    r"expenditures?|expenses?|outlays?|budget|cash|funds?|funding|it|everything)\s*)+"
)
"""The whole, in words that name no amount of their own."""
_WHOLE_SAID = "支出总计"
_KINDS = (
    (re.compile(r"(?:(?:the|all|its|their|for|on|to|of)\s+)*projects?"), "项目支出"),
    (re.compile(r"(?:the\s+)?basic"), "基本支出"),
)
"""Kinds of spending as they are called beside each other: project to basic."""
_PATTERNS = (
    (
        rf"^(?P<a>.+?) ,? ?(?:expressed )?as (?:a|an|the|what)? ?{_SHARE} (?:of|in) (?P<b>.+)$",
        _OF,
    ),
    (
        rf"(?:what|which|how (?:large|big|much|great)(?: of)?) (?:a )?{_SHARE} (?:of|in|"
        rf"within|from) "
        rf"(?P<b>.+?) {_IS}\b(?P<a>.+?)(?: {_TAKES})?$",
        _OF,
    ),
    (
        rf"{_SHARE} (?:of|in|within|from) (?P<b>.+?) {_TAKES} (?:by )?(?P<a>.+)$",
        _OF,
    ),
    (
        rf"(?:what|which|how (?:large|big)) (?:a )?{_SHARE} {_IS}\b(?P<a>.+?) {_TAKES}"
        r"(?: (?:of|in|within|out of|from)) (?P<b>.+)$",
        _OF,
    ),
    (
        rf"(?P<a>.+?) (?:{_IS}|{_TAKES}) (?:what|which|how (?:large|"
        rf"big)) (?:a )?{_SHARE} (?:of|in) (?P<b>.+)$",
        _OF,
    ),
    (
        rf"\bas (?:what )?{_SHARE} of (?P<b>.+?) ,? ?(?:how (?:much|large|big|high)|what) {_IS}\b"
        r"(?P<a>.+)$",
        _OF,
    ),
    (
        rf"(?:how (?:much|large|big|high)|what) {_IS}\b(?P<a>.+?) (?:expressed )?(?:as|"
        rf"in) {_SHARE} of (?P<b>.+)$",
        _OF,
    ),
    (
        rf"{_SHARE} (?:of|for) (?P<a>.+?) (?:in|to|out of|relative to|within|against|over|"
        rf"as part of|"
        r"compared (?:to|with)) (?P<b>.+)$",
        _OF,
    ),
    (
        rf"{_SHARE} (?:of|in|within) (?P<b>.+?) (?:for|on|to|spent on) (?P<a>.+)$",
        _OF,
    ),
    (
        rf"how many times (?:(?:{_THAN}|as (?:much|large|big|high)(?: as)?) )?{_IS}\b(?P<a>.+?) "
        r"(?:than|as (?:large|big|much|high) as|compared (?:to|with)|that of|of) (?P<b>.+)$",
        "{a}是{b}的几倍",
    ),
    (
        rf"(?P<a>.+?) {_IS} how many times (?:(?:{_THAN} than|as (?:much|large|big|"
        rf"high) as) )?(?P<b>.+)$",
        "{a}是{b}的几倍",
    ),
    (rf"how many times (?P<b>.+?) {_IS}\b(?P<a>.+)$", "{a}是{b}的几倍"),
    (r"\bratio (?:of|between) (?P<a>.+?) (?:to|and|over) (?P<b>.+)$", "{a}是{b}的几倍"),
    (r"^(?P<a>.+?) to (?P<b>.+?) ratio$", "{a}是{b}的几倍"),
    (
        r"\b(?:differences?|gap|margin) (?:in .+? )?between (?P<a>.+?) and (?P<b>.+)$",
        "{a}和{b}相差多少",
    ),
    (rf"how much {_MORE}\b(?P<a>.+?) (?:than|compared (?:to|with)) (?P<b>.+)$", "{a}比{b}多多少"),
    (rf"how much {_LESS}\b(?P<a>.+?) (?:than|compared (?:to|with)) (?P<b>.+)$", "{a}比{b}少多少"),
    (
        rf"how (?:much|far) {_IS}\b(?P<a>.+?) (?:exceed|surpass|outstrip|top|"
        rf"outweigh) (?P<b>.+)$",
        "{a}比{b}多多少",
    ),
    (rf"how much {_IS}\b(?P<a>.+?) {_MORE} than (?P<b>.+)$", "{a}比{b}多多少"),
    (rf"how much {_IS}\b(?P<a>.+?) {_LESS} than (?P<b>.+)$", "{a}比{b}少多少"),
    (rf"(?P<a>.+?) (?:exceeds?|{_IS} {_MORE} than) (?P<b>.+?) by how much$", "{a}比{b}多多少"),
    (
        r"\b(?:left|remains?|remaining|over)\b(?: (?:of|from|in) (?P<a>.+?))?,? "
        rf"(?:after|once|if|when) (?:{_TAKING} )?(?P<b>.+?)(?: {_IS})?(?: {_TAKEN})?"
        r"(?: from (?P<c>.+))?$",
        _WITHOUT,
    ),
    (rf"(?P<a>.+?) (?:after {_TAKING}|net of|once you take out) (?P<b>.+)$", _WITHOUT),
    (
        rf"(?P<a>{NAME}[^,]*?) (?:less|excluding|without|not counting|not including|leaving out) "
        rf"(?P<b>{NAME}.*)$",
        _WITHOUT,
    ),
    (r"\bsubtract (?P<b>.+?) from (?P<a>.+)$", "{a}减去{b}等于多少"),
    (r"(?P<a>.+?) minus (?P<b>.+)$", "{a}减去{b}等于多少"),
    (
        rf"\b(?:which|what|who)\b.*?\b{_THAN}\b.*?(?:[,:;-]|than|on|for|to|is|budget|money|"
        rf"funding)? "
        r"(?P<a>[^,:;]+?) or (?P<b>.+?)(?: ,? ?(?:and )?by how much)?$",
        "{a}和{b}哪个多，相差多少",
    ),
    (
        rf"^(?:is|are|was|were|do|does|did|will)\b(?P<a>.+?) {_THAN}(?P<c> .+?)? (?:than|"
        rf"or)(?: on| for)? "
        r"(?P<b>.+?)(?: ,? ?(?:and )?(?:if so )?,? ?by how much)?$",
        "{a}{c}和{b}哪个多，相差多少",
    ),
    (r"\bcompare (?P<a>.+?) (?:and|with|to|against) (?P<b>.+)$", "{a}和{b}哪个多，相差多少"),
)
_ALONE = (
    rf"(?:what|which|how (?:large|big)) (?:a )?{_SHARE} {_IS}\b(?P<a>.+?) {_TAKES}$",
    "{a}占支出总计的百分之几",
)
_COMPILED = tuple((re.compile(pattern), phrase) for pattern, phrase in (*_PATTERNS, _ALONE))
_TOGETHER = (
    r"(?:combined|together|altogether|in total|in all|in sum|added (?:up|together)|"
    r"adds? up to|add up|"
    r"sum(?:med)? up|come to together)"
)
_ADDED = re.compile(
    r"\b(?:sum|total|combined (?:total|budget|cost|amount|spending|expenditure|sum))"
    r"(?: (?:amount|budget|cost|spending|sum|money|expenditure|figure))? (?:of|for|on|"
    r"spent on) (?P<list>.+)$"
)
_ADDED_BEHIND = re.compile(rf"(?P<list>.+)\b{_TOGETHER}")
_BESIDE = re.compile(r" ?, ?(?:and )?| and | plus ")


def compared(sentence: Sentence) -> str | None:
    """The Chinese question of two amounts held against each other, or None."""
    for pattern, phrase in _COMPILED:
        found = pattern.search(sentence.text)
        if found is None:
            continue
        parts = {name: _said(sentence, span or "") for name, span in found.groupdict().items()}
        if phrase == _WITHOUT and not (parts["a"] or parts.get("c")):
            parts["a"] = Phrase(_WHOLE_SAID)
        lacking = {"a", "c"} if phrase == _WITHOUT else {"c"}
        if not all(part.words for name, part in parts.items() if name not in lacking):
            continue
        words = {"c": "", **{name: str(part) for name, part in parts.items()}}
        if phrase == _OF and words["a"] in _COLUMNS and not _WHOLE.search(words["b"]):
            words["a"] = f"{words['b']}的{words['a']}"
        said = phrase.format(**words)
        before = sentence.say(sentence.text[: found.start()])
        place = f"{before.words}里，" if before.words else ""
        return place + said + "".join(f" {word}" for word in before.unknown)
    return None


def _said(sentence: Sentence, span: str) -> Phrase:
    """One of the amounts in Chinese; the whole, or a kind of spending, in the words for it."""
    said, bare = sentence.say(span), span.strip()
    for pattern, kind in _KINDS:
        if pattern.fullmatch(bare):
            return Phrase(kind, said.unknown)
    return Phrase(_WHOLE_SAID) if not said and _MONEY.fullmatch(bare) else said


def added(sentence: Sentence) -> str | None:
    """The Chinese question of several amounts added up, or None."""
    for pattern in (_ADDED, _ADDED_BEHIND):
        found = pattern.search(sentence.text)
        if found is None:
            continue
        spans = [s for s in _BESIDE.split(found["list"]) if s.strip()]
        if len(spans) < 2 or not all(re.search(NAME, span) for span in spans):
            continue
        parts = [sentence.say(span) for span in spans]
        if all(part.words for part in parts):
            place, of, last = str(parts[-1]).rpartition(SCOPE)
            return f"{place}{of}{'、'.join(map(str, parts[:-1]))}和{last}加起来多少"
    return None

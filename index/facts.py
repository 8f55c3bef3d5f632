"""Numbers that stand only in prose: subject, measure, value, unit, year and place.

A passage is read from left to right. A number belongs to the noun before it; a
change (比上年增加…) or a rate (增长…%) belongs to the last subject named at the
same depth of brackets. Last year's figure follows from this year's and the
change, and says so by its formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from index.records import Fact, FactMeasure, Passage, PassageKind
from index.units import format_decimal, is_money, parse_number, to_fen

_NUMBER = r"[-−]?\d[\d,，]*(?:\.\d+)?"
_UNIT = r"亿元|百万元|万元|千元|元|平方米|亩|%|％|个百分点|[个家辆台套人名条项次批张份处栋间户]"
_LIMIT = r"\s*(?:[（(]含[）)])?\s*及?以[上下内外]"
_VALUE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})(?!{_LIMIT})")
_LAST_YEAR = (
    r"(?:比|较|与|同比)?(?:上年度?|上一年度?|去年|\d{4}年)?(?:预算|决算)?(?:数|相比)?[，,]?"
)
_CHANGE = re.compile(
    rf"{_LAST_YEAR}(?P<verb>增加|减少|增长|下降|上升|降低|提高|多|少)(?:了|额|数)?$"
)
_COMPARED = re.compile(r"(?:比|较|与|同比).{0,4}(?:上年|去年|上一年|\d{4}年)")
_BASE = re.compile(r"(?:比|较|与)(?:上年度?|上一年度?|去年)(?:预算|决算)?(?:数|的)?(?:为)?$")
_INCOMPARABLE = re.compile(
    rf"{_LAST_YEAR}(?:增长|下降|上升)(?P<printed>-{{1,2}}|—{{1,2}})(?=[（(，,；;。])"
)
_DOWN = {"减少", "下降", "降低", "少"}
_RATES = ("%", "个百分点")
_STOPS = "，,；;。：:！!？?\n"
_LEAD = re.compile(
    r"^(?:[（(]?\d{1,2}[）)])?(?:截至|截止)?"
    r"(?:\d{4}年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:年初|年末|底)?[，,]?"
    r"(?:(?:主要)?原因(?:是|为)|主要是|由于|其中|包括|分别为|以及|其|和|及|与|、|等|另有)*"
    r"(?:本(?:部门|单位|年度|年|局|委|办)|我(?:局|委|办|部门|单位)|部门|全年|当年)*(?:共有|共)?"
)
_TAIL = re.compile(
    r"(?:预算)?(?:安排|为|共计|合计|共有|共|有|是|达到|达|约|金额|总额|总计|数量|数|资金|了|拟)+$"
)
_CODE_BEHIND = re.compile(r"[（(]\d+[）)]$")
_VERB_OBJECT = re.compile(r"^.{2,}(?:安排|用于|购置了|下达)(?P<object>[^的]{2,})$")
_PARTS = re.compile("其中|构成|包括|含|[（(]")
_SENTENCE_END = re.compile(r"。(?![）)])")
_AS_OF = re.compile(r"截[至止](?P<year>\d{4})年")
_READ = {PassageKind.EXPLANATION, PassageKind.ORGANISATION, PassageKind.COMPOSITION}


def read_facts(passages: tuple[Passage, ...], year: int) -> tuple[Fact, ...]:
    """The facts of all passages that explain or describe, derived ones behind their sources."""
    facts: list[Fact] = []
    for passage in passages:
        if passage.kind in _READ:
            facts += _passage_facts(passage, year, len(facts))
    return tuple(facts)


def _passage_facts(passage: Passage, year: int, offset: int) -> list[Fact]:
    found: list[Fact] = []
    head: str | None = None
    for fact in _walk(passage, year):
        if fact.measure is FactMeasure.AMOUNT:
            within = _PARTS.search(_sentence_before(passage.text, fact.start)) is not None
            context = head if within and head != fact.subject else None
            head = head if within and head else fact.subject
            fact = replace(fact, context=context)
        else:
            amount = next((f for f in reversed(found) if f.subject == fact.subject), None)
            fact = replace(fact, context=amount.context if amount else None)
        found.append(fact)
        prior = _prior(found, fact)
        if prior is not None:
            found.append(prior)
    stem = passage.id.rsplit("-", 1)[0]
    return [replace(f, id=f"{stem}-f{offset + i}") for i, f in enumerate(found, 1)]


def _walk(passage: Passage, year: int) -> Iterator[Fact]:
    """The facts of the passage from left to right; a bracket gives its subject back at its end."""
    text = passage.text
    outer: list[str | None] = []
    subject: str | None = None
    last: Fact | None = None
    position = 0
    for token in re.finditer(rf"[（(]|[）)]|{_VALUE.pattern}|{_INCOMPARABLE.pattern}", text):
        if token.group(0) in "（(":
            outer.append(subject)
            if _is_remark(text, token.end()):
                position = max(position, token.end())
            continue
        if token.group(0) in "）)":
            subject = outer.pop() if outer else subject
            continue
        read = _read(passage, token, text[position : token.start()], subject, last)
        position = token.end()
        if read is not None:
            last = replace(read, year=_year_of(text, token.start(), year))
            subject = last.subject if last.measure is FactMeasure.AMOUNT else subject
            yield last


def _read(
    passage: Passage, token: re.Match[str], before: str, subject: str | None, last: Fact | None
) -> Fact | None:
    """The fact that a number and the words before it state about a subject, or None."""
    if token["printed"]:
        span = token.span("printed")
        printed = token["printed"]
        if subject is None:
            return None
        return _fact(passage, subject, FactMeasure.RATE, None, "%", printed, span)
    value, unit = parse_number(token["number"]), token["unit"].replace("％", "%")
    printed, span = token["number"] + token["unit"], token.span()
    change = _CHANGE.search(before)
    if change is not None:
        of = _changed(before, change, unit, subject)
        measure = FactMeasure.RATE if unit in _RATES else FactMeasure.CHANGE
        signed = -value if change["verb"] in _DOWN else value
        return _fact(passage, of, measure, signed, unit, printed, span) if of else None
    if unit in _RATES:
        if before in ("", "（", "(") and last is not None and last.measure is FactMeasure.CHANGE:
            down = last.value is not None and last.value < 0
            signed = -value if down else value
            return _fact(passage, last.subject, FactMeasure.RATE, signed, unit, printed, span)
        return None
    if _BASE.search(before):
        return None
    named = _subject(_last_phrase(before))
    return _fact(passage, named, FactMeasure.AMOUNT, value, unit, printed, span) if named else None


def _changed(before: str, change: re.Match[str], unit: str, subject: str | None) -> str | None:
    """What a change is a change of: the noun before its verb, else the last subject."""
    phrase = _last_phrase(before)
    verb = _CHANGE.search(phrase)
    noun = _subject(phrase[: verb.start()]) if verb else None
    compared = _COMPARED.search(before) is not None or unit in _RATES
    if noun is not None and _COMPARED.search(phrase) is None and not compared:
        return noun
    alone = change.group(0).lstrip(_STOPS) == before.lstrip(_STOPS)
    return subject if compared or alone else None


def _sentence_before(text: str, at: int) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, at)]
    return text[ends[-1] if ends else 0 : at]


def _year_of(text: str, at: int, year: int) -> int:
    """The year that a figure speaks of: that of the day it is counted on, else the budget's."""
    dated = _AS_OF.search(_sentence_before(text, at))
    return int(dated["year"]) if dated else year


def _fact(
    passage: Passage,
    subject: str,
    measure: FactMeasure,
    value: Decimal | None,
    unit: str,
    printed: str,
    span: tuple[int, int],
) -> Fact:
    fen = to_fen(value, unit) if value is not None and is_money(unit) else None
    return Fact("", passage.id, subject, None, measure, value, unit, fen, printed, 0, *span)


def _prior(found: list[Fact], change: Fact) -> Fact | None:
    """Last year's figure: this year's less the change, where both are of one unit."""
    if change.measure is not FactMeasure.CHANGE or change.value is None:
        return None
    amounts = (f for f in reversed(found) if f.measure is FactMeasure.AMOUNT)
    amount = next((f for f in amounts if f.subject == change.subject), None)
    if amount is None or amount.value is None or amount.unit != change.unit:
        return None
    value = amount.value - change.value
    sign, size = ("+", -change.value) if change.value < 0 else ("-", change.value)
    return replace(
        amount,
        measure=FactMeasure.PRIOR,
        value=value,
        fen=to_fen(value, amount.unit) if is_money(amount.unit) else None,
        printed="",
        year=amount.year - 1,
        formula=f"{format_decimal(amount.value)} {sign} {format_decimal(size)}",
    )


def _last_phrase(text: str) -> str:
    """The words directly before a number, back to the last mark that ends a clause."""
    cut = max((text.rfind(stop) for stop in _STOPS), default=-1)
    return text[cut + 1 :].strip()


def _subject(phrase: str) -> str | None:
    """The noun that a number belongs to, without year, speaker and verb."""
    text = _CODE_BEHIND.sub("", _LEAD.sub("", phrase).lstrip("（()） ").rstrip("（( "))
    text = _TAIL.sub("", text)
    verb = _VERB_OBJECT.match(text)
    text = verb["object"] if verb else text
    text = text.strip(" 、和及与的")
    return text if 2 <= len(text) <= 40 and not text.isdigit() else None


def _is_remark(text: str, start: int) -> bool:
    """Whether a bracket holds figures of its own rather than belonging to a word."""
    ends = [i for i in (text.find("）", start), text.find(")", start)) if i >= 0]
    return _VALUE.search(text[start : min(ends, default=len(text))]) is not None

"""Numbers that stand only in prose: subject, measure, value, unit, year and place.

A passage is read from left to right. A number belongs to the noun before it; a
change (比上年增加…) or a rate (增长…%) belongs to the last subject named at the
same depth of brackets. Last year's figure follows from this year's and the
change, and says so by its formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from index.records import Fact, FactMeasure, Passage, PassageKind
from index.units import format_decimal, is_money, parse_number, to_fen

_NUMBER = r"[-−]?\d[\d,，]*(?:\.\d+)?"
_UNIT = r"亿元|百万元|万元|千元|元|平方米|亩|%|％|个百分点|[个家辆台套人名条项次批张份处栋间户]"
_VALUE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})(?!以[上下内外]|及以[上下])")
_LAST_YEAR = (
    r"(?:比|较|与|同比)?(?:上年度?|上一年度?|去年|\d{4}年)?(?:预算|决算)?(?:数|相比)?[，,]?"
)
_CHANGE = re.compile(
    rf"{_LAST_YEAR}(?P<verb>增加|减少|增长|下降|上升|降低|提高|多|少)(?:了|额|数)?$"
)
_COMPARED = re.compile(r"(?:比|较|与|同比).{0,4}(?:上年|去年|上一年|\d{4}年)")
_INCOMPARABLE = re.compile(
    rf"{_LAST_YEAR}(?:增长|下降|上升)(?P<printed>-{{1,2}}|—{{1,2}})(?=[（(，,；;。])"
)
_DOWN = {"减少", "下降", "降低", "少"}
_RATES = ("%", "个百分点")
_STOPS = "，,；;。：:！!？?\n"
_LEAD = re.compile(
    r"^(?:截至|截止)?(?:\d{4}年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:年初|年末|底)?[，,]?"
    r"(?:其中|以及|其|和|及|与|、|等|共有|另有)?"
    r"(?:本(?:部门|单位|年度|年|局|委|办)|我(?:局|委|办|部门|单位)|部门|全年|当年)*"
)
_TAIL = re.compile(
    r"(?:预算)?(?:安排|为|共计|合计|共有|共|有|是|达到|达|约|金额|总额|总计|数量|数|资金|了|拟|编制)+$"
)
_VERB_OBJECT = re.compile(r"^.{2,}(?:安排|用于|购置了|下达)(?P<object>[^的]{2,})$")
_PARTS = re.compile("其中|构成|包括|含|[（(]")
_READ = {PassageKind.EXPLANATION, PassageKind.ORGANISATION, PassageKind.COMPOSITION}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a bracket opened: the subject outside it and the amount it spoke of."""

    subject: str | None
    amount: Fact | None


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
            within = _PARTS.search(passage.text[: fact.start]) is not None
            context = head if within and head != fact.subject else None
            head = head if within and head else fact.subject
            fact = replace(fact, context=context)
        else:
            amount = next((f for f in reversed(found) if f.subject == fact.subject), None)
            fact = replace(fact, context=amount.context if amount else None)
        found.append(fact)
        prior = _prior(found, fact, year)
        if prior is not None:
            found.append(prior)
    stem = passage.id.rsplit("-", 1)[0]
    return [replace(f, id=f"{stem}-f{offset + i}") for i, f in enumerate(found, 1)]


def _walk(passage: Passage, year: int) -> Iterator[Fact]:
    text = passage.text
    frames: list[_Frame] = []
    subject: str | None = None
    position = 0
    for token in re.finditer(rf"[（(]|[）)]|{_VALUE.pattern}|{_INCOMPARABLE.pattern}", text):
        start, end = token.span()
        mark = token.group(0)
        if mark in "（(":
            frames.append(_Frame(subject, None))
            position = max(position, end) if _is_remark(text, end) else position
            continue
        if mark in "）)":
            if frames:
                subject = frames.pop().subject
            continue
        before = text[position:start]
        if token["printed"]:
            if subject:
                yield _fact(
                    passage,
                    subject,
                    FactMeasure.RATE,
                    None,
                    "%",
                    token["printed"],
                    year,
                    start,
                    end,
                )
            position = end
            continue
        value, unit = parse_number(token["number"]), token["unit"].replace("％", "%")
        printed = token["number"] + token["unit"]
        measure = _measure_of(before, unit) if subject else None
        named = None if measure else _subject(_last_phrase(before))
        if measure and subject:
            verb = _CHANGE.search(before)
            signed = -value if verb and verb["verb"] in _DOWN else value
            yield _fact(passage, subject, measure, signed, unit, printed, year, start, end)
        elif named and unit not in _RATES:
            subject = named
            yield _fact(passage, named, FactMeasure.AMOUNT, value, unit, printed, year, start, end)
        position = end


def _measure_of(before: str, unit: str) -> FactMeasure | None:
    """What the words before a number make of it: a change, a rate, or (None) an amount."""
    change = _CHANGE.search(before)
    if change is None:
        return None
    alone = change.group(0) == before.lstrip(_STOPS)
    if not (_COMPARED.search(before) or unit == "%" or alone):
        return None
    return FactMeasure.RATE if unit in _RATES else FactMeasure.CHANGE


def _fact(
    passage: Passage,
    subject: str,
    measure: FactMeasure,
    value: Decimal | None,
    unit: str,
    printed: str,
    year: int,
    start: int,
    end: int,
) -> Fact:
    fen = to_fen(value, unit) if value is not None and is_money(unit) else None
    return Fact("", passage.id, subject, None, measure, value, unit, fen, printed, year, start, end)


def _prior(found: list[Fact], change: Fact, year: int) -> Fact | None:
    """Last year's figure: this year's less the change, where both are of one unit."""
    if change.measure is not FactMeasure.CHANGE or change.value is None:
        return None
    amount = next(
        (
            f
            for f in reversed(found)
            if f.measure is FactMeasure.AMOUNT and f.subject == change.subject
        ),
        None,
    )
    if amount is None or amount.value is None or amount.unit != change.unit:
        return None
    value = amount.value - change.value
    sign, size = ("+", -change.value) if change.value < 0 else ("-", change.value)
    formula = f"{format_decimal(amount.value)} {sign} {format_decimal(size)}"
    return replace(
        amount,
        measure=FactMeasure.PRIOR,
        value=value,
        fen=to_fen(value, amount.unit) if is_money(amount.unit) else None,
        printed="",
        year=year - 1,
        formula=formula,
    )


def _last_phrase(text: str) -> str:
    """The words directly before a number, back to the last mark that ends a clause."""
    cut = max((text.rfind(stop) for stop in _STOPS), default=-1)
    return text[cut + 1 :].strip()


def _subject(phrase: str) -> str | None:
    """The noun that a number belongs to, without year, speaker and verb."""
    text = phrase.lstrip("（(）)").strip()
    text = _LEAD.sub("", text)
    text = _TAIL.sub("", text)
    verb = _VERB_OBJECT.match(text)
    text = verb["object"] if verb else text
    text = text.strip(" 、和及与的")
    return text if 2 <= len(text) <= 40 and not text.isdigit() else None


def _is_remark(text: str, start: int) -> bool:
    """Whether a bracket holds numbers of its own rather than belonging to a word."""
    end = min(
        (i for i in (text.find("）", start), text.find(")", start)) if i >= 0), default=len(text)
    )
    return any(c.isdigit() for c in text[start:end])

"""The judge's rules: what is right, what proves it, and which numerals nothing proves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from evals.cases import (
    AbstainExpected,
    Case,
    ClarifyExpected,
    Expect,
    NamesExpected,
    Place,
    ValueExpected,
    ValuesExpected,
    Wanted,
)
from evals.replies import CitationSaid, Reply, ValueSaid, evidence, plain

DECLINED = frozenset({"not_found", "out_of_scope", "refused", "chat"})
CLARIFY = "clarify"
YUAN_PER = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_NOTHING = ("没有", "无", "未安排", "持平", "不涉及", "零", "0", "no ", "none", "zero")
_SLACK = Decimal("1e-9")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_MARK = re.compile(r"\[\d+\]")
_CODE = re.compile(r"^\[\d+\]")
_ITEM_NUMBER = re.compile(r"^[一二三四五六七八九十]+、(?=.)")


class Verdict(StrEnum):
    """What a case came to. Points: +1, 0, -10, -10."""

    CORRECT = "correct"
    DECLINED = "declined"
    WRONG = "wrong"
    ERROR = "error"


def verdict(case: Case, reply: Reply) -> Verdict:
    """The verdict on an answer of the contract."""
    if reply.status.startswith(("http_", "error")):
        return Verdict.ERROR
    if case.expect is not None:
        return _expected(case.expect, reply)
    return _described(case, reply)


def same_value(entry: ValueSaid, wanted: Wanted) -> bool:
    """Whether the entry is the wanted value, within tolerance; money in whichever unit of money."""
    got, unit, have = _number(entry.value), wanted.unit, entry.unit.strip()
    if got is None:
        return False
    if unit in YUAN_PER:
        if have not in YUAN_PER:
            return False
        got = got * YUAN_PER[have] / YUAN_PER[unit]
    return abs(got - wanted.value) <= (wanted.tolerance or Decimal(0)) + _SLACK


def wanted_values(expect: Expect) -> tuple[Wanted, ...]:
    """What the values must hold, each with its unit and tolerance; empty for other kinds."""
    if isinstance(expect, ValueExpected):
        return (Wanted(value=expect.value, unit=expect.unit, tolerance=expect.tolerance),)
    if not isinstance(expect, ValuesExpected | ClarifyExpected):
        return ()
    return tuple(
        value.model_copy(
            update={
                "unit": value.unit if "unit" in value.model_fields_set else expect.unit,
                "tolerance": value.tolerance
                if "tolerance" in value.model_fields_set
                else expect.tolerance,
            }
        )
        if isinstance(value, Wanted)
        else Wanted(value=value, unit=expect.unit, tolerance=expect.tolerance)
        for value in expect.values
    )


def _expected(expect: Expect, reply: Reply) -> Verdict:
    if isinstance(expect, AbstainExpected):
        return _right(reply.status in DECLINED)
    if reply.status in DECLINED:
        return Verdict.DECLINED
    if isinstance(expect, ClarifyExpected):
        if reply.status == CLARIFY:
            return _right(len(reply.clarification.options) >= 2)
        return _right(_holds_all(expect, reply.values))
    if reply.status == CLARIFY:
        return Verdict.DECLINED
    if isinstance(expect, ValueExpected):
        is_none = expect.value == 0 and not reply.values
        said_none = is_none and any(word in reply.text.lower() for word in _NOTHING)
        return _right(_holds_all(expect, reply.values[:1]) or said_none)
    if isinstance(expect, ValuesExpected):
        return _right(_holds_all(expect, reply.values))
    if isinstance(expect, NamesExpected):
        return _right(_names_said(expect, reply))
    seen = plain(reply.text + evidence(reply))
    return _right(all(plain(gold) in seen for gold in expect.gold))


def _holds_all(expect: Expect, values: Sequence[ValueSaid]) -> bool:
    return all(any(same_value(v, wanted) for v in values) for wanted in wanted_values(expect))


def _names_said(expect: NamesExpected, reply: Reply) -> bool:
    labels, text = [plain(v.label) for v in reply.values], plain(reply.text)
    places = []
    for name in map(plain, expect.names):
        found = next((at for at, label in enumerate(labels) if name in label), None)
        if found is None and name not in text:
            return False
        places.append(text.find(name) if found is None else found)
    return not expect.ordered or places == sorted(places)


def _described(case: Case, reply: Reply) -> Verdict:
    text = plain(reply.text)
    if any(plain(word) in text for word in case.forbid):
        return Verdict.WRONG
    if case.route == "abstain":
        return _right(reply.status in DECLINED or reply.status == CLARIFY)
    if reply.status in DECLINED:
        return Verdict.DECLINED
    if case.category == "ambiguous":
        offered = plain(reply.text + reply.clarification_json)
        return _right(_said(case.gold, offered) >= case.min_gold)
    if reply.status == CLARIFY:
        return Verdict.DECLINED
    told = plain(reply.text + reply.values_json)
    return _right(
        _said(case.gold, plain(evidence(reply))) >= case.min_gold
        and all(_said(words, told) for words in case.answer_must)
    )


def _said(words: Iterable[str], text: str) -> int:
    return sum(plain(word) in text for word in words)


def is_cited(place: Place, citation: CitationSaid) -> bool:
    """Whether the citation is the place; what the place leaves out is not compared."""
    if place.page and citation.page.isdecimal() and int(citation.page) != place.page:
        return False
    if place.title and not _within(place.title, citation.document.title):
        return False
    if place.section is not None:
        same = not place.item or _same_item(place.item, citation.item)
        return same and _within(place.section, citation.section)
    if place.table is not None and not _within(place.table, citation.table.title):
        return False
    if citation.kind == "rows":  # one citation for many rows of one table
        return True
    if place.code:
        code = plain(place.code)
        if plain(citation.row.code) != code and code not in plain(citation.row.label):
            return False
    elif place.row is not None and not _within(_CODE.sub("", place.row), citation.row.label):
        return False
    return _same_column(place, citation.column)


def _same_column(place: Place, got: str) -> bool:
    if not place.column or not got:
        return True
    last = plain(got.split("/")[-1])
    return any(
        plain(column) in plain(got) or plain(column.split("/")[-1]) == last
        for column in (place.column, *place.column_alt)
        if column
    )


def citations_right(case: Case, reply: Reply) -> bool:
    """Whether the places that must be cited are: one of them, or every one where `all` says so."""
    if not case.must_cite or reply.status != "answered":
        return True
    hits = (any(is_cited(p, c) for c in reply.citations) for p in case.must_cite)
    return all(hits) if wants_all(case) else any(hits)


def wants_all(case: Case) -> bool:
    """Whether every place must be cited."""
    return case.all or case.route is not None


def unproven(case: Case, reply: Reply) -> tuple[str, ...]:
    """Numerals of the text that stand in no value, formula, citation or question."""
    known = "".join(
        map(plain, (" ".join(case.asked), evidence(reply), reply.values_json, reply.places_json))
    ).replace(",", "")
    text = _MARK.sub("", unicodedata.normalize("NFKC", reply.text)).replace(",", "")
    return tuple(
        numeral
        for numeral in _NUMERAL.findall(text)
        if numeral not in known and _short(numeral) not in known
    )


def _short(numeral: str) -> str:
    return numeral.rstrip("0").rstrip(".") if "." in numeral else numeral


def _within(expected: str, got: str) -> bool:
    wanted, have = plain(expected), plain(got)
    return wanted in have or (bool(have) and have in wanted)


def _same_item(wanted: str, got: str) -> bool:
    a, b = (_ITEM_NUMBER.sub("", plain(item)) for item in (wanted, got))
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").replace("，", "").rstrip("%％"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _right(right: bool) -> Verdict:
    return Verdict.CORRECT if right else Verdict.WRONG

"""Amounts of names in one kind of spending, and of a name without several of its parts."""

from __future__ import annotations

import re

from index.labels import plain
from qa_service.understand.entries import ASPECTS
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain.amounts import fen, of_two
from qa_service.understand.plain.marks import TERM
from qa_service.understand.plain.words import LEFT_OUT, LISTED

_WITHIN = re.compile(
    f"^[^{TERM},，]{{0,4}}{TERM}(?:的)?(?:范围|口径|部分)?(?:之?内|里面?|里头|中|当中|下|上|方面|而言|来说)?[,，的]"
)
"""One kind of spending, said before what is asked of it."""
_TAKEN_FROM = re.compile(
    f"[,，(（?？][^{TERM},，]{{0,8}}(?:取|用|按|看|算|指|以)(?:的)?(?:是)?{TERM}(?:里|中)?的?(?:数字|数|口径|金额|预算)?(?:为准|算|来算)?(?:[)）,，]|$)"
)
"""The same, said behind it."""
OF_A_CELL = re.compile(f"{TERM}[的里中]?{TERM}[^{TERM}]*占")
"""A share of one kind of spending of a name: 甲的基本支出占甲的百分之几."""
_TAKEN_APART = re.compile(f"{LISTED}[^{TERM}]*(?:多少|几)[^{TERM}]*$")
_OUT_OF = re.compile(f"^[^{TERM}]*{TERM}[^{TERM},，]{{0,6}}[,，]?(?:{LEFT_OUT.pattern})")
_TWO = 2


def without_several(text: str, terms: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """An amount without several of its parts: 从项目支出中剔除甲及乙后，余额多少."""
    whole, *parts = terms
    amounts = [fen(part, lexicon) for part in parts]
    larger = fen(whole, lexicon)
    if larger is None or any(amount is not None and amount >= larger for amount in amounts):
        return None
    if not (_OUT_OF.search(text) and _TAKEN_APART.search(text)):
        return None
    return f"{whole}除去{'和'.join(parts)}后是多少"


def in_a_kind(text: str, terms: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """Two names compared in one kind of spending: 在基本支出范围内，甲与乙相差多少."""
    if text.startswith(TERM + TERM) and plain(terms[1]) in ASPECTS:
        return in_a_kind(text[1:], terms[1:], lexicon)
    kinds = [name for name in terms if plain(name) in ASPECTS]
    others = [name for name in terms if name not in kinds]
    within = _WITHIN.match(text) if terms[0] in kinds else _TAKEN_FROM.search(text)
    if len(others) != _TWO or len(kinds) != 1 or within is None:
        return None
    if terms[0] not in kinds and terms[-1] not in kinds:
        return None
    rest = of_two(text[: within.start()] + text[within.end() :], others[0], others[1], lexicon)
    return f"{kinds[0]}里的{rest}" if rest is not None else None

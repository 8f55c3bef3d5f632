"""The part of a passage that answers, in its own words; its citation quotes the whole.

A sentence answers where the words of the question and the clause that is nearest to it in
meaning agree on it. Where they do not, or where the passage is asked for as a whole, all of
it is told.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.clauses import clauses, sentence_spans
from index.records import PassageKind
from qa_service.passages import Scored
from qa_service.types import QueryPlan
from qa_service.understand.entries import make_form
from qa_service.understand.weighed import Weighed
from qa_service.words import COUNTERS

_COUNTED = re.compile(rf"\d+(?:多|余)?[{COUNTERS}]")
LEFT_OUT = "……"
"""What stands between two sentences for those that are left out."""
_SHORT = 60
"""A passage of no more characters is told as a whole."""
_TOLD_WHOLE = {PassageKind.GLOSSARY, PassageKind.NOTE}
_AS_A_WHOLE = re.compile(
    "哪些|哪几|哪两|哪三|有什么|都有|分别|各是|列出|列一下|目标|讲讲|说说|介绍|讲的什么|讲什么|说的什么|职责是什么|区别|不同"
)
"""How a passage is asked for as a list or as a whole."""
_LEANS = re.compile(
    r"^[）)”》、，,]?(?:其中|其|该|此|这|因此|因而|从而|所以|故|同时|此外|另外|并|还|也|以上|上述|前述|比上年|较上年|为此|由此|具体)"
)
"""How a sentence begins that leans on the one before it."""
_REASON = re.compile("因(?!公)|由于|为了|根据|以便|不可比|无发生额")
_STOP = re.compile("[；;]$")
_OPENED, _CLOSED = "（(“《", "）)”》"


def told_part(one: Scored, plan: QueryPlan, question: Weighed) -> str:
    """The sentences of the passage that answer, verbatim; all of it where that is not certain."""
    passage = one.entry.passage
    text = passage.text
    if one.certain or plan.several or plan.counts or plan.item is not None:
        return text
    if len(text) <= _SHORT or passage.kind in _TOLD_WHOLE or _AS_A_WHOLE.search(question.own):
        return text
    parts = _sentences(text)
    kept = _telling(parts, one, plan, question)
    return _joined(parts, _with_what_they_lean_on(parts, kept)) if kept else text


def _sentences(text: str) -> list[str]:
    """The sentences of the text, every character of it in one; brackets are never cut."""
    parts = [text[start:end] for start, end in sentence_spans(text)]
    joined: list[str] = []
    for part in parts:
        if joined and _open(joined[-1]):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _open(part: str) -> bool:
    """Whether a bracket or quotation mark of the part is not closed in it."""
    return sum(part.count(c) for c in _OPENED) > sum(part.count(c) for c in _CLOSED)


def _telling(parts: list[str], one: Scored, plan: QueryPlan, question: Weighed) -> set[int]:
    """The sentence that words and meaning agree on; empty where there is none.

    What the title says tells which passage is meant, and not which sentence of it. Of
    sentences of which just one gives the reason or the date that is asked for, it is the one.
    """
    titled = question.mask(one.entry.title) if one.entry.title else 0
    can = [i for i, part in enumerate(parts) if _can_answer(part, plan)]
    if len(parts) < 2 or not can:
        return set()
    if len(can) == 1 and len(can) < len(parts):
        return set(can)
    weights = {i: question.weight(question.mask(make_form(parts[i])) & ~titled) for i in can}
    most = max(weights.values())
    by_words = {i for i, weight in weights.items() if weight == most}
    return by_words if most and _nearest(parts, one) in by_words else set()


def _can_answer(part: str, plan: QueryPlan) -> bool:
    """Whether a sentence gives the reason, the date, the place that is asked for, if any is."""
    if not all(re.search(need, part) for need in plan.needs):
        return False
    if plan.counts and plan.counted and _COUNTED.search(part) is None:
        return False
    return PassageKind.EXPLANATION not in plan.passage_kinds or _REASON.search(part) is not None


def _nearest(parts: list[str], one: Scored) -> int | None:
    """Which sentence holds the clause that is nearest in meaning."""
    if not one.clause:
        return None
    clause = clauses(one.entry.passage.text)[one.clause - 1]
    return next((i for i, part in enumerate(parts) if clause in part), None)


def _with_what_they_lean_on(parts: list[str], kept: set[int]) -> set[int]:
    """The sentences, with those before them that they lean on."""
    found = set(kept)
    for i in sorted(kept, reverse=True):
        at = i
        while at > 0 and _LEANS.match(parts[at]):
            at -= 1
            found.add(at)
    return found


def _joined(parts: list[str], kept: set[int]) -> str:
    """The kept sentences in their order, with a mark where some between them are left out."""
    order = sorted(kept)
    told = parts[order[0]]
    for before, at in pairwise(order):
        told += parts[at] if at == before + 1 else LEFT_OUT + parts[at]
    return _STOP.sub("。", told.strip())

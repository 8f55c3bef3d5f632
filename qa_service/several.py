"""Several questions in one: each answered by itself, in one reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.labels import plain
from qa_service.types import (
    AnswerStatus,
    Language,
    NormalisedQuestion,
)
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import tables_named
from qa_service.understand.plain.marks import THEN
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.wording import Reply, decline

_SENTENCE = re.compile(r"[^?？]+[?？]?")
_ASKS = re.compile(r"多少|几|哪|什么|多大|谁|吗|何")
_WHOLE = re.compile("(?:收入|支出|收支)(?:预算)?(?:总计|合计|总额|总数|总和)")
_MARK = re.compile(r"\[(\d+)\]")
_MOST = 4


def separate(
    question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[NormalisedQuestion, ...]:
    """The questions that the text asks one after the other, each of something that it names.

    Empty where there is but one. Where they were put plainly, each is asked in full.
    """
    if THEN in question.text:
        parts = question.text.split(THEN)
        return tuple(replace(question, text=t, plain=plain(t)) for t in parts if t)
    texts = [t.strip(",， ") for t in _SENTENCE.findall(question.text)]
    if len(texts) == 1:
        return ()
    found = [replace(question, text=t, plain=plain(t)) for t in texts if plain(t)]
    if not 1 < len(found) <= _MOST or not all(_ASKS.search(one.text) for one in found):
        return ()
    weighed = [weigh(one, lexicon, vocabulary) for one in found]
    named = all(
        w.exact or w.codes or _WHOLE.search(one.text) for w, one in zip(weighed, found, strict=True)
    )
    return tuple(found) if named else ()


def leans(
    questions: Sequence[NormalisedQuestion], lexicon: Lexicon, vocabulary: Vocabulary
) -> bool:
    """Whether some of the questions name a table, which may hold for the others as well."""
    named = [
        tables_named(weigh(question, lexicon, vocabulary), lexicon)[0] is not None
        for question in questions
    ]
    return any(named) and not all(named)


def together(replies: Sequence[Reply], language: Language) -> Reply:
    """One reply of all, where each was answered by amounts; else a word to ask one at a time."""
    if any(r.status is not AnswerStatus.ANSWERED or not r.values for r in replies):
        return decline(language, AnswerStatus.NOT_FOUND, "one_at_a_time")
    joined = replies[0]
    for reply in replies[1:]:
        more = _numbered_behind(reply, joined)
        joined = replace(
            joined,
            text=f"{joined.text}\n{more.text}",
            values=(*joined.values, *more.values),
            citations=tuple(dict.fromkeys((*joined.citations, *more.citations))),
            notices=tuple(dict.fromkeys((*joined.notices, *more.notices))),
        )
    return replace(joined, suggestions=())


def _numbered_behind(reply: Reply, before: Reply) -> Reply:
    """The reply with its citations numbered on from those of the one before.

    What both cite keeps its number.
    """
    known = {replace(citation, n=0): citation.n for citation in before.citations}
    numbers: dict[int, int] = {}
    for citation in reply.citations:
        numbers[citation.n] = known.setdefault(replace(citation, n=0), len(known) + 1)
    return replace(
        reply,
        text=_MARK.sub(lambda m: f"[{numbers[int(m[1])]}]", reply.text),
        values=tuple(
            replace(v, citations=tuple(numbers[n] for n in v.citations)) for v in reply.values
        ),
        citations=tuple(replace(c, n=numbers[c.n]) for c in reply.citations),
    )

"""The everyday words of a question, and the terms that they may mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Meaning, Span

_PARTING = "、,，;；。?？!！"
_PARTED = re.compile(f"[{_PARTING}]")


def meanings_of(
    text: str, vocabulary: Vocabulary, breaks: tuple[int, ...] = ()
) -> tuple[Meaning, ...]:
    """The everyday words of the question; one inside a longer one is not meant by itself.

    One whose end begins a longer one is a part of that: 发工资 in 发工资福利.
    None goes over a break: 基本工资、奖金 are two things, and 工资奖金 is a third.
    """
    known = vocabulary.said
    begun = known.begin_in(text)
    if not begun:
        return ()
    found: list[Meaning] = []
    begin, reached = 0, 0
    ends = sorted({*(at for at in breaks if 0 < at < len(text)), len(text)})
    for start in begun:
        clause = text[: ends[bisect_right(ends, start)]] if breaks else text
        said = known.longest_at(clause, start)
        end = start + len(said)
        if end > max(start, reached):
            mask = Span(start, end).mask
            if start < reached and end - start > reached - begin:
                mask |= found.pop().mask
            found.append(Meaning(mask, vocabulary.meanings[said]))
            begin, reached = start, end
    return tuple(found)


def breaks(question: NormalisedQuestion) -> tuple[int, ...]:
    """The places of the plain question before which one of a list ends or a clause does."""
    text = question.text.rstrip(_PARTING)
    if not _PARTED.search(text):
        return ()
    pieces = _PARTED.split(text)
    return tuple(accumulate(len(plain(piece)) for piece in pieces[:-1]))


def is_printed(meaning: Meaning, text: str, lexicon: Lexicon) -> bool:
    """Whether a label prints the everyday words themselves, and none of what they may mean.

    Where there is a project 水闸修缮, 水闸 is no 水利.
    """
    said = "".join(char for i, char in enumerate(text) if meaning.mask >> i & 1)
    pairs = [said[i : i + 2] for i in range(len(said) - 1)]
    if not pairs or any(pair not in lexicon.by_pair for pair in pairs):
        return False
    if any(said in term or term in said for term in meaning.terms):
        return False
    rows = frozenset.intersection(*(lexicon.by_pair[pair] for pair in pairs))
    labels = (lexicon.in_order[place].label.text for place in rows)
    return any(said in label and not any(t in label for t in meaning.terms) for label in labels)

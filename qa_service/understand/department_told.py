"""Departments told otherwise than by name: by what they manage, or with one character mistyped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.labels import plain
from index.records import BudgetDocument
from qa_service.types import NormalisedQuestion
from qa_service.understand.departments import by_present_name, named_departments
from qa_service.understand.entries import names_and_regions
from qa_service.understand.vocabulary import Vocabulary
from qa_service.words import words

_MANAGING = re.compile(
    "(?:负责|主管|分管|专管|管理?)(?P<what>[\u4e00-\u9fff]{2,6}?)(?:工作|事务|方面|这块|这一块|口)?的"
    "(?P<that>(?:那|这)一?(?:个|家))?(?:局|部门|单位|委)(?!的?(?:是哪|是谁|叫|有哪|有几))"
)
"""A department by what it manages: 管科技的那个局."""
_ENDS = ("局", "委", "办")
_BETWEEN_WORDS = "(?:和|与|及|以及|、)?"
_LEAST = 5
"""A name of so many characters is known though one of them is mistyped."""


def by_its_work(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument], vocabulary: Vocabulary
) -> NormalisedQuestion:
    """The question with the one department called by name that it tells by what it manages."""
    found = _MANAGING.search(question.text)
    if found is None or named_departments(question.plain, documents):
        return question
    before = question.text[: found.start()]
    regions = {r for d in documents for r in names_and_regions(d.department)[1] if r}
    if not (found["that"] or before.endswith(tuple(regions) or ("\0",))):
        return question
    for end in _ENDS:
        text = f"{before}{found['what']}{end}{question.text[found.end() :]}"
        called = replace(question, text=text, plain=plain(text))
        called = by_present_name(called, documents, vocabulary)
        if len(named_departments(called.plain, documents)) == 1:
            return called
    return question


def typed_right(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """The question with one mistyped character of a department's name put right: 农业农材局.

    Neither the first nor the last one, nor one that the dictionary knows in a word: 农业农垦局
    is another organ.
    """
    if named_departments(question.plain, documents):
        return question
    names = dict.fromkeys(names_and_regions(d.department)[0][-1] for d in documents)
    text = question.text
    for name in (name for name in names if len(name) >= _LEAST):
        for at in range(len(text) - len(name) + 1):
            said = text[at : at + len(name)]
            wrong = [i for i, char in enumerate(said) if char != name[i]]
            if len(wrong) == 1 and 0 < wrong[0] < len(name) - 1 and _is_no_word(said, wrong[0]):
                text = f"{text[:at]}{name}{text[at + len(name) :]}"
                return replace(question, text=text, plain=plain(text))
    return question


def joined_right(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """The question with a department's name, of which a joining word was said too much, put right.

    某市某某服务和数据管理局 names the city's 某某服务数据管理局 and nothing else.
    """
    text = question.text
    for name in dict.fromkeys(names_and_regions(d.department)[0][-1] for d in documents):
        found = _joined(name).search(text) if len(name) >= _LEAST else None
        if found is not None and found[0] != name:
            text = f"{text[: found.start()]}{name}{text[found.end() :]}"
    return question if text == question.text else replace(question, text=text, plain=plain(text))


@lru_cache(maxsize=512)
def _joined(name: str) -> re.Pattern[str]:
    """The name with a joining word between any two of its words, or with none."""
    return re.compile(_BETWEEN_WORDS.join(map(re.escape, words(name))))


def _is_no_word(said: str, place: int) -> bool:
    """Whether the character at a place stands alone, in no longer word."""
    at = 0
    for word in words(said):
        if at <= place < at + len(word):
            return len(word) == 1
        at += len(word)
    return False

"""How sure passages must be: to be told as the answer, to be told as the nearest, to be offered.

All go by the chance that one of the passages answers, as `qa_service.likely` learned it.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from index.records import PassageKind
from qa_service.passages import Scored
from qa_service.types import QueryPlan

SURE = 0.45
"""The least chance that the best passage answers, for it to be told as the answer."""
_SURE_BY_MEANING, _HELD = 0.9, 0.3
"""The same for a project of whose words others hold as much, and such a share of the question."""
_SURE_OF_LIST = 0.55
"""The same that one of the likeliest passages does, where a list is asked for."""
TOLD = 0.7
"""The least chance that one of the likeliest passages answers, for all of them to be told."""
OFFERED = 0.3
"""The same for them to be offered as a question back."""
_ALIKE = 0.9
"""So much of two texts is the same, 0 to 1, where both are one."""
MOST_TOLD, _NEARLY_ALL = 4, 0.99
"""So many are told, and no more than hold so much of the chance that any one answers."""


def chance(ranked: list[Scored]) -> float:
    """How likely one of the likeliest few of the passages answers, 0 to 1."""
    few = few_that_hold(ranked)
    return chance_of([one for one in ranked if any(says_the_same(one, told) for told in few)])


def few_that_hold(ranked: list[Scored]) -> list[Scored]:
    """The first of the passages, which come likeliest first, until one nearly surely answers.

    A text that is printed twice is among them once.
    """
    whole = sum(one.share for one in ranked)
    few: list[Scored] = []
    held = 0.0
    for one in ranked:
        if held >= _NEARLY_ALL * whole or len(few) == MOST_TOLD:
            break
        held += one.share
        if not any(says_the_same(one, told) for told in few):
            few.append(one)
    return few


def sharing_all(left: list[Scored]) -> list[Scored]:
    """The passages that are left, among which the whole chance is divided anew."""
    whole = sum(one.share for one in left)
    return [replace(one, share=one.share / whole) for one in left] if whole else left


def says_the_same(one: Scored, other: Scored) -> bool:
    """Whether two passages are one text that is printed in two places, but for a few characters."""
    if one.entry.title != other.entry.title:
        return False
    mine, others = one.entry.text.text, other.entry.text.text
    return mine == others or SequenceMatcher(None, mine, others).quick_ratio() >= _ALIKE


def chance_of(few: list[Scored]) -> float:
    """How likely one of the passages answers, 0 to 1."""
    return few[0].any_answers * sum(one.share for one in few) if few else 0.0


def chance_of_best(ranked: list[Scored]) -> float:
    """How likely the best passage answers, wherever it is printed; 0 to 1.

    The notes under one table are told together, and answer together.
    """
    best = ranked[0]
    noted = best.entry.passage.kind is PassageKind.NOTE
    return chance_of(
        [
            one
            for one in ranked
            if says_the_same(one, best) or (noted and one.entry.title == best.entry.title)
        ]
    )


def is_sure(ranked: list[Scored], plan: QueryPlan, *, listed: bool) -> bool:
    """Whether the best passage surely answers, or one of those that are `listed`."""
    if ranked[0].certain:
        return True
    by_words = plan.focus or plan.told_before or not holding_as_much(ranked)
    least = SURE if by_words else _SURE_BY_MEANING
    if chance_of_best(ranked) >= least:
        return True
    return listed and chance(ranked) >= _SURE_OF_LIST


def holding_as_much(ranked: list[Scored]) -> int:
    """How many other projects' goals hold as much of the question's words as the best goal does.

    Of 平台运维 five projects hold both words, and which of them is meant is not told by words.
    """
    best = ranked[0]
    if best.entry.passage.kind is not PassageKind.GOAL or best.held < _HELD:
        return 0
    others = {
        one.entry.title.text
        for one in ranked[1:]
        if one.entry.title
        and one.entry.passage.kind is PassageKind.GOAL
        and one.held >= best.held
        and one.entry.title != best.entry.title
    }
    return len(others)

"""How sure passages must be: to be told as the answer, to be told as the nearest, to be offered."""

from __future__ import annotations

import math

from qa_service.passages import Scored
from qa_service.types import QueryPlan

SURE = 0.78
"""The least chance that the passages shown hold the answer, for them to be told as one."""
LIKELY, LEAD = 0.66, 0.1
"""The same for a passage with such a lead before the next one."""
OFFERED = 0.45
"""The least chance for the nearest passages to be offered as a question back."""
TOLD = 0.7
"""The least chance that one of the likeliest passages answers, for all of them to be told."""
HARDLY = 0.1
"""A passage that answers with less than such a chance is never told by itself."""
_MOST_TOLD, _NEARLY_ALL = 4, 0.97
"""So many are told, and no more than hold so much of the chance that any one answers."""
NEAR_ENOUGH, SHARES = 1.0, 0.1
"""The least score of the nearest passages to be told at once, and what the best one must hold.

Of 100 held-out questions whose best passage scored 1.0 to 1.3 the three nearest answered 90.
"""
NEARLY_CERTAIN = 0.9
"""The least chance of a passage without a lead."""
_IN_FOCUS = 0.59
"""What was told last answers a question of which this is likely enough."""
ALONE, AHEAD, _SHARED_ALONE = 0.63, 0.15, 0.05
"""The least chance of a passage that is well ahead of the next one and shares words."""
_BY_CHANCE = 0.7
"""A score that passages reach which share nothing with the question."""
_SCORE, _CONSTANT = 1.98, -1.3
"""The chance of an answer by the best score, as a logistic curve."""


def chance(ranked: list[Scored]) -> float:
    """How likely one of the first passages answers, 0 to 1."""
    if not ranked:
        return 0.0
    return 1 / (1 + math.exp(-(_SCORE * ranked[0].score + _CONSTANT)))


def few_that_hold(ranked: list[Scored]) -> list[Scored]:
    """The likeliest passages, likeliest first, until one of them nearly surely answers."""
    whole = sum(one.share for one in ranked)
    few: list[Scored] = []
    for one in sorted(ranked, key=lambda s: -s.share)[:_MOST_TOLD]:
        if sum(s.share for s in few) >= _NEARLY_ALL * whole:
            break
        few.append(one)
    return few


def says_the_same(one: Scored, other: Scored) -> bool:
    """Whether two passages are one text that is printed in two places."""
    return one.entry.text == other.entry.text and one.entry.title == other.entry.title


def chance_of(few: list[Scored]) -> float:
    """How likely one of the passages answers, 0 to 1."""
    return few[0].any_answers * sum(one.share for one in few) if few else 0.0


def is_near(ranked: list[Scored]) -> bool:
    """Whether the nearest passage shares a word with the question, or is nearer than chance."""
    return ranked[0].words > 0 or ranked[0].named > 0 or ranked[0].score >= _BY_CHANCE


def is_sure(ranked: list[Scored], plan: QueryPlan) -> bool:
    """Whether the best passage is likely to answer, or nothing else comes near a likely one."""
    lead = ranked[0].score - (ranked[1].score if len(ranked) > 1 else 0.0)
    if ranked[0].entry.passage.id in plan.focus and chance(ranked) >= _IN_FOCUS:
        return True
    by_itself = [s for s in ranked if says_the_same(s, ranked[0])]
    if ranked[0].any_answers and not plan.several and chance_of(by_itself) < HARDLY:
        return False
    if chance(ranked) >= SURE:
        return lead >= LEAD or chance(ranked) >= NEARLY_CERTAIN
    if chance(ranked) >= LIKELY:
        return lead >= LEAD
    alone = lead >= AHEAD and ranked[0].words >= _SHARED_ALONE
    return chance(ranked) >= ALONE and alone


def is_well_ahead(ranked: list[Scored]) -> bool:
    """Whether the best passage is likely to answer and well ahead of the next."""
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else LEAD
    return chance(ranked) >= SURE and lead >= LEAD

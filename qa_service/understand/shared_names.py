"""Departments that share a name, and what is printed behind one: 统计局 of two cities, （汇总）."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.labels import OF_ALL, plain
from index.records import BudgetDocument
from qa_service.types import NormalisedQuestion
from qa_service.understand.weighed import Span

_SEVERAL_MEANT = re.compile(
    "[两二三四五六]个?[个家市区县]|各|都|分别|哪|谁|差多少|相差|比|加起来|合计|一共|总共|所有"
)
"""What speaks of several departments of one name: 两个统计局."""
_OF_ALL = re.compile(OF_ALL)


def of_one_short_name(text: str, named: Mapping[str, tuple[Span, ...]]) -> bool:
    """Whether all departments that are named share one short name, and no several are meant."""
    places = set(named.values())
    return len(named) > 1 and len(places) == 1 and not _SEVERAL_MEANT.search(text)


def without_qualifier(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """The question without what may be printed behind a department's name: 某某局（汇总）.

    The names of what is indexed are without it, and by itself it asks for a sum.
    """
    text = question.text
    if _OF_ALL.search(text):
        for department in dict.fromkeys(d.department for d in documents):
            text = re.sub(f"(?<={re.escape(department)}){OF_ALL}", "", text)
    return question if text == question.text else replace(question, text=text, plain=plain(text))

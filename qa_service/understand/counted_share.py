"""A share of the number of projects: 预算不足20万元的项目占项目总数的几分之几.

Where numbers of projects are not said as such, the share is one of money.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.cues import read_cues
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.selections import select
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh

_NUMBER = "(?:总?(?:个数|数量|数目|项数)|总数(?!额|据))"
_OF_NUMBER = re.compile(
    rf"^(?P<part>.*?)的?项目(?:的?{_NUMBER}|数)?[,，]?(?:占|在)(?:了|到|全部|所有|整个)*的?项目的?{_NUMBER}|"
    rf"^(?P<own>.*?)的?项目的?{_NUMBER}[,，]?(?:上|的|所)?占"
)
_BY_NUMBER = re.compile(
    "^(?:请问|那么?)?(?:按照?|就|从|论|光看|只看)(?:项目)?的?(?:个数|数量|数目)(?:上|来)?(?:看|算|说)?[,，]?"
)
_OF_ALL = re.compile(r"^(?P<part>.*?)的?项目[,，]?(?:占|在)(?:了|到)?(?:全部|所有|整个|总)?的?项目")
_ALL = "一共有多少个项目"


def shares_of_numbers(
    question: NormalisedQuestion, plan: QueryPlan, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[QueryPlan, ...]:
    """The plans of some projects' number and of all projects' number; empty where neither is said.

    Empty as well where the projects are not told apart from all others.
    """
    rest = _BY_NUMBER.sub("", question.text)
    told = _OF_NUMBER.search(rest)
    if told is None and rest != question.text:
        told = _OF_ALL.search(rest)
    if told is None:
        return ()
    part = next((text for text in told.groups() if text), "")
    some, every = (
        _number_of(replace(question, text=text, plain=plain(text)), plan, lexicon, vocabulary)
        for text in (f"{part}的项目有几个", _ALL)
    )
    if some is None or every is None or some.selections == every.selections:
        return ()
    return (some, every)


def _number_of(
    question: NormalisedQuestion, plan: QueryPlan, lexicon: Lexicon, vocabulary: Vocabulary
) -> QueryPlan | None:
    """The plan of a number of rows; None where it is not plain which rows are meant."""
    weighed = weigh(question, lexicon, vocabulary)
    cues = replace(read_cues(weighed, vocabulary), operation=Operation.COUNT)
    rows = select(weighed, cues, lexicon, vocabulary)
    if len(rows) != 1:
        return None
    empty = replace(plan, cells=(), facts=(), parts=(), read_as="")
    return replace(empty, operation=Operation.COUNT, selections=rows)

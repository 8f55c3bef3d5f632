"""Projects that a question describes without naming them, and their amounts."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import FactMeasure
from qa_service.library import Library
from qa_service.narrative import described
from qa_service.numbers import look_up
from qa_service.route import is_sure
from qa_service.types import (
    CellTarget,
    Evidence,
    Language,
    NormalisedQuestion,
    Operation,
    PassageEvidence,
    QueryPlan,
    Scope,
)
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed

_MONEY = re.compile(
    "钱|花|元|预算|经费|资金|费|拨|安排|投|款|贵|开销|开支|搭|掏|耗|付|缴|砸|拿出|一年|预备|出多少"
)
"""What a project is described by asks for no amount of it without such a word: 人口多少."""

_OF_THINGS = re.compile("(?:几|多少)[枚次套件把户份张本人台辆棵盏]")
"""A number of things is no amount of money."""


def described_amount(plan: QueryPlan, question: Weighed, library: Library) -> Evidence | None:
    """The amount of the one project that the question describes by its goal, cited with it.

    The goal is told as well where the question asks for it.
    """
    plain_amount = plan.operation is Operation.LOOKUP and plan.measure is FactMeasure.AMOUNT
    if plan.counts or not plain_amount or is_sure(plan):
        return None
    if plan.limited or plan.together or plan.needs or not _MONEY.search(question.spoken):
        return None
    if _OF_THINGS.search(question.spoken):
        return None
    goal = described(plan, question, library)
    cell = None if goal is None else _amount_of(goal, library)
    if goal is None or cell is None:
        return None
    amounts = look_up(replace(plan, cells=(cell,), facts=()), library).amounts
    cited = tuple(replace(a, citations=(*a.citations, goal.citation)) for a in amounts)
    return Evidence(cited, passages=(goal,) if plan.told_as_well else ())


def described_project(
    library: Library, vocabulary: Vocabulary, document_id: str, text: str
) -> CellTarget | None:
    """The amount of the one project of the document that the text describes, or None."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, library.lexicon(document_id), vocabulary)
    plan = QueryPlan(Operation.LOOKUP, Scope((document_id,), None, assumed=True), numeric=1.0)
    goal = described(plan, weighed, library)
    return None if goal is None else _amount_of(goal, library)


def _amount_of(goal: PassageEvidence, library: Library) -> CellTarget | None:
    if goal.citation.row is None:
        return None
    lexicon = library.lexicon(goal.citation.document.id)
    entry = lexicon.rows[goal.citation.row.id]
    column = next(c.index for c, _ in lexicon.tables[entry.table_id].columns if c.is_whole)
    return CellTarget(entry.row.id, entry.table_id, lexicon.document.id, column, goal.score)

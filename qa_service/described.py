"""Projects that a question describes without naming them, and their amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.labels import plain
from index.records import FactMeasure, Passage, PassageKind
from qa_service.answer_sorts import held
from qa_service.library import Library
from qa_service.numbers import look_up
from qa_service.passages import evidence, of_section, scored
from qa_service.route import MOST_SAID, is_sure
from qa_service.row_outcomes import selected_rows
from qa_service.types import (
    CellTarget,
    Evidence,
    Language,
    NormalisedQuestion,
    Operation,
    PassageEvidence,
    QueryPlan,
    Scope,
    Tally,
)
from qa_service.understand.entries import make_form
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed

_MONEY = re.compile(
    "钱|银子|票子|[这那]一?笔|代价|花|元|预算|经费|资金|费|拨|安排|投|款|贵|开销|开支|搭|掏|耗|付|缴|砸|拿出|一年|预备|出多少|"
    "多少个?[万亿]|(?:批|列|编|留|备|给)了?多少"
)
"""What a project is described by asks for no amount of it without such a word: 人口多少."""

_PURPOSE = "做什么|干什么|干嘛|干吗|做啥|干啥|图个?什么|图个?啥|什么用|啥用|用途|目的"
_EACH_TOLD = re.compile(f"(?:各自?|分别|都|每个)[^,，。?？]{{0,4}}(?:{_PURPOSE}|目标)")
"""Each of several projects is to be described: 各是做什么的."""
_FOR_WHAT = re.compile(f"[,，、?？和].*?(?:{_PURPOSE}|[用拿]来|绩效目标|为了什么|为了啥)")
"""What they are for is asked as well: 最大的项目是哪个，是做什么的."""
_MOST_TOLD, _MOST_RANKED = 8, 3
_DESCRIBED, _DESCRIBED_LEAD = 1.5, 0.35
"""The least score of a goal that tells whose amount is meant, and its lead before others."""
_PLAINLY, _PLAIN_LEAD = 2.4, 0.6
"""The same where it holds one word of the question in part."""
_FOREIGN_LEAD = 0.45
"""The least lead where the question holds a word that the document does not know."""
_NAMED = 0.5
"""Of a name of which so much is said, a word held in part makes it another: 商务用房."""
_MOST_SAID = 0.35
_SURE = 1.0
_TAIL = re.compile("(?:经费|费用|资金|项目|专项|服务|支出)+$")
_LEAST_NAMED = 0.25
"""So much of a project's name must be said where the question says most of another name."""
_OF_A_UNIT = re.compile(
    "(?:中心|[科处室所站局])(?:自己|本身|单独)?的?(?:一年|全年|今年|每年)?(?:自己)?的?(?:总)?(?:预算|收入|支出|经费)"
    "(?:是|有|要)?(?:多少|几)"
)
"""The whole budget of a unit is no project's amount."""
_PARTLY_SAID = 0.5
"""The same of the whole question: another name is said in it."""
_OF_THINGS = re.compile("(?:几|多少)[枚次套件把户份张本人台辆棵盏]")
"""A number of things is no amount of money."""

_CLAUSES = re.compile("[，,。；;]|(?<=.{4})、(?=.{4})")
_MANY = 4
"""A goal of so many clauses is of several things."""
_ADDED_UP = re.compile("[加合]起来|[加合]在?一(?:起|块)|加总")
"""Several amounts that are added up are none of one project."""


def asks_whether(plan: QueryPlan) -> bool:
    """Whether a question asks if something is so, which a goal tells better than an amount."""
    return plan.existence and not plan.amount_asked and plan.operation is Operation.LOOKUP


def described_amount(plan: QueryPlan, question: Weighed, library: Library) -> Evidence | None:
    """The amount of the one project that the question describes by its goal, cited with it.

    The goal is told as well where the question asks for it.
    """
    plain_amount = plan.operation is Operation.LOOKUP and plan.measure is FactMeasure.AMOUNT
    if plan.counts or not plain_amount or is_sure(plan):
        return None
    if plan.limited or plan.together or plan.needs or not _MONEY.search(question.spoken):
        return None
    if any(p.search(question.spoken) for p in (_OF_THINGS, _OF_A_UNIT, _ADDED_UP)):
        return None
    goal = described(plan, question, library)
    cell = None if goal is None else _amount_of(goal, library)
    if goal is None or cell is None:
        return None
    named = library.lexicon(cell.document_id).rows[cell.row_id]
    name = make_form(_TAIL.sub("", named.core.text))
    if question.share_said(name) < _LEAST_NAMED and _names_another(plan, cell):
        return None
    amounts = look_up(replace(plan, cells=(cell,), facts=()), library).amounts
    cited = tuple(replace(a, citations=(*a.citations, goal.citation)) for a in amounts)
    return Evidence(cited, passages=(goal,) if plan.told_as_well or asks_whether(plan) else ())


def _names_another(plan: QueryPlan, told: CellTarget) -> bool:
    """Whether the question says most of another name: 出国 is no project's work abroad."""
    if plan.fit.asked < MOST_SAID or plan.fit.explained < _PARTLY_SAID:
        return False
    return bool(plan.facts) or told.row_id not in {target.row_id for target in plan.cells}


def one_of_several(amount: Evidence, question: Weighed, library: Library) -> str:
    """The name of the project whose whole amount was told for one of the things it is for.

    Empty where the name says what was asked, or where its goal is of one thing.
    """
    first = amount.amounts[0].citations if amount.amounts else ()
    cited = next((c for c in first if c.row is not None), None)
    if cited is None or cited.row is None:
        return ""
    row = cited.row
    entry = library.lexicon(cited.document.id).rows[row.id]
    if question.weight(question.mask(entry.core)) > 0:
        return ""
    goal = next((c.quote for c in first if c.row is not None and c.value is None), "")
    clauses = [make_form(clause) for clause in _CLAUSES.split(goal) if plain(clause)]
    said = [clause for clause in clauses if question.weight(question.mask(clause)) > 1]
    return row.label if 0 < len(said) <= len(clauses) / 2 and len(clauses) >= _MANY else ""


def described(plan: QueryPlan, question: Weighed, library: Library) -> PassageEvidence | None:
    """The goal of the one project that the question describes without naming it, or None.

    Nothing else comes near it, and it says most of what the question does.
    """
    ranked = [
        (one, ready)
        for document_id in plan.scope.document_ids
        for ready in [library.ready(document_id)]
        for one in scored(replace(plan, passage_kinds=(PassageKind.GOAL,)), question, ready)[:6]
    ]
    if not ranked:
        return None
    best, ready = max(ranked, key=lambda pair: pair[0].score)
    passage = best.entry.passage
    others = [s.score for s, _ in ranked if _of_another(s.entry.passage, passage)]
    lead = best.score - max(others, default=0.0)
    if passage.kind is not PassageKind.GOAL:
        return None
    explained = held(question, best.entry)
    said = question.weight(explained) / question.total if question.total else 0.0
    if best.score < _DESCRIBED or lead < _DESCRIBED_LEAD or said < _MOST_SAID:
        return None
    title = best.entry.title
    broken = question.broken(explained)
    if lead < _FOREIGN_LEAD and question.foreign(explained, ready.lexicon.spoken):
        return None  # a word that the document does not know may tell another one
    told_plainly = best.score >= _PLAINLY and lead >= _PLAIN_LEAD
    if broken == 1 and told_plainly and not (title and question.share_said(title) >= _NAMED):
        broken = 0
    left = question.terms_outside(explained) or broken
    left = left or question.told_otherwise(explained)
    left = left or question.unread(explained, ready.lexicon.column_pairs)
    if title is not None and title.text in question.text:  # what is said beside it qualifies it
        left = left or question.foreign(explained, ready.lexicon.spoken)
    return None if left else evidence(best, ready)


def _of_another(one: Passage, other: Passage) -> bool:
    """Whether two goals are of different projects; one project may stand in two tables."""
    same = one.title == other.title and one.table_id != other.table_id
    return one.row_id != other.row_id and not same


def goals_of(plan: QueryPlan, library: Library) -> tuple[PassageEvidence, ...]:
    """The goals of the rows whose amounts the plan means, and the paragraphs of its facts."""
    found: list[PassageEvidence] = []
    for fact in plan.facts:
        ready = library.ready(fact.document_id)
        passages = {e.fact.id: e.fact.passage_id for e in ready.lexicon.facts}
        entry = ready.passages.by_id.get(passages[fact.fact_id])
        found += [evidence(one, ready) for one in of_section([entry] if entry else [])]
    for target in plan.cells:
        ready = library.ready(target.document_id)
        goals = [
            entry
            for entry in ready.passages.entries
            if entry.passage.row_id == target.row_id and entry.passage.kind is PassageKind.GOAL
        ]
        found += [evidence(one, ready) for one in of_section(goals)]
    return tuple(found)


def each_described(plan: QueryPlan, question: Weighed, library: Library) -> Evidence | None:
    """The goals of the projects that the question lists or counts, where it asks for each one's.

    None where it does not, where they are too many to be told, or where one has no goal.
    """
    if plan.operation not in (Operation.LIST, Operation.COUNT) or len(plan.selections) != 1:
        return None
    if not _EACH_TOLD.search(question.spoken):
        return None
    (selection,) = plan.selections
    rows = [row.id for row in selected_rows(selection, library)]
    ready = library.ready(selection.document_id)
    goals = {
        e.passage.row_id: e
        for e in ready.passages.entries
        if e.passage.kind is PassageKind.GOAL and e.passage.table_id == selection.table_id
    }
    if not 1 < len(rows) <= _MOST_TOLD or any(row_id not in goals for row_id in rows):
        return None
    told = tuple(evidence(one, ready) for one in of_section([goals[i] for i in rows]))
    return Evidence(passages=told, tally=Tally(len(told), "个", "项目", complete=True))


def ranked_goals(
    plan: QueryPlan, asked: str, rows: Sequence[str], library: Library
) -> Evidence | None:
    """The goals of the rows that were ranked, where the question asks what they are for.

    None where it does not, or where one of them has none.
    """
    purpose = PassageKind.GOAL in plan.passage_kinds or _FOR_WHAT.search(asked)
    if plan.operation is not Operation.RANK or not purpose or not 0 < len(rows) <= _MOST_RANKED:
        return None
    told: list[PassageEvidence] = []
    for document_id in plan.scope.document_ids:
        ready = library.ready(document_id)
        goals = {
            e.passage.row_id: e
            for e in ready.passages.entries
            if e.passage.kind is PassageKind.GOAL
        }
        told += [evidence(one, ready) for one in of_section([goals[r] for r in rows if r in goals])]
    return Evidence(passages=tuple(told)) if len(told) == len(rows) else None


def described_project(
    library: Library, vocabulary: Vocabulary, document_id: str, text: str
) -> CellTarget | None:
    """The amount of the one project of the document that the text describes, or None."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, library.lexicon(document_id), vocabulary)
    plan = QueryPlan(Operation.LOOKUP, Scope((document_id,), None, assumed=True), numeric=1.0)
    goal = described(plan, weighed, library)
    return None if goal is None else _amount_of(goal, library)


def amount_of(row_id: str | None, document_id: str, library: Library) -> CellTarget | None:
    """The whole amount of a project's row; None for no row, or a table that prints no amounts."""
    if row_id is None:
        return None
    lexicon = library.lexicon(document_id)
    entry = lexicon.rows[row_id]
    column = lexicon.tables[entry.table_id].whole
    if column is None:
        return None
    return CellTarget(entry.row.id, entry.table_id, document_id, column, _SURE)


def _amount_of(goal: PassageEvidence, library: Library) -> CellTarget | None:
    row = goal.citation.row
    document_id = goal.citation.document.id
    cell = amount_of(row.id if row else None, document_id, library)
    return replace(cell, score=goal.score) if cell is not None else None

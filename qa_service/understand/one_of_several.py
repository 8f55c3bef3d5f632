"""Whether one amount is but one of several that a question adds up: 水费和电费一共多少."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import PROJECT_TABLES, RowKind
from index.units import read_numeral
from qa_service.route import is_sure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan, Selection
from qa_service.understand.asked_things import HOW_MANY_PEOPLE
from qa_service.understand.cues import Cues
from qa_service.understand.departments import without_departments
from qa_service.understand.exclusions import of_projects
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operands import ALL_SAID, ProjectOf
from qa_service.understand.parts import ADDED_TO, listed
from qa_service.understand.selections import select
from qa_service.understand.single_amounts import named_amount
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import GENERIC, Weighed

_MANY = re.compile(
    "[这那]些|(?<![好十第])几(?:个|项|笔)(?!月|字)|(?:所有|全部)的?(?!预算|支出|收入|经费|钱|资金|款)|各(?:个|项|笔)"
)
"""Several projects are meant, however many there are: 这些外包项目一共多少."""
_SOME = re.compile("[这那]些|(?<![好十第])几(?:个|项|笔)(?!月|字)")
"""There are more than one of them."""
_PROJECTS_ADDED = re.compile(
    "(?<![个些类])项目(?!支出|库|化)的?(?:预算|经费|资金|钱)?[,，]?(?:一共|总共|合计|共计?|加起来|合起来|总计|相加)"
)
"""Projects of one thing are added up, however they are called."""
_COMMON = 2
"""A common word of so many characters tells no project from another."""
_SO_MANY_PROJECTS = re.compile(
    "(?P<number>[两二三四五六七八九]|\\d{1,2})个[^,，。的]{0,8}?项目(?!支出)"
)

_SO_MANY_CALLED = re.compile(
    "(?<![第好几十百])(?P<number>[两二三四五六七八九]|\\d{1,2})个(?P<name>[\u4e00-\u9fff]{2,12}?)"
    "(?=[,，]|一共|总共|合计|总计|合起来|加起来|加一|相加|共)"
)
"""Projects that are counted off by a part of their names: 两个示范街道，加起来多少."""


def so_many_projects(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with projects called so that are counted off by a part of their names.

    As many projects must be called so as the question says.
    """
    found = _SO_MANY_CALLED.search(question.text)
    if found is None or lexicon.by_label.get(plain(found["name"])):
        return question
    name, number = plain(found["name"]), read_numeral(found["number"])
    called = {
        label
        for label, rows in lexicon.by_label.items()
        if name in label
        and any(
            lexicon.tables[lexicon.rows[row_id].table_id].table.kind in PROJECT_TABLES
            for row_id in rows
        )
    }
    if len(called) != number:
        return question
    text = f"{question.text[: found.end()]}项目{question.text[found.end() :]}"
    return replace(question, text=text, plain=plain(text))


def means_many(plan: QueryPlan, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether several projects are added up, of which the plan's one is no sum."""
    if not of_projects(plan, lexicon):
        return False
    return _MANY.search(weighed.own) is not None or _is_called_alike(plan, weighed, lexicon)


def _is_called_alike(plan: QueryPlan, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether projects of one thing are added up, of which the plan's is but one.

    What is said of its name is said of another project's as well, common words aside.
    """
    if plan.fit.asked >= ALL_SAID or not _PROJECTS_ADDED.search(weighed.spoken):
        return False
    for target in plan.cells:
        own = lexicon.rows[target.row_id].label
        mask = weighed.mask(own)
        for other in lexicon.rows.values():
            if other.table_id != target.table_id or other.row.kind is not RowKind.LEAF:
                continue
            if other.label.text == own.text:
                continue
            if weighed.weight(mask & ~weighed.mask(other.label)) <= _COMMON * GENERIC:
                return True
    return False


def leaves_one_out(plan: QueryPlan, question: NormalisedQuestion, weighed: Weighed) -> bool:
    """Whether one of several things that are added up is none of what the plan tells."""
    pieces = [plain(first) for first, *_ in listed(question.text, weighed.exact)]
    return any(left and left in piece for left in plan.fit.unexplained for piece in pieces)


def names_another(
    plan: QueryPlan, question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary
) -> bool:
    """Whether one of several things that are added up names another row than the plan's."""
    bare = without_departments(question, (lexicon.document,)).text
    pieces = [piece for piece in ADDED_TO.split(bare) if len(plain(piece)) > 1]
    if len(pieces) == 1 or not is_sure(plan):
        return False
    rows = {target.row_id for target in plan.cells}
    named = [named_amount(piece, plan.scope, lexicon, vocabulary) for piece in pieces]
    return any(one and not rows.issuperset(t.row_id for t in one.cells) for one in named)


def means_several(question: NormalisedQuestion, project_of: ProjectOf) -> bool:
    """Whether what is added up describes projects of which each is another."""
    pieces = [piece for piece in ADDED_TO.split(question.text) if len(plain(piece)) > 1]
    meant = (project_of(piece) for piece in pieces)
    return len({target.row_id for target in meant if target is not None}) > 1


def selected(
    weighed: Weighed, cues: Cues, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[Selection, ...]:
    """The selections that the question may mean; what is added up, as many as it says."""
    found = select(weighed, cues, lexicon, vocabulary)
    people = cues.counted.startswith("人") or HOW_MANY_PEOPLE.search(weighed.own)
    if cues.operation is Operation.COUNT and people:
        return ()  # persons are no rows
    found = tuple(_of_a_sort(one, weighed, lexicon) for one in found)
    if cues.operation not in (Operation.SUM, Operation.AVERAGE):
        return found
    return tuple(one for one in found if _is_of_so_many(one, weighed, lexicon))


def _of_a_sort(selection: Selection, weighed: Weighed, lexicon: Lexicon) -> Selection:
    """The rows of a sort by all words for it that names print: 运维类 is 运行维护 as well."""
    terms = [
        term
        for word in selection.contains
        if f"{word}类" in weighed.text
        for meaning in weighed.meanings
        if word in meaning.terms
        for term in meaning.terms
    ]
    rows = [e.label.text for e in lexicon.rows.values() if e.table_id == selection.table_id]
    printed = [t for t in dict.fromkeys(terms) if any(t in label for label in rows)]
    contains = tuple(dict.fromkeys((*selection.contains, *printed)))
    return selection if contains == selection.contains else replace(selection, contains=contains)


def _is_of_so_many(selection: Selection, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether rows that are told by their names are as many as the question says, or several."""
    told, some = _SO_MANY_PROJECTS.search(weighed.spoken), _SOME.search(weighed.own)
    if not (told or some) or not selection.contains:
        return True
    rows = (
        e
        for e in lexicon.rows.values()
        if e.table_id == selection.table_id and e.row.kind is RowKind.LEAF
    )
    held = (e for e in rows if any(name in e.label.text for name in selection.contains))
    number = sum(1 for _ in held)
    return number == read_numeral(told["number"]) if told else number > 1

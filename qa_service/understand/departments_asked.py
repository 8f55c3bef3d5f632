"""What is asked of several departments that is no amount: 各局的下属单位, 哪几个局设了信访科."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import BudgetDocument
from qa_service.types import NormalisedQuestion
from qa_service.understand.all_departments import SO_MANY, SORT, all_said
from qa_service.understand.departments import named_departments, without_departments

_WHICH_FEW = re.compile(rf"(?:有)?哪(?:几|些)(?:个|家)?{SORT}(?:是|都|也)?")
_FEW_OF_THEM = re.compile(
    "^(?:有)?(?:哪(?:几|些)?(?:个|家)|谁|哪些)(?:是|都|也)?(?=[设有管负承牵没未是编列安成])"
)
"""The same, where all have been spoken of: 三个局里，哪几个设了信访科."""
_HELD_AGAINST = re.compile(
    "谁|哪(?:一)?(?:个|家|边|头|方)|[更最]|比|差(?!旅)|一共|合计|总共|加起来|相加|多少|大小|高低|先后|排"
)
"""What no two descriptions settle."""
_SET_UP = re.compile("^(?:设立|设置|成立|设|配|有)(?:有|了|立了)?(?:个|一个)?")
_JOINED = re.compile(
    "^[、,，和与跟同及以]*(?:(?:这|那)?[两二三四五六](?:个|家)(?:局|部门|单位)?)?(?:各自)?的?"
)
"""What is left of a list of names without the names."""
_EACH = re.compile("各家的?|各自的?|各个?局的?|各个?部门的?|分别|各(?=[是有给讲说])|都(?!市|会)")
_ALIKE = re.compile("(?:是不是|是否)?(?:都)?(?:一样|相同|一致|一回事)的?(?:吗|么|不|嘛)?[?？]*$")
"""Whether all say the same is told by what each of them says."""
_TWO, _MOST = 2, 6


@dataclass(frozen=True, slots=True)
class DepartmentsAsked:
    """The departments' documents, and what is asked of each of them."""

    documents: tuple[BudgetDocument, ...]
    question: NormalisedQuestion
    which: bool = False
    """Whether it is asked of which of them something is so."""


def departments_asked(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> DepartmentsAsked | None:
    """What is asked of each of several departments; None where one or none is meant."""
    departments = {document.department for document in documents}
    if not _TWO <= len(departments) == len(documents):
        return None
    named = named_departments(question.plain, documents)
    if len(named) > 1:
        meant = tuple(d for d in documents if d.department in named)
        bare = _JOINED.sub("", without_departments(question, documents).text)
        return _of_each(bare, meant, question)
    said = all_said(question.text, len(documents))
    if named or (said is None and SO_MANY.search(question.text)):
        return None
    rest = question.text if said is None else question.text.replace(said.group(0), "", 1)
    which = _WHICH_FEW.search(rest) or (said and _FEW_OF_THEM.match(rest))
    if not which:
        return None if said is None else _of_each(rest, tuple(documents), question)
    if _HELD_AGAINST.search(rest[which.end() :]):
        return None
    asked = _SET_UP.sub("有没有", rest[which.end() :].rstrip("?？。呢啊"))
    asked = f"{rest[: which.start()]}{asked}{'' if '有没有' in asked else '吗'}"
    return DepartmentsAsked(tuple(documents), _read(asked, question), which=True)


def _of_each(
    text: str, documents: tuple[BudgetDocument, ...], question: NormalisedQuestion
) -> DepartmentsAsked | None:
    """The question of one of them, in the words of that of all."""
    if len(documents) > _MOST or _HELD_AGAINST.search(text):
        return None
    asked = _ALIKE.sub("是什么", _EACH.sub("", text))
    return DepartmentsAsked(documents, _read(asked, question))


def _read(text: str, question: NormalisedQuestion) -> NormalisedQuestion:
    return replace(question, text=text, plain=plain(text))

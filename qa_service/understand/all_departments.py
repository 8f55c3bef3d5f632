"""All departments that are indexed, spoken of together: 三个部门的总支出谁最多, 各局的三公经费.

Their names are put in place of what means all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.labels import plain
from index.records import BudgetDocument
from index.units import read_numeral
from qa_service.types import NormalisedQuestion
from qa_service.understand.departments import named_departments
from qa_service.understand.turn import Turn

SORT = "(?:部门|局|委办局|政府部门)"
_AMONG = "(?:之间|里头?|里面|当中|中)?(?:各自|全?都)?的?[,，]?"
SO_MANY = re.compile(
    rf"(?:这|那|所有|全部)?(?P<number>[两二三四五六七八九]|\d)(?:(?:个|家)(?:{SORT}|单位)|家(?=的|里|之间|当中)){_AMONG}"
)
_ALL = re.compile(rf"(?:各个?|每一?个|所有的?|全部的?){SORT}{_AMONG}")
_WHICH = re.compile(rf"(?:哪(?:一)?(?:个|家){SORT}|哪家单位)的?(?=[^,，?？]*(?:最|更))")
_MOST_OF_IT = re.compile(
    rf"(?<=最[多大高少小低厚])的?(?:{SORT}(?:是|属于?|在)?(?:哪(?:一)?[个家]|谁)|(?:是|属于?|在)?(?:哪(?:一)?[个家](?:{SORT})|哪家(?:单位)?|谁家?))"
    "(?:和|,|，|、)?(?=[^,，?？]{0,2}最|[呢啊呀]?[?？。]*$)"
)
"""Which department has most of what was named before: 三公经费最多的是哪个局."""
_SAID = re.compile(rf"[个家各有部]的?{SORT}")
"""Departments themselves are spoken of, and no units that one may have."""
_HELD_TOGETHER = re.compile(
    "最[多大高少小低]|更[多大高少小低]|[从由打].到.|排|依次|分别|各自?(?:是|有|花|安排|列|要|多少)|一共|合计|总共|加起来|相加|相差|差多少|平均"
)
"""What is asked of several amounts."""
_IN_ORDER = re.compile(
    "[,，]?(?:谁|哪个)最[多大高](?:、|,|，|和)?(?:谁|哪个)最[少小低][,，]?(?=.*(?:从|排))"
)
"""The ends of an order go without saying where the order is asked for."""
_AMOUNT = re.compile("钱|预算|经费|支出|收入|费|资金|拨款|采购|车|资产|元|金额|盘子")
_TWO, _MOST = 2, 8


def of_all_departments(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument], last: Turn | None = None
) -> NormalisedQuestion:
    """The question with the departments' names in place of what means all of them.

    As it was where it names one, where it asks for no amounts together, or where as many are
    not indexed. 三家单位, said after the `last` turn about one department, are its own.
    """
    names = list(dict.fromkeys(document.department for document in documents))
    if not _TWO <= len(names) <= _MOST or not _AMOUNT.search(question.text):
        return question
    if not _HELD_TOGETHER.search(question.text) or named_departments(question.plain, documents):
        return question
    of_one = last is not None and len(last.document_ids) == 1
    if of_one and not _SAID.search(question.text):
        return question
    text = _IN_ORDER.sub(",", question.text)
    most = _MOST_OF_IT.sub("", text)
    if most != text and not SO_MANY.search(text):
        text = f"{'、'.join(names)}的{_to_the_end(most)}"
        return replace(question, text=text, plain=plain(text))
    which = _WHICH.search(text)
    if which is not None:
        rest = text[which.end() :]
        text = f"{text[: which.start()]}{'、'.join(names)}的{_to_the_end(rest)}"
        return replace(question, text=text, plain=plain(text))
    said = all_said(text, len(names))
    if said is None:
        return question
    text = f"{text[: said.start()]}{'、'.join(names)}的{text[said.end() :].lstrip('，,的')}"
    return replace(question, text=text, plain=plain(text))


def all_said(text: str, count: int) -> re.Match[str] | None:
    """What means all of so many departments; None where nothing does, or another number is said."""
    said = SO_MANY.search(text)
    if said is not None:
        return said if read_numeral(said["number"]) == count else None
    return _ALL.search(text)


def _to_the_end(asked: str) -> str:
    """总支出最多 as 总支出谁最多."""
    return re.sub("(?=[最更])", "谁", asked, count=1)

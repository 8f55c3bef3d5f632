"""The one key project of a budget, spoken of as such: 列为重点的那个项目, 唯一的重点项目."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import RowKind, TableKind
from qa_service.types import NormalisedQuestion
from qa_service.understand.lexicon import Lexicon

_SET_APART = (
    "(?:被)?(?:单独|单|专门|另外|特地|特别)?(?:列|拎|挑|拿|选|定|当|算|摆|做|作)(?:出来?|了)?(?:来)?"
    "(?:做|作为|当作|当|为|成|搞|的)?(?:了)?"
)
_KEY = (
    "重点(?:项目)?(?:的)?(?:绩效)?(?:目标)?(?:考核|评价|管理|监控|关注)?(?:表)?"
    "(?:里面|里头|里|中|上)?"
)
_THE_ONE = "(?:的)?(?:唯一(?:的)?|[那这](?:唯一的?)?)(?:一)?(?:个|项|笔)?(?:重点)?(?:项目)?"
_AMOUNT = "的?(?:预算|金额|经费)?(?:今年)?(?:是|有|要|花|安排|列|给)?(?:了)?(?:花|用)?多少"
_AMOUNT_ALONE = re.compile(f"[,，]?{_AMOUNT}(?:钱|万元|万|元)?[呢啊呀]?[?？。]*")
_TOGETHER = re.compile(
    "(?:所有|全部)?(?:各个?)?重点项目的?(?:预算|金额|经费)?(?:一共|总共|合计|共计|总计|总额)"
    "(?:是|有|要|花|安排|列)?了?(?:多少|几)(?:钱|万元|万|元)?(?=[呢啊呀]?[?？。]*$)"
)
"""The amounts of all of them added up."""
_KEY_PROJECT = re.compile(
    f"(?:{_SET_APART})?{_KEY}{_THE_ONE}|[那这](?:一)?(?:个|项)重点项目|唯一的?(?:一)?(?:个|项)?重点项目|"
    f"(?:^|(?<=[,，的里中上年局委]))重点项目(?={_AMOUNT})"
)


def key_project_named(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with the name of the key project in place of what means the only one.

    The amount of one of several is that of no one: all of them are asked for. As it was where a
    budget has none.
    """
    together = _TOGETHER.search(question.text)
    if together is not None:
        return _read(f"{question.text[: together.start()]}重点项目加起来多少钱", question)
    found = _KEY_PROJECT.search(question.text) if "重点" in question.text else None
    names = {
        entry.row.label
        for entry in (lexicon.rows.values() if found else ())
        if lexicon.tables[entry.table_id].table.kind is TableKind.KEY_GOALS
        and entry.row.kind is RowKind.LEAF
    }
    if found is None or not names:
        return question
    head, rest = question.text[: found.start()], question.text[found.end() :]
    if len(names) > 1 and not _AMOUNT_ALONE.fullmatch(rest):
        return question
    text = f"{head}“{names.pop()}”{rest}" if len(names) == 1 else f"{head}重点项目有哪些？"
    return _read(text, question)


def _read(text: str, question: NormalisedQuestion) -> NormalisedQuestion:
    return replace(question, text=text, plain=plain(text))

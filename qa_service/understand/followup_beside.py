"""What stands beside what was told last: 下一条呢 after a term, 它前面那条经营收入呢."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion, Operation, QueryPlan, Route, Scope
from qa_service.understand.followup_lists import next_item, says_number
from qa_service.understand.turn import Turn

_OF_TEXT = re.compile("[条款点](?:名词|术语|词条|条目|解释|职责)?")
_ASKS_IT = re.compile(
    "(?:的)?(?:名词|术语|词条|词|条目|解释|职责|项目)?(?:又|都|具体)?(?:是|叫|有|讲|说|写|规定|解释|管|做|干)?(?:的)?(?:又)?(?:是)?"
    "(?:什么|啥|怎么说|怎么写|怎么解释|内容)?(?:内容)?[呢啊呀吧]?[?？。.!！]*"
)
"""All that a text may say behind the place for nothing but the place to be asked for."""
_PERIOD = re.compile("(?:季|月|年|星期|周|阶段|财|学|工作日|小时)")


def without_place(question: NormalisedQuestion, last: Turn) -> NormalisedQuestion:
    """The question without a place beside what was told, where it names what stands there."""
    found = next_item(question.text) if last.route is Route.NARRATIVE else None
    if found is None or says_number(last.question) or _ASKS_IT.fullmatch(found[1]):
        return question
    named = found[1].lstrip("的，,")
    if _PERIOD.match(named):
        return question
    return replace(question, text=named, plain=plain(named))


def beside_told(question: NormalisedQuestion, last: Turn, document_id: str) -> QueryPlan | None:
    """The plan of what stands beside the one passage that was told last; None for another question.

    上一个项目呢 may go back to what was spoken of before, where there was something. What stands
    beside one amount is not told: the plan means no passage.
    """
    found = next_item(question.text)
    if found is None or not _ASKS_IT.fullmatch(found[1]) or says_number(last.question):
        return None
    one = last.route is Route.NARRATIVE and last.told == 1 and bool(last.passages)
    if last.listed or not (one or last.route is Route.NUMERIC):
        return None
    step, rest = found
    pointed = question.text[: len(question.text) - len(rest)]
    if step < 0 and last.before and not (_OF_TEXT.search(pointed) or "它" in pointed):
        return None
    return QueryPlan(
        Operation.LOOKUP,
        Scope((document_id,), None, assumed=True),
        descriptive=1.0,
        focus=last.passages[:1] if one else (),
        beside=step,
        read_as=question.text,
    )

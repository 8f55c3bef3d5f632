"""A question that leans on the one before it, completed from it.

我问的是项目支出里的那个 narrows the last question, 它的绩效目标 speaks of what
was answered last, 那电费呢 asks the last question about something else, and
比上年增加了多少 says nothing of what it is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.labels import plain
from qa_service.types import NormalisedQuestion, Route

_CORRECTION = re.compile(r"(?:我问的是|我说的是|我要的是|我指的是|我是问|我想问的是)")
_DENIED = re.compile(r"^不是[^,。;]*[,。;]\s*")
_THAT_ONE = re.compile(r"(?:的)?(?:那个|这个|那项|这项|那笔|这笔)?[。.!?]*$")
_PRONOUN = re.compile(
    r"它|(?:这|那|该)(?:个|一)?(?:项目|笔钱|笔款|项支出|项经费|笔经费|科目|一项)|其(?=绩效|预算|目标|中)"
)
_THAT_COLUMN = re.compile(
    r"(?:的|里的|里面的)?(?:那个|那列|那栏|那一列|那一栏|这一列|那一项|那项|那部分)[?。!]*$"
)
_AND = re.compile(
    r"^(?:那么|那|还有|然后|另外|再问一下|换成)?[,，]?(?P<about>.+?)(?:呢|如何|怎么样)[?。!]*$"
)
_LEAD = re.compile(r"^(?:那么|那)[,，]?")
_LEAST_OWN = 2
"""A question with fewer characters of its own is about what was asked last."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is kept of a question and its answer for the next question of a conversation."""

    question: str
    """The question as it was read, completed."""
    subject: str | None
    """What the answer was about: the row, the fact's subject, the passage's title or section."""
    section: str | None
    route: Route


def complete(question: NormalisedQuestion, last: Turn | None, own: float) -> NormalisedQuestion:
    """The question with what it leaves out, from the last turn of its conversation.

    `own` is what the question weighs beside the words that only say what is asked.
    """
    text = None if last is None else _completed(question.text, last, own)
    if text is None:
        return question
    return replace(question, text=text, plain=plain(text))


def _completed(text: str, last: Turn, own: float) -> str | None:
    bare = _DENIED.sub("", text)
    if _CORRECTION.search(bare):
        narrower = _THAT_ONE.sub("", _CORRECTION.sub("", bare))
        return f"{narrower}的{last.question}" if narrower else None
    that = _THAT_COLUMN.search(text)
    if that and that.start() > 1:
        return f"{text[: that.start()]}的{last.question}"
    if last.subject and _PRONOUN.search(text):
        return _PRONOUN.sub(last.subject, text, count=1)
    about = _AND.match(text)
    if about and own > 0:
        return _asked_alike(about["about"], last)
    if last.subject and own < _LEAST_OWN:
        return f"{last.subject}{_LEAD.sub('', text)}"
    return None


def _asked_alike(about: str, last: Turn) -> str:
    """The last question, asked about something else."""
    if last.section and re.match(r"第.{1,3}[条项款点]", about):
        return f"{last.section}{about}"
    tail = "是做什么的" if last.route is Route.NARRATIVE else "是多少"
    return f"{about}{tail}"

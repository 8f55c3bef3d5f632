"""What answers each of several things that are asked about at once, told one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from index.labels import plain
from index.records import BudgetDocument
from qa_service.replies import say
from qa_service.several import joined_up
from qa_service.types import (
    AnswerStatus,
    Citation,
    Language,
    NormalisedQuestion,
    QueryPlan,
    Route,
    Verdict,
)
from qa_service.understand.departments_asked import departments_asked
from qa_service.understand.each_thing import each_thing
from qa_service.wording import Reply, decline

_YES = (Verdict.YES, Verdict.HAS)


def told_of_each(
    reply: Reply,
    plan: QueryPlan,
    read: NormalisedQuestion,
    reply_to: Callable[[NormalisedQuestion], Reply],
) -> Reply:
    """The reply, or one that tells of each thing, where it leaves one of them out.

    Each must be answered by itself.
    """
    if plan.amount_asked or plan.missing or reply.route in (Route.NUMERIC, Route.BOTH):
        return reply
    cited = _answer_alone(reply).citations
    told = {citation.url for citation in cited}
    ways = each_thing(read)
    for way in ways:
        each = [reply_to(question) for question in way.questions]
        if all(map(_is_told, each)):
            if reply.status is AnswerStatus.ANSWERED and {e.citations[0].url for e in each} <= told:
                return reply
            told_alone = map(_answer_alone, each)
            return _named(dict(zip(way.things, told_alone, strict=True)), read.language)
    left_out = ways and not all(_is_spoken_of(thing, cited) for thing in ways[0].things)
    if reply.status is AnswerStatus.ANSWERED and left_out:
        return decline(read.language, AnswerStatus.NOT_FOUND, "one_at_a_time")
    return reply


def _is_spoken_of(thing: str, cited: Sequence[Citation]) -> bool:
    """Whether what is cited holds two characters of the thing that stand together in it."""
    told = plain("".join(f"{c.row.label if c.row else ''}{c.section}{c.quote}" for c in cited))
    said = plain(thing)
    return any(said[i : i + 2] in told for i in range(len(said) - 1))


def told_of_departments(
    reply: Reply,
    read: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    reply_of: Callable[[NormalisedQuestion, BudgetDocument], Reply],
) -> Reply:
    """The reply, or what each of several departments says, where it does not answer.

    Of which of them something is so is told by those that surely say so.
    """
    asked = None
    if reply.status in (AnswerStatus.CLARIFY, AnswerStatus.NOT_FOUND):
        asked = departments_asked(read, documents)
    if asked is None:
        return reply
    each = {d.department: reply_of(asked.question, d) for d in asked.documents}
    if asked.which:
        each = {d: one for d, one in each.items() if one.verdict in _YES}
    if not each or not all(map(_is_told, each.values())):
        return reply
    return _named({d: _answer_alone(one) for d, one in each.items()}, read.language)


def _named(each: Mapping[str, Reply], language: Language) -> Reply:
    """The replies one after the other, each with the name of what it is about."""
    return joined_up(
        [
            replace(one, text=say(language, "of_each", thing=thing, text=one.text))
            for thing, one in each.items()
        ]
    )


def _answer_alone(reply: Reply) -> Reply:
    """The reply without what may be related to it."""
    text = reply.unrelated or reply.text
    cited = tuple(c for c in reply.citations if f"[{c.n}]" in text)
    return replace(reply, text=text, citations=cited, unrelated="")


def _is_told(reply: Reply) -> bool:
    """Whether a reply surely answers, by what the document says."""
    answered = reply.status is AnswerStatus.ANSWERED and reply.route is Route.NARRATIVE
    return answered and not reply.near

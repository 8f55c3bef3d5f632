"""Passages to a reply: what answers, in the document's own words, and what is asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace

from index.records import PassageKind
from qa_service.replies import say
from qa_service.types import (
    AmountEvidence,
    AnswerStatus,
    Citation,
    Clarification,
    Evidence,
    Language,
    Option,
    PassageEvidence,
    QueryPlan,
    Route,
    Tally,
    Value,
)
from qa_service.wording import Reply, marks_of, numbered_evidence, value_of, word_amounts
from qa_service.words import COUNTERS

_COUNT_ASKED = re.compile(rf"(?:几|多少)(?P<counter>[{COUNTERS}])")
_WHO = re.compile("谁|哪(?:一|几|些)?(?:个|家)?(?:部门|单位|机构|局|委)|归哪|由哪|哪(?:儿|里)管")
"""Whose duty it is, which the clause itself seldom says."""
_WHOSE = re.compile(
    "归谁|归哪|谁(?:来)?(?:主?管|负责|承担|牵头)|哪(?:一)?(?:个|家)(?:政府)?(?:部门|局|委办局)"
)
"""Whose work it is, which a goal says as little."""
_FIRST = 30
"""So many characters are the beginning of an answer."""


def word(plan: QueryPlan, route: Route, evidence: Evidence, language: Language) -> Reply:
    """The reply that the evidence gives."""
    if route is Route.NARRATIVE:
        passages = numbered_evidence(replace(evidence, amounts=()))
        return _passages(plan, replace(passages, amounts=evidence.amounts), route, language)
    found = numbered_evidence(evidence)
    reply = word_amounts(plan, route, found, language)
    if route is Route.BOTH and found.passages and len(found.amounts) == 1:
        told = _passages(plan, found, route, language)
        reply = replace(
            reply,
            text=reply.text + told.text,
            citations=tuple(dict.fromkeys((*reply.citations, *told.citations))),
        )
    return reply


def numbered(passages: Sequence[PassageEvidence]) -> tuple[PassageEvidence, ...]:
    """The passages with their citations numbered from 1."""
    return numbered_evidence(Evidence(passages=tuple(passages))).passages


def _passages(plan: QueryPlan, evidence: Evidence, route: Route, language: Language) -> Reply:
    evidence = replace(evidence, passages=_told_apart(evidence.passages))
    goals = [p for p in evidence.passages if p.kind is PassageKind.GOAL]
    names = list(dict.fromkeys(p.title for p in goals if p.title))
    texts = [_passage_text(p, language) for p in evidence.passages]
    citations = tuple(p.citation for p in evidence.passages)
    text = "\n".join(dict.fromkeys(texts))
    if evidence.verdict is not None:
        text = say(language, f"verdict_{evidence.verdict.value}") + text
    listed = _tally(evidence.tally, citations)
    if evidence.tally and listed and not _says_first(text, evidence.tally):
        reply = "tally" if evidence.tally.complete else "tally_found"
        text = say(language, reply, **asdict(evidence.tally)) + text
    if len(names) > 1 and len(goals) == len(evidence.passages) and not plan.several:
        return which_passage(evidence.passages, route, language)
    unrelated = text if evidence.related else ""
    if evidence.related:
        beside = marks_of(p.citation for p in evidence.related)
        text = f"{text}\n{say(language, 'related', marks=beside)}"
        citations = (*citations, *(p.citation for p in evidence.related))
    counted = evidence.amounts if plan.counts and len(evidence.amounts) == 1 else ()
    values = _of_passages(plan, counted, citations)
    if plan.counts and not values and len(evidence.passages) == 1:
        values = _counted_in(evidence.passages[0], plan)
    values = values or listed
    told = Reply(AnswerStatus.ANSWERED, route, text, values, citations)
    return replace(told, verdict=evidence.verdict, unrelated=unrelated)


def _told_apart(passages: Sequence[PassageEvidence]) -> tuple[PassageEvidence, ...]:
    """The passages, each title with its department where they are of several."""
    if len({p.citation.document.id for p in passages}) == 1:
        return tuple(passages)
    return tuple(
        replace(p, title=f"{p.citation.document.department}的{p.title}") if p.title else p
        for p in passages
    )


def _tally(tally: Tally | None, citations: Sequence[Citation]) -> tuple[Value, ...]:
    """The number of what is listed as a value that all that is told proves; empty for none."""
    if tally is None:
        return ()
    cited = tuple(c.n for c in citations)
    return (Value(tally.label, str(tally.number), tally.unit, None, None, cited),)


def _says_first(text: str, tally: Tally) -> bool:
    """Whether the text begins with the number itself: 内设机构有14个."""
    return f"{tally.number}{tally.unit}" in text[:_FIRST]


def which_passage(passages: Sequence[PassageEvidence], route: Route, language: Language) -> Reply:
    """A question back that offers the passages."""
    names = {_name(p, language): p for p in _told_apart(passages)}
    options = tuple(Option(n, _passage_question(n, p, language)) for n, p in names.items())
    question = say(language, "which_passage")
    return Reply(
        AnswerStatus.CLARIFY,
        route,
        question,
        citations=tuple(p.citation for p in passages),
        clarification=Clarification(question, options),
    )


def nearest_told(passages: Sequence[PassageEvidence], language: Language) -> Reply:
    """The passages that come nearest to a question, each quoted, where none is surely the one."""
    texts = (_passage_text(p, language) for p in _told_apart(passages))
    text = "\n".join((say(language, "nearest"), *dict.fromkeys(texts)))
    citations = tuple(p.citation for p in passages)
    return Reply(AnswerStatus.ANSWERED, Route.NARRATIVE, text, (), citations, near=True)


def _name(passage: PassageEvidence, language: Language) -> str:
    """What a passage is called: the project or term that it is about, else where it stands."""
    if passage.title:
        return say(language, "passage_titled", title=passage.title)
    where = (passage.citation.section or "", passage.citation.item or "")
    return say(language, "passage_in", section=where[0], item=where[1])


def _passage_question(name: str, passage: PassageEvidence, language: Language) -> str:
    """The question that asks for the passage alone."""
    if passage.kind is PassageKind.GOAL:
        return say(language, "which_passage_option", title=passage.title)
    if passage.kind is PassageKind.GLOSSARY and passage.title:
        return say(language, "which_term_option", title=passage.title)
    item = passage.citation.item
    if item and item.startswith(("（", "(")):
        number = item.strip("（）()")
        return say(language, "which_item_option", section=passage.citation.section, item=number)
    return say(language, "which_section_option", section=passage.citation.section or name)


def _of_passages(
    plan: QueryPlan, amounts: Sequence[AmountEvidence], passages: Sequence[Citation]
) -> tuple[Value, ...]:
    """The values of the amounts that the passages print, cited as the passages are."""
    told = {citation.url: citation for citation in passages}
    return tuple(
        value_of(plan, replace(a, citations=tuple(dict.fromkeys(told[c.url] for c in a.citations))))
        for a in amounts
        if all(c.url in told for c in a.citations)
    )


def _counted_in(passage: PassageEvidence, plan: QueryPlan) -> tuple[Value, ...]:
    """The one number of the things asked for that the passage prints: 150个点位.

    Where a goal calls them by another name, the one number of what is counted so: 11条.
    """
    counted = plan.counted
    asked = _COUNT_ASKED.search(plan.read_as)
    if not counted or asked is None:
        return ()
    between = "" if len(counted) == 1 else r"[\u4e00-\u9fff]{0,4}?"
    things = rf"(\d[\d,]*)\s*([{COUNTERS}])\s*{between}{re.escape(counted[:2])}"
    found = re.findall(things, passage.text)
    if not found and passage.kind is PassageKind.GOAL:
        found = re.findall(rf"(\d[\d,]*)\s*({asked['counter']})", passage.text)
    if len(set(found)) != 1:
        return ()
    number, unit = found[0]
    return (Value(counted[:2], number, unit, None, None, (passage.citation.n,)),)


def _passage_text(passage: PassageEvidence, language: Language) -> str:
    marks = f"[{passage.citation.n}]"
    if passage.kind is PassageKind.GOAL:
        return say(language, "goal", title=passage.title, text=passage.told, marks=marks)
    return say(language, "passage", text=passage.told, marks=marks)


def with_departments(reply: Reply, asked: str, language: Language) -> Reply:
    """The reply with the department of each duty, and of each goal, that is told to one who asks
    whose it is."""
    if reply.status is not AnswerStatus.ANSWERED or reply.route is not Route.NARRATIVE:
        return reply
    if not _WHO.search(asked):
        return reply
    cited = {f"[{citation.n}]": citation for citation in reply.citations}
    lines = [
        _with_department(line, cited.get(line[line.rfind("[") :]), asked, language)
        for line in reply.text.split("\n")
    ]
    return replace(reply, text="\n".join(lines))


def _with_department(line: str, told: Citation | None, asked: str, language: Language) -> str:
    """A line that tells one passage, with its department; any other line as it is."""
    if told is None:
        return line
    department, section = told.document.department, told.section
    if told.row is not None:
        whose = _WHOSE.search(asked) is not None
        return say(language, "of_each", thing=department, text=line) if whose else line
    if not section or not (told.item or "").startswith(("（", "(")):
        return line  # no clause of a list of duties
    return say(language, "of_department", department=department, section=section, text=line)

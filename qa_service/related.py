"""Projects that have to do with something: 跟刻章有关的项目, 目标里提到“热线”的项目."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.labels import plain
from index.records import FactMeasure, PassageKind
from qa_service.answer_sorts import held
from qa_service.described import amount_of
from qa_service.library import Library, Ready
from qa_service.numbers import look_up
from qa_service.passage_index import PassageEntry
from qa_service.passages import evidence, of_section
from qa_service.types import Evidence, Operation, QueryPlan, Tally
from qa_service.understand.weighed import Span, Weighed, plain_span
from qa_service.words import words

_PROJECTS = (
    "(?:今年|一共|总共|都)?(?:(?:列|安排|设|搞|有)了?(?:哪些|哪几个|几个))?(?:项目|专项)(?!支出)"
)
_RELATED = re.compile(
    "(?P<on>涉及|关于|围绕)?(?:跟|和|与|同)?(?P<topics>[^,，。?？的]{2,24}?)"
    f"(?(on)|(?:有关系|有关|相关|沾边|搭边|挂钩|打交道|这块|这方面|方面))的?[,，]?{_PROJECTS}"
)
"""What projects that are listed have to do with."""
_PIECE = "[^、,，。?？和与及到—:：]{2,14}"
_SERVED = re.compile(
    f"(?P<topics>{_PIECE}(?:[、,，和与及到]{_PIECE}?){{1,5}}?)"
    "(?:(?:[,，]?[这那](?:些|[几两三四五六]|\\d)[样个项种类道][^,，。?？、]{0,8}?)?[,，]?(?:分别|各|都)*"
    "(?:是|对应|由|归|属于|靠|有)了?的?都?是?(?:哪些|哪几个|哪[两三四五六]个|些?什么|些啥)项目|"
    "[,，]?(?:分别|各自?|各)(?:是|由|归|靠)哪(?:一)?个项目(?:在|来)?(?:做|管|负责|干|办)?|"
    "[,，]?(?:分别|各自?|各)(?:都)?(?:是)?(?:怎么|如何|咋|怎样)(?:做|开展|干|搞|弄|进行)的?|"
    "[,，]?[这那](?:些|[几两三四五六]|\\d)[样个项种类道][^,，。?？、]{0,8}?的?项目(?:各自?|都|分别|全)*(?:叫|是)(?:什么|啥|哪些)|"
    "[,，]?[这那](?:些|[几两三四五六]|\\d)[样个项种类道][^,，。?？、]{0,8}?(?:分别|各自?)+(?:是|用来|要)?(?:做|干|管)(?:些)?(?:什么|啥|嘛))"
)
"""Several things, each of which some project does: 监理、评审、测评，对应哪些项目."""
_DOING = re.compile(
    f"(?:哪些|哪几个|几个|多少个)项目(?:都|是|在|用来|专门)*(?P<done>{_PIECE}(?:[、和与及]{_PIECE}){{0,4}}?)的?(?:[,，]|[?？。]*$)|"
    f"(?P<needed>{_PIECE}(?:[、和与及]{_PIECE}){{0,4}})[,，](?:今年|预算|这份|里面|里|中|一共|总共|都)*(?:有|是|靠|由)(?:哪些|哪几个|几个)项目"
    "(?:在|来|负责|管)*(?:保障|支持|支撑|做|管|干|办)[?？。]*$|"
    f"(?P<wanted>{_PIECE}(?:、{_PIECE}){{1,4}})的项目[,，](?:帮忙|帮我|请|麻烦)*(?:都|全)?(?:列|报|数|说)[^,，多几]{{0,4}}$"
)
"""Projects that do one of several things: 租链路、租专线的项目，列齐; 有几个项目是在租线路."""
_OF_PROJECTS = ("项目", "专项", "分别", "各")
"""One stands in each of these ways of asking."""
_LED_BY = re.compile("^(?:[^、,，]{0,6}项目|今年)?(?:从|把|由)")
_IN_GOALS = re.compile(
    "(?:绩效)?目标(?:的)?(?:描述|文字|内容)?(?:里面|里头|里|中|当中|上)?(?:都|有)?(?:提到|提及|写到|说到|讲到|出现|写有|写着|含有?|带有?)(?:过|了)?"
    "[“\"'‘「『](?P<word>[^“”\"'‘’「」『』]{1,12})[”\"'’」』](?:[一二两三四]个?字|字样|一词|这个词)?的?(?:有(?:哪些|哪几个|几个))?(?:项目|专项)"
)
_TOPIC = re.compile("[^、,，和与或及到]{2,}")
_SINGLE, _MOST_TOLD = 1, 8

_Holds = Callable[[PassageEntry], bool]


def related_projects(plan: QueryPlan, question: Weighed, library: Library) -> Evidence | None:
    """All projects that speak of what the question asks about: their goals, or their amounts.

    None where it asks for no such list, or where too few or too many projects speak of it.
    """
    if plan.measure is not FactMeasure.AMOUNT or len(plan.scope.document_ids) != 1:
        return None
    spoken = question.spoken
    if not any(word in spoken for word in _OF_PROJECTS):
        return None
    in_goals, served = _IN_GOALS.search(spoken), _SERVED.search(spoken)
    if plan.limited and not (in_goals or served):
        return None
    ready = library.ready(plan.scope.document_ids[0])
    told = _told(question, ready, in_goals, served)
    doing = _doing(question, ready) if not (told or plan.amount_asked) else []
    if 1 < len(doing) <= _MOST_TOLD:
        goals = tuple(evidence(one, ready) for one in of_section(doing))
        return Evidence(passages=goals, tally=Tally(len(goals), "个", "项目", complete=False))
    if not told or len(told) > _MOST_TOLD:
        return None
    if plan.operation is Operation.LOOKUP and plan.amount_asked:
        return _amounts(plan, told, library)
    listed = plan.operation in (Operation.LIST, Operation.COUNT) or served
    if plan.amount_asked or not listed:
        return None
    goals = tuple(evidence(one, ready) for one in of_section(told))
    return Evidence(passages=goals, tally=Tally(len(goals), "个", "项目", complete=True))


def _told(
    question: Weighed,
    ready: Ready,
    in_goals: re.Match[str] | None,
    served: re.Match[str] | None,
) -> list[PassageEntry]:
    """The goals of the projects that the question lists, each project's once."""
    if in_goals:
        word = plain(in_goals["word"])
        return _of_each(_goals(ready), lambda entry: word in plain(entry.passage.text))
    if served:
        led = _LED_BY.match(served["topics"])
        start = served.start("topics") + (led.end() if led else 0)
        return _each_served(question, _goals(ready), start, served.end("topics"))
    about = _RELATED.search(question.spoken)
    if about is None:
        return []
    goals = _goals(ready)
    found: list[PassageEntry] = []
    for topic in _TOPIC.finditer(question.spoken, *about.span("topics")):
        found += _of_each(goals, _speaks_of(question, topic))
    told = _of_each(found, _any)
    return told if len(told) > _SINGLE else []


def _doing(question: Weighed, ready: Ready) -> list[PassageEntry]:
    """The projects whose names say that they do one of the things that are listed."""
    about = _DOING.search(question.spoken)
    if about is None:
        return []
    found: list[PassageEntry] = []
    for topic in _TOPIC.finditer(question.spoken, *about.span(about.lastgroup or 0)):
        found += _named_best(question, plain_span(question.spoken, topic), _goals(ready))
    return _of_each(found, _any)


def _named_best(question: Weighed, topic: Span, goals: list[PassageEntry]) -> list[PassageEntry]:
    """The projects whose names say most of a topic, all of its longer words among it.

    Of 租线路, 租 tells which lines are meant, though no name holds it as a word.
    """
    said = words(question.text[topic.start : topic.end])
    at = topic.start
    long, short = 0, ""
    for word in said:
        long |= Span(at, at + len(word)).mask if len(word) > 1 else 0
        short += word if len(word) == 1 else ""
        at += len(word)
    named = [e for e in goals if long and not long & ~_title(question, e)]
    told = {e.passage.id: question.weight(_title(question, e) & topic.mask) for e in named}
    most = max(told.values(), default=0.0)
    named = [e for e in named if told[e.passage.id] == most]
    if most < question.weight(topic.mask):
        named = [e for e in named if e.title and any(c in e.title.text for c in short)] or named
    return named


def _goals(ready: Ready) -> list[PassageEntry]:
    """The goals of the document that have a title."""
    return [e for e in ready.passages.entries if e.passage.kind is PassageKind.GOAL and e.title]


def _any(_entry: PassageEntry) -> bool:
    return True


def _each_served(
    question: Weighed, goals: list[PassageEntry], start: int, end: int
) -> list[PassageEntry]:
    """The projects that do each of several things; empty where one of these is done by none."""
    found: list[PassageEntry] = []
    for topic in _TOPIC.finditer(question.spoken, start, end):
        mask = plain_span(question.spoken, topic).mask
        named = _of_each([e for e in goals if not mask & ~_title(question, e)], _any)
        if not named:
            return []
        found += named
    told = _of_each(found, _any)
    return told if len(told) > _SINGLE else []


def _speaks_of(question: Weighed, topic: re.Match[str]) -> _Holds:
    """Whether a goal speaks of a topic: in its title, as it is said, or by its one word."""
    said = plain(topic.group(0))
    mask = plain_span(question.spoken, topic).mask
    one_word = len(words(said)) == _SINGLE

    def holds(entry: PassageEntry) -> bool:
        if said in entry.text.text or not mask & ~_title(question, entry):
            return True
        return one_word and not mask & ~held(question, entry)

    return holds


def _title(question: Weighed, entry: PassageEntry) -> int:
    """The characters of the question that a goal's title explains, as bits."""
    return question.mask(entry.title) if entry.title else 0


def _of_each(goals: list[PassageEntry], holds: _Holds) -> list[PassageEntry]:
    """The goals that hold, one of each name."""
    found: dict[str, PassageEntry] = {}
    for entry in goals:
        if holds(entry):
            found.setdefault(entry.title.text if entry.title else "", entry)
    return list(found.values())


def _amounts(plan: QueryPlan, told: list[PassageEntry], library: Library) -> Evidence | None:
    """The amount of each of the projects; None where one has none."""
    cells = [amount_of(entry.passage.row_id, plan.scope.document_ids[0], library) for entry in told]
    known = tuple(cell for cell in cells if cell is not None)
    if len(known) < len(told):
        return None
    found = look_up(replace(plan, cells=known, facts=()), library)
    return found if len(found.amounts) == len(told) else None

"""Whether a passage holds the sort of thing that a question asks for: a date, a count, a duty.

Of passages that are near to a question, one that cannot tell what is asked is none of its answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.clauses import sentences
from index.records import PassageKind
from qa_service.passage_index import PassageEntry
from qa_service.types import QueryPlan
from qa_service.understand.entries import make_form
from qa_service.understand.weighed import Span, Weighed
from qa_service.words import COUNTERS, WordSort, sort_of, words

_OF_NEEDS = 0.5
"""The share of a question for a date that the sentence with the date must say."""
_SECTION_SAID = re.compile("[\u4e00-\u9fff]{2,12}?[科处室](?![研学技普长])")
_LISTS = {PassageKind.ORGANISATION, PassageKind.COMPOSITION}
_DUTIES = re.compile("职责|职能")
_NO_PROJECTS = {
    PassageKind.DUTY,
    PassageKind.GLOSSARY,
    PassageKind.ORGANISATION,
    PassageKind.COMPOSITION,
}
_ONE_ASKED = re.compile("有没有|有无|是否有|有[安列]排?")
_DOES = re.compile("(?:具体|主要|都|平时|到底)*(?:管|负责|承担|干)(?:些|了|着)?(?:哪|什么|啥)")
"""What somebody does: 政策法规科具体管哪些事."""
_PROJECTS_ASKED = re.compile(
    "(?:哪些|哪几个|哪[两三四五]个|几个|多少个)项目|项目(?:都|一共|总共)?(?:有|是)(?:哪|几|多少)|相关的项目"
)
_HAD = ("安排了", "列了", "编了", "编列了", "安排有", "列有")
_MEANS = re.compile("什么意思|啥意思|(?<!为)什么是|什么叫|何谓|指什么|指的是什么|是指|含义|定义")
_PEOPLE = re.compile(
    "[\u4e00-\u9fff]{1,3}员(?!会|工)|人员|职工|员工|干部|公务员|工人|编制|人(?![民大口才])"
)
_PEOPLE_COUNTED = re.compile(r"\d+(?:名|人|个编制|名编制)")
_ONE_OR_OTHER = re.compile(
    "是(?P<one>[\u4e00-\u9fff]{2,6}?)(?:公司|家)?还是(?P<other>[\u4e00-\u9fff]{2,6}?)(?:公司|家|厂|牌子|品牌)的?(?:产品|设备|云|系统)?[吗呢?？]*$"
)
"""Two firms, one of which is asked for."""
_COUNT_ASKED = re.compile(rf"(?:几|多少)(?P<counter>[{COUNTERS}])")
_MOSTLY_NAMED = 0.6
_COUNT = re.compile(r"(?:\d+|[两一二三四五六七八九十]+)[个家项人名辆台条处栋间位类]")
_DONE_OR_NOT = re.compile("(?P<verb>[买花用租建修换添购])不(?P=verb)")
"""Whether something is done at all: 新车买不买."""


def held(question: Weighed, entry: PassageEntry) -> int:
    """The characters of the question that the passage and its title explain, as bits."""
    return question.mask(entry.text) | (question.mask(entry.title) if entry.title else 0)


def _is_either(question: Weighed, entry: PassageEntry) -> bool:
    """Whether the passage prints a word of one of two names that are asked about: 是甲家还是乙家.

    Names of firms that it does not print are told by no passage.
    """
    found = _ONE_OR_OTHER.search(question.spoken)
    return found is None or any(found[name] in entry.passage.text for name in ("one", "other"))


def can_answer(
    plan: QueryPlan,
    question: Weighed,
    entry: PassageEntry,
    runs: frozenset[str],
    sections: frozenset[str],
) -> bool:
    """Whether the passage holds the sort of thing that is asked for.

    A number is told by the project that the question names by a run of its title, if it does.
    """
    if plan.needs and not _holds(plan.needs, question, entry):
        return False
    if not _has_such(plan.which, question, entry) or not _is_either(question, entry):
        return False
    if not _is_project_if_asked(plan, question, entry) or _counts_of_another(plan, entry):
        return False
    if not _is_duty_if_asked(question, entry) or not _explains(question, entry):
        return False
    counted_in = set(plan.passage_kinds) <= {*_LISTS, PassageKind.GOAL}
    if plan.counts and counted_in and not _tells_number(plan, entry, question):
        return False
    duty = PassageKind.DUTY in plan.passage_kinds or _DOES.search(question.own)
    if duty and not _is_of_section(question, entry, sections):
        return False
    if plan.counts and plan.counted.startswith("项目") and entry.passage.kind in _LISTS:
        return False
    if plan.counts and _PEOPLE.match(plan.counted):
        return _PEOPLE_COUNTED.search(entry.passage.text) is not None
    if plan.counts and runs and entry.passage.id not in runs:
        return False
    if entry.passage.kind is PassageKind.GLOSSARY:
        if PassageKind.EXPLANATION in plan.passage_kinds or _asks_for_one(plan, question):
            return False
        return not _is_had(question, entry)
    narrow = plan.counts or _asks_for_one(plan, question)
    return not (narrow and _names_beside(question, entry))


def _counts_of_another(plan: QueryPlan, entry: PassageEntry) -> bool:
    """Whether the passage is the goal of another project than the one whose things are counted."""
    of_goal = entry.passage.kind is PassageKind.GOAL and bool(plan.counted_by)
    return of_goal and entry.passage.row_id not in plan.counted_by


def _asks_for_one(plan: QueryPlan, question: Weighed) -> bool:
    """Whether the question asks if there is something, which no definition tells."""
    open_ = not plan.passage_kinds and plan.descriptive < 1
    if open_ and _DONE_OR_NOT.search(question.own):
        return True
    return open_ and plan.existence and _ONE_ASKED.search(question.own) is not None


def _is_had(question: Weighed, entry: PassageEntry) -> bool:
    """Whether the question says that there is an amount of the term, whose meaning it knows."""
    title = entry.title.text if entry.title else ""
    return bool(title) and any(f"{verb}{title}" in question.text for verb in _HAD)


def _names_beside(question: Weighed, entry: PassageEntry) -> bool:
    """Whether the question names a term of the document that the passage does not speak of."""
    said = held(question, entry) | question.mask(entry.section)
    return any(span.mask & ~said for span in question.exact)


def _is_of_section(question: Weighed, entry: PassageEntry, sections: frozenset[str]) -> bool:
    """Whether a duty may be asked of a passage: of one section, the passage must speak of it."""
    for found in _SECTION_SAID.finditer(question.text):
        said = found.group(0)
        names = (said[i:] for i in range(len(said) - 2))
        named = next((name for name in names if name in sections), None)
        if named is None:
            continue
        longer = (said[i:] for i in range(len(said) - len(named) - 1))
        if any(name in entry.text.text for name in longer):
            continue  # the 办公室 of a 领导小组 is no section
        return entry.passage.kind not in _LISTS and named in entry.text.text
    return True


def _is_duty_if_asked(question: Weighed, entry: PassageEntry) -> bool:
    """Whether the passage is a duty, where the question calls what it asks for by that name."""
    return entry.passage.kind is PassageKind.DUTY or not _DUTIES.search(question.own)


def _is_project_if_asked(plan: QueryPlan, question: Weighed, entry: PassageEntry) -> bool:
    """Whether the passage can tell projects, where they are asked for: 有哪几个项目.

    A duty may tell which projects need a consent.
    """
    if plan.passage_kinds and set(plan.passage_kinds) != {PassageKind.GOAL}:
        return True
    if not _PROJECTS_ASKED.search(question.own):
        return True
    if entry.passage.kind is PassageKind.EXPLANATION:
        return bool(question.exact) and not _names_beside(question, entry)
    return entry.passage.kind not in _NO_PROJECTS


def _explains(question: Weighed, entry: PassageEntry) -> bool:
    """Whether a passage can tell what a term of the document means: it must speak of the term."""
    if not question.exact or not _MEANS.search(question.spoken):
        return True
    if entry.passage.kind is PassageKind.NOTE:
        return False
    if entry.title and entry.title.text in question.text:
        return True
    said = held(question, entry)
    return any(not span.mask & ~said for span in question.exact)


def _holds(needs: Sequence[str], question: Weighed, entry: PassageEntry) -> bool:
    """Whether a sentence that says what is asked about holds a date, a place, a name."""
    title = question.mask(entry.title) if entry.title else 0
    return any(
        question.weight(question.mask(make_form(sentence)) | title) >= _OF_NEEDS * question.total
        for sentence in sentences(entry.passage.text)
        if all(re.search(need, sentence) for need in needs)
    )


def _has_such(which: str, question: Weighed, entry: PassageEntry) -> bool:
    """Whether the passage speaks of the sort of thing of which one is asked for: 哪家律所."""
    at = question.text.find(which) if which else -1
    if at < 0 or question.weights[at] < 1:
        return True
    mask = Span(at, at + len(which)).mask
    return bool((held(question, entry) | question.mask(entry.section)) & mask)


def _tells_number(plan: QueryPlan, entry: PassageEntry, question: Weighed) -> bool:
    """Whether the passage holds a number of the things that are counted."""
    about = _is_about(plan.counted, entry, question, plan.passage_kinds)
    return about and _counts(entry, question)


def _counts(entry: PassageEntry, question: Weighed) -> bool:
    """Whether a passage can tell how many: it holds a number, or lists units."""
    if entry.passage.kind in _LISTS or _COUNT.search(entry.passage.text):
        return True
    asked = _COUNT_ASKED.search(question.spoken)
    return asked is not None and re.search(rf"\d{asked['counter']}", entry.passage.text) is not None


def _is_about(
    counted: str, entry: PassageEntry, question: Weighed, asked: Sequence[PassageKind]
) -> bool:
    """Whether the passage speaks of the things that are counted, by their words or their terms."""
    if not counted:
        return True
    if entry.passage.kind is PassageKind.GOAL:
        thing = counted.partition("的")[0] or counted
        word, *behind = words(thing)
        whole = len(word) > 1 or (behind and sort_of(behind[0]) is WordSort.ACTION)
        things = re.escape(word if whole else thing[:2])
        asked_with = _COUNT_ASKED.search(question.spoken)
        counter = asked_with["counter"] if asked_with else "[个条项家台辆]"
        told = rf"\d+{counter}.{{0,6}}{things}|{things}[^,，。;；]{{0,8}}\d+{counter}"
        return re.search(told, entry.passage.text) is not None or _counts_alike(entry, question)
    asked_with = _COUNT_ASKED.search(question.spoken)
    prose = entry.passage.kind is PassageKind.EXPLANATION
    if prose and asked_with and not re.search(rf"\d{asked_with['counter']}", entry.passage.text):
        return False  # 设备0台 is no number of desks
    if entry.passage.kind in asked:
        pairs = [counted[i : i + 2] for i in range(len(counted) - 1)] or [counted]
        said = any(pair in entry.text.text for pair in pairs)
    else:
        said = words(counted)[0] in entry.text.text
    if said:
        return True
    at = question.text.find(counted)
    return any(
        meaning.mask >> at & 1 and any(term in entry.text.text for term in meaning.terms)
        for meaning in question.meanings
    )


def _counts_alike(entry: PassageEntry, question: Weighed) -> bool:
    """Whether the goal of a project that is named counts one thing, as the question does.

    Of 租多少条线路 the project that rents 11条通讯链路 tells.
    """
    asked = _COUNT_ASKED.search(question.spoken)
    if asked is None or entry.title is None or question.share_said(entry.title) < _MOSTLY_NAMED:
        return False
    return len(re.findall(rf"\d+{asked['counter']}", entry.passage.text)) == 1

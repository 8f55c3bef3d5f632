"""The passages of a document for a question, best first, each with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.clauses import sentences
from index.labels import plain
from index.records import PROJECT_TABLES, PassageKind, RowKind, TableKind
from qa_service.cite import cite_passage
from qa_service.library import Ready
from qa_service.passage_index import PassageEntry
from qa_service.retrievers import scores_of
from qa_service.types import PassageEvidence, QueryPlan, Retrieval
from qa_service.understand.amounts import read_limits
from qa_service.understand.departments import short_names
from qa_service.understand.entries import make_form
from qa_service.understand.operations import KEY_PROJECTS
from qa_service.understand.units import OWN, unit_of
from qa_service.understand.weighed import Span, Weighed
from qa_service.words import COUNTERS, words

_CERTAIN = 4.0
_FOUND = 40
"""So many passages that retrieval finds are weighed."""
_NAMED, _SAID = 0.6, 0.5
"""What a title that is named, and words that are said, count beside retrieval."""
_KIND, _LISTED, _OTHER_KIND = 0.3, 0.6, 0.2
"""What it counts to be of a kind that is asked for, one that lists units, and of another."""
_NUMBER, _KEY, _RUN = 0.35, 0.5, 0.3
_OF_NEEDS = 0.5
"""The share of a question for a date that the sentence with the date must say."""
_SECTION_SAID = re.compile("[\u4e00-\u9fff]{2,12}?[科处室](?![研学技普长])")
_MEMBER = re.compile(
    r"(?<![^、，,。；;：:和及])(?:[^、，,。；;：:和及\s]*(?:分别是|分别为|包括))?"
    r"([^、，,。；;：:和及\s]{2,}?[科处室])(?![^、，,。；;：:和及（(])"
)
"""A section in a list of them."""
_UNIT = 0.4
_UNASKED_LIST = 0.4
"""A list of names is like many questions and answers few of them."""
_FOCUS, _BESIDE_FOCUS = 0.45, 0.2
"""What was told last is meant by a question that names nothing else nearly as well."""
_YEAR = re.compile(r"20\d\d")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COUNT_GIVEN = re.compile(rf"(\d+)(?=[{COUNTERS}])")
"""A number of things, which may be said in words: 十六套系统."""
_OF_MONEY = re.compile("[万亿元块]")
_LISTS = {PassageKind.ORGANISATION, PassageKind.COMPOSITION}
_DUTIES = re.compile("职责|职能")
_NO_PROJECTS = {
    PassageKind.DUTY,
    PassageKind.GLOSSARY,
    PassageKind.ORGANISATION,
    PassageKind.COMPOSITION,
}
_ONE_ASKED = re.compile("有没有|有无|是否有|有[安列]排?")
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


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage, and how it fits the question."""

    entry: PassageEntry
    score: float
    """About 0 to 4; what retrieval found, with the kind of passage and what is named."""
    named: float = 0.0
    """How far the question names what the passage is about, 0 to 1."""
    words: float = 0.0
    """The share of the question's rare characters that the passage holds, 0 to 1."""
    certain: bool = False
    """Whether the question names it by its number or its heading."""
    clause: int = 0
    """The number of its clause that is nearest in meaning, from 1; 0 where none is near."""


def scored(
    plan: QueryPlan, question: Weighed, ready: Ready, asked: str | None = None
) -> list[Scored]:
    """The passages that can answer the plan, best first.

    `asked` is what is looked for, where that is a part of the question alone.
    """
    if plan.item is not None:
        return _by_item(plan.item, question, ready)
    shared = ready.passages.shared(question)
    runs = ready.passages.told_by_a_run(question.text)
    given = (*question.digits, *_COUNT_GIVEN.findall(question.spoken))
    numbers = frozenset(n for n in given if not _YEAR.fullmatch(n) and len(n) > 1)
    units = _units_named(question, ready)
    sections = _sections(ready)
    limits = _limits_set(question)
    found: list[Scored] = []
    looked_for = asked or _without_names(question, units, ready)
    for document in ready.retriever.invoke(looked_for)[:_FOUND]:
        entry = ready.passages.by_id[document.id or ""]
        named = _named(question, entry)
        if limits and not limits <= set(_DIGITS.findall(entry.passage.text.replace(",", ""))):
            continue
        if not _can_answer(plan, question, entry, runs, sections):
            continue
        said = shared.get(entry.passage.id, 0.0)
        scores = scores_of(document)
        score = scores.together + _NAMED * named + _SAID * said
        score += _numbers(numbers, entry) + (_KEY if _is_key(entry, question, ready) else 0.0)
        score += _RUN if entry.passage.id in runs else 0.0
        of_unit = _of_unit(entry, units, ready)
        score += of_unit + _years(question, entry)
        if of_unit >= 0:  # what was told last is no more meant where another unit is named
            score += _spoken_of(plan, entry, ready)
        score = round(score + _of_kind(plan, entry), 4)
        found.append(Scored(entry, score, named, said, clause=scores.number))
    return sorted(found, key=lambda s: (-s.score, s.entry.passage.id))


def ordered(by: Retrieval, plan: QueryPlan, question: Weighed, ready: Ready) -> list[Scored]:
    """The passages as the retrieval orders them, best first; one alone sees no kinds, no names."""
    if by is Retrieval.HYBRID:
        return scored(plan, question, ready)
    found: list[Scored] = []
    for document in ready.retriever.invoke(question.spoken):
        scores = scores_of(document)
        score = scores.meaning if by is Retrieval.ENCODER else scores.wording
        if score > 0:
            found.append(Scored(ready.passages.by_id[document.id or ""], score))
    return sorted(found, key=lambda s: (-s.score, s.entry.passage.id))


def evidence(one: Scored, ready: Ready) -> PassageEvidence:
    """The passage as an answer tells and cites it."""
    passage = one.entry.passage
    table = ready.lexicon.tables[passage.table_id].table if passage.table_id else None
    row = ready.lexicon.rows[passage.row_id].row if passage.row_id else None
    title = passage.title if passage.kind is not PassageKind.NOTE else None
    unit = None
    if table is not None and row is not None and title is not None:
        unit = unit_of(table, row, ready.document.department)
    title = f"{unit}的{title}" if unit else title
    citation = cite_passage(ready.document, passage, table, row)
    return PassageEvidence(passage.kind, title, passage.text, passage.text, citation, one.score)


def held(question: Weighed, entry: PassageEntry) -> int:
    """The characters of the question that the passage and its title explain, as bits."""
    return question.mask(entry.text) | (question.mask(entry.title) if entry.title else 0)


def of_section(entries: Sequence[PassageEntry]) -> list[Scored]:
    """All of the passages, each as certain as can be."""
    return [Scored(entry, _CERTAIN, 1.0, certain=True) for entry in entries]


def _units_named(question: Weighed, ready: Ready) -> frozenset[str]:
    """The rows of the units that the question names, under which their projects stand.

    The department's name, which is its own line's as well, names a unit only with 本级.
    """
    lexicon = ready.lexicon
    named: dict[str, int] = {}
    for row_id in lexicon.children:
        entry = lexicon.rows[row_id]
        kind = lexicon.tables[entry.table_id].table.kind
        if entry.row.kind is RowKind.SUBTOTAL and kind in PROJECT_TABLES:
            own = lexicon.own_lines.get(row_id) == ""
            names = (OWN,) if own else tuple(name.text for name in entry.names)
            named[row_id] = max((len(n) for n in names if n in question.text), default=0)
    longest = max(named.values(), default=0)
    return frozenset(i for i, size in named.items() if size == longest) if longest else frozenset()


def _without_names(question: Weighed, units: frozenset[str], ready: Ready) -> str:
    """The question without the names of the department and of the units, which all texts share."""
    lexicon = ready.lexicon
    names = {form.text for row_id in units for form in lexicon.rows[row_id].names}
    said = question.text
    names |= {said[s.start : s.end] for s in short_names(said, ready.document.department)}
    text = question.spoken
    for name in sorted({*names, *lexicon.names}, key=len, reverse=True):
        text = text.replace(name, "")
    return text if plain(text) else question.spoken


def _of_unit(entry: PassageEntry, units: frozenset[str], ready: Ready) -> float:
    """What it counts to be the goal of a unit that the question names, or of another one."""
    if not units or entry.passage.row_id is None:
        return 0.0
    return _UNIT if ready.lexicon.rows[entry.passage.row_id].row.parent_id in units else -_UNIT


def _spoken_of(plan: QueryPlan, entry: PassageEntry, ready: Ready) -> float:
    """What it counts to have been told last, or to stand beside what was."""
    if entry.passage.id in plan.focus:
        return _FOCUS
    places = ready.passages.places
    near = (places[i] for i in plan.focus if i in places)
    mine = places[entry.passage.id]
    same = [ready.passages.by_id[i].passage.section for i in plan.focus if i in places]
    beside = entry.passage.section in same and any(abs(mine - place) == 1 for place in near)
    return _BESIDE_FOCUS if beside else 0.0


def _years(question: Weighed, entry: PassageEntry) -> float:
    """What it counts to print two years that the question gives: 2025到2028年."""
    years = {n for n in question.digits if _YEAR.fullmatch(n)}
    printed = set(_DIGITS.findall(f"{entry.passage.text}{entry.passage.title or ''}"))
    return _NUMBER if len(years) > 1 and years <= printed else 0.0


def _of_kind(plan: QueryPlan, entry: PassageEntry) -> float:
    listed = entry.passage.kind in _LISTS
    if entry.passage.kind in plan.passage_kinds:
        return _LISTED if listed else _KIND
    if listed and entry.passage.id not in plan.focus:
        return -_UNASKED_LIST
    return -_OTHER_KIND if plan.passage_kinds else 0.0


def _is_key(entry: PassageEntry, question: Weighed, ready: Ready) -> bool:
    """Whether the goal is one of the key projects, which the question speaks of."""
    table_id = entry.passage.table_id
    if table_id is None or KEY_PROJECTS not in question.text:
        return False
    return ready.lexicon.tables[table_id].table.kind is TableKind.KEY_GOALS


def _limits_set(question: Weighed) -> set[str]:
    """The numbers of the limits on money that a question sets, which a passage must print."""
    limits = read_limits(question.spoken)
    return set(_DIGITS.findall(limits.said)) if limits and _OF_MONEY.search(limits.said) else set()


def _numbers(numbers: frozenset[str], entry: PassageEntry) -> float:
    """What it counts to print a number that the question gives: 接300个点的那个."""
    if not numbers:
        return 0.0
    printed = set(_DIGITS.findall(entry.passage.text + (entry.passage.title or "")))
    return _NUMBER if numbers & printed else -_NUMBER


def _is_either(question: Weighed, entry: PassageEntry) -> bool:
    """Whether the passage prints a word of one of two names that are asked about: 是甲家还是乙家.

    Names of firms that it does not print are told by no passage.
    """
    found = _ONE_OR_OTHER.search(question.spoken)
    return found is None or any(found[name] in entry.passage.text for name in ("one", "other"))


def _can_answer(
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
    counted_in = {*_LISTS, PassageKind.GOAL}
    if (
        plan.counts
        and set(plan.passage_kinds) <= counted_in
        and not (_counts(entry) and _is_about(plan.counted, entry, question, plan.passage_kinds))
    ):
        return False
    if PassageKind.DUTY in plan.passage_kinds and not _is_of_section(question, entry, sections):
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


_DONE_OR_NOT = re.compile("(?P<verb>[买花用租建修换添购])不(?P=verb)")
"""Whether something is done at all: 新车买不买."""


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


def _sections(ready: Ready) -> frozenset[str]:
    """The names of the department's sections, as its lists of them print them."""
    entries = ready.passages.entries
    lists = (e.passage.text for e in entries if e.passage.kind is PassageKind.ORGANISATION)
    return frozenset(plain(name) for text in lists for name in _MEMBER.findall(text))


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


def _by_item(item: str, question: Weighed, ready: Ready) -> list[Scored]:
    """The clauses of the number that is asked for, those of the section that is meant first."""
    number = item[1:-1]
    numbers = (f"（{number}）", f"({number})", f"{number}、")
    found = [
        Scored(entry, question.weight(question.mask(entry.section)), 1.0)
        for entry in ready.passages.entries
        if entry.passage.item is not None and entry.passage.item.startswith(numbers)
    ]
    best = max((s.score for s in found), default=0.0)
    if not best:
        found = [s for s in found if s.entry.passage.kind is PassageKind.DUTY]
    return [replace(s, score=_CERTAIN, certain=True) for s in found if s.score == best]


def _counts(entry: PassageEntry) -> bool:
    """Whether a passage can tell how many: it holds a number, or lists units."""
    return entry.passage.kind in _LISTS or _COUNT.search(entry.passage.text) is not None


def _is_about(
    counted: str, entry: PassageEntry, question: Weighed, asked: Sequence[PassageKind]
) -> bool:
    """Whether the passage speaks of the things that are counted, by their words or their terms."""
    if not counted:
        return True
    if entry.passage.kind is PassageKind.GOAL:
        thing = counted.partition("的")[0] or counted
        word = words(thing)[0]
        things = re.escape(word if len(word) > 1 else thing[:2])
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


def _named(question: Weighed, entry: PassageEntry) -> float:
    """How far the question is about the passage's title: said in full, and little else said."""
    if entry.title is None or question.total == 0:
        return 0.0
    explained = question.weight(question.mask(entry.title)) / question.total
    return explained * (
        1.0 if entry.title.text in question.text else question.share_said(entry.title)
    )

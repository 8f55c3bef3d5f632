"""Passages for a plan: which of those that were found answer, and which may as well.

The best one answers when it is sure enough. Passages that the question names side by side, or
that a list is made of, answer together; those that come near an answer that is not quite sure
are cited as related. Where nothing is sure, the nearest are offered, or nothing is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from index.labels import plain
from index.records import PassageKind
from qa_service.affirm import verdict
from qa_service.answer_sorts import held
from qa_service.certainty import (
    MOST_TOLD,
    OFFERED,
    SURE,
    TOLD,
    chance,
    chance_of_best,
    few_that_hold,
    holding_as_much,
    is_sure,
    sharing_all,
)
from qa_service.excerpt import told_part
from qa_service.library import Library, Ready
from qa_service.passages import Scored, evidence, of_section, ordered, scored
from qa_service.tally import tally
from qa_service.together import (
    at_odds,
    duties_divided,
    lists_things,
    named_together,
    parts_told,
    told_with,
    without_headings,
)
from qa_service.types import Evidence, Operation, PassageEvidence, QueryPlan, Retrieval
from qa_service.understand.weighed import Weighed, longest_run, plain_span
from qa_service.words import WordSort, sort_of, words

LEAST_CONTENT = 1.0
"""What a question must weigh beside its wording to be looked for at all."""
_LEAST_OFFERED = 0.3
"""The same for the nearest passages to be offered: a word of one character."""
_MOST_RELATED = 3
_ALL_EXPLAINED, _MOST_NAMED = 0.95, 0.9
_FAR_AHEAD = 0.8
"""Of several that are named alike, one that leads by so much is surely meant."""
_WHY = re.compile("为什么|为啥|为何|怎么(?:会|就|这么|那么)|原因|咋(?:会|就|这么)|凭什么")
_MOST_KIN, _LEAST_KIN, _LEAST_LEFT = 8, 6, 2
_UNASKED = 0.5
"""Words that ask for nothing are answered by a passage whose name they say so much of."""
_SECTION_SHARE = 0.99
_EITHER = re.compile(
    "(?P<one>[^,，。?？是的]{2,8})(?:的)?(?:还是|或者是|抑或)(?P<other>[^,，。?？的]{2,8})(?:的)?[呢?？。]*$"
)
"""Whether it is the one or the other: 是阿里的还是华为的."""
_APART = re.compile(
    "^(?P<one>[^,，?？]{2,}?)(?:跟|和|与|同)(?P<other>[^,，?？]{2,}?)(?:之间)?[,，]?(?:到底|究竟)?"
    "(?:有什么|有啥|有何|是不是|算不算|是|哪里|怎么|啥)?(?:区别|不同|差别|一回事|两码事|一码事|两回事|不一样|区分|差在|两样)"
)
"""How two things differ: 验收测评跟监理有什么区别."""
_OF_THE_BUDGET = re.compile("预算|收入|支出|盘子|总额|花销|开支")
"""The reason of a change of the whole budget is asked for by such a word alone."""
_GOES_ON = 8.0
"""A question that weighs more says by itself what it is about."""
_ASKS = re.compile("[?？]|吗|呢|没有|是不是|能不能")
_CLAUSES_COUNTED = re.compile("(?:几|多少)(?:条|项|点|款)")
_OF_AMOUNTS = (Operation.COMPARE, Operation.RATIO, Operation.SHARE, Operation.AVERAGE)
_LISTS = {PassageKind.ORGANISATION, PassageKind.COMPOSITION}
_YEAR = re.compile(r"20\d\d")


def find(plan: QueryPlan, question: Weighed, library: Library) -> Evidence:
    """The passages that answer, best first; empty where none is sure enough."""
    question = question.fully()
    if plan.told_again or plan.beside:
        return _told_again(plan, library)
    told_by_kind = {PassageKind.EXPLANATION, *_LISTS} & set(plan.passage_kinds)
    least = _LEAST_OFFERED if told_by_kind else LEAST_CONTENT
    if PassageKind.EXPLANATION in plan.passage_kinds and _OF_THE_BUDGET.search(question.spoken):
        least = 0.0
    if PassageKind.COMPOSITION in plan.passage_kinds and (plan.several or plan.counts):
        least = 0.0
    if (plan.content < least and plan.item is None) or not _says_a_word(question):
        return Evidence()
    if _of_neither(question, plan, library) or _is_computed(plan):
        return Evidence()
    found: list[PassageEvidence] = []
    related: list[PassageEvidence] = []
    only: list[Scored] = []
    for document_id in plan.scope.document_ids:
        ready = library.ready(document_id)
        ranked = _whole_section(plan, question, ready) or scored(plan, question, ready)
        ranked = _without_told(ranked, plan, question)
        chosen = _both_sides(plan, question, ready) or _chosen(ranked, plan, question, ready)
        only += chosen
        found += [replace(evidence(s, ready), told=told_part(s, plan, question)) for s in chosen]
        related += [evidence(s, ready) for s in _related(ranked, chosen, plan)]
    ordered = tuple(sorted(found, key=lambda p: -p.score))
    settled = verdict(only[0].entry, ordered[0].told, question) if len(only) == 1 else None
    listed = tally(only, plan, question)
    if plan.name_holds and listed is None:
        return Evidence()
    if not ordered:
        return _goes_on(plan, question, library)
    return Evidence((), ordered, tuple(related), settled, listed)


def _is_computed(plan: QueryPlan) -> bool:
    """Whether amounts are held against each other and nothing is described, which no text does."""
    return plan.operation in _OF_AMOUNTS and plan.numeric >= 1 and not plan.passage_kinds


def _goes_on(plan: QueryPlan, question: Weighed, library: Library) -> Evidence:
    """The one passage that was told last, where it holds a word of a question that tells no other.

    数据交易服务区是做啥的？还得跟哪些机构对接？
    """
    if len(plan.focus) != 1 or plan.told_before or plan.needs or question.exact or plan.counts:
        return Evidence()
    if plan.amount_asked or question.total > _GOES_ON:
        return Evidence()
    said = [question.text[s.start : s.end] for s in question.tokens]
    for document_id in plan.scope.document_ids:
        ready = library.ready(document_id)
        entry = ready.passages.by_id.get(plan.focus[0])
        if entry is not None and any(word in plain(entry.passage.text) for word in said):
            return _told_again(plan, library)
    return Evidence()


def _told_again(plan: QueryPlan, library: Library) -> Evidence:
    """The passage that was told last, or the one beside it, whole; empty where there is none."""
    found = [
        evidence(one, ready)
        for document_id in plan.scope.document_ids
        for ready in [library.ready(document_id)]
        for told in plan.focus[:1]
        for one in of_section(ready.passages.beside(told, plan.beside))
    ]
    return Evidence((), tuple(found))


class Nearest(NamedTuple):
    """The passages that may be meant where none is sure, best first."""

    passages: tuple[PassageEvidence, ...] = ()
    near: bool = False
    """Whether one of the first nearly surely answers."""


def nearest(plan: QueryPlan, question: Weighed, library: Library) -> Nearest:
    """The passages that may be meant where none is sure; none where none is near."""
    question = question.fully()
    if plan.content < _LEAST_OFFERED or plan.needs or not _says_a_word(question):
        return Nearest()
    if _of_neither(question, plan, library):
        return Nearest()
    found: list[PassageEvidence] = []
    near_enough = False
    for document_id in plan.scope.document_ids:
        ready = library.ready(document_id)
        ranked = sharing_all(
            [s for s in scored(plan, question, ready) if s.entry.passage.id not in plan.told_before]
        )
        if ranked and _says_nothing_of(ranked[0], question):
            continue
        if PassageKind.NOTE not in plan.passage_kinds:
            ranked = [s for s in ranked if s.entry.passage.kind is not PassageKind.NOTE]
        few = few_that_hold(ranked)
        likely = chance(ranked)
        if few and likely >= OFFERED:
            found += _in_short(few, plan, question, ready)
            enough = plan.content >= LEAST_CONTENT + 1 and not plan.told_before
            enough = enough and not _of_several(ranked) and not _of_another_year(question, ready)
            near_enough |= enough and likely >= TOLD
    return Nearest(tuple(found), near_enough)


def _of_another_year(question: Weighed, ready: Ready) -> bool:
    """Whether the question speaks of another year than the document's, which no text may be of."""
    years = {n for n in question.digits if _YEAR.fullmatch(n)}
    return bool(years) and str(ready.document.year) not in years


def _of_several(ranked: list[Scored]) -> bool:
    """Whether several projects are as much what is asked about: which one is meant is asked back.

    Many that hold as much of the question, or two that hold all of it.
    """
    others = holding_as_much(ranked)
    return others >= MOST_TOLD or (others > 0 and ranked[0].held >= 1)


def _in_short(
    near: list[Scored], plan: QueryPlan, question: Weighed, ready: Ready
) -> list[PassageEvidence]:
    """The nearest passages, the first one whole, the others by the sentence that comes nearest."""
    first, *others = near
    told = [replace(evidence(s, ready), told=told_part(s, plan, question)) for s in others]
    return [evidence(first, ready), *told]


def rank(
    plan: QueryPlan, question: Weighed, library: Library, count: int, by: Retrieval
) -> list[PassageEvidence]:
    """The passages nearest to the question, best first, sure or not: what retrieval is worth."""
    question = question.fully()
    found = [
        evidence(one, ready)
        for document_id in plan.scope.document_ids
        for ready in [library.ready(document_id)]
        for one in ordered(by, plan, question, ready)[:count]
    ]
    return sorted(found, key=lambda p: -p.score)[:count]


def _whole_section(plan: QueryPlan, question: Weighed, ready: Ready) -> list[Scored]:
    """All clauses of a section, where the question asks for nothing but the section itself."""
    lists = _LISTS & set(plan.passage_kinds)
    if plan.item is not None:
        return []
    entries = ready.passages.entries
    if lists and plan.content < LEAST_CONTENT:
        return of_section([entry for entry in entries if entry.passage.kind in lists])
    if plan.counts and not (lists or _CLAUSES_COUNTED.search(question.spoken)):
        return []
    meant = [
        entry
        for entry in entries
        if (entry.passage.kind in plan.passage_kinds or entry.section.text in question.text)
        and question.total > 0
        and question.weight(question.mask(entry.section)) >= question.total * _SECTION_SHARE
    ]
    sections = {entry.passage.section for entry in meant}
    return of_section(meant) if len(sections) == 1 else []


def _chosen(ranked: list[Scored], plan: QueryPlan, question: Weighed, ready: Ready) -> list[Scored]:
    """The best passage, with those that are named as well, or that make up a list."""
    ranked = without_headings(ranked, question)
    if ranked and _is_reason_of_another(ranked[0], question):
        return []
    ranked = [s for s in ranked if not _is_reason_of_another(s, question)]
    last = _last_meant(ranked, plan, question)
    if last:
        return last
    meant = _said_in_full(ranked, plan, ready)
    if meant:
        return meant
    likely = chance(ranked) >= OFFERED
    both = (at_odds(ranked, question) or parts_told(ranked, question)) if likely else []
    if both or not ranked:
        return both
    of_one = ranked[0].entry.passage.kind is PassageKind.GOAL and lists_things(question)
    if not is_sure(ranked, plan, listed=plan.several and not of_one):
        return []
    asked = plan.descriptive or plan.numeric or plan.several or _ASKS.search(question.spoken)
    if not asked and ranked[0].named < _UNASKED:
        return []
    alike = _named_alike(ranked, plan, ready)
    if alike:
        return alike
    best = _named_in_full(ranked[:6], question) or ranked[0]
    kin = duties_divided(best, ranked, question)
    kin = kin or _kin_of_the_last(best, ranked, plan, question)
    if kin:
        return kin
    if best.certain:
        return [s for s in ranked if s.certain]
    if best.entry.passage.id in plan.focus and not plan.several:
        return [best]
    together = named_together(ranked, plan, question)
    if together:
        return together
    kept = [best, *told_with(best, ranked, plan, question)]
    told = {s.entry.passage.id for s in kept}
    return kept + [s for s in _notes_beside(best, ready) if s.entry.passage.id not in told]


def _kin_of_the_last(
    best: Scored, ranked: list[Scored], plan: QueryPlan, question: Weighed
) -> list[Scored]:
    """The project beside the one told last, of which alone the name holds what is asked; or empty.

    After 某终端租赁, 那平台的运维呢 asks of 某平台运维.
    """
    title = best.entry.title
    if best.entry.passage.id not in plan.focus or title is None:
        return []
    own = title.text + plain(best.entry.passage.text)
    left = question.left_over(held(question, best.entry))

    def holds(name: str) -> bool:
        runs = (longest_run(name, run, _LEAST_LEFT) for run in left)
        return any(run and run not in own for run in runs)

    return [
        one
        for one in ranked[:_MOST_KIN]
        if one.entry.title
        and holds(one.entry.title.text)
        and longest_run(one.entry.title.text, title.text, _LEAST_KIN)
    ][:1]


def _is_reason_of_another(best: Scored, question: Weighed) -> bool:
    """Whether a reason is asked of a named amount of which the explanation says nothing."""
    explains = best.entry.passage.kind is PassageKind.EXPLANATION
    return explains and _says_nothing_of(best, question)


def _says_nothing_of(one: Scored, question: Weighed) -> bool:
    """Whether a reason is asked of terms of the document, none of which the passage holds."""
    if not _WHY.search(question.spoken):
        return False
    passage = one.entry.passage
    told = plain(f"{passage.title or ''}{passage.section}{passage.text}")
    named = [question.text[span.start : span.end] for span in question.exact]
    return bool(named) and not any(_is_mostly_in(name, told) for name in named)


def _is_mostly_in(name: str, text: str) -> bool:
    """Whether a text holds half of the pairs of characters of a name, or more."""
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return 2 * sum(pair in text for pair in pairs) >= len(pairs)


def _last_meant(ranked: list[Scored], plan: QueryPlan, question: Weighed) -> list[Scored]:
    """What was told last, where it holds the words of a question that names nothing else."""
    if question.exact or plan.told_before or plan.passage_kinds or question.total < LEAST_CONTENT:
        return []
    return [
        s
        for s in ranked
        if s.entry.passage.id in plan.focus[:1]
        and all(len(run) == 1 for run in question.left_over(held(question, s.entry)))
        and not question.broken(held(question, s.entry))
    ]


def _named_alike(ranked: list[Scored], plan: QueryPlan, ready: Ready) -> list[Scored]:
    """The goals of several projects of which all that is asked holds alike; or empty.

    Of 区政府网站那个项目 two are named alike, and neither is surely meant.
    """
    fit, rows = plan.fit, ready.lexicon.rows
    if (
        plan.several
        or fit.explained < _ALL_EXPLAINED
        or fit.unexplained
        or fit.asked >= _MOST_NAMED
    ):
        return []
    labels = {rows[target.row_id].label.text for target in plan.cells}
    found: dict[str, Scored] = {}
    for one in ranked:
        title = one.entry.title.text if one.entry.title else ""
        if one.entry.passage.kind is PassageKind.GOAL and title in labels:
            found.setdefault(title, one)
    told = any(s.entry.passage.id in plan.focus for s in found.values())
    scores = sorted((s.score for s in found.values()), reverse=True)
    apart = len(scores) > 1 and scores[0] - scores[1] >= _FAR_AHEAD
    alike = 1 < len(labels) == len(found) <= _MOST_RELATED and not (told or apart)
    return list(found.values()) if alike else []


def _said_in_full(ranked: list[Scored], plan: QueryPlan, ready: Ready) -> list[Scored]:
    """The goal of the one project whose name the question says and nothing else; or empty.

    租政务云资源的那个 is told, however near the goal of 政务云窗 comes.
    """
    fit, rows = plan.fit, ready.lexicon.rows
    labels = {rows[target.row_id].label.text for target in plan.cells}
    said = fit.asked >= _MOST_NAMED and fit.explained >= _ALL_EXPLAINED and not fit.broken
    if not said or fit.unexplained or fit.terms_left or len(labels) != 1 or plan.facts:
        return []
    asked = not plan.passage_kinds or PassageKind.GOAL in plan.passage_kinds
    if plan.several or plan.needs or not asked:
        return []
    goals = (s for s in ranked if s.entry.passage.kind is PassageKind.GOAL)
    found = [s for s in goals if s.entry.title and s.entry.title.text in labels]
    return found if len(found) == 1 and found[0] in ranked[:_MOST_RELATED] else []


def _says_a_word(question: Weighed) -> bool:
    """Whether the question holds Chinese characters, which the passages are made of."""
    return any("\u3400" <= char <= "\u9fff" for char in question.text)


def _related(ranked: list[Scored], chosen: list[Scored], plan: QueryPlan) -> list[Scored]:
    """Passages that may be meant as well, where the answer is not quite sure."""
    if not chosen or plan.item is not None or chosen[0].certain:
        return []
    told = {s.entry.passage.id for s in chosen}
    return [s for s in few_that_hold(ranked) if s.entry.passage.id not in told]


def _both_sides(plan: QueryPlan, question: Weighed, ready: Ready) -> list[Scored]:
    """The passage of each of two things that are told apart; empty where one is unsure."""
    found = _APART.search(question.spoken)
    if found is None or not plan.several:
        return []
    spans = {side: plain_span(question.spoken, found, side) for side in ("one", "other")}
    kept: list[Scored] = []
    for side, span in spans.items():
        rest = ((1 << len(question.text)) - 1) & ~span.mask
        half = scored(plan, question.without(rest), ready, found[side])
        if chance_of_best(half) < SURE or (kept and half[0].entry is kept[0].entry):
            return []
        kept.append(half[0])
    return kept


def _of_neither(question: Weighed, plan: QueryPlan, library: Library) -> bool:
    """Whether the question asks which of two names it is, and the documents print neither."""
    found = _EITHER.search(question.spoken)
    if found is None:
        return False
    spans = [plain_span(question.spoken, found, name) for name in ("one", "other")]
    if not all(question.weight(span.mask) for span in spans):
        return False  # 自己的还是人家的 names nobody
    if not all(
        sort_of(word) is WordSort.NAME for name in ("one", "other") for word in words(found[name])
    ):
        return False  # 自己干还是外头找公司干 neither
    lexicons = [library.lexicon(document_id) for document_id in plan.scope.document_ids]
    return not any(
        question.text[i : i + 2] in lexicon.spoken
        for lexicon in lexicons
        for span in spans
        for i in range(span.start, span.end - 1)
    )


def _notes_beside(best: Scored, ready: Ready) -> list[Scored]:
    """The other notes under the table of a note."""
    passage = best.entry.passage
    if passage.kind is not PassageKind.NOTE:
        return []
    return [
        replace(best, entry=entry)
        for entry in ready.passages.entries
        if entry.passage.kind is PassageKind.NOTE
        and entry.passage.table_id == passage.table_id
        and entry is not best.entry
    ]


def _without_told(ranked: list[Scored], plan: QueryPlan, question: Weighed) -> list[Scored]:
    """The passages without the goals that were told and are not meant again.

    The others share their chance. A goal that holds a term which the question names may be meant
    after all.
    """
    return sharing_all(
        [
            s
            for s in ranked
            if s.entry.passage.id not in plan.told_before
            or s.entry.passage.kind is not PassageKind.GOAL
            or (question.exact and not question.terms_outside(held(question, s.entry)))
        ]
    )


def _named_in_full(ranked: list[Scored], question: Weighed) -> Scored | None:
    """The project with the longest name of those that the question says in full."""
    named = [
        s
        for s in ranked
        if s.entry.passage.kind is PassageKind.GOAL
        and s.entry.title is not None
        and s.entry.title.text in question.text
    ]
    return max(named, key=lambda s: len(s.entry.title.text if s.entry.title else ""), default=None)

"""Which passages answer together: named side by side, asked for by number, alike, at odds.

Each of these is seen in the wording of the question and in what the passages are called.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.records import PassageKind
from index.units import read_numeral
from qa_service.passages import Scored
from qa_service.types import QueryPlan
from qa_service.understand.weighed import Weighed, longest_run
from qa_service.words import words

_TOGETHER = 0.7
"""Of a list, passages whose score is lower by no more than that belong to it."""
_HELD = 0.3
"""A passage that holds as much of the question as the best one, and so much of it, does as well."""
_AS_WELL = 0.29
"""A project that is behind by more fits the question less, though it holds all of its words."""
_SAME_NAME = 0.5
"""Of projects of one name, one that is behind by more is of another unit than is asked about."""
_MOST_LISTED = 8
_TWO = 2
_LEAST_RUN, _LITTLE = 4, 1.1
"""So much of their names tells several projects, where the question says so little beside it."""
_ALL_HELD = 0.7
"""A question of which a project holds so much does not tell it from another that does."""
_THAT_ONE = re.compile(
    r"^[做搞弄]?(?P<word>[^,，。的]{2,6}?)(?:出去|出来|下来)?(?:的)?(?:(?:那个|那项|那笔)(?:项目|服务)?|(?:这类|那类|类)?项目[,，]?(?:的)?(?:绩效)?目标)|"
    r"^(?:说说|讲讲|介绍一下|请问)?(?:那个|那项|那笔)(?P<told>[^,，。的]{2,6}?)项目|"
    r"^(?P<sort>[^,，。的那这]{2,4})项目(?:是|都|要|主要)*[^,，。?？为]{0,3}(?:什么|啥|嘛)"
)
"""外包那个项目: a project that is told by one word alone."""
_OF_ONE = re.compile(
    "[那这](?:一)?(?:个|项|笔|套)(?!些|几)[^,，。?？]{0,8}[,，]?[^,，。?？]{0,6}(?:哪几|哪些|哪两|哪三|几样|有什么)(?!个?项目|笔?经费)"
)
"""What one project consists of, asked as a list."""
_LISTED = re.compile(
    "哪(?:些|[几两三四五](?:个|项|笔|套|条|种|样)?)(?P<head>[^,，。;；?？的呢]{2,})"
)
"""What a list is asked of, as it is said behind 哪些."""
_PROJECTS = re.compile(
    "(?:[大小新]|重点|主要|信息化)*(?:个|项)?(?:项目|工程|经费|专项|支出|开支|资金|事项|东西在|名字)|"
    "[是在和跟与同用拿花租做为来由要会能可被给都各算属叫归带含有涉]|分别|有关|涉及"
)
"""Projects are listed, or those are spoken of that a verb behind it tells: 哪几个跟窗口有关."""
_WHICH_SO_MANY = re.compile("哪(?P<count>[两二三四五])(?:个|项|笔)(?:项目)?(?!单位|部门)")
_AT_ODDS = re.compile("还是|两个说法|两种说法|不一样|对不上|矛盾|前后|打架")
_YEAR, _NUMBER = re.compile(r"20\d\d"), re.compile(r"\d+(?:\.\d+)?")

_PARTS_ASKED = re.compile(
    "包括|包含|涵盖|囊括|[算计加合]进|算在|[由含分].{0,6}(?:组成|构成|哪|几)|哪(?:些|几)(?:[本类块种项样]|预算|账)"
)
"""How the parts of a thing that is named are asked for: 财政拨款收支涵盖哪几本账."""
_PARTS_TOLD = re.compile(
    "(?<![\u4e00-\u9fff])(?P<what>[\u4e00-\u9fff]{3,12}?)(?:情况|主要|具体)*(?:包括|包含|分为)"
)
"""How a passage tells them."""
_DIVIDED_ITEM = re.compile(r"([（(][一二三四五六七八九十]+[）)])\d+$")
_DIVISION_ASKED = re.compile(
    "分工|怎么分|如何分|分头|各(?:自)?(?:管|负责|承担|干|做)|分别(?:管|负责|承担|干|做)|谁管什么|谁负责什么"
)
"""How a duty is divided: 两个部门怎么分工."""


def at_odds(ranked: list[Scored], question: Weighed) -> list[Scored]:
    """A passage for each of several numbers that are held against each other: 150个还是300个."""
    said = dict.fromkeys(_NUMBER.findall(question.spoken))
    numbers = [n for n in said if len(n) > 1 and not _YEAR.fullmatch(n)]
    if len(numbers) != _TWO or not _AT_ODDS.search(question.spoken):
        return []
    found: list[Scored] = []
    for number in numbers:
        whole = re.compile(rf"(?<![\d.]){re.escape(number)}(?![\d.])")
        printing = (s for s in ranked[:_MOST_LISTED] if whole.search(s.entry.passage.text))
        found += [one for one in [next(printing, None)] if one is not None]
    return found if len({s.entry.passage.id for s in found}) == len(numbers) else []


def parts_told(ranked: list[Scored], question: Weighed) -> list[Scored]:
    """The passage that says of the very thing asked about what it includes; or empty.

    财政拨款收支包括哪些预算 is told by 财政拨款收支情况包括…, however near 财政拨款收入 comes.
    """
    if not _PARTS_ASKED.search(question.own):
        return []
    return [
        s
        for s in ranked[:_MOST_LISTED]
        if any(told["what"] in question.text for told in _PARTS_TOLD.finditer(s.entry.passage.text))
    ][:1]


def without_headings(ranked: list[Scored], question: Weighed) -> list[Scored]:
    """The passages without those that only lead to the duties a clause divides.

    有关职责分工 tells no duty, where not the division itself is asked for.
    """
    if _DIVISION_ASKED.search(question.spoken) or (ranked and ranked[0].certain):
        return ranked
    divided = {
        found[1]
        for s in ranked
        if (found := _DIVIDED_ITEM.match(s.entry.passage.item or "")) is not None
    }
    return [s for s in ranked if s.entry.passage.item not in divided]


def duties_divided(best: Scored, ranked: list[Scored], question: Weighed) -> list[Scored]:
    """All of the duties that one clause divides among several, where that is asked; or empty."""
    item = _DIVIDED_ITEM.match(best.entry.passage.item or "")
    whole = item[1] if item else best.entry.passage.item
    if whole is None or not _DIVISION_ASKED.search(question.spoken):
        return []
    kin = [
        s
        for s in ranked
        if (found := _DIVIDED_ITEM.match(s.entry.passage.item or "")) and found[1] == whole
    ]
    kin.sort(key=lambda s: s.entry.passage.item or "")
    return [replace(s, score=best.score) for s in kin] if len(kin) > 1 else []


def named_together(ranked: list[Scored], plan: QueryPlan, question: Weighed) -> list[Scored]:
    """The projects that the question means together; empty where it means one."""
    several = _of_that_word(ranked, question) or _so_many(ranked, question)
    return several if len(several) > 1 else _named_alike(ranked, plan, question)


def told_with(
    best: Scored, ranked: list[Scored], plan: QueryPlan, question: Weighed
) -> list[Scored]:
    """The passages that answer beside the best one: named as well, or of the list it begins."""
    return [
        other
        for other in ranked[:_MOST_LISTED]
        if other is not best
        and (
            _titled_apart(other, best, question)
            or (plan.several and _belongs(other, best, question))
            or _fits_as_well(other, best, question)
        )
    ]


def _belongs(other: Scored, best: Scored, question: Weighed) -> bool:
    """Whether a passage belongs to the list that the best one begins.

    What is listed of one project, 要干完哪几样, is no list of projects.
    """
    if best.entry.passage.kind is PassageKind.GOAL and lists_things(question):
        return False
    same = other.entry.passage.kind is best.entry.passage.kind
    as_much = other.held >= best.held >= _HELD
    near = as_much or other.score >= best.score - _TOGETHER
    return same and near and other.words >= best.words / 2


def lists_things(question: Weighed) -> bool:
    """Whether a list is asked for of what a project does or holds, not of projects: 哪些水平."""
    listed = _LISTED.search(question.spoken)
    of_things = listed is not None and not _PROJECTS.match(listed["head"])
    return of_things or _OF_ONE.search(question.spoken) is not None


def _of_that_word(ranked: list[Scored], question: Weighed) -> list[Scored]:
    """The projects whose names hold the one word that the question tells its project by."""
    found = _THAT_ONE.match(question.spoken)
    word = plain(found["word"] or found["told"] or found["sort"]) if found else ""
    return [
        s
        for s in ranked[:_MOST_LISTED]
        if word
        and s.entry.passage.kind is PassageKind.GOAL
        and s.entry.title is not None
        and all(piece in s.entry.title.text for piece in words(word))
    ]


def _named_alike(ranked: list[Scored], plan: QueryPlan, question: Weighed) -> list[Scored]:
    """The projects of whose names the question says the same and nothing else: 升级改造项目."""
    titled = {
        s.entry.title.text: s
        for s in reversed(ranked)
        if s.entry.passage.kind is PassageKind.GOAL and s.entry.title
    }
    near = sorted(titled.items(), key=lambda pair: -pair[1].score)[:_MOST_LISTED]
    runs = (longest_run(title, question.text, _TWO) for title, _ in near)
    run = max(runs, key=len, default="")
    said = sum(question.weights[i] for i in _places(question.text, run))
    own = said < _LEAST_RUN / 2  # the department's name weighs nothing
    if own or len(run) < _LEAST_RUN or run in titled or plan.content - said >= _LITTLE:
        return []
    alike = [s for title, s in near if run in title]
    return alike if len(alike) > 1 else []


def _places(text: str, run: str) -> range:
    start = text.find(run)
    return range(start, start + len(run))


def _so_many(ranked: list[Scored], question: Weighed) -> list[Scored]:
    """As many projects as are asked for: 是哪两个项目."""
    found = _WHICH_SO_MANY.search(question.spoken)
    count = read_numeral(found["count"]) if found else 0
    goals = {
        s.entry.title.text: s
        for s in reversed(ranked)
        if s.entry.passage.kind is PassageKind.GOAL and s.entry.title
    }
    first = sorted(goals.values(), key=lambda s: -s.score)[:count]
    near = [s for s in first if s.score >= ranked[0].score - _TOGETHER]
    return near if count > 1 and len(near) == count else []


def _titled_apart(other: Scored, best: Scored, question: Weighed) -> bool:
    """Whether the question says the other's title, and not only as a part of the best one's."""
    title = other.entry.title.text if other.entry.title else ""
    own = best.entry.title.text if best.entry.title else ""
    if title == own and other.score < best.score - _SAME_NAME:
        return False  # the question says which unit's it is
    rest = question.text.replace(own, "#") if title in own and title != own else question.text
    return bool(title) and title in rest


def _fits_as_well(other: Scored, best: Scored, question: Weighed) -> bool:
    """Whether another project holds all that the question says, as the best one does."""
    if {other.entry.passage.kind, best.entry.passage.kind} != {PassageKind.GOAL}:
        return False
    if best.entry.title is None or best.entry.title.text in question.text:
        return False
    if other.score < best.score - _AS_WELL:
        return False
    held = question.weight(_held(best, question))
    if held < question.total * _ALL_HELD or not held:
        return False
    return question.weight(_held(other, question)) >= held


def _held(one: Scored, question: Weighed) -> int:
    """The characters of the question that a passage or its title holds."""
    mask = question.mask(one.entry.text)
    return mask | question.mask(one.entry.title) if one.entry.title else mask

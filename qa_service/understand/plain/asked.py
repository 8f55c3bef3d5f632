"""A question that names all it is about in full, asked in the plainest way.

People say 分母取支出总计，分子取住房保障支出，得百分之几
for        住房保障支出占支出总计的百分之几

Where names, limits and words of names are told as such, and every other word is one that people
ask with, what is asked follows from a few cues, in whatever order they are said. A word that is
not known to ask keeps the question as it is: it may narrow what is meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import Language, NormalisedQuestion
from qa_service.understand.amounts import EVEN, WITH_A_REST
from qa_service.understand.each_of import is_of_each
from qa_service.understand.entries import ASPECTS
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain.amounts import added, of_one, of_two
from qa_service.understand.plain.asides import any_narrows
from qa_service.understand.plain.breath import in_one_breath
from qa_service.understand.plain.followup import in_full, leaning
from qa_service.understand.plain.marks import TERM
from qa_service.understand.plain.projects import of_limits, of_projects, of_word
from qa_service.understand.plain.slots import Slots, all_known, read_slots
from qa_service.understand.plain.within import OF_A_CELL, in_a_kind, without_several
from qa_service.understand.plain.words import COUNTED, IN_SHARES, LEAST, LEFT_OUT, MOST
from qa_service.understand.relations import CHANGED_MORE, asks_relation
from qa_service.understand.turn import Turn
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import longest_spans

_IDLE = re.compile(
    "(?:不用|不要|不必|别|不问|不管|无须|无需|不光|不怕|不看|不提)[^,，。:：?？;；]{1,8}(?=[,，。:：;；])|"
    "[,，。;；(（](?:名字|金额)?(?:不用|不要|不必|别|不问|不管|无须|无需)[^,，。:：?？;；)）]{1,8}[)）]?(?=[,，。?？]|$)"
)
"""What is not asked for: 不用分开说, 别报百分比."""
_TOGETHER_EACH = re.compile("(?:一共|总共|共)(?=各|分别)")
_ASKERS = re.compile(
    "(?:我家|家里|家中)?(?:老人家?|老爷子|老太太|老伴儿?|孩子|小孩|同事|领导|奶奶|爷爷|邻居|朋友|学生|老师)(?=想|问|关心|看|说|让|要|托|等|布置)|"
    "开会(?=要|用|时|前|汇报|讨论|审议)|(?:我)?(?:想|要|来)(?:咨询|请教)(?:一下|下)?|(?:咨询|请教)(?:一下|下)|(?:请问)?(?:贵|你们?|该|本|这个)(?:单位|部门|局|方)(?:预算|公开)?(?:里|中)?(?!的?(?:下属|下面))"
)
"""Who asks is none of what is asked about: 老人家想问."""
_ALL_PROJECTS = ("项目支出", "项目支出合计", "部门预算项目支出", "项目支出总额", "项目支出总计")
_OF_PROJECTS = re.compile(
    f"{COUNTED.pattern}|{MOST.pattern}|{LEAST.pattern}|平均|均|摊|除以|÷|第|老二|前|个项目"
)
_OF_SUBJECTS = re.compile("科目|[类款]级|经济|分类|大类")
_BOTH_KINDS = re.compile(
    "基本(?!支出|工资|养老|医疗).*项目(?!支出)|项目(?!支出).*基本(?!支出|工资|养老|医疗)"
)
_KIND = re.compile("基本(?!支出)|项目(?!支出)")
_KIND_WITHIN = re.compile("(?:基本|项目)(?=(?:里面|里头|里|中|当中|下面)的?)")
_BOTH_WITHIN = re.compile(
    f"{_KIND_WITHIN.pattern}.*(?:基本|项目)支出|(?:基本|项目)支出.*{_KIND_WITHIN.pattern}"
)
"""Both kinds of spending, one of them said in short: 项目里的租赁费, beside 基本支出里."""
_YEAR_BEFORE_A_NAME = re.compile("(?P<year>20\\d\\d)年度?的?(?P<name>[\u4e00-\u9fff]{6})")
_OF_CHANGE = re.compile("占|除去|上年|更[多少]")
"""A plainer way to ask what two amounts are to each other."""
_TWO = 2


def plainly(
    question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary, last: Turn | None
) -> NormalisedQuestion:
    """The question in its plainest way; itself where not all of it is told as such.

    After a `last` turn it may be asked of what that was about.
    """
    if question.language is not Language.ZH:
        return question
    if EVEN.search(question.text) or WITH_A_REST.search(question.text):
        return question
    if is_of_each(question.text) or CHANGED_MORE.search(question.text):
        return question
    if _is_year_of_a_name(question.text, lexicon):
        return question
    text = _ASKERS.sub("", _without_idle(question.text, lexicon, vocabulary))
    if _BOTH_KINDS.search(text) or _BOTH_WITHIN.search(text):
        kind = _KIND if last is not None else _KIND_WITHIN
        text = kind.sub(r"\g<0>支出", text)
    slots = read_slots(text, lexicon, vocabulary)
    if slots is None:
        return question
    told = in_full(slots.asked, last, lexicon) if last is not None else None
    plainer = told or _in_plain_words(slots, lexicon, last)
    if plainer is not None and not (told or all_known(slots, lexicon, vocabulary)):
        plainer = None
    if plainer is None and last is None and slots.terms:
        plainer = slots.asked.rstrip(",，")
    if plainer is None or plainer == text:
        return question
    if asks_relation(text) and not asks_relation(plainer) and not _OF_CHANGE.search(plainer):
        return question  # 最大的是第二大的几倍 is not asked of the second one alone
    return replace(question, text=plainer, plain=plain(plainer))


def _is_year_of_a_name(text: str, lexicon: Lexicon) -> bool:
    """Whether a year may be one that a name begins with, its region left out.

    2023年某平台建设项目 is 2023年某区某平台建设项目 where a label prints that.
    """
    found = _YEAR_BEFORE_A_NAME.search(text)
    if found is None:
        return False
    year, name = f"{found['year']}年", plain(found["name"])
    return any(year in label and name in label for label in lexicon.by_label)


def _without_idle(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """The text without what it does not ask for; what the document prints is left out of a sum."""

    def kept(idle: re.Match[str]) -> str:
        said = idle.group(0)
        named = any(longest_spans(plain(said), lexicon.known_terms))
        return said if named or any_narrows(said, lexicon, vocabulary) else ""

    return _TOGETHER_EACH.sub("", _IDLE.sub(kept, text))


def _in_plain_words(slots: Slots, lexicon: Lexicon, last: Turn | None) -> str | None:
    """The question in its plainest way; None where it is asked in none that is known."""
    plainer = leaning(slots, last, lexicon) if last is not None else None
    return plainer or _plain_way(slots, lexicon, leans=last is not None)


def _plain_way(slots: Slots, lexicon: Lexicon, *, leans: bool) -> str | None:
    """The plain way of a question by itself; one that may lean must name several things."""
    text, terms = slots.text, tuple(dict.fromkeys(slots.terms))
    several = in_one_breath(slots, lexicon) if terms or not leans else None
    if several is not None:
        return several
    if slots.words or slots.amounts:
        if terms or LEFT_OUT.search(text):
            return None
        return of_word(slots) if slots.words else of_limits(slots)
    if len(terms) == _TWO:
        twice = len(slots.terms) > _TWO
        within = any(plain(term) in ASPECTS for term in terms) and asks_relation(text)
        if twice and (within or OF_A_CELL.search(text)):
            return None  # one name in two kinds of spending
        return of_two(text, terms[0], terms[1], lexicon)
    if len(terms) > _TWO and LEFT_OUT.search(text) and not leans:
        return without_several(text, terms, lexicon)
    if leans or LEFT_OUT.search(text):
        return None
    if len(terms) > _TWO:
        return in_a_kind(text, terms, lexicon) or added(text, terms, lexicon)
    top = "项目" in text and MOST.search(text) and not slots.numbers
    if terms and top and IN_SHARES.search(text):
        return f"预算最多的项目占{terms[0]}的百分之几"
    if terms and plain(terms[0]) in _ALL_PROJECTS and _OF_PROJECTS.search(text):
        projects = replace(slots, text=text.replace(TERM, "项目"), terms=())
        return None if _OF_SUBJECTS.search(text) else of_projects(projects)
    return of_one(slots, terms[0], lexicon) if terms else of_projects(slots)

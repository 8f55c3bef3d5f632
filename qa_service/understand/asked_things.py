"""What sort of thing a question asks for or counts, and what an answer must then hold."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.degrees import (
    DEGREE_NEED,
    OFTEN_NEED,
    asks_how_often,
    without_how_often,
)
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import HOW_MANY
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Weighed, longest_spans
from qa_service.words import COUNTERS, WordSort, sort_of, words

HOW_MANY_PEOPLE = re.compile(
    r"多少(?:名|位)?(?:在编|在职|在岗|编外|聘用|正式|临聘|退休|离退休)?(?:的)?"
    r"(?P<counted>人员|职工|员工|干部|公务员|工人|编制|人(?![均员]))(?!的?(?:经费|支出|费|工资|预算|钱))"
)
"""People are counted without a measure word as well: 有多少在编人员."""
_PEOPLE_FIRST = re.compile(
    "(?P<counted>人员|职工|员工|干部|公务员|工人|编制)(?:一共|总共|共|现在|目前)*有?(?:多少|几)(?:名|位|人|个人|个)?[呢啊呀]?(?:[,，?？。]|$)"
)
"""People before their number: 在编人员多少名."""
_COUNTED = re.compile(
    rf"{HOW_MANY.pattern}(?:能够?|可以?|会|要|该|新|专门|已经?)?(?P<counted>(?![啊呀呢吧嘛哦哈呐])[\u4e00-\u9fff]{{1,4}})"
)
_COUNTED_BARE = re.compile(rf"多少(?![{COUNTERS}][\u4e00-\u9fff])(?P<noun>[\u4e00-\u9fff]{{2,8}})")
"""Things that are counted without a measure word: 上线了多少事项."""
_OF_MONEY = re.compile(
    "[费款钱金银元额价税资万亿拨倍]|支出|预算|津贴|补贴|收入|开销|花销|成本|投入|比例|份额|百分|分之|左右|上下"
)
_OF_TIME = re.compile("[年月日天]|现在|目前|时候|以前|之前|原来")
_END_OF_COUNT = re.compile(rf"(?:几|多少)[{COUNTERS}](?:[,，?？。]|$)")
_COUNTED_BEFORE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{1,8}?)(?:现在|目前)?"
    r"(?:(?:一共|总共|共)(?:有|是)?|有|是|(?:请|招|雇|聘|配|派)了?)" + _END_OF_COUNT.pattern
)
_WHICH_FIRM = re.compile(
    "哪(?:一|几)?家[^,，。?？]{0,6}(?:公司|厂商|厂家|企业|供应商|服务商|开发商|集团|事务所|店|商家|门店|铺子)|(?:公司|厂商|供应商)(?:是|叫)(?:哪|什么|谁)|"
    "(?:公司|企业|厂家|厂商|供应商|服务商)[^,，。?？]{0,6}(?:定|选|找|是|用|请|挑|给|中标)了?(?:的是|的)?哪(?:一)?家"
)
"""A firm must be named by whatever answers."""
_MEMBERS = re.compile(
    "\\d+个[^,，。?？的]{2,10}(?:具体|分别|都|各)+(?:是|有|叫)?(?:哪|什么|啥)|\\d+个[^,，。?？]{2,14}(?:清单|名单|明细)"
)
"""The members of so many are asked for: 50个事项具体是哪些."""
_IN_LETTERS = 2
_HOW_CHOSEN = re.compile(
    "(?:哪(?:一)?家|什么|哪个)[^,，。?？]{0,4}(?:公司|企业|供应商|厂商)"
    "(?=[^,，。?？]{0,6}(?:怎么|如何|咋)样?(?:挑|选|找|定|确定|产生|来))"
)
"""How a firm is chosen asks for no firm: 请哪家公司做是怎么挑的."""
_WHICH = re.compile(
    r"哪(?:几|一)?(?:个|家|条|间|所|位|处|种|款|座|栋)(?P<noun>[\u4e00-\u9fff]{2,6})"
)
_DIFFERS_IN = re.compile(
    "(?:差别|区别|不同|差异|问题|好处|难点|重点|意义|目的|用意|意图|用处|价值)(?:之处|点)?(?:是|就|都|主要)*在(?:什么地方|哪些地方|哪里|哪儿|哪)"
)
"""No place is asked for: 差别在什么地方."""
_ENABLED = re.compile("(?:让|使|使得|令|方便|便于)[^,，。?？]{1,12}?(?:怎么|如何|怎样)")
"""What others can do then is told by a goal: 升级后能让全区怎么办理业务."""


def needs_of(weighed: Weighed, vocabulary: Vocabulary, *, of_degree: bool) -> tuple[str, ...]:
    """What an answer must hold, by what is asked for; `of_degree` says that it is a rate."""
    own = _HOW_CHOSEN.sub("公司", without_how_often(weighed.own))
    asked = vocabulary.things_said.said_in(_DIFFERS_IN.sub("", _ENABLED.sub("", own)))
    found = [vocabulary.asked_things[i].need.pattern for i in sorted(asked)]
    if _WHICH_FIRM.search(own):
        found.append("公司|集团|事务所")
    if _MEMBERS.search(weighed.spoken):
        found.append("、[^、。；]+、")
    if of_degree:
        found.append(DEGREE_NEED)
    if asks_how_often(weighed.spoken):
        found.append(OFTEN_NEED)
    return tuple(found)


def counted(weighed: Weighed) -> str:
    """What stands behind the measure word: it begins with what is counted."""
    found = _COUNTED.search(weighed.spoken)
    if found:
        return found["counter"] + found["counted"] if found["counter"] == "人" else found["counted"]
    people = HOW_MANY_PEOPLE.search(weighed.spoken) or _PEOPLE_FIRST.search(weighed.spoken)
    if people:
        return people["counted"]
    ends = _END_OF_COUNT.search(weighed.spoken)
    before = _COUNTED_BEFORE.search(weighed.spoken) if ends else None
    return words(before["noun"])[-1] if before else ""


def with_measure_word(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with a measure word before a thing that is counted without one: 多少科室."""
    found = _COUNTED_BARE.search(question.text)
    if found is None or not _is_counted(found["noun"], lexicon):
        return question
    at = found.start("noun")
    text = f"{question.text[:at]}个{question.text[at:]}"
    return replace(question, text=text, plain=plain(text))


def _is_counted(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun behind 多少 is a thing, and no sort of money or amount of the document."""
    thing = words(noun)[0]
    if len(noun) == _IN_LETTERS and all(sort_of(char) is WordSort.NAME for char in noun):
        thing = noun  # 街镇 is two words
    if (
        _OF_MONEY.search(noun)
        or _OF_TIME.search(thing)
        or len(thing) == 1
        or sort_of(thing) is not WordSort.NAME
    ):
        return False
    named = (plain(noun)[s.start : s.end] for s in longest_spans(plain(noun), lexicon.known_terms))
    facts = {entry.subject.text for entry in lexicon.facts}
    return not any(name in lexicon.by_label or name in facts for name in named)


def which_of(weighed: Weighed, vocabulary: Vocabulary) -> str:
    """The word behind 哪家 and the like."""
    found = _WHICH.search(weighed.spoken)
    if found is None:
        return ""
    word = words(found["noun"])[0]
    told = (
        len(word) > 1 and word not in vocabulary.called_anything and sort_of(word) is WordSort.NAME
    )
    return word if told else ""

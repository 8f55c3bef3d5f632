"""Where a question parts the operands of a share, a ratio, a comparison or a sum.

What two operands share may be said once, so each comes in the ways in which it may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from index.labels import plain
from qa_service.types import Language, NormalisedQuestion, Operation
from qa_service.understand.entries import ASPECTS, KINDS_OF_SPENDING
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.parts import Halves, halves, listed, qualifier
from qa_service.understand.units import OWN
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed
from qa_service.words import words

SELECTED = {Operation.SUM, Operation.COUNT, Operation.AVERAGE, Operation.RANK, Operation.LIST}
TABLE_TOLD = re.compile(
    r"表(?:格)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})|第[一二三四五六七八九十\d]{1,3}张表|表的"
)
"""An operand that names a table of its own borrows nothing from the other."""
OF_WHOLES = re.compile("收入|支出|开支|花销|预算|总|全部|拨款")
_TOPIC_SAID = re.compile(
    "^(?:(?:只看|光看|单看|只说|单说|就看)(?P<topic>[^:：,，]{2,14})|"
    "(?P<about>[^:：,，]{2,8}?)(?:这边|那边|这块|这一块|方面))[:：,，](?=.{2})|"
    "^(?P<place>[^:：,，]{2,14}?)(?:里面|里头|里|当中)[,，](?=.{2})"
)
"""What both amounts stand in, said before them: 只看项目支出：甲占乙的比重."""
_ITS_TOTAL = re.compile(
    "^(?:该|这个|这|那|其|它|本)(?:一)?(?:类|款|项|科目|大类)?(?:的|印的)?(?:合计|总数|总额|小计|总计|数)"
)
_TOTAL = "合计"
_THAT_TABLES_TOTAL = re.compile(
    "^(?:该|这|那|本)(?:一)?(?:张|个|份)?表(?:上|里|中)?(?:的|印的)?(?:合计|总计|总数|总额)"
)
"""The total of a table that was named before: 表7的…，跟该表合计."""
_OF_ITSELF = re.compile("(?:费|费用|经费|租金|工资|补贴|奖金)$")
"""A name that ends so needs nothing of the other's: 办公楼的物业费."""
_YEAR_ALONE = re.compile(
    "^(?:跟|和|与)?(?:去年|上年|上一年|前一年|上年度|20\\d\\d年)(?:的|那会儿|同期|时)?$"
)
_THIS_YEAR = re.compile("^(?:今年|本年|本年度|20\\d\\d年)(?:度)?(?:的)?")
_WHOLE = {
    "支出": "总支出",
    "钱": "总支出",
    "盘子": "总支出",
    "开支": "总支出",
    "花销": "总支出",
    "收入": "总收入",
    "预算": "总预算",
}
"""What a share is of, where no more is said than the sort of amount: 今年的支出，项目支出占多少."""
_TOTAL_ITSELF = re.compile(
    "(?:今年|本年|全年|全局|局里|部门|单位|\\d{4}年|的)*(?:总的?|全部)"
    "(?:支出|开支|花销|花费|预算|收入|盘子)(?:预算|总额|总数)?的?|"
    "(?:今年|本年|全年|全局|局里|部门|单位|\\d{4}年|的)*(?:支出|开支|收入|预算)(?:预算)?(?:总计|合计|总额|总数|总量)的?"
)
"""The whole of a budget by its own name, which borrows nothing: 总支出和项目支出相差多少."""
_SHARED_BEHIND = re.compile(
    "[,，](?:光|只|单)?(?:看|论|比|说)?(?:(?:谁|哪(?:一)?[个家边])的)?(?P<shared>[^,，?？]{2,12}?)(?:上|方面)?"
    "(?:是)?(?:谁|哪(?:一)?[个家边]|(?:更|比较)?[多高大少低](?=[,，?？]|$))"
)
_SHARED_BEFORE = re.compile(
    "^(?:要?论|论起|按照?|就|光看|只看|单看|比|说到|要说)?(?P<shared>[^,，]{2,12}?)(?:来说|来看|来讲|方面|上)?[,，]"
)
"""The amount that two units are compared by, before or behind their names."""
_OF_A_KIND = re.compile("(?:今年|全年|局里|全局|部门)*的?(?:基本支出|项目支出)的?")
"""A share of the whole is asked of a kind of spending by its name alone: 项目支出占比多少."""
_OF_WHAT_WAS_TOLD = re.compile("这?(?:里面|其中|当中|里头)的?")
"""A share of what was told last, which is not known here."""

_OF_ALL = re.compile(
    "^(?P<names>[^,，。?？]{2,40}?)[,，]?(?:这|那)?(?:[两三四俩几][边家个头处样])?(?:全|也)?都(?:是|要|得|有|在|想|打算|准备|计划|需要|安排了?|说要|涉及)*"
    "(?P<shared>(?![^,，]*(?:多少|几|哪|什么|算|加))[^,，。?？是有]{2,10}?)(?:了|的)?[,，]"
)
"""What is said of all that are held together, before it is asked: 都要买设备，."""
_NAMES = re.compile("、|和|跟|与|同|以及|还有")
_ORDINAL = "第[一二三四五六七八九十\\d]{1,2}"
AT_PLACE = re.compile(
    f"(?P<within>[^,，]*?)(?:预算|金额|花钱|用钱)?(?P<place>(?:最|(?:倒数|排)?{_ORDINAL})[大高多贵小少低]|排名?(?:倒数)?{_ORDINAL}(?:名|位)?|(?:倒数)?{_ORDINAL}(?:名|位))的?"
    "(?:那|这)?(?:一)?[个项笔]?(?P<sort>项目(?!支出)|科目|(?:下属)?单位)?(?:的)?(?:预算|金额|钱)?[,，]?"
)
"""A row by its place among the others of its sort: 最大的项目, 第二大的."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an operand may be meant."""

    text: str
    leans: bool = False
    """Whether it may lack what the other operand says, so that it must not be a mere total."""
    added: bool = False
    """Whether it holds words of the other operand, so that it must not add up the two."""


Split: TypeAlias = tuple[tuple[Way, ...], ...]
"""The operands, each in the ways in which it may be meant."""


def splits(
    question: NormalisedQuestion,
    weighed: Weighed,
    operation: Operation,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> Iterator[Split]:
    """The operands of the operation, wherever the wording may part them; the likeliest first."""
    names = tuple(tuple(map(Way, ways)) for ways in listed(question.text, weighed.exact))
    if operation in SELECTED or operation is Operation.LOOKUP:
        yield names
        return
    parted = False
    for split in halves(question.text, weighed.exact, operation):
        parted = True
        yield _ways(split, question, weighed, operation, lexicon, vocabulary)
    if not parted and operation is Operation.COMPARE:
        yield names


def _ways(
    split: Halves,
    question: NormalisedQuestion,
    weighed: Weighed,
    operation: Operation,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> Split:
    """The operands of one split, each in the ways in which it may be meant."""
    one, other = split.one, split.other
    if operation is Operation.COMPARE and other:
        one, other = _with_shared_column(question.text, one, other, lexicon, vocabulary)
    places = _at_places(one, other) if operation in (Operation.COMPARE, Operation.RATIO) else None
    if places is not None:
        return places
    topic = _TOPIC_SAID.match(one)
    if topic and other:
        said = topic["topic"] or topic["about"] or topic["place"]
        one, other = (f"{said}的{text}" for text in (one[topic.end() :], other))
    named = [weighed.text[span.start : span.end] for span in weighed.exact]
    table = TABLE_TOLD.search(question.text)
    of_one = table is None and len(set(named)) == 1
    if other and named and (_ITS_TOTAL.match(other) or (of_one and plain(other) == _TOTAL)):
        other = named[0]
    if other and table and _THAT_TABLES_TOTAL.match(other):
        other = f"{table.group(0).removesuffix('的')}的合计"
    if other and _YEAR_ALONE.match(other):
        other = f"{other}的{_THIS_YEAR.sub('', one)}"
    if operation is Operation.SHARE and other and _OF_WHAT_WAS_TOLD.fullmatch(other):
        return ()
    if operation is Operation.SHARE and other and _names_nothing(other, lexicon, vocabulary):
        kind = next((kind for kind in KINDS_OF_SPENDING if kind[:2] in other), None)
        other = kind or _WHOLE.get(next((word for word in _WHOLE if word in other), ""))
    if operation is Operation.SHARE and not other and _OF_A_KIND.fullmatch(one):
        other = _WHOLE["支出"]
    if operation is Operation.SHARE and not other and len(_terms(one, lexicon, vocabulary)) > 1:
        return ()
    if operation is Operation.SHARE:
        one = next((kind for kind in KINDS_OF_SPENDING if plain(one) == kind[:2]), one)
        return _of_share(one, other, lexicon)
    return _beside(one, other, lexicon, vocabulary) if one and other else ()


def _at_places(one: str, other: str | None) -> Split | None:
    """Two rows by their places, their sort said once: 最大的项目 and 第二大的; None for others."""
    found = [AT_PLACE.fullmatch(text) for text in (one, other or "")]
    sort = next((place["sort"] for place in found if place and place["sort"]), None)
    if sort is None or not (found[0] and found[1]):
        return None
    within = found[0]["within"]
    return tuple(
        (Way(f"{place['within'] or within}{place['place']}的{sort}"),) for place in found if place
    )


def _of_share(one: str, other: str | None, lexicon: Lexicon) -> tuple[tuple[Way, ...], ...]:
    """A part and its whole, each in the ways in which it may be meant; `other` is the whole."""
    if not other:
        return ((Way(one),),)
    if _of_unit_alone(one, other, lexicon):
        return (Way(other + one, added=True),), (Way(other),)
    within = qualifier(one)
    wholes = (other, f"{within}{other}") if within else (other,)
    return (
        (Way(one), Way(other + one, added=True)),
        tuple(Way(whole, leans=whole != other) for whole in wholes),
    )


def _of_unit_alone(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether a text names a unit and no sort of spending, where the whole is of one sort."""
    aspect = any(a in other for a in ASPECTS) and not any(a in one for a in ASPECTS)
    return aspect and (OWN in one or any(name in plain(one) for name in lexicon.units))


def _with_shared_column(
    text: str, one: str, other: str, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[str, str]:
    """Two units with the amount that is said once of both: 甲和乙，基本支出哪个高."""
    if OWN not in one and not any(name in plain(one) for name in lexicon.units):
        return one, other
    behind, before = _SHARED_BEHIND.search(text), _SHARED_BEFORE.match(one)
    amount = behind["shared"] if behind else ""
    whole = OF_WHOLES.search(amount) is not None
    if behind and (whole or not _names_nothing(amount, lexicon, vocabulary)):
        shared, other = behind["shared"], other.removesuffix(behind["shared"]).rstrip(",，")
    elif before and not _names_nothing(before["shared"], lexicon, vocabulary):
        shared, one = before["shared"], one[before.end() :]
    else:
        return one, other
    return f"{one}的{shared}", f"{other}的{shared}"


def _beside(
    one: str, other: str, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[tuple[Way, ...], ...]:
    """Two amounts that are compared, what they share said once: 货物类和服务类采购预算."""
    if any(_TOTAL_ITSELF.fullmatch(text) for text in (one, other)):
        return ((Way(one),), (Way(other),))
    ours, theirs = (_terms(text, lexicon, vocabulary) for text in (one, other))
    prefixed = qualifier(one) + other
    completed = one + other[other.rfind(one[-1]) + 1 :] if one[-1] in other else one
    if len(ours) == len(theirs):
        longer = dict.fromkeys((completed, one + _behind(other, theirs)))
        further = dict.fromkeys((prefixed, other + _behind(one, ours)))
        return (
            (Way(one), *(Way(text, added=True) for text in longer)),
            (Way(other), *(Way(text, added=True) for text in further)),
        )
    if len(ours) > len(theirs):
        texts: tuple[str, ...] = (other,)
        if not TABLE_TOLD.search(other):
            texts = (prefixed, ours[0] + other, other + _behind(one, ours[:1]))
        ways = [Way(text, added=True) for text in texts if text != other]
        return ((Way(one),), (Way(other, leans=True), *ways))
    shared = (Way(f"{one}的{theirs[-1]}", added=True), Way(theirs[-1] + one, added=True))
    alone = Way(completed, added=True)
    also = (Way(prefixed, added=True),) if prefixed != other else ()
    if _OF_ITSELF.search(one):
        return ((Way(one), *shared), (Way(other), *also))
    return ((*shared, alone) if completed == one else (alone, *shared), (Way(other), *also))


def _behind(text: str, terms: list[str]) -> str:
    """What a text says behind its last term: the 的预算 of 监测中心的预算."""
    return text[text.rfind(terms[-1]) + len(terms[-1]) :] if terms and terms[-1] in text else ""


def _terms(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> list[str]:
    """The terms of the document that a text names."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, lexicon, vocabulary)
    return [weighed.text[span.start : span.end] for span in weighed.exact]


def _names_nothing(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether a text holds but the trade's commonest words: 今年的支出."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    return not weigh(asked, lexicon, vocabulary).left_over(0)


def _stems_apart(text: str, lexicon: Lexicon) -> str:
    """The text with names in short that run into each other set apart: 会议培训合计多少."""
    tokens = words(text)
    apart = tokens[:1]
    for one, other in pairwise(tokens):
        joined = {one, other} <= lexicon.stems and one[-1] + other[0] not in lexicon.by_pair
        apart += ["、", other] if joined else [other]
    return "".join(apart)


def _said_of_each(text: str) -> str:
    """The text with what is said of all its operands said of each: 甲和乙都要买设备，哪边花得多."""
    found = _OF_ALL.match(text)
    if found is None:
        return text
    names = _NAMES.split(found["names"])
    each = "、".join(f"{name}{found['shared']}" for name in names)
    return f"{each}，{text[found.end() :]}" if len(names) > 1 and all(names) else text


def set_apart(
    question: NormalisedQuestion, weighed: Weighed, lexicon: Lexicon
) -> NormalisedQuestion:
    """The question with names that run into each other set apart: 水费电费."""
    text = _stems_apart(_said_of_each(question.text), lexicon)
    for one, other in zip(weighed.exact, weighed.exact[1:], strict=False):
        if one.end == other.start:
            first, then = (weighed.text[s.start : s.end] for s in (one, other))
            if then in ASPECTS:  # 办公费项目支出 is one amount
                continue
            text = text.replace(first + then, f"{first}、{then}")
    return question if text == question.text else replace(question, text=text, plain=plain(text))

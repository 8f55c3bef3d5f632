"""What a question names, each in its place, and whether all other words are ones people ask with.

Names of the document, everyday words for them, limits on amounts, quoted words of names and
numbers of things are each held by one character, so that cues are looked for in the rest alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.departments import without_departments
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import longest_spans
from qa_service.words import words

TERM, AMOUNT, WORD, NUMBER = "龘鱻麤犇"
"""Hold the place of a name, a limit, a word that names hold and a number of things."""
THEN = "？"
"""Parts questions that are put plainly; a question as it was asked, normalised, holds none."""
_AMOUNT = re.compile(r"\d+(?:\.\d+)?个?(?:亿元|万元|亿|万|元|块)(?:钱)?(?!辆|人|次)")
_QUOTED = re.compile("[“\"‘「『'【](?P<said>[^“”\"‘’「」『』'【】]{1,8})[”\"’」』'】]")
_UNQUOTED = re.compile(
    "(?:名字|名称|名儿|项目名|标题|关键词)(?:里|中|上|内|里面|里头|里边|当中)?(?:都)?"
    "(?:有|带[着有]?|含[着有]?|包含|写[着到有明]|出现|标[着有]|沾|挂着|是|[:：])了?"
    "(?P<said>[\u4e00-\u9fff]{2,6}?)(?=(?:这?[两二三四]个字|字样|字眼|二字|一词|这个?词|的|[,，。?？]|$))"
)
_OPEN = re.compile(r"[….·*]+|某某|××|xx")
"""Names that go on in any way: “…租赁…”."""
_OF_NAMES = re.compile("名|标题|字样|字眼|关键词|这个?词|一词|[两二三四]个?字")
"""Without such a word, nothing is said of what names hold."""
_NUMBER = re.compile(
    r"(?<=[前第头后末尾pP])(?P<before>[二两三四五六七八九十]|\d{1,2})(?![百千万亿年月\d])|"
    r"(?<![这几每各\d一十])(?P<behind>[二两三四五六七八九十]|(?<!\d)\d{1,2})(?=[个名位大项家笔强样行条甲者块处])"
)
_TOTAL = re.compile("的?(?:合计数?|总计数?|总额|总数|总量|总和|小计)")
_WHOLE = re.compile(
    "(?:部门|单位|全部门|全局|全年|全部|整个|今年|本年)*的?(?:总(?:支出|收入|预算)(?:预算)?|(?:支出|收入|预算)(?:总预算|总计|合计|总额|总量|总数)|(?:支出|收入)预算)"
)
"""What the whole budget is called."""
_PROJECT_TABLE = re.compile(
    "(?:部门预算)?项目(?:支出)?(?:及其他支出)?(?:预算)?(?:明细|一览|清单)?表(?:格)?(?:里面|里头|里|中|上|内|当中)?|项目(?:支出)?(?:明细|一览)(?:表)?(?:里面|里头|里|中|上|内|当中)"
)
"""Where all projects stand."""
_ONE_ROW = re.compile("[这那]一?[行栏格]|的一行|栏的")
"""One cell of a table is asked for."""
_PRECISION = re.compile(
    r"[,，(（]?(?:精确|准确|保留|算)到?[^,，。]{0,4}(?:0\.0+1%?|位小数|小数[^,，。]{0,4}位)|[×x*]\s*100%"
)


@cache
def _year_before(year: int) -> re.Pattern[str]:
    """How the year before a budget's is said."""
    return re.compile(rf"(?<!\d)(?:20)?{(year - 1) % 100:02d}年(?:度)?")


_OF_MONEY = frozenset(
    {
        "项目",
        "项目名称",
        "项目名",
        "科目",
        "科目名称",
        "科目名",
        "名称",
        "名字",
        "字",
        "数字",
        "数量",
        "数",
        "个数",
        "口径",
        "预算",
        "支出",
        "收入",
        "经费",
        "费用",
        "资金",
        "费",
        "款项",
        "拨款",
        "表格",
        "表",
        "情况",
        "总",
        "支",
        "收",
        "财政",
        "明细",
        "花销",
        "财政资金",
        "财政经费",
        "总体",
        "样",
        "类级",
        "款级",
        "项级",
        "东西",
        "地方",
    }
)
"""Of the trade's commonest words, those that narrow no amount that is named in full."""
_CLAUSE = re.compile("[^,，。:：;；!！?？]+[,，。:：;；!！?？]*")
_HELD = re.compile(
    f"[{TERM}{AMOUNT}{WORD}{NUMBER}]|去年|上年|上一年|项目|科目|最|排|占|比例|百分|%|倍|加|合计|一共|总共|[多相]差|亿|元|几|多少|哪|谁|绝对|金额|钱|数额|名单|名字|差|减|总"
)
"""A clause with one of these is a part of what is asked."""
_ASIDE = re.compile(
    "代表|委员|议员|审计|审核|审议|开会|会上|汇报|写|稿|填表|报表|做表|对账|记账|质询|提问|采访|眼睛|眼花|看不清|数学|作业|论文|调研|记者|学生|居民|市民|老人|同志|领导|老师|"
    "街坊|邻居|朋友|同事|孩子|大爷|大妈|叔|阿姨|课|PPT|材料|图|急|赶紧|打扰|麻烦|你好|您好|请问|咨询|请教|谢|看了|听|说|我|俺|咱|你|您|忙|懒得|头疼|记不住"
)
"""Who asks, why, and to whom it is said; such a clause names nothing."""


@dataclass(frozen=True, slots=True)
class Slots:
    """A question, its names held by single characters."""

    text: str
    terms: tuple[str, ...]
    """Names of the document, as the question says them, in its order."""
    amounts: tuple[str, ...]
    words: tuple[str, ...]
    """Words that names must hold."""
    numbers: tuple[str, ...]


def read_slots(
    question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary
) -> Slots | None:
    """The slots of the question; None where it says a word that people do not ask with."""
    if "《" in question.text:
        return None  # a table is named as it is printed
    text, said = _words_held(_PRECISION.sub("", question.text))
    text = _year_before(lexicon.document.year).sub("上年", lexicon.own_year.sub("", text))
    bare = without_departments(
        replace(question, text=text, plain=plain(text)), (lexicon.document,)
    ).text
    bare = bare if _ONE_ROW.search(bare) else _PROJECT_TABLE.sub("项目里", bare)
    if any(unit in bare for unit in lexicon.units):
        return None
    if longest_spans(plain(bare), lexicon.known_titles):
        return None
    limited = bool(said) or _AMOUNT.search(bare) is not None
    held = _names_held(bare, lexicon, wholes=not limited)
    terms = [name for name, _ in held]
    text = _replaced(bare, [span for _, span in held], TERM)
    amounts = [found.group(0) for found in _AMOUNT.finditer(text)]
    text = _AMOUNT.sub(AMOUNT, text)
    numbers = [found["before"] or found["behind"] for found in _NUMBER.finditer(text)]
    text = _NUMBER.sub(NUMBER, text)
    text = "".join(c for c in _CLAUSE.findall(text) if not _is_aside(c, lexicon, vocabulary))
    slots = Slots(text, tuple(terms), tuple(amounts), tuple(said), tuple(numbers))
    return slots if _all_known(slots, lexicon, vocabulary) else None


def _words_held(text: str) -> tuple[str, list[str]]:
    """The text with what names are to hold put aside, and these words."""
    if not _OF_NAMES.search(text):
        return text, []
    said = [_OPEN.sub("", found["said"]) for found in _QUOTED.finditer(text)]
    if all(said) and said:
        text = _QUOTED.sub(WORD, text)
        again = len(said) == 1 and len(said[0]) > 1
        return (text.replace(said[0], WORD) if again else text), said
    unquoted = _UNQUOTED.search(text)
    if unquoted is None:
        return text, []
    start, end = unquoted.span("said")
    return text[:start] + WORD + text[end:], [unquoted["said"]]


def _names_held(text: str, lexicon: Lexicon, *, wholes: bool) -> list[tuple[str, tuple[int, int]]]:
    """The names that the text says, each with its place in the text."""
    bare = plain(text)
    places = [i for i, char in enumerate(text) for _ in plain(char)]
    if len(places) != len(bare):
        return []
    spans = list(longest_spans(bare, lexicon.known_terms))
    found: list[tuple[str, tuple[int, int]]] = []
    for span in sorted(spans):
        start, end = places[span.start], places[span.end - 1] + 1
        total = _TOTAL.match(text, end)
        end = total.end() if total and "支出" in text[start:end] else end
        found.append((text[start:end], (start, end)))
    taken = [place for _, place in found]
    found += [
        (whole.group(0), whole.span())
        for whole in (_WHOLE.finditer(text) if wholes else ())
        if not any(s < whole.end() and whole.start() < e for s, e in taken)
    ]
    return sorted(found, key=lambda one: one[1])


def _replaced(text: str, places: list[tuple[int, int]], mark: str) -> str:
    for start, end in reversed(places):
        text = text[:start].rstrip('“"‘「『《') + mark + text[end:].lstrip('”"’」』》')
    return text


def _is_aside(clause: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether a clause only says who asks, and why."""
    if _HELD.search(clause) or not _ASIDE.search(clause):
        return False
    return not any(_may_narrow(word, lexicon, vocabulary) for word in _words_beside(clause))


def _all_known(slots: Slots, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether every word beside what is held is one that people ask with, and names no row."""
    known = vocabulary.asked_with
    return all(
        word in known and not _may_narrow(word, lexicon, vocabulary)
        for word in _words_beside(slots.text)
    )


def _may_narrow(word: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether a word means a row, or stands in the names of some."""
    if len(word) == 1 or word in vocabulary.plain_words.function or word in vocabulary.computed:
        return False
    if word in vocabulary.plain_words.generic:
        return word not in _OF_MONEY
    return word in vocabulary.meanings or _is_printed(word, lexicon)


def _is_printed(word: str, lexicon: Lexicon) -> bool:
    """Whether a row's name holds the word."""
    places = lexicon.by_pair.get(word[:2], ())
    return any(word in lexicon.in_order[place].label.text for place in places)


def _words_beside(text: str) -> Iterator[str]:
    for piece in re.split(f"[{TERM}{AMOUNT}{WORD}{NUMBER}]", text):
        for word in words(piece):
            bare = plain(word)
            if bare:
                yield bare

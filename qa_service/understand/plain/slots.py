"""What a question names, each in its place, and whether all other words are ones people ask with.

Names of the document, everyday words for them, limits on amounts, quoted words of names and
numbers of things are each held by one character, so that cues are looked for in the rest alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.labels import plain
from qa_service.understand.departments import NEXT_DOOR, text_without_departments
from qa_service.understand.entries import accounts_said
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import says
from qa_service.understand.plain.asides import (
    in_passing,
    is_aside,
    may_narrow,
    means_a_name,
    runs_beside,
    words_beside,
)
from qa_service.understand.plain.marks import AMOUNT, NUMBER, TERM, WORD
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import longest_spans

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
    "(?:(?:部门|单位|全部门|全局|全年|全部|整个|(?<![和与跟同到至较比减、])(?:今年|本年))+的?)?(?:总(?:支出|收入|预算)(?:预算)?|(?:支出|收入|预算)(?:总预算|总计|合计|总额|总量|总数)|(?:支出|收入)预算)|本年(?:收入|支出)(?:合计)?"
)
"""What the whole budget is called."""
_IN_AND_OUT = re.compile(
    "(?:(?<=[的年度局,，])|^)(?P<one>收入|支出)(?P<and>[和与跟同、及]|以及)(?P<other>收入|支出)(?=的?(?:预算)?(?:总数|总额)?(?:各|分别|是|有|一共|多少))"
)
"""Both wholes, said in short."""
_PROJECT_TABLE = re.compile(
    "(?:部门预算)?项目(?:支出)?(?:及其他支出)?(?:预算)?(?:明细|一览|清单)?表(?:格)?(?:里面|里头|里|中|上|内|当中)?|项目(?:支出)?(?:明细|一览)(?:表)?(?:里面|里头|里|中|上|内|当中)"
)
"""Where all projects stand."""
_ONE_ROW = re.compile("[这那]一?[行栏格]|的一行|栏的")
"""One cell of a table is asked for."""
_PRECISION = re.compile(
    r"[,，(（]?(?:(?:精确|准确|保留)到?|(?<![预决])算到)[^,，。]{0,4}(?:0\.0+1%?|位小数|小数[^,，。]{0,4}位)|[×x*]\s*100%"
)


_PAIR = 2
_LEFT = "剩"
"""What is left of an amount without a part of it was not spent: 没有甲的话，还剩多少."""


@cache
def _year_before(year: int) -> re.Pattern[str]:
    """How the year before a budget's is said."""
    return re.compile(rf"(?<!\d)(?:20)?{(year - 1) % 100:02d}年(?:度)?")


_CLAUSE = re.compile("[^,，。:：;；!！?？]+[,，。:：;；!！?？]*")
_IN_UNIT = re.compile(
    f'(?:^|(?<=[,，]))[^,，{TERM}]{{0,8}}(?:以|用|按|折[成合]?|换[成算]*)[“"]?(?P<unit>[万亿]?元)[”"]?[^,，{TERM}多几]{{0,4}}[,，]'
)
"""In which unit an amount is to be told: 系统里金额以元为单位."""


@dataclass(frozen=True, slots=True)
class Slots:
    """A question, its names held by single characters."""

    text: str
    asked: str
    """The question as it was asked, without who asks it and why."""
    terms: tuple[str, ...]
    """Names of the document, as the question says them, in its order."""
    amounts: tuple[str, ...]
    words: tuple[str, ...]
    """Words that names must hold."""
    numbers: tuple[str, ...]


def read_slots(asked: str, lexicon: Lexicon, vocabulary: Vocabulary) -> Slots | None:
    """The slots of a question; None where it names a table, a unit or another document."""
    if "《" in asked or NEXT_DOOR.search(asked):
        return None  # a table is named as it is printed; another place is none of ours
    if says(asked, vocabulary.final_account_cues) and _LEFT not in asked:
        return None
    if accounts_said(plain(asked)) and any(t.accounts for t in lexicon.tables.values()):
        return None  # 预算 and 决算 are two numbers there
    text, said = _words_held(_PRECISION.sub("", asked))
    text = _year_before(lexicon.document.year).sub("上年", lexicon.own_year.sub("", text))
    bare = text_without_departments(text, plain(text), (lexicon.document,))
    bare = bare if _ONE_ROW.search(bare) else _PROJECT_TABLE.sub("项目里", bare)
    if "收入" in bare and "支出" in bare:
        bare = _IN_AND_OUT.sub(lambda f: f"{f['one']}总计{f['and']}{f['other']}总计", bare)
    if any(unit in bare for unit in lexicon.units):
        return None
    if longest_spans(plain(bare), lexicon.known_titles):
        return None
    bare = _tails_said(bare, lexicon)
    limited = bool(said) or _AMOUNT.search(bare) is not None
    held = _names_held(bare, lexicon, wholes=not limited)
    terms = [name for name, _ in held]
    text = _replaced(bare, [span for _, span in held], TERM)
    amounts = [found.group(0) for found in _AMOUNT.finditer(text)]
    text = _AMOUNT.sub(AMOUNT, text)
    numbers = [found["before"] or found["behind"] for found in _NUMBER.finditer(text)]
    text = _NUMBER.sub(NUMBER, text)
    text = _IN_UNIT.sub(lambda found: f"用{found['unit']},", text) if terms else text
    clauses = _CLAUSE.findall(text)
    kept = [
        clause
        for clause in clauses
        if not (is_aside(clause, lexicon, vocabulary) or (terms and in_passing(clause)))
    ]
    for clause in clauses:
        asked = asked if clause in kept else asked.replace(clause, "", 1)
    text = "".join(kept)
    amounts = amounts if AMOUNT in text else []
    return Slots(text, asked, *map(tuple, (terms, amounts, said, numbers)))


def _tails_said(text: str, lexicon: Lexicon) -> str:
    """The text with names in full that share their end, which it says once or not at all.

    政府采购里货物、工程各多少 for 货物类采购预算、工程类采购预算各多少
    """
    for end, heads in lexicon.same_ends:
        said = [head for head in heads if head in text]
        if end[:_PAIR] not in text or not (len(said) > 1 or any(f"{h}类" in text for h in said)):
            continue
        kind, sort = end[:_PAIR], end[-_PAIR:]
        whole = f"(?:政府)?{kind}(?:{sort})?(?:当中|里面|里头|里|中)?的?[,，]?"
        names = "|".join(map(re.escape, heads))
        name = f"(?:{whole})?({names})(?:类|的)*(?:(?:政府)?{end}|(?:政府)?{kind}|{sort})?"
        return re.sub(name, rf"\g<1>类{end}", text)
    return text


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


def all_known(slots: Slots, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether every word beside what is held is one that people ask with, and names no row.

    再添 is two words that people ask with, and together they mean 购置.
    """
    known = vocabulary.asked_with
    return all(
        word in known and not may_narrow(word, lexicon, vocabulary)
        for word in words_beside(slots.text)
    ) and not any(means_a_name(said, lexicon, vocabulary) for said in runs_beside(slots.text))

"""Which clauses only say who asks and why, and which words may narrow an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from index.labels import plain
from qa_service.understand.cue_words import cue_words
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain import words as cues
from qa_service.understand.plain.marks import AMOUNT, NUMBER, TERM, WORD
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import occurrences
from qa_service.words import WordSort, sort_of, words

_ASKED = (
    cues.AGO,
    cues.SHARE,
    cues.COUNTED,
    cues.MONEY,
    cues.WHICH,
    cues.IN_ORDER,
    cues.MOST,
    cues.LEAST,
    cues.IN_SHARES,
    cues.APART,
    cues.LARGER,
    cues.SINCE,
    cues.WORKED_OUT,
    cues.IN_YUAN,
    cues.IN_YI,
    cues.LEFT_OUT,
    cues.EACH,
)
"""A clause with one of these cues is a part of what is asked."""
_SAID = re.compile(
    f"[{TERM}{AMOUNT}{WORD}{NUMBER}_]|\\d|项目|科目|最|排|倍|加|合计|一共|总共|[多相]差|元|几|多少|怎|何|给|求|算|"
    "汇总|统计|数一|[冠亚季]军|次|比|[大小高低多少贵]|绝对|金额|钱|数额|名字|减|总|吗|是不是|有没|有无|是否"
)
"""What asks, or belongs to what is asked."""
_NARROWS = re.compile(
    "明年|前年|含|除|扣|每|均|不(?![清懂住见动了会知晓明好行想用得])|没(?![底法空看找查弄搞])|未|非|只(?!好)|仅|单独|其中|"
    "之[间内外前后]|以[上下内外]|超|第|[前后][一二两三四五六七八九十]|季度|个月|月份|每月|旬|周|半年|年[初末底]|期间|分期|[一二三]期|"
    "决算|实际|执行|结余|剩|按|各|[男女]|如果|若|"
    "(?:里|中|上|下|内|外|方面|块|类|级|款|(?<!图)表|栏|列|行|口径|的|地)[,，。:：;；!！?？]*$"
)
"""What may narrow an amount."""
_IN_PASSING = re.compile(
    f"[^{TERM}{WORD}{NUMBER}多几哪]*(?:感觉|觉得|好像|估计|应该|居然|才|都)[^{TERM}{WORD}{NUMBER}多几哪]*{AMOUNT}"
    f"[^{TERM}{WORD}{NUMBER}多几哪?？吗]*"
)
"""What somebody thinks of an amount: 感觉都没2万."""
_HELD = re.compile(f"[{TERM}{AMOUNT}{WORD}{NUMBER}]")
_A_FIGURE = re.compile("[看报给填要写说]个数")
_ELSEWHERE = re.compile(
    "..(?:局|委员会|委|厅|署|法院|检察院|街道|办|大学|中学|小学|医院|中心|公司|省|市|区|县|镇|乡|村|自治州)"
)


def is_aside(clause: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether a clause only says who asks, and why: 写课程论文想引用一个数据.

    It says a word that people do not ask with, names nothing that the document prints and no
    other organ or place, asks for nothing and says nothing that narrows an amount.
    """
    bare = _A_FIGURE.sub("", clause)
    if any(pattern.search(bare) for pattern in (_SAID, _NARROWS, _ELSEWHERE, *_ASKED)):
        return False
    said = tuple(words_beside(clause))
    narrowing = sum(may_narrow(word, lexicon, vocabulary) for word in said)
    if not narrowing and all(word in vocabulary.asked_with for word in said):
        return False
    if any(word in vocabulary.telling_words for word in said):
        return False
    told = cue_words(vocabulary.of_people).stand_in(plain(clause))
    if told:
        return narrowing <= 1
    return not narrowing and not any(sort_of(word) is WordSort.NAME for word in said)


def in_passing(clause: str) -> bool:
    """Whether a clause says what somebody thinks of an amount: 感觉都没2万."""
    return _IN_PASSING.fullmatch(clause) is not None


def may_narrow(word: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether a word means a row, or stands in the names of some."""
    if len(word) == 1 or word in vocabulary.plain_words.function or word in vocabulary.computed:
        return False
    if word in vocabulary.plain_words.generic:
        return word not in vocabulary.sorts_of_money
    return word in vocabulary.meanings or _is_printed(word, lexicon)


def _is_printed(word: str, lexicon: Lexicon) -> bool:
    """Whether a row's name holds the word."""
    places = lexicon.by_pair.get(word[:2], ())
    return any(word in lexicon.in_order[place].label.text for place in places)


def means_a_name(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether several words of the text together mean something that the document names."""
    borders: set[int] = set()
    for said in vocabulary.said.held(text):
        if said in vocabulary.asked_with or said in vocabulary.computed:
            continue
        borders = borders or set(accumulate(map(len, words(text)), initial=0))
        whole = any({span.start, span.end} <= borders for span in occurrences(text, said))
        meant = vocabulary.meanings[said]  # 年金 is no word of 上年金额
        if whole and any(term in name for term in meant for name in lexicon.terms):
            return True
    return False


def any_narrows(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether some word of the text may narrow an amount."""
    return any(may_narrow(word, lexicon, vocabulary) for word in words_beside(text))


def runs_beside(text: str) -> Iterator[str]:
    """The runs of a text beside what is held by single characters, as they are compared."""
    return (plain(piece) for piece in _HELD.split(text))


def words_beside(text: str) -> Iterator[str]:
    """The words of these runs."""
    for piece in _HELD.split(text):
        for word in words(piece):
            bare = plain(word)
            if bare:
                yield bare

"""What an asker tells beside the question: 我这老花眼看不清，隔壁老王说…，奖励金是多少.

A clause is told, and not asked, where it speaks of the asker or of others, or is a sentence of
its own, asks for nothing, and names nothing that the rest of the question does not name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import Language, NormalisedQuestion
from qa_service.understand.cue_words import cue_words
from qa_service.understand.departments import NEXT_DOOR, ORGAN, REGION
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import tables_named
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.words import words

_CLAUSE = re.compile(r"[^,，。;；:：!！?？]+[,，。;；:：!！?？]*")
_SENTENCE_END = re.compile("[。!！?？;；]$")
_ASKS = re.compile(
    "[?？]|多少|(?<![点好])几|哪|啥|什么|谁|吗|怎(?!么(?:我)?(?:记得|听说|觉得|感觉|听着|看着))|如何|干嘛|干吗|咋|给个(?:说法|解释|交代)|是不是|有没有|能不能|报(?:一下|个|出|下)|列(?:一下|个|出|下)|念(?:一下|给|出|下)|排(?:一下|个|出|下|一排)|"
    "算出|比一比|换算"
)
_BROADLY = re.compile(
    "(?!.*(?:多少|几))[^?？]*(?:花|用|投|砸|去)(?:到|在|往|了|去|向)*(?:哪|什么)(?:里|儿|些地方|个地方|地方|上面|上)?(?:去|了|呢)*[?？]$"
)
"""Where the money goes at all, before one thing is asked of it: 钱都花在哪？最大的是哪项."""
_PARTICLE = re.compile("[呢吧啊呀嘛哦啦哎唉][,，。!！;；]*$")
"""How a clause ends that is said to somebody."""
_OF_EVENTS = re.compile("(?<=[\u4e00-\u9fff])[了着过]|[太很才也都又真挺]|总得|整天|成天|一直")
"""What happens, as against what something is called: 房子老了总得修."""
_TOPIC = "里面?|里头|中|当中|上|下面?|底下|名下|方面|来说|来讲|而言|类|级|(?<!代)表"
_HOLDS = re.compile(
    r"\d|不算|不含|不包|不计|不要|别算|除[了去开]|扣[除掉]|只[算看要按]|光[算看]|仅|单[算看]|剔除|连同|包括|算上|"
    "其中|之[间内外]|以[上下内外]|超过|不到|低于|高于|前[一二三四五六七八九十]|最[大小多少高低贵]|"
    f"去年|明年|上年|前年|年度|决算|实际|(?:{_TOPIC})[,，。;；!！?？]*$"
)
"""What narrows the amount that is asked for, or names where it stands."""
_FEW = 5
"""A pair of characters that more labels hold tells none of them."""
_SORTS = ("项目", "科目", "单位", "处室", "科室", "类别")
_NOUN = re.compile("的[,，。;；!！?？]*$")
"""的 ends what something is called, but for what people say of themselves."""
_POINTS = re.compile("(?:^|[,，])[这该此](?:一)?(?:笔|项|个|块|件)(?!数)|它(?!们)")
_NAMING = re.compile("的(?:钱|经费|费用|开销|项目|那笔|那项|支出|预算|事)[,，。;；!！?？]*$")
"""What a clause calls the amount itself: 看望老干部的钱."""


def without_story(
    question: NormalisedQuestion,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    *,
    apart_only: bool,
) -> NormalisedQuestion | None:
    """The question without the clauses that ask for nothing; None where there are none.

    With `apart_only`, None as well where one that is left out stands in the asking sentence.
    """
    clauses = _CLAUSE.findall(question.text)
    sentences = _sentences(clauses)
    if len(clauses) <= 1 or (apart_only and sentences[-1] == sentences[0]):
        return None
    asking = [i for i, clause in enumerate(clauses) if _is_asking(clause, vocabulary)]
    if not asking:
        return None
    last = asking[-1]
    asking = [i for i in asking if i == last or not _BROADLY.match(clauses[i])]
    kept = dict(enumerate(clauses))
    for i, clause in enumerate(clauses):
        apart = sentences[i] != sentences[last]
        told = i not in asking and (
            apart or _is_of_people(clause, vocabulary) or _OF_EVENTS.search(clause) is not None
        )
        if told and not _narrows(clause, lexicon, vocabulary):
            rest = "".join(other for j, other in kept.items() if j != i)
            meant = not apart and _describes(clause, rest, lexicon)
            if not meant and _names_all(clause, rest, lexicon, vocabulary):
                del kept[i]
    if len(kept) == len(clauses):
        return None
    rest = "".join(kept.values()).rstrip(",，")
    if _POINTS.search(rest) and not weigh(_read(rest), lexicon, vocabulary).exact:
        return None  # 这笔服务 and 租它 speak of what was told
    left = [i for i in range(len(clauses)) if i not in kept]
    if apart_only and any(sentences[i] == sentences[last] for i in left):
        return None
    return replace(question, text=rest, plain=plain(rest))


def without_afterthought(
    question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary
) -> NormalisedQuestion:
    """The question without what people say behind it: 我跟他们说，他们还不信."""
    clauses = _CLAUSE.findall(question.text)
    behind = len(clauses) > 1 and not _is_asking(clauses[-1], vocabulary)
    asking = [i for i, c in enumerate(clauses) if _is_asking(c, vocabulary)] if behind else []
    while asking and len(clauses) - 1 > asking[-1]:
        clause, rest = clauses[-1], "".join(clauses[:-1])
        if not _is_of_people(clause, vocabulary) or _narrows(clause, lexicon, vocabulary):
            break
        if not _names_all(clause, rest, lexicon, vocabulary):
            break
        clauses.pop()
    text = "".join(clauses)
    if text == question.text:
        return question
    return replace(question, text=text.rstrip(",，"), plain=plain(text))


def _sentences(clauses: list[str]) -> list[int]:
    """The number of the sentence that each clause stands in."""
    found: list[int] = []
    number = 0
    for clause in clauses:
        found.append(number)
        number += _SENTENCE_END.search(clause) is not None
    return found


def _is_asking(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether the clause asks for something."""
    asks = _ASKS.search(clause) is not None
    return asks or cue_words(vocabulary.asking).stand_in(plain(clause))


def _is_of_people(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether people speak of themselves and of others in the clause, or to somebody."""
    told = cue_words(vocabulary.of_people).stand_in(plain(clause))
    return told or _PARTICLE.search(clause) is not None


def _narrows(clause: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether the clause may say something of the amount that is asked for."""
    if _HOLDS.search(clause) or cue_words(vocabulary.other_years.last).stand_in(plain(clause)):
        return True
    if _NAMING.search(clause) or NEXT_DOOR.search(clause):
        return True
    if _NOUN.search(clause) and not _is_of_people(clause, vocabulary):
        return True
    if any(ORGAN.search(word) or REGION.search(word) for word in words(clause)):
        return True
    weighed = weigh(_read(clause), lexicon, vocabulary)
    return bool(weighed.codes) or tables_named(weighed, lexicon)[0] is not None


def _describes(clause: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether the clause says two words of one label that the rest leaves out: 窗口, 外包."""
    text = plain(clause)
    held: dict[int, list[int]] = {}
    for at in range(len(text) - 1):
        rows = lexicon.by_pair.get(text[at : at + 2], frozenset())
        if 0 < len(rows) <= _FEW and text[at : at + 2] not in rest:
            for row in rows:
                held.setdefault(row, []).append(at)
    return any(places[-1] - places[0] > 1 for places in held.values())


def _names_all(clause: str, rest: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether the rest names each term of the document, and sort of rows, that the clause names."""
    if any(sort in clause and sort not in rest for sort in _SORTS):
        return False
    told = weigh(_read(clause), lexicon, vocabulary)
    terms = {told.text[span.start : span.end] for span in told.exact}
    if not terms:
        return True
    whole = weigh(_read(rest), lexicon, vocabulary)
    named = {whole.text[span.start : span.end] for span in whole.exact}
    meant = {term for meaning in whole.meanings for term in meaning.terms}
    return all(any(term in name for name in named | meant) for term in terms)


def _read(text: str) -> NormalisedQuestion:
    return NormalisedQuestion(text, text, plain(text), Language.ZH)

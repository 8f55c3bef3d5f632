"""Several questions in one: each answered by itself, in one reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.labels import plain
from qa_service.types import (
    AnswerStatus,
    Language,
    NormalisedQuestion,
)
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import tables_named
from qa_service.understand.plain.marks import THEN
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.wording import Reply, decline

_SENTENCE = re.compile(r"[^?？]+[?？]?")
_ASKS = re.compile(r"多少|几|哪|什么|多大|谁|吗|何")
_WHOLE = re.compile("(?:收入|支出|收支)(?:预算)?(?:总计|合计|总额|总数|总和)")
_MARK = re.compile(r"\[(\d+)\]")
_COUNTED_FIRST = re.compile(
    "^(?P<before>[^,，。?？]*?)(?:一共|总共|共|都)?(?:有|是)?(?<![的这那好])(?:几|多少)个(?P<after>[^,，。?？]*)[,，?？]+"
    "(?P<then>(?:它们|这些|分别|各自|每个)?(?:(?:一共|总共|合计|共|加起来|总额|总计|平均(?:每[个项]|下来)?)+"
    "(?:是|有|要|花|用|安排)?(?:了)?(?:多少|几)(?:钱|万元|万|元)?|(?:都|分别)?(?:是|有|叫)?(?:哪些|哪几个|什么名字|什么)))[呢啊呀]?[?？。]*$"
)
"""Rows that are counted, and then added up or listed: 有几个，一共多少钱."""
_WHOLE_AND_PARTS = re.compile(
    "^(?P<whole>[^,，。?？]{2,14}?)(?:的)?(?:一共|总共|总额|总数|合计|总)*(?:是|有|要|花|安排)?了?(?:多少|几)(?:钱|万元|万|元)?[,，?？]+"
    "(?:其中|里面|里头|那)?(?:的)?(?P<parts>[^,，。?？]{2,20}?(?:和|、|与|跟|及)[^,，。?？]{1,12}?)(?:分别|各自|各)(?:是|有|占|花|安排)?(?:了)?"
    "(?:多少|几)(?:钱|万元|万|元)?[呢啊呀]?[?？。]*$"
)
"""An amount, and those of its parts: 政府采购一共多少，其中货物和服务各多少."""
_WHOLE_AND_ONE = re.compile(
    "^(?P<whole>[^,，。?？]{2,14}?)(?:的)?(?:一共|总共|总额|总数|合计|总)*(?:是|有|要|花|安排)?了?(?:多少|几)(?:钱|万元|万|元)?[,，?？]+"
    "(?:这)?(?:其中|里面|里头|当中)(?:的)?(?P<part>[^,，。?？和、与跟及占]{2,12}?)(?:是|有|花|要|安排|列)*(?:了)?(?:多少|几)(?:钱|万元|万|元)?"
    "[呢啊呀]?[?？。]*$"
)
"""An amount, and that of a part: 政府采购多少，其中工程多少."""
_MORE_BEHIND = re.compile("[,，?？].")
"""Stands in both: a clause and what is asked behind it."""
_ROWS = re.compile("项目(?!支出|库)|科目|单位")
_MARKS = re.compile(r"(?:\[\d+\])+")
_ADDED = re.compile(r"^[^÷×]*\+[^÷×]*$")
"""How a sum was worked out."""
_MOST = 4


def separate(
    question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[NormalisedQuestion, ...]:
    """The questions that the text asks one after the other, each of something that it names.

    Empty where there is but one. Where they were put plainly, each is asked in full.
    """
    if THEN in question.text:
        parts = question.text.split(THEN)
        return tuple(replace(question, text=t, plain=plain(t)) for t in parts if t)
    texts = [t.strip(",， ") for t in _SENTENCE.findall(question.text)]
    if len(texts) == 1:
        return ()
    found = [replace(question, text=t, plain=plain(t)) for t in texts if plain(t)]
    if not 1 < len(found) <= _MOST or not all(_ASKS.search(one.text) for one in found):
        return ()
    weighed = [weigh(one, lexicon, vocabulary) for one in found]
    named = all(
        w.exact or w.codes or _WHOLE.search(one.text) for w, one in zip(weighed, found, strict=True)
    )
    return tuple(found) if named else ()


def counted_and_more(question: NormalisedQuestion) -> tuple[NormalisedQuestion, ...]:
    """The two questions of one that counts rows and asks more of them, or asks for an amount and
    for those of its parts; empty for any other."""
    if not _MORE_BEHIND.search(question.text):
        return ()
    both = _WHOLE_AND_PARTS.match(question.text)
    if both is not None:
        texts = (f"{both['whole']}是多少", f"{both['whole']}里{both['parts']}分别是多少")
        return tuple(replace(question, text=text, plain=plain(text)) for text in texts)
    one = _WHOLE_AND_ONE.match(question.text)
    if one is not None:
        texts = (f"{one['whole']}是多少", f"{one['whole']}里{one['part']}是多少")
        return tuple(replace(question, text=text, plain=plain(text)) for text in texts)
    found = _COUNTED_FIRST.match(question.text)
    rows = f"{found['before']}{found['after']}" if found else ""
    if found is None or not _ROWS.search(rows):
        return ()
    texts = (f"{rows.removesuffix('的')}有几个", f"{rows.removesuffix('的')}{found['then']}")
    return tuple(replace(question, text=text, plain=plain(text)) for text in texts)


def leans(
    questions: Sequence[NormalisedQuestion], lexicon: Lexicon, vocabulary: Vocabulary
) -> bool:
    """Whether some of the questions name a table, which may hold for the others as well."""
    named = [
        tables_named(weigh(question, lexicon, vocabulary), lexicon)[0] is not None
        for question in questions
    ]
    return any(named) and not all(named)


def together(replies: Sequence[Reply], language: Language) -> Reply:
    """One reply of all, where each was answered by amounts; else a word to ask one at a time."""
    if any(r.status is not AnswerStatus.ANSWERED or not r.values for r in replies):
        return decline(language, AnswerStatus.NOT_FOUND, "one_at_a_time")
    labels = [reply.values[0].label for reply in replies]
    alike = [reply for reply in replies if labels.count(reply.values[0].label) > 1]
    return joined_up([_with_its_table(r, alike) if r in alike else r for r in replies])


def _with_its_table(reply: Reply, alike: Sequence[Reply]) -> Reply:
    """The reply with its table in the name of its amount, which others are called by as well."""
    first = reply.citations[0] if reply.citations else None
    if first is None or first.table is None or first.row is None:
        return reply
    titles = [r.citations[0].table for r in alike if r.citations]
    told = f"《{first.table.title}》"
    if titles.count(first.table) > 1 and first.row.code:
        told += f"科目{first.row.code}"
    value = reply.values[0]
    named = replace(value, label=f"{told}的{value.label}")
    text = reply.text.replace(value.label, named.label, 1)
    return replace(reply, text=text, values=(named, *reply.values[1:]))


def counted_together(replies: Sequence[Reply], language: Language) -> Reply:
    """One reply of all; where they are added up at last, the sum is the first of its values."""
    joined = together(replies, language)
    at = len(replies[0].values)
    if joined.status is not AnswerStatus.ANSWERED or not _ADDED.search(
        joined.values[at].formula or ""
    ):
        return joined
    values = joined.values
    return replace(joined, values=(values[at], *values[:at], *values[at + 1 :]))


def joined_up(replies: Sequence[Reply]) -> Reply:
    """One reply that tells all of them, one after the other."""
    joined = replies[0]
    for reply in replies[1:]:
        more = _numbered_behind(reply, joined)
        joined = replace(
            joined,
            text=f"{joined.text}\n{more.text}",
            values=(*joined.values, *more.values),
            citations=tuple(dict.fromkeys((*joined.citations, *more.citations))),
            notices=tuple(dict.fromkeys((*joined.notices, *more.notices))),
        )
    return replace(joined, suggestions=())


def _numbered_behind(reply: Reply, before: Reply) -> Reply:
    """The reply with its citations numbered on from those of the one before.

    What both cite keeps its number.
    """
    known = {replace(citation, n=0): citation.n for citation in before.citations}
    numbers: dict[int, int] = {}
    for citation in reply.citations:
        numbers[citation.n] = known.setdefault(replace(citation, n=0), len(known) + 1)
    return replace(
        reply,
        text=_MARKS.sub(lambda run: _in_order(run.group(0), numbers), reply.text),
        values=tuple(
            replace(v, citations=tuple(numbers[n] for n in v.citations)) for v in reply.values
        ),
        citations=tuple(replace(c, n=numbers[c.n]) for c in reply.citations),
    )


def _in_order(marks: str, numbers: dict[int, int]) -> str:
    """A run of marks with their new numbers, the smallest first."""
    return "".join(f"[{n}]" for n in sorted(numbers[int(m)] for m in _MARK.findall(marks)))

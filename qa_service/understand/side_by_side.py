"""What of a question names one amount, where it puts several places of it side by side."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import CellTarget, NormalisedQuestion, Operation, QueryPlan, Scope
from qa_service.understand.cue_words import cue_words
from qa_service.understand.cues import read_cues
from qa_service.understand.entries import KINDS_OF_SPENDING
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.parts import listed
from qa_service.understand.selections import select
from qa_service.understand.single_amounts import named_amount
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Span, Weighed, occurrences

_BESIDE = (
    *"比和与跟同谁各的、里上中在是这那数",
    *(
        "比起",
        "还是",
        "怎么",
        "怎么个",
        "哪家",
        "哪个局",
        "哪个",
        "哪张",
        "分别",
        "里面",
        "里的",
        "之间",
        "同一个",
        "前者",
        "后者",
        "差额",
        "差距",
        "差数",
        "这块",
        "这一块",
        "方面",
        "花得",
        "用得",
        "相当于",
    ),
)
"""Words that put departments or tables side by side."""
_COUNTED = re.compile("[两二三四](?:家|个|张|份)(?:单位|部门|局|表|地方)?")
_MORE = "[大高多少低小贵]"
_BY_HOW_MUCH = re.compile(
    rf"(?:更|最)?{_MORE}(?={_MORE}[出了]?(?:多少|几))|"
    rf"{_MORE}[出了]?(?:多少|几)个?(?:亿元|万元|亿|万|元|块钱)?|(?:更|最){_MORE}|{_MORE}$|"
    "(?<=多少)(?:亿元|万元|元|亿|万)|比一比|比比看?|比较一下"
)
"""What is asked of two amounts beside which is more: 谁的大、大多少万元."""
_AGAINST_TOTAL = re.compile(
    r"^(?:我|咱们?|我们)?(?P<within>[^,，]+?(?:里面|里|中|上|表)[,，]?(?=把|将))?(?:把|将)?(?P<rows>.+?)(?:一个一个|一个个|一项项|一笔笔|一条条|一行行|一行一行|一项一项|一笔一笔|一条一条|逐个|逐项|逐条|逐行|逐一|手工|分别)?(?:地)?"
    r"(?:的合计数?|的数|的金额)?(?:都|全)?(?:加起来|相加|加总|加在一起|合起来|加了?[一几两]?遍|累加|加完)[^,，]{0,4}[,，]?(?:结果|得数|得出来?的数|算出来)?"
    r"(?:和|跟|与|同|比)[^,，]{0,16}?(?:合计|总计|总数|本身|总的|自己|印的|印着的|印出来的|表上的)[^,，]{0,12}?(?:相差|差|多|少|对不上|对得上)"
)
_WITHIN = frozenset("里中")
"""政府采购里哪家买服务 names what is bought in 政府采购, and no 采购买服务."""
_TWO = 2
_OF_TWO = {Operation.COMPARE, Operation.RATIO, Operation.DIFFERENCE}
OF_BOTH_KINDS = "基本支出和项目支出合起来"
"""How a question is read that asks for both kinds of spending together."""
_BOTH = re.compile("(?:两边|两头|两块|两处|两者|两类|两部分|双方|各)")


def amount_said(weighed: Weighed, vocabulary: Vocabulary, besides: int = 0) -> str:
    """What of the question names the amount: the words that put it side by side left out.

    `besides` are characters that name where it stands: departments, tables.
    """
    text = weighed.text
    words = tuple(cue for cues in vocabulary.operation_cues.values() for cue in cues)
    asked = tuple(cue for cue in vocabulary.amount_cues if not cue.startswith(("预算", "金额")))
    ranking = vocabulary.ranking
    orders = (*ranking.up, *ranking.down, *ranking.order)
    mask = cue_words((*words, *asked, *orders, *_BESIDE)).mask(text)
    for pattern in (_COUNTED, _BY_HOW_MUCH):
        for found in pattern.finditer(text):
            mask |= Span(*found.span()).mask
    for span in weighed.exact:
        mask &= ~span.mask
    kept = [i for i in range(len(text)) if not (mask | besides) >> i & 1]
    said = ""
    for before, at in zip([-1, *kept], kept, strict=False):
        within = said and not _WITHIN.isdisjoint(text[before + 1 : at])
        said += f"的{text[at]}" if within else text[at]
    return plain(said)


def blanked(text: str, mask: int, filler: str) -> str:
    """The text with the filler in place of each character of the mask."""
    return "".join(filler if mask >> i & 1 else char for i, char in enumerate(text))


def of_two_tables(
    weighed: Weighed, operation: Operation, scope: Scope, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[QueryPlan, ...]:
    """One name's amounts in two tables that the question names; empty where it does not so."""
    titles = _titles_said(weighed, lexicon)
    if operation is Operation.SUM and not titles:
        titles = _kinds_said(weighed)
    elif operation not in _OF_TWO:
        return ()
    if len(titles) != _TWO:
        return ()
    mask = weighed.words_mask(tuple(_BOTH.findall(weighed.text)))
    for span in titles:
        mask |= span.mask
    name = amount_said(weighed, vocabulary, mask)
    found: list[QueryPlan] = []
    for span in titles:
        title = weighed.text[span.start : span.end]
        part = named_amount(f"{title}的{name}", scope, lexicon, vocabulary) if name else None
        if part is None:
            return ()
        found.append(part)
    return tuple(found)


def of_names_in_both_kinds(
    question: NormalisedQuestion,
    operation: Operation,
    scope: Scope,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> tuple[QueryPlan, ...]:
    """Several names, each in both kinds of spending: 水费加电费，基本和项目都算上."""
    text = question.text
    if operation is not Operation.SUM or OF_BOTH_KINDS not in text:
        return ()
    rest = text.replace(OF_BOTH_KINDS, "，合起来")
    weighed = weigh(replace(question, text=rest, plain=plain(rest)), lexicon, vocabulary)
    found: list[QueryPlan] = []
    pieces = [first for first, *_ in listed(rest, weighed.exact)]
    terms = _exact(weighed)
    names = [piece for piece in pieces if any(term in plain(piece) for term in terms)]
    for name in names if len(names) > 1 else ():
        for kind in KINDS_OF_SPENDING:
            part = named_amount(f"{kind}的{name}", scope, lexicon, vocabulary)
            if part is None:
                return ()
            found.append(part)
    return tuple(found)


def _exact(weighed: Weighed) -> list[str]:
    """The terms of the document that the question says."""
    return [weighed.text[span.start : span.end] for span in weighed.exact]


def of_rows_and_total(
    question: NormalisedQuestion, scope: Scope, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[QueryPlan, ...]:
    """Rows added up one by one, and the printed sum of them; empty where not both are meant.

    把项目逐个加起来，和表上的合计差多少 asks for no more than the rounding.
    """
    found = _AGAINST_TOTAL.search(question.text)
    if found is None:
        return ()
    rows = f"{found['within'] or ''}{found['rows']}加起来"
    weighed = weigh(replace(question, text=rows, plain=plain(rows)), lexicon, vocabulary)
    cues = replace(read_cues(weighed, vocabulary), operation=Operation.SUM)
    chosen = select(weighed, cues, lexicon, vocabulary)
    if len(chosen) != 1 or (chosen[0].narrowed and not chosen[0].row_ids):
        return ()
    (one,) = chosen
    total = one.total_id or lexicon.total_of.get((one.table_id, one.side))
    if total is None:
        return ()
    cell = CellTarget(total, one.table_id, lexicon.document.id, one.column, 1.0)
    added = QueryPlan(Operation.SUM, scope, selections=(replace(one, total_id=None),))
    return added, QueryPlan(Operation.LOOKUP, scope, cells=(cell,), numeric=1.0)


def _kinds_said(weighed: Weighed) -> list[Span]:
    """Where the question says both kinds of spending, each once and by itself."""
    exact = {(s.start, s.end) for s in weighed.exact}
    found = [occurrences(weighed.text, kind) for kind in KINDS_OF_SPENDING]
    spans = [s for those in found for s in those if (s.start, s.end) in exact]
    return sorted(spans, key=lambda s: s.start) if all(len(f) == 1 for f in found) else []


def _titles_said(weighed: Weighed, lexicon: Lexicon) -> list[Span]:
    """Where the question names tables, in its order; a title inside a longer one names none."""
    said = [s for title in lexicon.titles for s in occurrences(weighed.text, title)]
    kept: list[Span] = []
    for span in sorted(said, key=lambda s: s.start - s.end):
        if not any(span.mask & other.mask for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)

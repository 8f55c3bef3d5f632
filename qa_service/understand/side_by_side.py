"""What of a question names one amount, where it puts several places of it side by side."""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import CellTarget, NormalisedQuestion, Operation, QueryPlan, Scope
from qa_service.understand.cue_words import cue_words
from qa_service.understand.cues import read_cues
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operands import named_amount
from qa_service.understand.selections import select
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Span, Weighed, occurrences

_BESIDE = (
    *"比和与跟同谁各的、里上中在是这那数",
    *("比起", "还是", "哪家", "哪个局", "哪个", "哪张", "分别", "里面", "里的", "之间", "同一个"),
)
"""Words that put departments or tables side by side."""
_COUNTED = re.compile("[两二三四](?:家|个|张|份)(?:单位|部门|局|表|地方)?")
_AGAINST_TOTAL = re.compile(
    r"^(?P<within>[^,，]+?(?:里面|里|中|上|表)[,，]?(?=把|将))?(?:把|将)?(?P<rows>.+?)(?:一个一个|一个个|一项项|一笔笔|一条条|一项一项|一笔一笔|一条一条|逐个|逐项|逐条|逐行|逐一|手工|分别)?(?:地)?"
    r"(?:的合计数?|的数|的金额)?(?:都|全)?(?:加起来|相加|加总|加在一起|合起来)[^,，]{0,4}[,，]?(?:结果|得数|得出来?的数|算出来)?"
    r"(?:和|跟|与|同|比)[^,，]{0,12}?(?:合计|总计|总数|本身|总的)[^,，]{0,6}?(?:相差|差|多|少|对不上|对得上)"
)
_TWO = 2
_OF_TWO = {Operation.COMPARE, Operation.RATIO, Operation.DIFFERENCE}
_KINDS_OF_SPENDING = ("基本支出", "项目支出")
"""What two tables of the same subjects are told apart by: 办公费，基本支出和项目支出合起来."""
_BOTH = re.compile("(?:两边|两头|两块|两处|两者|两类|两部分|双方|各)")


def amount_said(weighed: Weighed, vocabulary: Vocabulary, besides: int = 0) -> str:
    """What of the question names the amount: the words that put it side by side left out.

    `besides` are characters that name where it stands: departments, tables.
    """
    text = weighed.text
    words = tuple(cue for cues in vocabulary.operation_cues.values() for cue in cues)
    asked = tuple(cue for cue in vocabulary.amount_cues if not cue.startswith(("预算", "金额")))
    mask = cue_words((*words, *asked, *_BESIDE)).mask(text)
    for counted in _COUNTED.finditer(text):
        mask |= Span(*counted.span()).mask
    for span in weighed.exact:
        mask &= ~span.mask
    return plain(blanked(text, mask | besides, ""))


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
    found = [occurrences(weighed.text, kind) for kind in _KINDS_OF_SPENDING]
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

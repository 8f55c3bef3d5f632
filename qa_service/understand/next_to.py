"""The amount next to a named one in an order: 仅次于租赁费的科目, 排在餐饮外包后面的项目.

It is the largest below the named one, so that the question is asked with that limit.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.units import from_fen
from qa_service.types import NormalisedQuestion
from qa_service.understand.entries import ASPECTS
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import longest_spans

NEXT_TO = re.compile(
    "(?:金额|预算|数额|钱数|钱)?(?:上)?(?:仅次于|略低于|紧跟(?:着|在)?|紧挨(?:着|在)?|(?:紧接着?)?排在)"
    "(?P<name>[^,，。?？]{2,40}?)(?:后面|之后|后头|的后面|下面一位)?的(?P<rest>[^,，。?？]*)"
)
_WHICH = re.compile("哪|谁|什么|啥|多少|几")
_SORT = re.compile("项目(?!支出)|科目|单位")


def next_in_order(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question for the largest amount below the named one; itself where it names no next.

    Where the named one has several amounts, no order is known: the question is left as it is.
    """
    found = NEXT_TO.search(question.text)
    if found is None or not _WHICH.search(question.text[found.end("name") :]):
        return question
    fen = _amount_of(found["name"], question.text, lexicon)
    if fen is None:
        return question
    head, tail = question.text[: found.start()], found["rest"]
    named = _SORT.search(head + tail)
    rows = "" if named else "项目"
    below = f"金额不足{from_fen(fen, '元')}元的"
    text = f"{head}{below}{rows}{tail if named and _SORT.search(tail) else ''}里面最多的是哪一个？"
    return replace(question, text=text, plain=plain(text))


def _amount_of(name: str, text: str, lexicon: Lexicon) -> int | None:
    """The one amount that rows of this name have, in the kind of spending that is asked of."""
    labels = [plain(name)[s.start : s.end] for s in longest_spans(plain(name), lexicon.known_terms)]
    if len(labels) != 1 or labels[0] != plain(name):
        return None
    kinds = [kind for kind in ASPECTS if kind in text]
    amounts = set()
    for row_id in lexicon.by_label.get(labels[0], ()):
        entry = lexicon.rows[row_id]
        table = lexicon.tables[entry.table_id]
        if kinds and not any(kind in table.aspects for kind in kinds) and table.aspects:
            continue
        amounts |= {
            cell.fen for cell in entry.row.cells if cell.column in table.wholes and cell.fen
        }
    return amounts.pop() if len(amounts) == 1 else None

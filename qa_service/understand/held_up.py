"""An amount held up, and what it is the amount of: 281.56万元拿去做什么了, 哪个项目正好是150万元.

The document prints the amount beside one name; the question is then asked of that name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.labels import plain
from index.records import PROJECT_TABLES
from index.units import to_fen
from qa_service.types import NormalisedQuestion
from qa_service.understand.amounts import read_limits
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import longest_spans

_HELD_UP = re.compile(
    r"(?:(?:那|这)(?:一)?(?:笔|个|项)?|预算(?:金额|数|额)?(?:为|是|有)?|(?:花|安排|列|给|拨)了)?"
    r"(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元|万|亿)"
    r"(?:的(?:那|这)?(?:一)?(?:个|笔|项)?(?:项目|钱|经费|资金|支出|预算)?)?"
)
_DIGIT = re.compile(r"\d")
_WHAT_FOR = re.compile(
    "(?:拿|用|花|投|拨|给)(?:来|去|在|到|给|于)?(?:了)?(?:做|干)?(?:什么|啥|哪|嘛|谁)|(?:做|干)(?:什么|啥|嘛|哪)|"
    "绩效目标|用途|有什么用|派(?:什么|啥)用|目的|目标|为了|"
    "^[^,，。?？]{0,6}[,，](?:它|他们|到底|究竟|具体|主要|都)*(?:是)?[\u4e00-\u9fff]{1,4}?(?:的是|些)?(?:什么|啥|哪(?!个|项|笔))"
)
_WHICH = re.compile(
    "(?:是|属于|对应|指|算)(?:的)?(?:是)?(?:给)?(?:哪|什么|啥)(?:一)?(?:个|笔|项|块|些)?(?:的)?"
    "(?:项目|科目|钱|款项?|支出|费用|经费|资金|开支|预算)?(?:的)?[呢啊呀]?[?？。]*$"
)
_FIGURES = 3
"""So many figures of an amount are said by nobody who only means about so much."""
_MOST = 2**53


def of_its_amount(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question asked of the one name that the amount it holds up is printed beside.

    The question itself where it names something, or no name or several have such an amount.
    """
    found = list(_HELD_UP.finditer(question.text)) if _DIGIT.search(question.text) else []
    if len(found) != 1 or any(longest_spans(question.plain, lexicon.known_terms)):
        return question
    if read_limits(question.text) is not None:  # 超过281.56万元的项目 has no such amount
        return question
    held = found[0]
    figures = held["value"].replace(",", "")
    if len(figures.replace(".", "").strip("0")) < _FIGURES:
        return question
    rest = question.text[held.end() :]
    unit = held["unit"] if held["unit"].endswith("元") else f"{held['unit']}元"
    name = _name_of(to_fen(Decimal(figures), unit), lexicon)
    if name is None:
        return question
    if _WHAT_FOR.search(rest):
        text = f"{question.text[: held.start()]}“{name}”{rest}"
    elif _WHICH.match(rest):
        text = f"“{name}”的预算是多少？"
    else:
        return question
    return replace(question, text=text, plain=plain(text))


def _name_of(fen: int, lexicon: Lexicon) -> str | None:
    """The one name beside which the amount is printed; a project before all others."""
    if fen > _MOST:
        return None
    rows = [e for e in lexicon.in_order if any(cell.fen == fen for cell in e.row.cells)]
    rows = [entry for entry in rows if entry.row.id not in lexicon.sums]
    projects = {
        e.row.label for e in rows if lexicon.tables[e.table_id].table.kind in PROJECT_TABLES
    }
    names = projects or {entry.row.label for entry in rows}
    return names.pop() if len(names) == 1 else None

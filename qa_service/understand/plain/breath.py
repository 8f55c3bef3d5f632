"""Several things asked in one breath, each as a question of its own.

People say 机关运行经费是多少，比去年多多少
for        机关运行经费是多少？机关运行经费比上年变动了多少钱？
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain.amounts import fen, of_one
from qa_service.understand.plain.projects import of_limits, of_projects, of_word
from qa_service.understand.plain.slots import TERM, THEN, Slots
from qa_service.understand.plain.words import AGO, APART, EACH, IN_SHARES, LARGER

_CLAUSES = re.compile("[,，;；。?？]")
_ASKS = re.compile("多少|几何|几个钱")
_AND = "(?:和|与|跟|同|及|以及|、|还有|[,，])"
_NOW_AND_THEN = re.compile(
    f"(?:今年|本年)?{_AND}(?:{AGO.pattern})|(?:{AGO.pattern}){_AND}(?:今年|本年)"
)
_BOTH_ENDS = re.compile(
    f"最[多大高贵]的?(?:项目)?{_AND}最[少小低]|最[少小低]的?(?:项目)?{_AND}最[多大高贵]"
)
_WHICH = re.compile("哪|分别|各|什么|谁|啥")
_SUM = re.compile("^(?:一共|总共|合计|共|加起来|合起来|总额|总金额|金额|总)[^哪个]*(?:多少|几)?")
_NAMES = re.compile("^(?:分别|各|都|具体)?(?:是|叫|有)?(?:哪些|哪几|什么|啥)")
_HOW_MANY = "有几个"
_PART = re.compile(f"^(?:其中|里面|当中)的?{TERM}")
_OF_TWO = re.compile(
    f"^[^{TERM}]*{TERM}[^{TERM}]*占{TERM}{_AND}{TERM}[^{TERM}]*(?:百分|比例|比重|%|几成|多少)"
)
_TWO, _MOST = 2, 4


def in_one_breath(slots: Slots, lexicon: Lexicon) -> str | None:
    """The questions, one after the other; None where not several things are plainly asked."""
    clauses = [clause for clause in _CLAUSES.split(slots.text.rstrip("?？")) if clause.strip()]
    found: tuple[str | None, ...] = ()
    if slots.amounts or slots.words:
        found = _of_projects(slots, clauses)
    elif not slots.terms:
        found = _of_all_projects(slots, clauses)
    elif len(slots.terms) == 1 and not slots.numbers:
        found = _of_one(slots, clauses, lexicon)
    elif len(slots.terms) == _TWO and len(clauses) == _TWO:
        found = _of_a_part(slots, clauses, lexicon)
    elif _TWO < len(slots.terms) <= _MOST:
        found = _shares(slots, lexicon)
    questions = [one for one in found if one is not None]
    several = len(questions) == len(found) and len(set(questions)) > 1
    return "".join(f"{question}{THEN}" for question in questions) if several else None


def _of_one(slots: Slots, clauses: list[str], lexicon: Lexicon) -> tuple[str | None, ...]:
    """An amount, and last year's or its change."""
    name, text = slots.terms[0], slots.text
    if _NOW_AND_THEN.search(text) and EACH.search(text):
        changed = any(pattern.search(text) for pattern in (APART, IN_SHARES, LARGER))
        return () if changed else (f"{name}是多少", f"上年的{name}是多少")
    if len(clauses) != _TWO or TERM not in clauses[0] or not _ASKS.search(clauses[0]):
        return ()
    first = of_one(replace(slots, text=clauses[0]), name, lexicon)
    second = of_one(replace(slots, text=f"{TERM}{clauses[1]}"), name, lexicon)
    then = [one is not None and "上年" in one for one in (first, second)]
    return (first, second) if any(then) and not all(then) else ()


def _of_a_part(slots: Slots, clauses: list[str], lexicon: Lexicon) -> tuple[str | None, ...]:
    """An amount and that of one of its parts: “三公”经费是多少，其中公务接待费多少."""
    whole, part = slots.terms
    if not _PART.match(clauses[1]):
        return ()
    first = of_one(replace(slots, text=clauses[0], terms=(whole,)), whole, lexicon)
    rest = clauses[1][clauses[1].index(TERM) :]
    second = of_one(replace(slots, text=rest, terms=(part,)), part, lexicon)
    plainest = first == f"{whole}是多少" and second == f"{part}是多少"
    return (first, f"{whole}中的{part}是多少") if plainest else ()


def _shares(slots: Slots, lexicon: Lexicon) -> tuple[str | None, ...]:
    """The share of each of several names in the last one, or of the first in both others."""
    *parts, whole = slots.terms
    text = slots.text
    if len(parts) == _TWO and _OF_TWO.search(text) and not AGO.search(text):
        part, first, second = fen(parts[0], lexicon), fen(parts[1], lexicon), fen(whole, lexicon)
        if part is None or first is None or second is None or part >= min(first, second):
            return ()
        return tuple(f"{parts[0]}占{one}的百分之几" for one in (parts[1], whole))
    if not (EACH.search(text) and IN_SHARES.search(text)) or AGO.search(text):
        return ()
    if not re.search(f"占(?:了|到|整个|全部)?{TERM}[^{TERM}]*$", text):
        return ()
    larger, amounts = fen(whole, lexicon), [fen(part, lexicon) for part in parts]
    if larger is None or any(amount is None or amount >= larger for amount in amounts):
        return ()
    return tuple(f"{part}占{whole}的百分之几" for part in parts)


def _of_all_projects(slots: Slots, clauses: list[str]) -> tuple[str | None, ...]:
    """The first and the last of all projects; their number and what they add up to."""
    text = slots.text
    if len(clauses) == _TWO and _SUM.match(clauses[1]):
        number = of_projects(replace(slots, text=clauses[0]))
        return (number, "项目支出是多少") if number == "一共有多少个项目" else ()
    asked = "项目" in text and _BOTH_ENDS.search(text) and _WHICH.search(text)
    if not asked or any(p.search(text) for p in (APART, IN_SHARES, AGO)):
        return ()
    return ("预算最多的项目是哪个", "预算最少的项目是哪个")


def _of_projects(slots: Slots, clauses: list[str]) -> tuple[str | None, ...]:
    """How many of the projects there are, and which they are or what they add up to."""
    if len(clauses) != _TWO or slots.terms:
        return ()
    alone = replace(slots, text=clauses[0])
    first = of_word(alone) if slots.words else of_limits(alone)
    if first is None or not first.endswith(_HOW_MANY):
        return ()
    rows = first.removesuffix(_HOW_MANY)
    if _NAMES.match(clauses[1]):
        return (first, f"{rows}有哪些")
    return (first, f"{rows}合计多少钱") if _SUM.match(clauses[1]) else ()

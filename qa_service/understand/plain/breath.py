"""Several things asked in one breath, each as a question of its own.

People say 机关运行经费是多少，比去年多多少
for        机关运行经费是多少？机关运行经费比上年变动了多少钱？
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.units import read_numeral
from qa_service.understand.entries import ASPECTS
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain.amounts import fen, of_one, of_year, share
from qa_service.understand.plain.marks import NUMBER, TERM, THEN
from qa_service.understand.plain.projects import of_limits, of_projects, of_word
from qa_service.understand.plain.slots import Slots
from qa_service.understand.plain.words import (
    AGO,
    AND,
    APART,
    DENIED,
    EACH,
    IN_SHARES,
    LARGER,
    LEFT_OUT,
    LISTED,
    SINCE,
    WORKED_OUT,
    of_least,
)

_CLAUSES = re.compile("[,，;；。?？]")
_ASKS = re.compile("多少|几何|几个钱|几[辆台套]")
_NOW_AND_THEN = re.compile(
    f"(?:今年|本年)?{AND}(?:{AGO.pattern})|(?:{AGO.pattern}){AND}(?:今年|本年)"
)
_THIS_YEAR = re.compile("今年|本年")
_BOTH_ENDS = re.compile(
    f"最[多大高贵]的?(?:项目)?{AND}最[少小低]|最[少小低]的?(?:项目)?{AND}最[多大高贵]"
)
_WHICH = re.compile("哪|分别|各|什么|谁|啥")
_SUM = re.compile("^(?:一共|总共|合计|共|加起来|合起来|总额|总金额|金额|总)[^哪个]*(?:多少|几)?")
_NAMES = re.compile("^(?:分别|各|都|具体)?(?:是|叫|有)?(?:哪些|哪几|什么|啥)")
_HOW_MANY = "有几个"
_PART = re.compile(f"^(?:其中|里面|当中)的?{TERM}")
_OF_TWO = re.compile(
    f"^[^{TERM}]*{TERM}[^{TERM}]*占{TERM}{AND}{TERM}[^{TERM}]*(?:百分|比例|比重|%|几成|多少)"
)
_OF_A_NAME = re.compile(f"占(?:了|到|整个|全部)?{TERM}")
_LISTED = re.compile(LISTED)
_PIECES = re.compile("[,，;；。?？:：]|然后|还有|另外|以及|并且|同时|顺便")
_FIGURES = re.compile(
    f"[^{TERM}]{{0,6}}(?:{NUMBER}|俩|这些|那些)个?(?:数字|数|金额|指标)[^{TERM}多几]{{0,8}}|"
    f"(?:{NUMBER}|俩)[个项样]?(?:都|一并|一起)[^{TERM}多几]{{0,8}}"
)
"""How many figures are wanted: 两个数都想要."""
_TOPIC = re.compile(
    f"(?P<topic>{TERM})的?(?:这|下列|以下)?{NUMBER}个?(?:数字|数|金额|指标)[:：,，]"
)
_OF_BOTH = re.compile(
    f"{NUMBER}个?(?:数字|数|金额|指标)|俩数|一并|都要|都想|还有|以及|又|另外|同时|分别|顺便|然后"
)
_FIGURE = re.compile("多少|几|数(?!据)|额|占|百分")
_LAST_YEAR = re.compile(f"(?:{AGO.pattern})(?:度)?(?:的)?(?:话)?")
_HOLDS = re.compile(
    f"{_ASKS.pattern}|{AGO.pattern}|{LEFT_OUT.pattern}|{DENIED.pattern}|[{NUMBER}的]$"
)
"""What stands before the first name, and asks for something or holds for what follows."""
_PART_OF = re.compile(f"^[^{TERM}]*(?:占|是){TERM}[^{TERM}]*$")
_NTH = re.compile(f"第{NUMBER}")
_FROM_TO = re.compile(f"{NUMBER}[名位]?(?:到|至|-|—|~)第?{NUMBER}")
"""Places from one to another: 第四到第六位."""
_BEFORE_NUMBER = re.compile(f"(第?){NUMBER}")
_CHANGES = re.compile("(?:增|涨|降|减|跌|升)(?:加|少|了|幅|长|额)")
_APART_IN_YEARS = re.compile(
    "[,，、;；。?？]|(?:以及|还有|并且|同时|顺便|又|和)(?=[^,，]*(?:多少|几|幅|率|比例))|(?<=多少)(?=[今去上本前]年)"
)
"""What stands between things that are asked of two years: 去年多少今年多少."""
_TWO, _MOST = 2, 5


def in_one_breath(slots: Slots, lexicon: Lexicon) -> str | None:
    """The questions, one after the other; None where not several things are plainly asked."""
    clauses = [clause for clause in _CLAUSES.split(slots.text.rstrip("?？")) if clause.strip()]
    found: tuple[str | None, ...] = ()
    if slots.amounts or slots.words:
        found = _of_projects(slots, clauses)
    elif not slots.terms:
        found = _shares_of_first(slots) or _of_all_projects(slots, clauses)
    elif len(slots.terms) == 1:
        first = _shares_of_first(slots) if slots.numbers else _of_one(slots, clauses, lexicon)
        found = first or _in_pieces(slots, lexicon)
    elif len(slots.terms) <= _MOST:
        found = _of_several(slots, clauses, lexicon)
    questions = [one for one in found if one is not None]
    several = len(questions) == len(found) and len(set(questions)) > 1
    return "".join(f"{question}{THEN}" for question in questions) if several else None


def _of_several(slots: Slots, clauses: list[str], lexicon: Lexicon) -> tuple[str | None, ...]:
    """What is asked of two names or more, each way in which it may be put in turn."""
    found: tuple[str | None, ...] = ()
    if len(slots.terms) == _TWO:
        found = _of_a_part(slots, clauses, lexicon)
    found = found or _in_pieces(slots, lexicon)
    return found or _shares(slots, lexicon) or _changes(slots, lexicon)


def _of_one(slots: Slots, clauses: list[str], lexicon: Lexicon) -> tuple[str | None, ...]:
    """An amount, and last year's or its change."""
    name, text = slots.terms[0], slots.text
    then = AGO.search(text) and _THIS_YEAR.search(text)
    if (then or _NOW_AND_THEN.search(text)) and EACH.search(text):
        changed = any(pattern.search(text) for pattern in (APART, IN_SHARES, LARGER))
        return () if changed else (f"{name}是多少", f"上年的{name}是多少")
    asks = _of_years(slots, name)
    if asks or len(clauses) != _TWO or TERM not in clauses[0] or not _ASKS.search(clauses[0]):
        return asks
    first = of_one(replace(slots, text=clauses[0]), name, lexicon)
    second = of_one(replace(slots, text=f"{TERM}{clauses[1]}"), name, lexicon)
    ago = [one is not None and "上年" in one for one in (first, second)]
    return (first, second) if any(ago) else ()


def _of_years(slots: Slots, name: str) -> tuple[str, ...]:
    """This year's amount, last year's, the change and its rate, as far as each is asked for.

    Empty where one piece of the question asks for none of these, or all for the same.
    """
    text = slots.text
    compared = AGO.search(text) or SINCE.search(text) or _CHANGES.search(text)
    if any(pattern.search(text) for pattern in (WORKED_OUT, DENIED)):
        return ()
    if not compared or text.count(TERM) != 1 or slots.numbers:
        return ()
    found: list[str] = []
    for piece in filter(None, _APART_IN_YEARS.split(text)):
        asks = of_year(piece, name)
        if asks is None and (found or _HOLDS.search(AGO.sub("", piece))):
            return ()
        found += [asks] if asks else []
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ()


def _of_a_part(slots: Slots, clauses: list[str], lexicon: Lexicon) -> tuple[str | None, ...]:
    """An amount and that of one of its parts: “三公”经费是多少，其中公务接待费多少."""
    whole, part = slots.terms
    if len(clauses) != _TWO or not _PART.match(clauses[1]):
        return ()
    if not _FIGURE.search(clauses[0]):
        return ()  # what is named first is but where the part stands
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
    if all(plain(term) in ASPECTS for term in slots.terms) and not _OF_A_NAME.search(text):
        return tuple(f"{part}占支出总计的百分之几" for part in slots.terms)
    if not re.search(f"占(?:了|到|整个|全部)?{TERM}[^{TERM}]*$", text):
        return ()
    larger, amounts = fen(whole, lexicon), [fen(part, lexicon) for part in parts]
    if larger is None or any(amount is None or amount >= larger for amount in amounts):
        return ()
    return tuple(f"{part}占{whole}的百分之几" for part in parts)


def _changes(slots: Slots, lexicon: Lexicon) -> tuple[str | None, ...]:
    """The change of each of several names, or last year's amount: 甲和乙比上年各增加多少."""
    listed = _LISTED.search(slots.text)
    if listed is None or not EACH.search(slots.text) or slots.text.count(TERM) != len(slots.terms):
        return ()
    if listed.group(0).count(TERM) != len(slots.terms) or slots.numbers:
        return ()
    text = EACH.sub("", slots.text[: listed.start()] + TERM + slots.text[listed.end() :])
    found = tuple(of_one(replace(slots, text=text, terms=(t,)), t, lexicon) for t in slots.terms)
    return found if all(one is not None and "上年" in one for one in found) else ()


def _in_pieces(slots: Slots, lexicon: Lexicon) -> tuple[str | None, ...]:
    """What each piece asks, of its own name or the one before: 甲是多少，又占乙的百分之几."""
    text = _TOPIC.sub(lambda found: found["topic"], slots.text)
    pieces = [p for p in _PIECES.split(text) if p.strip() and not _FIGURES.fullmatch(p)]
    then = "上年的" if pieces and _LAST_YEAR.fullmatch(pieces[0]) else ""
    pieces = pieces[1:] if then else pieces
    while pieces and TERM not in pieces[0] and not _HOLDS.search(pieces[0]):
        pieces.pop(0)
    counts = [piece.count(TERM) for piece in pieces] or [0]
    in_turn = _TWO <= len(pieces) <= _MOST and counts[0] == 1 and max(counts) == 1
    if not in_turn or sum(counts) != len(slots.terms):
        return ()
    told = _FIGURE if _OF_BOTH.search(slots.text) else _ASKS
    if not all(map(told.search, pieces)):
        return ()
    names = iter(slots.terms)
    found: list[str | None] = []
    name = topic = ""
    for piece, count in zip(pieces, counts, strict=True):
        name = next(names) if count else name
        if count and found and _PART_OF.match(piece) and IN_SHARES.search(piece):
            found.append(share(topic, name, lexicon))
            continue
        topic = name
        text = f"{then}{piece}" if count else f"{then}{TERM}{piece}"
        found.append(of_one(replace(slots, text=text, terms=(name,), numbers=()), name, lexicon))
    return tuple(found)


def _shares_of_first(slots: Slots) -> tuple[str | None, ...]:
    """The share of each of the first projects, or the last: 最大的三个项目各占多少."""
    text, least = slots.text, of_least(slots.text)
    asked = "项目" in text and EACH.search(text) and IN_SHARES.search(text)
    if not asked or least is None or len(slots.numbers) != 1 or AGO.search(text):
        return ()
    number = read_numeral(slots.numbers[0])
    if not _TWO <= number <= _MOST:
        return ()
    whole, end = (*slots.terms, "项目支出")[0], "少" if least else "多"
    return tuple(f"预算第{n}{end}的项目占{whole}的百分之几" for n in range(1, number + 1))


def _of_all_projects(slots: Slots, clauses: list[str]) -> tuple[str | None, ...]:
    """The first and the last of all projects; their number and what they add up to."""
    text = slots.text
    if len(clauses) == _TWO and _SUM.match(clauses[1]):
        number = of_projects(replace(slots, text=clauses[0]))
        return (number, "项目支出是多少") if number == "一共有多少个项目" else ()
    if _FROM_TO.search(text):
        return ()
    numbers = [n for n, c in zip(slots.numbers, _BEFORE_NUMBER.findall(text), strict=False) if c]
    if "项目" in text and len(numbers) == _TWO and _WHICH.search(text):
        if AGO.search(text) or IN_SHARES.search(text) or APART.search(text):
            return ()
        end = "少" if of_least(_NTH.sub("", text)) else "多"
        return tuple(f"预算第{number}{end}的项目是哪个" for number in numbers)
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

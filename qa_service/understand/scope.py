"""Whose budget and which year a question is about, and what of that is not indexed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.labels import plain
from index.records import BudgetDocument, DocumentKind, FactMeasure
from qa_service.types import Missing, MissingKind, NormalisedQuestion, Scope
from qa_service.understand.departments import (
    NAMED_ENDS,
    NAMED_ENDS_SET,
    NEXT_DOOR,
    ORGAN,
    REGION,
    named_departments,
    of_other_places,
    other_organs,
    short_names,
    without_unwanted,
)
from qa_service.understand.entries import names_and_regions
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operations import says
from qa_service.understand.plain.words import LEFT_OUT
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Span, Weighed, occurrences
from qa_service.words import words

_YEAR = re.compile(
    r"(?<![\d])(?P<full>(?:19|20)\d\d)(?=年|预算|决算|部门|$|[^\d个万元.,])|(?<!\d)(?P<short>\d\d)年(?!前|来|以)"
)
_YEARS_FROM_TO = re.compile(
    r"(20\d\d)年?(?:到|至|-|~|—|–)(20\d\d)年?+(?!的?(?:预算|支出|经费|收入|钱|安排|金额|每年|各年|逐年|分年|分别|各|一年))"
)
"""Years that tell a thing apart: 2025到2028年的运维; else they are what is asked for."""
_DIGIT = re.compile(r"\d")
_ORGAN_NAME = r"(?:(?![这那本该哪])[\u4e00-\u9fff]){2,10}?(?:局|委员会|厅|署|法院|检察院|街道办)"
_CUT_END, _LEAST_CUT = "委", 2
_PART_OF_ORGAN = re.compile(
    "(?!.*[这那哪本该全各我你他咱们个家某贵的和跟与同省市区县当时])[\u4e00-\u9fff]{1,4}"
)
_SPENT_THEN = re.compile(
    "年?(?:度)?(?:的)?(?:当年|那年|那一年|那会|那时|当时|时候|年底|年末|年初|底|末|初|全年|一年|预算|决算|"
    "安排|批了|批的|拨了|花了|用了|投了|给了|列了)"
)
"""What follows a year in which money was spent, and not one that a project is named by."""
_ALL_IT_HAS = re.compile(
    r"(?:的|自己|单独|本身|这边|今年|一年|全年|总|年度|20\d\d年)*(?:(?:预算|收入|支出|经费|花销|花费|开支|钱|拨款)(?:总额|数)?"
    "(?:一共|总共|共|是|有|安排|列|给|要|花|用|了)*(?:多少|几)|(?:一共|总共|共|要|得)*(?:花|用|拨|给|分|拿|领|批)(?:掉|了|到)?(?:多少|几))"
)
"""What asks for all that a body has: 政务服务中心自己的预算是多少."""
_UNTIL = re.compile("(?:截至|截止|截止到|截至到|到)$")
_DAY = re.compile("年?(?:底|末|初|\\d{1,2}月)")
YEAR_BEHIND = re.compile("的?(?P<year>20\\d\\d)年度?")
"""The year of a department, said behind its name: 商务局2023年."""
_TWO = 2
_CARRIED_OVER = "结转"
_LEFT = "剩"
"""What is carried over into another year is this year's figure."""


_OF_A_GOVERNMENT = re.compile(
    "[\u4e00-\u9fff]{0,3}[省市区县州](?:20\\d\\d年(?:度)?|今年|去年|全年|的)*(?:地方)?(?:财政|税收)(?:总)?(?:收入|支出)|"
    "GDP|生产总值|地方财政收入"
)
"""What a whole region takes in and spends, which no department's budget tells: 某区财政收入."""


@dataclass(frozen=True, slots=True)
class Scoped:
    """The documents that a question may be about."""

    documents: tuple[BudgetDocument, ...]
    year: int | None
    named: bool
    """Whether the question names a department."""


def choose_documents(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument], last: Sequence[str] = ()
) -> Scoped:
    """The documents of the departments that the question names; all where it names none.

    `last` are the ids of those that the turn before was about, which hold for a question
    that names no department.
    """
    text = question.plain
    named = named_departments(text, documents)
    each = _each_in_its_year(text, named, documents)
    if each:
        return Scoped(each, None, named=True)
    chosen = set(named)
    kept = tuple(d for d in documents if not chosen or d.department in chosen)
    of_region = () if chosen else _of_their_region(text, documents)
    if not chosen and not of_region and not other_organs(question, documents):
        kept = tuple(d for d in documents if d.id in last) or kept
    kept = of_region or kept
    year = next((y for y in _years(text)), None)
    of_year = tuple(d for d in kept if d.year == year)
    newest: dict[str, int] = {}
    for document in kept:
        newest[document.department] = max(newest.get(document.department, 0), document.year)
    latest = tuple(d for d in kept if d.year == newest[d.department])
    return Scoped(of_year or latest, year, bool(chosen))


def _of_their_region(text: str, documents: Sequence[BudgetDocument]) -> tuple[BudgetDocument, ...]:
    """The documents of the one region that a text names: 丰泽县那套系统; or empty."""
    if len(documents) == 1:
        return ()
    lowest = {d.id: _lowest_region(d.department) for d in documents}
    if len(set(lowest.values())) == 1:
        return ()
    said = {name for name in lowest.values() if name and (name in text or name[:-1] in text)}
    return tuple(d for d in documents if lowest[d.id] in said) if len(said) == 1 else ()


def _lowest_region(department: str) -> str:
    """The district of a department, or the city of one that is a city's; empty for none."""
    regions = names_and_regions(department)[1]
    ends = [r for r in regions if len(r) > _TWO and regions[0].endswith(r) and REGION.search(r)]
    return min(ends, key=len, default="")


def _is_of_a_day(text: str, found: re.Match[str], year: int, lexicon: Lexicon) -> bool:
    """Whether a year is of a day on which the document counted: 截至2021年底的固定资产."""
    on_a_day = _UNTIL.search(text[: found.start()]) or _DAY.match(text[found.end() :])
    return on_a_day is not None and any(entry.fact.year == year for entry in lexicon.facts)


def _each_in_its_year(
    text: str, named: Mapping[str, tuple[Span, ...]], documents: Sequence[BudgetDocument]
) -> tuple[BudgetDocument, ...]:
    """The documents of departments that are each named with a year of its own; or empty."""
    if len(named) < _TWO:
        return ()
    wanted: set[tuple[str, int]] = set()
    for department, spans in named.items():
        year = next(filter(None, (YEAR_BEHIND.match(text[s.end :]) for s in spans)), None)
        if year is None:
            return ()
        wanted.add((department, int(year["year"])))
    found = tuple(d for d in documents if (d.department, d.year) in wanted)
    return found if len(found) == len(wanted) else ()


def check_scope(
    question: NormalisedQuestion,
    weighed: Weighed,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    year: int | None,
    *,
    asks_amount: bool,
) -> tuple[Scope, tuple[Missing, ...], FactMeasure | None]:
    """The scope in one document, what is missing, and the measure that the year asks for.

    A year inside a label that the question spells out is not the budget's year.
    """
    document = lexicon.document
    text = weighed.own
    missing: list[Missing] = []
    measure: FactMeasure | None = None
    ranges = _ranges_printed(question.text, lexicon)
    for found in _years_in(text):
        said = _year(found)
        if said == document.year or said in ranges:
            continue
        if _is_of_a_day(text, found, said, lexicon):
            continue
        if not _SPENT_THEN.match(text[found.end() :]) and _in_a_label(said, weighed, lexicon):
            continue
        if said > document.year and not asks_amount and _in_a_text(said, weighed, lexicon):
            continue
        if text[: found.start()].endswith(vocabulary.contains_said):
            continue
        if said == document.year - 1:
            measure = FactMeasure.PRIOR
        else:
            missing.append(Missing(MissingKind.YEAR, f"{found['full'] or found['short']}年"))
    others = vocabulary.other_years
    missing += [
        Missing(MissingKind.YEAR, word)
        for word in (*others.earlier, *others.later)
        if word in text and _CARRIED_OVER not in weighed.text
    ]
    if document.kind is DocumentKind.BUDGET:
        cues = vocabulary.final_account_cues if says(text, vocabulary.final_account_cues) else ()
        actual = next((w for w in cues if plain(w) in text), None)
        if actual is not None and actual.startswith(_LEFT) and LEFT_OUT.search(text):
            actual = None  # 除去服务类还剩多少 asks for no actual amount
        if actual:
            missing.append(Missing(MissingKind.FINAL_ACCOUNT, actual))
    missing += [
        Missing(MissingKind.DEPARTMENT, name)
        for name in _strangers(question, text, lexicon)
        if asks_amount or ORGAN.search(name) or not _names_own(question.plain, name, lexicon)
    ]
    missing += [Missing(MissingKind.DEPARTMENT, name) for name in _bodies_asked(text, lexicon)]
    missing += [
        Missing(MissingKind.DEPARTMENT, found[0]) for found in _OF_A_GOVERNMENT.finditer(text)
    ]
    if asks_amount:
        missing += [
            Missing(MissingKind.DEPARTMENT, found["said"])
            for found in NEXT_DOOR.finditer(question.text)
        ]
    scope = Scope((document.id,), year, assumed=year is None)
    return scope, tuple(missing), measure


def _bodies_asked(text: str, lexicon: Lexicon) -> list[str]:
    """The bodies that no table has a line of and whose whole budget the text asks for."""
    said = [name for name in lexicon.bodies if name in text]
    ends = [(name, span.end) for name in said for span in occurrences(text, name)]
    asked = [name for name, end in ends if _ALL_IT_HAS.match(text, end)]
    return [max(asked, key=len)] if asked else []


def year_mask(weighed: Weighed, lexicon: Lexicon) -> int:
    """The characters of the question that name the year before the document's."""
    mask = 0
    year = lexicon.document.year - 1
    for said in (f"{year}年", str(year), f"{year % 100}年"):
        for span in occurrences(weighed.text, said):
            mask |= span.mask
    return mask


def _years(text: str) -> list[int]:
    return list(dict.fromkeys(map(_year, _years_in(text))))


def _years_in(text: str) -> list[re.Match[str]]:
    """Where the text names years; they are told by their digits."""
    return list(_YEAR.finditer(text)) if _DIGIT.search(text) else []


def _year(found: re.Match[str]) -> int:
    return int(found["full"] or f"20{found['short']}")


def _in_a_label(year: int, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether the year is part of a row's name that the question says a good part of."""
    for entry in lexicon.rows.values():
        if f"{year}年" in entry.label.text:
            mask = weighed.mask(entry.label)
            said = weighed.weight(mask & ~weighed.words_mask((f"{year}年", str(year))))
            if weighed.weight(mask) >= weighed.total / 2 and said > 1:
                return True
    return False


def _ranges_printed(text: str, lexicon: Lexicon) -> frozenset[int]:
    """The years of runs of years that a name or a goal prints as well: 2025到2028年."""
    found: set[int] = set()
    for run in _YEARS_FROM_TO.finditer(text):
        first, last = run.groups()
        printed = re.compile(rf"{first}年?(?:-|~|至|到|—|–)?{last}")
        forms = (f for e in lexicon.rows.values() for f in (e.label, e.goal) if f)
        if any(printed.search(form.text) for form in forms):
            found |= {int(first), int(last)}
    return frozenset(found)


def _in_a_text(year: int, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether a goal speaks of the year, and of what the question is about beside it.

    2025到2028年的运维 is told by 运行维护项目（2025-2028年）; 2025年呢 asks for the year itself.
    """
    rest = ~weighed.words_mask((f"{year}年", str(year)))
    content = weighed.total - weighed.weight(~rest)
    for entry in lexicon.rows.values():
        if entry.goal and str(year) in entry.goal.text:
            said = weighed.weight((weighed.mask(entry.goal) | weighed.mask(entry.label)) & rest)
            if said > 1 and said >= content / 2:
                return True
    return False


def _names_own(text: str, place: str, lexicon: Lexicon) -> bool:
    """Whether the document's department is named, and the place is no part of another's name."""
    if any(place + name in text for name in lexicon.names):
        return False
    if any(name in text for name in lexicon.names):
        return True
    rest = text.replace(place, "#")
    spans = short_names(rest, lexicon.document.department)
    return any(rest[span.start - 1 : span.start] != "#" for span in spans)


def _strangers(question: NormalisedQuestion, text: str, lexicon: Lexicon) -> list[str]:
    """Departments and regions that the question names and the document does not print."""
    own = {*lexicon.names, *lexicon.regions}
    found: list[str] = []
    last = ""
    named = not NAMED_ENDS_SET.isdisjoint(question.text)
    said = list(map(plain, words(without_unwanted(question.text)))) if named else []
    bare = question.plain
    ours = [bare[s.start : s.end] for s in short_names(bare, lexicon.document.department)]
    for word in said if any(word.endswith(NAMED_ENDS) for word in said) else ():
        is_name = ORGAN.search(word) or REGION.search(word)
        if short_names(word, lexicon.document.department) or any(word in name for name in ours):
            continue
        if is_name and word not in own and not _is_printed(word, lexicon):
            if found and found[-1] == last:
                found[-1] += word
            else:
                found.append(word)
        last = word
    found += _organs_of_own_regions(text, lexicon)
    name = next((n for n in lexicon.names if n in text), "")
    before = words(text[: text.find(name)])[-1:] if name == lexicon.names[-1] else []
    found += [place + name for place in before if REGION.search(place)]
    found += of_other_places(question.text, (lexicon.document,))
    cut = (name for name in _cut_organs(said) if not _is_in_order(name, lexicon.names[0]))
    found += [name for name in cut if not _is_printed(name, lexicon)]
    return found[:1]


def _cut_organs(said: Sequence[str]) -> Iterator[str]:
    """Organs whose names in short are no words of the dictionary: 商务 | 委, 卫 | 健 | 委."""
    for at, word in enumerate(said):
        if word != _CUT_END:
            continue
        before = ""
        while at and len(before) < _LEAST_CUT and _PART_OF_ORGAN.fullmatch(said[at - 1]):
            at -= 1
            before = said[at] + before
        if len(before) >= _LEAST_CUT:
            yield before + word


def _is_in_order(name: str, full: str) -> bool:
    """Whether a full name holds the characters of a short one, in their order."""
    rest = iter(full)
    return all(char in rest for char in name)


def _organs_of_own_regions(text: str, lexicon: Lexicon) -> list[str]:
    """Other departments of the document's regions, however they are cut into words."""
    found: list[str] = []
    for region in lexicon.regions if lexicon.own_words.stand_in(text) else ():
        for said in re.finditer(re.escape(region) + _ORGAN_NAME, text):
            name = said.group(0)
            own = name in lexicon.names or _is_in_order(name, lexicon.names[0])
            own = own or _ends_in_own(name.removeprefix(region), lexicon)
            if not own and not _is_printed(name, lexicon):
                found.append(name)
    return found


def _ends_in_own(name: str, lexicon: Lexicon) -> bool:
    """Whether a text ends in the department's own name, behind words that are no region's.

    广州归科技局推吗 speaks of no 归科技局.
    """
    bare = lexicon.names[-1]
    spans = short_names(name, lexicon.document.department)
    start = next((s.start for s in spans if s.end == len(name)), None)
    start = name.index(bare) if name.endswith(bare) else start
    return start is not None and start > 0 and REGION.search(name[:start]) is None


def _is_printed(name: str, lexicon: Lexicon) -> bool:
    return all(name[i : i + 2] in lexicon.spoken for i in range(len(name) - 1))

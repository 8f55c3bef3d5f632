"""Departments as people name them: in full, without their place, in short; and others' names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from index.labels import plain
from index.records import BudgetDocument
from index.units import read_numeral
from qa_service.types import NormalisedQuestion
from qa_service.understand.entries import department_names, names_and_regions
from qa_service.understand.spelling import sound_of
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Span, occurrences
from qa_service.words import is_place, words

ORGAN = re.compile(
    r"(?!委办局|局委办|部委办|各?委办|科局).{2}(?:(?<![布格结全大开当定僵战棋破])局|委员会|委|厅|署|法院|检察院|街道办|大学|中学|小学|医院)$"
)
REGION = re.compile(r"..(?:省|市|区|县|自治州)$")
NEXT_DOOR = re.compile(
    "(?P<said>(?:隔壁|邻近|旁边)那?个?(?:区|市|县|省|局|部门|单位))(?!(?:里|那边)?的?[^,，。]{0,4}(?:说|讲|问|人|朋友|同事|同学|邻居|老|传))"
)
"""Another place or organ that has no name: 隔壁区的福利费."""
NAMED_ENDS = tuple("局会委厅署院办学省市区县州")
"""The last characters of both; a text without one names neither."""
NAMED_ENDS_SET = frozenset(NAMED_ENDS)
_SHORT_ENDS = (("委员会", "委"), ("办公室", "办"))
"""The ends of an organ's name that are cut short."""
_LONG_ENDS = ("中心", "支队", "大队", "医院", "学校", "法院")
_LEAST_BETWEEN, _LONGEST = 2, 14
_ENDINGS = re.compile("[局委办厅署院校队处站所心馆会]")
"""How the name of a department ends; without one none is named in short but with its region."""
_NOT_THAT = re.compile("(?:别|不要|不用|可别)(?:拿|把|给我|算|提)[^,，。?？]{0,4}$")
_UNWANTED = re.compile("(?:别|不要|不用|可别)(?:拿|把|给我|算|提)[^,，。?？]*")
"""A department whose figure is not wanted: 别拿科技局的数给我."""
_BEFORE_A_NAME = re.compile(r"(?:^|[\W省市区县的和与跟同是由在问给把对比下查那这看换说讲聊谈])$")
_THAT = re.compile("^(?:市|省|区|县)?(?:的)?(?:那|这)(?:一)?(?:个|家)")
"""珠海那个工务中心 names it in short as well."""
_GOES_ON = re.compile(
    "[^\\w]|[的和跟与同比是有也都还又给在今去本花列留这那为要得会能管负做干怎谁哪什啥几多]|20\\d\\d|安排|打算|准备|预算|$"
)
"""What follows a name and is no part of it."""
_OF_SORT = "(?:(?:个|家)(?:局|委办局|部门|单位)|家(?=[的里哪谁]|之间|当中|[,，]))"
_SO_MANY = re.compile(f"[两二三四五六]{_OF_SORT}")
"""Stands behind the following, which is slow to look for."""
_LISTED_IN_SHORT = re.compile(
    "(?P<list>(?:[\u4e00-\u9fff]{2,8}?、)*[\u4e00-\u9fff]{2,8}?(?:、|和|跟|与|以及)[\u4e00-\u9fff]{2,6}?)"
    f"(?:这|那)?(?P<count>[两二三四五六]){_OF_SORT}"
)
"""Departments by the first words of their names: 统计、科技这两个局."""
_BESIDE = re.compile("、|和|跟|与|以及")
_LEAST_HEARD = 4
"""A shorter name could be anything by its sound, but for one that ends as organs do."""
_LEAST_SHORT = 3
"""A short name of so many characters is known though one of them is misspelt."""
_MOST_WORDS = 4
"""An organ's name in short is made of so many words at most."""
_ORGAN_OF = re.compile(r"(?!.*[的各里哪其这那是在有和跟与])[\u4e00-\u9fff]{2,6}[局委厅]")
"""What follows a region where it names an organ."""
_ORGANS = ("局", "委", "厅")
_LEVELS = ("省", "市", "区", "县")
_KEPT = 16
"""So many texts are remembered: several stages look for departments in the same question."""


def named_departments(
    text: str, documents: Sequence[BudgetDocument]
) -> Mapping[str, tuple[Span, ...]]:
    """The departments of the documents that a plain text names, each with where it does.

    A name inside a longer one names nothing: the 财政局 in 甲区财政局 is no other place's.
    """
    return _named(text, tuple(dict.fromkeys(d.department for d in documents)))


@lru_cache(maxsize=_KEPT)
def _named(text: str, departments: tuple[str, ...]) -> Mapping[str, tuple[Span, ...]]:
    found = [(s, d) for d in departments for n in department_names(d) for s in occurrences(text, n)]
    rest = text
    for span, _ in found:
        rest = rest[: span.start] + "#" * (span.end - span.start) + rest[span.end :]
    full = {department for _, department in found}
    shortened = [d for d in departments if d and d not in full]
    if not _ENDINGS.search(rest):
        shortened = [d for d in shortened if any(r in rest for r in names_and_regions(d)[1])]
    found += [(span, d) for d in shortened for span in short_names(rest, d)]
    found = [(s, d) for s, d in found if not _NOT_THAT.search(text[: s.start])]
    spans = {span for span, _ in found}
    named: dict[str, tuple[Span, ...]] = {}
    for span, department in found:
        inside = any(s != span and s.mask & span.mask == span.mask for s in spans)
        span = _with_its_place(span, text, department)
        if not inside and span not in named.get(department, ()):
            named[department] = (*named.get(department, ()), span)
    return {d: spans for d, spans in named.items() if not _is_anothers(d, named)}


def _is_anothers(department: str, named: Mapping[str, tuple[Span, ...]]) -> bool:
    """Whether another department is told by more of the text wherever this one may be named.

    西安统计局 is no other city's, and after its full name 统计局 is that one as well.
    """
    own = named[department]
    for other, spans in named.items():
        if other == department:
            continue
        inside = all(any(one.mask & ~s.mask == 0 for s in spans) for one in own)
        if inside and any(s.mask & ~o.mask for s in spans for o in own if s.mask & o.mask):
            return True
        if inside and len(spans) > len(own):
            return True
    return False


def _with_its_place(span: Span, text: str, department: str) -> Span:
    """The name together with its region before it, in full or in short: 广州信访局, 市信访局."""
    before = text[: span.start]
    for region in names_and_regions(department)[1]:
        for said in (region, region[:-1], region[-1], f"{region}的", f"{region[:-1]}的"):
            if before.endswith(said):
                return Span(span.start - len(said), span.end)
    return span


def by_present_name(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument], vocabulary: Vocabulary
) -> NormalisedQuestion:
    """The question with a department of the documents called as it is today: 环保局."""
    if not vocabulary.former_names.stand_in(question.plain):
        return question
    held = [w for entry in vocabulary.former_organs for w in entry.say if w in question.text]
    bare = {department_names(d.department)[-1] for d in documents}
    regions = tuple({r for d in documents for r in names_and_regions(d.department)[1] if r})
    for entry in vocabulary.former_organs:
        if plain(entry.mean) not in bare or entry.mean in question.text:
            continue
        for said in entry.say:
            at = question.text.find(said)
            inside = any(said in word != said for word in held)
            if at >= 0 and not inside and _begins_a_name(question.text[:at], regions):
                text = question.text[:at] + entry.mean + question.text[at + len(said) :]
                return replace(question, text=text, plain=plain(text))
    return question


def in_full(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """The question with departments that are listed in short called by name.

    They are told by their first words, 统计、科技这两个局, or by their regions: 甲县、乙区这两家.
    """
    text = question.text
    found = _LISTED_IN_SHORT.search(text) if _SO_MANY.search(text) else None
    if found is None:
        return question
    first, *others = _BESIDE.split(found["list"])
    departments = tuple(dict.fromkeys(d.department for d in documents))
    ends = (first[i:] for i in range(len(first) - 1))
    lists = ([_only(short, departments) for short in (end, *others)] for end in ends)
    named = next((names for names in lists if all(names)), None)
    if named is None or read_numeral(found["count"]) != len(set(named)):
        return question
    begun = next(i for i in range(len(first)) if _only(first[i:], departments))
    text = text[: found.start() + begun] + "、".join(named) + text[found.end() :]
    return replace(question, text=text, plain=plain(text))


def _only(short: str, departments: Sequence[str]) -> str:
    """The one department's name that the short form stands for; empty where none or several do."""
    names = dict.fromkeys(names_and_regions(d)[0][-1] for d in departments)
    found = [n for n in names if n[:1] == short[:1] and _in_order(short, n[:-1])]
    found = found or [d for d in departments if plain(short) in names_and_regions(d)[1]]
    found = found or [d for d in departments if short_names(plain(short), d)]
    return found[0] if len(found) == 1 and len(short) > 1 else ""


def spelt_right(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """The question with a department's name that is written by its sound alone put right."""
    departments = tuple(dict.fromkeys(d.department for d in documents))
    by_sound = _names_by_sound(departments)
    if any(name in question.plain for name in by_sound.values()):
        return question
    heard = tuple(map(sound_of, question.text))
    begun = _sizes_by_first_sound(departments)
    found = [
        (-size, at)
        for at, sound in enumerate(heard)
        if sound in begun
        for size in begun[sound]
        if at + size <= len(heard) and heard[at : at + size] in by_sound
    ]
    if not found:
        return _short_name_heard(question, departments, heard)
    size, at = -min(found)[0], min(found)[1]
    name = by_sound[heard[at : at + size]]
    text = question.text[:at] + name + question.text[at + size :]
    return replace(question, text=text, plain=plain(text))


def _short_name_heard(
    question: NormalisedQuestion, departments: tuple[str, ...], heard: tuple[str, ...]
) -> NormalisedQuestion:
    """The question with one character of a short name that is written by its sound put right.

    发该委 is 发改委; what the dictionary knows as a word is no misspelt name.
    """
    text = question.text
    if any(short_names(text, department) for department in departments):
        return question
    for department in departments:
        bare = names_and_regions(department)[0][-1]
        sounds = _chars_by_sound(bare)
        misspelt = [i for i, sound in enumerate(heard) if sound in sounds and text[i] not in bare]
        for at in misspelt:
            mended = text[:at] + sounds[heard[at]] + text[at + 1 :]
            for span in short_names(mended, department):
                inside = span.start <= at < span.end and span.end - span.start >= _LEAST_SHORT
                known = any(
                    len(w) > 1 and text[at] in w for w in words(text[span.start : span.end])
                )
                if inside and not known:
                    return replace(question, text=mended, plain=plain(mended))
    return question


@lru_cache(maxsize=512)
def _chars_by_sound(name: str) -> dict[str, str]:
    return {sound_of(char): char for char in name}


@lru_cache(maxsize=4)
def _names_by_sound(departments: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """The longer names of the departments by their sounds, those that sound alike left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name in {n for d in departments for n in department_names(d)}:
        if len(name) >= _LEAST_HEARD or (len(name) == _LEAST_HEARD - 1 and name.endswith(_ORGANS)):
            found.setdefault(tuple(map(sound_of, name)), set()).add(name)
    return {sounds: next(iter(names)) for sounds, names in found.items() if len(names) == 1}


@lru_cache(maxsize=4)
def _sizes_by_first_sound(departments: tuple[str, ...]) -> dict[str, frozenset[int]]:
    """How many sounds those names have that begin with each sound."""
    found: dict[str, set[int]] = {}
    for sounds in _names_by_sound(departments):
        found.setdefault(sounds[0], set()).add(len(sounds))
    return {first: frozenset(sizes) for first, sizes in found.items()}


def _begins_a_name(before: str, regions: tuple[str, ...]) -> bool:
    """Whether a name can begin after the text: 计委 is none in 卫计委."""
    return _BEFORE_A_NAME.search(before) is not None or before.endswith(regions)


def without_unwanted(text: str) -> str:
    """The text without the clauses that say whose figure is not wanted."""
    return _UNWANTED.sub("", text)


def without_departments(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """The question without the names of the documents' departments."""
    kept = text_without_departments(question.text, question.plain, documents)
    return question if kept == question.text else replace(question, text=kept, plain=plain(kept))


def text_without_departments(text: str, bare: str, documents: Sequence[BudgetDocument]) -> str:
    """The text without the names of the documents' departments; `bare` is the plain text."""
    named = 0
    for spans in named_departments(bare, documents).values():
        for span in spans:
            named |= span.mask
    if not named:
        return text
    kept, at = "", 0
    for char in text:
        size = len(plain(char))
        kept += "" if size and named >> at & 1 else char
        at += size
    return kept


@lru_cache(maxsize=_KEPT)
def short_names(text: str, department: str) -> tuple[Span, ...]:
    """Where a short form of the department stands in a plain text: 市发改委, 政数局.

    It begins with the name's own first character or with the department's region, ends as the
    name does, and has some of the name's characters between, in their order. Behind its region
    the first words of a name stand for it as well.
    """
    names, regions = names_and_regions(department)
    bare, ending = _bare_and_ending(names[-1])
    found: list[Span] = []
    for at in occurrences(text, ending):
        starts = [
            (start, start + len(begun))
            for begun in (*regions, bare[0])
            for start in _starts(text[: at.start], begun)
        ]
        for start, after in sorted(starts):
            between = _THAT.sub("", text[after : at.start])
            if at.start - start >= _LEAST_BETWEEN and _in_order(between, bare[:-1]):
                before = start - (text[start - 1 : start] in _LEVELS)
                found.append(Span(before, at.end))
                break
    return tuple(found) or _by_their_end(text, names[-1]) or _by_their_work(text, department)


@lru_cache(maxsize=512)
def _bare_and_ending(name: str) -> tuple[str, str]:
    """A name without its region as its short forms end, and that end."""
    bare = name
    for end, short in _SHORT_ENDS:
        bare = bare.removesuffix(end) + short if bare.endswith(end) else bare
    return bare, bare[-2:] if bare.endswith(_LONG_ENDS) else bare[-1:]


def _by_their_work(text: str, department: str) -> tuple[Span, ...]:
    """Where the region and the first words of a name stand for it: 某某区水务的三公.

    What follows must go on with the sentence: of 某某区水务大楼 it is another word.
    """
    names, regions = names_and_regions(department)
    bare = names[-1]
    for region in regions:
        for at in occurrences(text, region):
            start = at.end + (text[at.end : at.end + 1] in _LEVELS)
            for end in range(min(len(text), start + len(bare)), start + 1, -1):
                said = text[start:end]
                begun = said[0] == bare[0] and _in_order(said, bare[:-1])
                if begun and _GOES_ON.match(text, end):
                    return (Span(at.start, end),)
    return ()


def _by_their_end(text: str, bare: str) -> tuple[Span, ...]:
    """Where the last words of a long name stand for it: 工务中心."""
    for end in _last_words(bare) if bare.endswith(_LONG_ENDS) else ():
        found = [s for s in occurrences(text, end) if _BEFORE_A_NAME.search(text[: s.start])]
        if found:
            return tuple(found)
    return ()


@lru_cache(maxsize=512)
def _last_words(bare: str) -> tuple[str, ...]:
    """The ends of a name that begin with one of its words, the longest first, none too short."""
    tokens = words(bare)
    ends = ("".join(tokens[i:]) for i in range(1, len(tokens)))
    return tuple(end for end in ends if len(end) >= _LEAST_HEARD)


def _starts(text: str, begun: str) -> list[int]:
    """Where the text says how a name begins, not too far from its end."""
    return [s.start for s in occurrences(text, begun) if s.start >= len(text) - _LONGEST]


def _in_order(some: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in some)


_CORRECTED = re.compile(
    "(?:不好意思|抱歉|对不起)?[,，]?(?:我)?(?:打|说|写|问|搞|弄|记)?错(?:字|部门|单位)?了[,，。]?"
    "(?:应该|其实|我)?(?:是|要|(?:想|要)?(?:问|说|指)的?是)?(?:的)?[。!?？]*"
)


def is_corrected_department(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument]
) -> bool:
    """Whether the question only says that another department was meant: 打错了，是财政局."""
    return _CORRECTED.fullmatch(without_departments(question, documents).text) is not None


_REGION_BEFORE = re.compile(
    "(?:(?![全本我该各这那咱贵整外邻在是到于和与归由让给被并跟从把的了叫算问说请查找])[\u4e00-\u9fff]){2}"
    "(?<![社辖城郊园景片校小])[区县州]$"
)
"""A district that a department's name is said to be of."""


def other_organs(question: NormalisedQuestion, documents: Sequence[BudgetDocument]) -> list[str]:
    """Organs that the question names, none of them a department of the documents."""
    text = without_unwanted(question.text)
    if NAMED_ENDS_SET.isdisjoint(text):
        return []
    tokens = words(text)
    said = map(plain, (*_run_together(tokens), *_of_regions(tokens)))
    named = [name for name in said if ORGAN.search(name)]
    if not named:
        return of_other_places(text, documents)
    bare = plain(text)
    known = {name for d in documents for name in department_names(d.department)}
    own = [span for spans in named_departments(bare, documents).values() for span in spans]
    named = [
        name
        for name in named
        if not any(name != bare[s.start : s.end] and name in bare[s.start : s.end] for s in own)
    ]
    return of_other_places(text, documents) + [
        name
        for name in named
        if not any(one in name for one in known)
        and not any(short_names(name, d.department) for d in documents)
    ]


def of_other_places(said: str, documents: Sequence[BudgetDocument]) -> list[str]:
    """The names of departments of the documents that stand behind another place: 佛山市政数局.

    The city that a district lies in is another place, which has a department of its own.
    """
    text = plain(said)
    found: list[str] = []
    for department, spans in named_departments(text, documents).items():
        regions = names_and_regions(department)[1]
        cities = [r for r in regions if any(f"{r}{low}" == regions[0] for low in regions)]
        above = [*cities, *(city.rstrip("省市") for city in cities)]
        own = {r.rstrip("省市区县") for r in regions}
        for span in spans:
            before = words(text[: span.start])[-1:]
            name = text[span.start : span.end]
            place = before[0] if before and is_place(before[0]) else ""
            other = place and place + name in said and not any(r in name + place for r in own)
            start = span.start + (text[span.start] in _LEVELS)
            region = _REGION_BEFORE.search(text[:start])
            strange = region is not None and region[0].rstrip("省市区县州") not in own
            if other:
                found.append(place + name)
            elif region is not None and strange and not any(region[0] in r for r in regions):
                found.append(region[0] + text[start : span.end])
            elif _is_of_the_whole(name, above, own):
                found.append(name)
    return found


def _is_of_the_whole(name: str, above: Sequence[str], own: Collection[str]) -> bool:
    """Whether a name gives the city alone of a department of one of its districts."""
    region = next((r for r in above if name.startswith(r)), None)
    if region is None:
        return False
    below = [r for r in own if r and not region.startswith(r) and not r.startswith(region)]
    return not any(name[len(region) :].startswith(r) for r in below)


def _of_regions(tokens: Sequence[str]) -> Iterator[str]:
    """Organs in short behind their region, in several words: 甲区 发改 局."""
    for i, token in enumerate(tokens):
        if REGION.search(token):
            for end in range(i + 3, i + 2 + _MOST_WORDS):
                name = "".join(tokens[i:end])
                if _ORGAN_OF.fullmatch(name[len(token) :]):
                    yield name
                    break


def _run_together(tokens: Sequence[str]) -> Iterator[str]:
    """The words, names of regions run together with what follows them: 武汉市 信访局."""
    begun = ""
    for token in tokens:
        begun += token
        if not REGION.search(token):
            yield begun
            begun = ""
    if begun:
        yield begun


def asked_of(
    question: NormalisedQuestion, asked: str, documents: Sequence[BudgetDocument]
) -> NormalisedQuestion:
    """What was asked, of the department that this question names instead: 那财政局呢."""
    said = named_departments(question.plain, documents)
    names = "".join(question.plain[s.start : s.end] for spans in said.values() for s in spans)
    regions = {region for d in documents for region in names_and_regions(d.department)[1]}
    strange = [w for w in words(asked) if REGION.search(w) and plain(w) not in regions]
    before = replace(question, text=asked, plain=plain(asked))
    for other in (*other_organs(before, documents), *strange):
        asked = asked.replace(other, "")
    before = replace(question, text=asked, plain=plain(asked))
    text = f"{names}的{without_departments(before, documents).text.removeprefix('的')}"
    return replace(question, text=text, plain=plain(text))

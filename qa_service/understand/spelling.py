"""Typing errors: runs of the question that sound like terms of the document, mended.

A run is mended when the document prints nothing like it, a term of the same
length sounds the same character by character (in a long term one character that
is part of no word may be any other), at least half of the characters are the
term's own, and no other term fits as well. Everyday words are mended only where
they are no words at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pypinyin import lazy_pinyin

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.cue_words import pairs_in
from qa_service.understand.vocabulary import Vocabulary
from qa_service.words import words

_LEAST_TERM = 3
_LEAST_WORD = 2
_LONG_TERM = 6
_NONE: frozenset[str] = frozenset()
_SILENT: dict[str, int] = {}
_TELLING = frozenset(
    "0123456789零一二三四五六七八九十两百千万东南西北上下左右前后内外大小新旧甲乙丙丁的和与及占比其有是为共各"
)
"""From this length on, one character may differ in sound as well."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The terms that a question may misspell."""

    by_sound: dict[tuple[int, int, str], frozenset[str]]
    """Terms by their length and by the sound at one of their places."""
    begun_so: dict[str, dict[str, int]]
    """By their first two sounds, the lengths of the terms as bits; by either alone, of long ones.

    The sound that is left open is empty.
    """
    begun: dict[str, tuple[int, ...]]
    """Of each character, the lengths of the terms that begin with it, longest first."""
    terms: frozenset[str]
    """The terms themselves, of which none is misspelt."""
    strict: frozenset[str]
    """Terms that must sound the same throughout: names of departments."""
    printed: frozenset[str]
    """The pairs of characters that the document prints."""
    usual: frozenset[str]
    """Words that questions are made of, of which none is a misspelt term."""
    outside: frozenset[str]
    """Those of them that are part of no term."""
    common: dict[tuple[str, ...], tuple[str, ...]]
    """Everyday words of the trade, by their sounds."""
    common_words: frozenset[str]
    """The same words."""
    in_words: dict[str, tuple[str, ...]]
    """The terms and names, each cut into its words."""
    alike: dict[str, str]
    """Each character to those that are taken for it by their looks."""


def build_spelling(
    terms: Iterable[str], names: Iterable[str], printed: frozenset[str], vocabulary: Vocabulary
) -> Spelling:
    """The spelling index of a document's terms and names and of the trade's common words."""
    strict = frozenset(names)
    by_sound: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    terms = tuple(terms)
    for term in (*terms, *strict):
        if len(term) >= _LEAST_TERM and not term.isascii():
            for place, sound in enumerate(_sounds(term)):
                by_sound[len(term), place, sound].add(term)
    known = frozenset((*terms, *strict))
    in_words = {term: tuple(words(term)) for term in known}
    printed_words = {w for cut in in_words.values() for w in cut if len(w) == _LEAST_WORD}
    common: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word in (*map(plain, vocabulary.generic_words), *sorted(printed_words)):
        if len(word) >= _LEAST_WORD and not word.isascii():
            known_so = common.get(_sounds(word), ())
            common[_sounds(word)] = known_so if word in known_so else (*known_so, word)
    found = {key: frozenset(those) for key, those in by_sound.items()}
    usual = vocabulary.plain_words.function | frozenset(map(plain, vocabulary.amount_cues))
    text = "#".join(sorted(known))
    outside = frozenset(word for word in usual if len(word) > 1 and word not in text)
    begun = {
        first: tuple(sorted({len(t) for t in known if t[0] == first}, reverse=True))
        for first in {t[0] for t in known}
    }
    alike: dict[str, str] = {}
    for group in vocabulary.look_alikes:
        for char in group:
            alike[char] = alike.get(char, "") + group.replace(char, "")
    return Spelling(
        by_sound=found,
        begun_so=_begun_so(known),
        begun=begun,
        terms=known,
        strict=strict,
        printed=printed,
        usual=usual,
        outside=outside,
        common=common,
        common_words=frozenset(word for those in common.values() for word in those),
        in_words=in_words,
        alike=alike,
    )


def _begun_so(terms: Iterable[str]) -> dict[str, dict[str, int]]:
    """By their first two sounds, the lengths of the terms; by either alone, of the long ones."""
    found: dict[str, dict[str, int]] = {}
    for term in terms:
        if len(term) >= _LEAST_TERM and not term.isascii():
            first, second = sound_of(term[0]), sound_of(term[1])
            alone = ((first, ""), ("", second)) if len(term) >= _LONG_TERM else ()
            for one, two in ((first, second), *alone):
                behind = found.setdefault(one, {})
                behind[two] = behind.get(two, 0) | 1 << len(term)
    return found


def romanised(name: str) -> str:
    """The name in Latin letters, without tones: guangzhou."""
    return "".join(_sounds(name))


def mend(question: NormalisedQuestion, spelling: Spelling) -> NormalisedQuestion:
    """The question with what is misspelt put right."""
    text = _mend_terms(_mend_common(_joined(question.text, spelling), spelling), spelling)
    return question if text == question.text else replace(question, text=text, plain=plain(text))


def _joined(text: str, spelling: Spelling) -> str:
    """The text without a 的 that parts a term: 机关事业单位的基本养老保险缴费."""
    at = text.find("的")
    while at >= 0:
        without = text[:at] + text[at + 1 :]
        if without[max(0, at - 1) : at + 1] in spelling.printed and any(
            without[start : start + size] in spelling.terms
            for start in range(at - 1)
            for size in spelling.begun.get(without[start], ())
            if size >= _LONG_TERM and at + _LEAST_WORD <= start + size <= len(without)
        ):
            text = without
        at = text.find("的", at + 1)
    return text


def _mend_terms(text: str, spelling: Spelling) -> str:
    """The text with its misspelt terms put right; what is right already stays as it is."""
    tokens = words(text)
    printed = spelling.printed
    unprinted = [i for i, pair in enumerate(pairs_in(text)) if pair not in printed]
    usual: list[bool] = []
    for word in tokens if unprinted else ():
        usual += [word in spelling.usual] * len(word)
    strange = [i for i in unprinted if not (usual[i] or usual[i + 1])]
    if not strange:
        return text
    sounds = list(map(sound_of, text))
    blocked: list[bool] = []
    alone: list[bool] = []
    right: list[bool] = []
    at = 0
    while at <= strange[-1]:
        lengths = _lengths_heard(sounds[at], sounds[at + 1], spelling)
        if not lengths:
            at += 1
            continue
        first = next(i for i in strange if i >= at)
        for length in lengths:
            end = at + length
            if first >= end - 1:
                break
            candidates = _sounding_alike(sounds[at:end], spelling) if end <= len(text) else _NONE
            if not candidates:
                continue
            if not alone:
                blocked = _blocked(text, tokens, spelling)
                alone = [len(word) == 1 for word in tokens for _ in word]
                right = _right("".join(tokens), spelling)
            if True in blocked[at:end]:
                continue
            found = _fitting(
                text[at:end], sounds[at:end], alone[at:end], right[at:end], candidates, spelling
            )
            if found is not None:
                text = text[:at] + found + text[end:]
                at = end - 1
                break
        at += 1
    return text


def _blocked(text: str, tokens: list[str], spelling: Spelling) -> list[bool]:
    """Of each character, whether no term holds it: it is of a usual word or no letter."""
    outside = [other for word in tokens for other in [word in spelling.outside] * len(word)]
    return [out or not plain(char) for out, char in zip(outside, text, strict=True)]


def _right(text: str, spelling: Spelling) -> list[bool]:
    """Of each character, whether it is part of a term that is spelt as it should be."""
    found = [False] * len(text)
    at = 0
    while at < len(text):
        begun = spelling.begun.get(text[at], ())
        size = next((n for n in begun if text[at : at + n] in spelling.terms), 0)
        found[at : at + size] = [True] * size
        at += max(size, 1)
    return found


def _lengths_heard(first: str, second: str, spelling: Spelling) -> tuple[int, ...]:
    """The lengths of the terms that may be heard where these sounds begin, longest first.

    A long one may sound otherwise in one of its characters.
    """
    known = spelling.begun_so
    lengths = known.get("", _SILENT).get(second, 0)
    behind = known.get(first)
    if behind is not None:
        lengths |= behind.get(second, 0) | behind.get("", 0)
    return _descending(lengths) if lengths else ()


@lru_cache(maxsize=1024)
def _descending(lengths: int) -> tuple[int, ...]:
    """The lengths that are kept as bits, longest first."""
    return tuple(size for size in range(lengths.bit_length(), 0, -1) if lengths >> size & 1)


def _sounding_alike(sounds: list[str], spelling: Spelling) -> frozenset[str]:
    """The terms that a run of these sounds may misspell.

    A long one sounds otherwise in one character at most, so that two of three are heard.
    """
    size, known = len(sounds), spelling.by_sound
    last = known.get((size, size - 1, sounds[-1]), _NONE)
    if size < _LONG_TERM and not last:
        return _NONE
    first = known.get((size, 0, sounds[0]), _NONE)
    second = known.get((size, 1, sounds[1]), _NONE)
    if size < _LONG_TERM:
        return first & second & last
    return first & second | first & last | second & last


def _fitting(
    run: str,
    sounds: list[str],
    alone: list[bool],
    right: list[bool],
    candidates: frozenset[str],
    spelling: Spelling,
) -> str | None:
    """The one of the candidates that the run misspells, or None."""
    fitting = [term for term in candidates if _fits(run, sounds, alone, right, term, spelling)]
    heard = [term for term in fitting if _sounds(term) == tuple(sounds)]
    if len(heard) == 1:
        return heard[0]
    return fitting[0] if len(fitting) == 1 else None


def _fits(
    run: str,
    sounds: list[str],
    alone: list[bool],
    right: list[bool],
    term: str,
    spelling: Spelling,
) -> bool:
    """Whether the run is the term but for its spelling.

    A character that sounds otherwise must stand alone, part of no word, and
    be no numeral or direction: 东北区 is another place than 东南区, no misspelling.
    """
    wrong = [i for i, (a, b) in enumerate(zip(run, term, strict=True)) if a != b]
    if len(wrong) * 2 > len(run) or any(right[i] for i in wrong):
        return False
    unlike = [i for i in wrong if sounds[i] != _sounds(term)[i]]
    free = len(run) >= _LONG_TERM and term not in spelling.strict
    if any(not alone[i] or {run[i], term[i]} & _TELLING for i in unlike):
        return False
    return len(unlike) <= (1 if free else 0)


def _mend_common(text: str, spelling: Spelling) -> str:
    """Pairs of characters that are no word and sound or look like a common one become it."""
    tokens = words(text)
    for i in range(len(tokens) - 1):
        one, two = tokens[i], tokens[i + 1]
        if len(one) > 1 or len(two) > 1:
            continue
        if not (one in spelling.usual and two in spelling.usual):
            word = _common_word(one, two, spelling)
            if word is None:
                continue
            if any(name.endswith(two) for name in spelling.strict):
                continue  # the end of a department's short name: 发改委
            tokens[i], tokens[i + 1] = word[0], word[1]
    return "".join(tokens)


def _common_word(one: str, two: str, spelling: Spelling) -> str | None:
    """The common word that shares one of the characters and sounds or looks like both."""
    known = spelling.common
    heard = known.get(_sounds(one + two), ())
    sharing = [w for w in heard if w != one + two and (w[0] == one or w[1:] == two)]
    if one + two not in heard and len(sharing) == 1:
        return sharing[0]
    looking = [
        found
        for found in (
            *(char + two for char in spelling.alike.get(one, "")),
            *(one + char for char in spelling.alike.get(two, "")),
        )
        if found in spelling.common_words
    ]
    return looking[0] if len(looking) == 1 else None


def _pairs(text: str) -> Iterable[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))


def _sounds(text: str) -> tuple[str, ...]:
    return tuple(sound_of(char) for char in text)


@lru_cache(maxsize=8192)
def sound_of(char: str) -> str:
    """The character's sound without its tone; the character itself where it has none."""
    found: list[str] = lazy_pinyin(char)
    return found[0] if found else char

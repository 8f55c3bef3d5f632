"""Many words looked for in one text at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache, lru_cache
from operator import add
from typing import Generic, TypeVar

from index.labels import plain

K = TypeVar("K", bound=Hashable)
_MOST_LISTS = 512


_KEPT = 16
"""So many texts are remembered: those in which several lists are just being looked for."""


@lru_cache(maxsize=_KEPT)
def pairs_in(text: str) -> tuple[str, ...]:
    """The neighbouring characters of the text, in order."""
    return tuple(map(add, text, text[1:]))


class CueWords:
    """The words of a list, as questions are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted(filter(None, dict.fromkeys(map(plain, words))), key=len, reverse=True)
        begun: dict[str, list[str]] = defaultdict(list)
        for word in known:
            begun[word[0]].append(word)
        self._begun = {first: tuple(those) for first, those in begun.items()}
        """By their first characters, the longest first, which covers the others at its place."""
        self._any = re.compile("|".join(map(re.escape, known)) or "(?!)")

    def stand_in(self, text: str) -> bool:
        """Whether the text holds any of the words."""
        return self._any.search(text) is not None

    def mask(self, text: str) -> int:
        """The characters of all the words in the text, as bits."""
        mask, begun = 0, self._begun
        if begun.keys().isdisjoint(text):
            return mask
        for at, char in enumerate(text):
            for word in begun.get(char, ()):
                if text.startswith(word, at):
                    mask |= ((1 << len(word)) - 1) << at
                    break
        return mask


class KnownWords:
    """Very many words, of which the longest that begins at a place of a text is looked for."""

    def __init__(self, words: Iterable[str]) -> None:
        known = dict.fromkeys(filter(None, words))
        self._words = {word: place for place, word in enumerate(known)}
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:2]].add(len(word))
        self._lengths = {begun: sorted(those, reverse=True) for begun, those in lengths.items()}
        """By the first two characters, by which nearly every place of a text is ruled out."""
        self._single = frozenset(word for word in self._words if len(word) == 1)

    def held(self, text: str) -> list[str]:
        """The words that the text holds, in the order in which they were given."""
        lengths, known = self._lengths, self._words
        held = set(self._single.intersection(text)) if self._single else set()
        pairs = pairs_in(text)
        if not lengths.keys().isdisjoint(pairs):
            for start, begun in enumerate(pairs):
                if begun in lengths:
                    runs = [text[start : start + length] for length in lengths[begun]]
                    held.update([run for run in runs if run in known])
        return sorted(held, key=known.__getitem__) if len(held) > 1 else list(held)

    def begin_in(self, text: str) -> list[int]:
        """The places of the text at which one of the words may begin."""
        lengths, single = self._lengths, self._single
        pairs = pairs_in(text)
        if single and not single.isdisjoint(text):
            pairs = (*pairs, "")
            return [i for i, pair in enumerate(pairs) if pair in lengths or text[i] in single]
        if lengths.keys().isdisjoint(pairs):
            return []
        return [start for start, pair in enumerate(pairs) if pair in lengths]

    def longest_at(self, text: str, start: int) -> str:
        """The longest word that begins there; empty for none."""
        for length in self._lengths.get(text[start : start + 2], ()):
            word = text[start : start + length]
            if word in self._words:
                return word
        return text[start] if text[start] in self._words else ""


class CueLists(Generic[K]):
    """Several lists of words, of which one pass over a text tells which ones it holds a word of."""

    def __init__(self, lists: Mapping[K, Iterable[str]]) -> None:
        found: dict[str, list[K]] = defaultdict(list)
        for key, words in lists.items():
            for word in dict.fromkeys(map(plain, words)):
                found[word].append(key)
        self._lists = dict(found)
        self._words = KnownWords(found)

    def said_in(self, text: str) -> set[K]:
        """The keys of the lists of which the text holds a word."""
        return {key for word in self._words.held(text) for key in self._lists[word]}


class _Ready(Generic[K]):
    """Lists of words made ready once, each told by its identity.

    Some hold hundreds of words, and to tell them by these would touch each word at every question.
    """

    def __init__(self, make: Callable[[tuple[str, ...]], K]) -> None:
        self._make = cache(make)
        self._known: dict[int, tuple[tuple[str, ...], K]] = {}

    def of(self, words: tuple[str, ...]) -> K:
        found = self._known.get(id(words))
        if found is None:
            if len(self._known) >= _MOST_LISTS:  # some were put together for one question
                self._known.clear()
            found = self._known[id(words)] = (words, self._make(words))
        return found[1]


_CUES = _Ready(CueWords)
_LONG = _Ready(lambda words: KnownWords(map(plain, words)))


def cue_words(words: tuple[str, ...]) -> CueWords:
    """The words of a list, made ready once."""
    return _CUES.of(words)


def known_words(words: tuple[str, ...]) -> KnownWords:
    """The words of a long list, as questions are compared, made ready once without a pattern."""
    return _LONG.of(words)

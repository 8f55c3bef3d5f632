"""Many words looked for in one text at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from index.labels import plain


class CueWords:
    """The words of a list, as questions are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted(filter(None, dict.fromkeys(map(plain, words))), key=len, reverse=True)
        any_of = "|".join(map(re.escape, known)) or "(?!)"
        self._known = KnownWords(known)
        self._any = re.compile(any_of)
        self._at_each_place = re.compile(f"(?=({any_of}))")
        """Finds the longest at each place, which covers the others that begin there."""

    def stand_in(self, text: str) -> bool:
        """Whether the text holds any of the words."""
        return self._any.search(text) is not None

    def held(self, text: str) -> list[str]:
        """The words that the text holds, the longest first."""
        return self._known.held(text) if self.stand_in(text) else []

    def mask(self, text: str) -> int:
        """The characters of all the words in the text, as bits."""
        mask = 0
        if self.stand_in(text):
            for found in self._at_each_place.finditer(text):
                mask |= ((1 << len(found[1])) - 1) << found.start()
        return mask


class KnownWords:
    """Very many words, of which the longest that begins at a place of a text is looked for."""

    def __init__(self, words: Iterable[str]) -> None:
        known = dict.fromkeys(filter(None, words))
        self._words = {word: place for place, word in enumerate(known)}
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[0]].add(len(word))
        self._lengths = {first: sorted(those, reverse=True) for first, those in lengths.items()}

    def held(self, text: str) -> list[str]:
        """The words that the text holds, in the order in which they were given."""
        runs = {
            text[start : start + length]
            for start, first in enumerate(text)
            for length in self._lengths.get(first, ())
        }
        return sorted(runs & self._words.keys(), key=self._words.__getitem__)

    def longest_at(self, text: str, start: int) -> str:
        """The longest word that begins there; empty for none."""
        for length in self._lengths.get(text[start], ()):
            word = text[start : start + length]
            if word in self._words:
                return word
        return ""


@cache
def cue_words(words: tuple[str, ...]) -> CueWords:
    """The words of a list, made ready once."""
    return CueWords(words)

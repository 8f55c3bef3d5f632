"""Many words looked for in one text at once, by the character that each begins with."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from index.labels import plain


class CueWords:
    """Words of a list of the vocabulary, as questions are compared."""

    def __init__(self, words: tuple[str, ...]) -> None:
        begin: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(map(plain, words)):
            if word:
                begin[word[0]].append(word)
        self._begin = {first: tuple(those) for first, those in begin.items()}

    def stand_in(self, text: str) -> bool:
        """Whether the text holds any of the words."""
        begin = self._begin
        for at, char in enumerate(text):
            for word in begin.get(char, ()):
                if text.startswith(word, at):
                    return True
        return False

    def mask(self, text: str) -> int:
        """The characters of all the words in the text, as bits."""
        begin, found = self._begin, 0
        for at, char in enumerate(text):
            for word in begin.get(char, ()):
                if text.startswith(word, at):
                    found |= ((1 << len(word)) - 1) << at
        return found


@cache
def cue_words(words: tuple[str, ...]) -> CueWords:
    """The words of a list, made ready once."""
    return CueWords(words)

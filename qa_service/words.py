"""Chinese text to words, and what sort of word each is: the only importer of jieba."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

import jieba


class WordSort(Enum):
    """How much a word can say about what is meant, by its part of speech."""

    BARE = "bare"
    """Adverbs, pronouns, particles, numerals with their measure words, places."""
    ACTION = "action"
    """Verbs and adjectives."""
    NAME = "name"
    """Nouns, names and all words that the dictionary does not know."""


COUNTERS = "个家项款人名辆台条处栋间位类枚套件把户张次批场桌顿通"
"""The words that things are counted with."""
_BARE_TAGS = ("d", "p", "c", "u", "r", "y", "e", "o", "m", "q", "f", "k", "h", "s", "zg")
_ACTION_TAGS = ("v", "a", "z", "l", "i", "b")
_KEPT = 64
"""So many texts are remembered: the pieces of the questions that are just being answered."""
_SHORT, _KEPT_SHORT = 4, 4096
"""Of texts of so few characters more are remembered: 是多少 stands in very many questions."""
_PLACE_TAGS = ("ns", "nr")
"""Names of places, and of people, which many are known as: 越秀."""
_PLACE_ENDS = ("区", "县", "市", "省")
_NAME_TAGS = ("vn", "an", "rn", "mg")


@cache
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """What is known of words beside where they begin and end."""

    sorts: dict[str, WordSort]
    """The sort of each word that is no name."""
    places: frozenset[str]


@cache
def _dictionary() -> _Dictionary:
    found: dict[str, WordSort] = {}
    places: set[str] = set()
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    for line in lines:
        word, _, tag = line.split(" ")
        if tag in _PLACE_TAGS:
            places.add(word)
        if tag.startswith(_NAME_TAGS):
            continue
        if tag.startswith(_BARE_TAGS):
            found[word] = WordSort.BARE
        elif tag.startswith(_ACTION_TAGS):
            found[word] = WordSort.ACTION
    return _Dictionary(found, frozenset(places))


def words(text: str) -> list[str]:
    """The words of the text in order; nothing is left out."""
    return list(_cut(text) if len(text) > _SHORT else _cut_short(text))


@lru_cache(maxsize=_KEPT)
def _cut(text: str) -> tuple[str, ...]:
    return cut(text)


@lru_cache(maxsize=_KEPT_SHORT)
def _cut_short(text: str) -> tuple[str, ...]:
    return cut(text)


def cut(text: str) -> tuple[str, ...]:
    """The words of the text, cut anew."""
    return tuple(_tokenizer().cut(text, HMM=False))


def sort_of(word: str) -> WordSort:
    """What sort of word it is; a word that is not known is a name."""
    return _dictionary().sorts.get(word, WordSort.NAME)


def is_place(word: str) -> bool:
    """Whether the dictionary knows the word as the name of a place, in full or in short: 佛山."""
    places = _dictionary().places
    in_short = len(word) > 1 and any(word + end in places for end in _PLACE_ENDS)
    return word in places or in_short


def warm_up() -> None:
    """Loads the dictionary, which the first call would else wait for."""
    _tokenizer()
    _dictionary()

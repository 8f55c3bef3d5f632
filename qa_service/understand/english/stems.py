"""English words as they are compared: American spelling, without plural, -ing and -ed."""

from __future__ import annotations

import re
from functools import lru_cache

_SPELLING = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"is(e[ds]?|ing|er|ers)$"), r"iz\1"),
    (re.compile(r"ys(e[ds]?|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|hood)"), "or"),
    (re.compile(r"(?<=[a-z])(?<!s)tre(?=s?$)"), "ter"),
    (re.compile(r"bre(?=s?$)"), "ber"),
    (re.compile(r"(licen|defen)c(?=e[ds]?$|ing$)"), r"\1s"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"ll"), "l"),
)
_LEAST = 3
"""The fewest letters that are left of a word when an ending is taken off."""
_VOWEL = re.compile("[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1$")


@lru_cache(maxsize=8192)
def base(word: str) -> str:
    """The word in American spelling, singular: centres → center, bodies → body."""
    word = word.lower().removesuffix("'s").strip("'")
    for pattern, standard in _SPELLING:
        word = pattern.sub(standard, word)
    if len(word) <= _LEAST or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What the forms of a word have in common: engrave, engraved and engraving → engrav."""
    word = base(word)
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= _LEAST and _VOWEL.search(left):
            word = _DOUBLE.sub(r"\1", left)
            break
    if len(word) > _LEAST:
        word = word.removesuffix("e")
    return word[:-1] + "i" if len(word) > _LEAST and word.endswith("y") else word

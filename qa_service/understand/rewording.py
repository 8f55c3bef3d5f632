"""Turns of phrase that are put more plainly, one after the other.

Of very many patterns hardly one finds anything in a question. What each cannot do without is read
from it once, so that it is looked for only in texts that hold these characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Plainer = str | Callable[[re.Match[str]], str]
"""What stands for what a pattern finds."""
_COMMON = frozenset("的了是有多少几一个,，。?？预算支出项目钱费年这那")
"""Characters that nearly every question holds, which rule out next to nothing."""
_FEW = 64
"""A class of more characters rules out next to nothing either."""


class Rewording:
    """Patterns with what stands for them, in the order in which they are put in a text."""

    def __init__(self, *rules: tuple[re.Pattern[str], Plainer]) -> None:
        self._rules = [
            (*needed(pattern), pattern.sub, _filled(plainer)) for pattern, plainer in rules
        ]

    def of(self, text: str) -> str:
        """The text as the rules put it."""
        held = frozenset(text)
        for one, other, sub, plainer in self._rules:
            if held.isdisjoint(one) or held.isdisjoint(other):
                continue
            plain = sub(plainer, text)
            if plain != text:
                text, held = plain, frozenset(plain)
        return text


def _filled(plainer: Plainer) -> Plainer:
    """The same as a function where it takes groups, so that only what is found is put so.

    A template is told by its whole pattern at every call, even where nothing is found.
    """
    if isinstance(plainer, str) and "\\" in plainer:
        return lambda found: found.expand(plainer)
    return plainer


class Patterns:
    """Several patterns, each looked for where its characters stand."""

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        self._patterns = [(*needed(pattern), pattern) for pattern in patterns]

    def found_in(self, text: str) -> list[re.Match[str]]:
        """All that the patterns find, those of the first one first."""
        return [found for pattern in self._possible(text) for found in pattern.finditer(text)]

    def search(self, text: str) -> re.Match[str] | None:
        """What the first of the patterns finds that finds anything."""
        for pattern in self._possible(text):
            found = pattern.search(text)
            if found is not None:
                return found
        return None

    def _possible(self, text: str) -> list[re.Pattern[str]]:
        """The patterns whose characters the text holds."""
        held = frozenset(text)
        return [
            pattern
            for one, other, pattern in self._patterns
            if not (held.isdisjoint(one) or held.isdisjoint(other))
        ]


def needed(pattern: re.Pattern[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Two sets of characters, of each of which a text that the pattern is found in holds one.

    They are alike where only one is known. Raises ValueError where none is.
    """
    if pattern.flags & re.IGNORECASE:
        raise ValueError(f"expected a pattern that minds the case, got {pattern.pattern!r}")
    rarest = sorted(_of_all(_parser.parse(pattern.pattern, pattern.flags)), key=_how_common)
    if not rarest:
        raise ValueError(f"expected a pattern that needs a character, got {pattern.pattern!r}")
    return rarest[0], rarest[1 if len(rarest) > 1 else 0]


def _how_common(characters: frozenset[str]) -> int:
    return len(characters) + _FEW * len(characters & _COMMON)


def _of_all(parts: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What each of the parts of a pattern cannot do without, which follow one another."""
    return [found for part in parts for found in _of_part(str(part[0]), part[1])]


def _of_part(kind: str, given: Any) -> list[frozenset[str]]:
    """The same of one part, by what Python's own parser calls it."""
    match kind:
        case "LITERAL":
            return [frozenset(chr(given))]
        case "IN":
            return _of_class(given)
        case "SUBPATTERN":
            return _of_all(given[3])
        case "ATOMIC_GROUP":
            return _of_all(given)
        case "ASSERT":
            return _of_all(given[1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_all(given[2]) if given[0] else []
        case "BRANCH":
            return _of_one(given[1])
        case _:
            return []


def _of_class(members: Sequence[tuple[Any, Any]]) -> list[frozenset[str]]:
    """A class of few characters, one by one or in ranges; nothing of one that names others."""
    found: set[int] = set()
    for kind, given in members:
        if str(kind) == "LITERAL":
            found.add(given)
        elif str(kind) == "RANGE" and given[1] - given[0] < _FEW:
            found.update(range(given[0], given[1] + 1))
        else:
            return []
    return [frozenset(map(chr, found))]


def _of_one(branches: Iterable[Iterable[tuple[Any, Any]]]) -> list[frozenset[str]]:
    """What either of several branches cannot do without, together."""
    each = [min(_of_all(branch), key=_how_common, default=None) for branch in branches]
    known = [found for found in each if found is not None]
    return [frozenset().union(*known)] if len(known) == len(each) else []

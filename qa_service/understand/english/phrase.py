"""An English noun phrase to a Chinese one: the last words first, scopes with 里的.

rental of office premises             办公用房租赁
training under basic expenditure      基本支出里的培训费
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa_service.understand.english.amounts import number_of
from qa_service.understand.english.choice import choose
from qa_service.understand.english.glossary import English, Name
from qa_service.understand.english.marked import NAME, Marked, mark
from qa_service.understand.english.stems import stem
from qa_service.understand.lexicon import Lexicon

_WITHIN = {"in", "under", "within", "from", "among", "inside"}
_OF = {"of", "for", "on", "by", "at", "to", "about", "with", "through", "into", "towards", "as"}
_OF |= {"regarding", "concerning"}
_NAME = re.compile(NAME)
_PROJECT = Name(("项目",), soft=True)
SCOPE = "里的"
"""Stands behind what the words after it are a part of."""
_MOST_DIGITS = 2
"""Numbers of more digits are codes, years and names: the 12345 hotline."""
TOTALS = frozenset(("总预算", "总支出预算", "支出总计", "支出预算"))
"""Names of the whole, which only say that an amount is meant where a part is named."""
MARKS = re.compile(r"[?!.;\s]+$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Chinese words, and the English ones that were not understood."""

    words: str
    unknown: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.words + "".join(f" {word} " for word in self.unknown)

    def __bool__(self) -> bool:
        return bool(self.words or self.unknown)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked sentence, with what is needed to say its parts in Chinese."""

    text: str
    marked: Marked
    english: English
    lexicon: Lexicon | None

    def with_words(self, words: frozenset[str]) -> Sentence:
        """The same sentence with some words left in English, for patterns that look for them."""
        marked = mark(self.marked.spoken, self.english, words)
        return replace(self, marked=marked, text=MARKS.sub("", marked.text))

    def names(self, span: str) -> list[Name]:
        """The names of a part of the sentence."""
        return [self.marked.name(char) for char in _NAME.findall(span)]

    def say(self, span: str, *, duty: bool = False) -> Phrase:
        """A part of the sentence in Chinese; in the words of the duties where one is asked for."""
        segments = _segments(_without_doubles(span, self.marked))
        names = [n for s in segments for word in s.words for n in self._named(word)]
        meant = iter(choose(names, self.lexicon, duty=duty))
        said: list[_Said] = []
        unknown: list[str] = []
        for segment in segments:
            words = ""
            last = ""
            for before, word in zip(("", *segment.words), segment.words, strict=False):
                if self._named(word):
                    text = next(meant)
                    if self._before_organ(word, segment):
                        text = ""
                    if text.isascii():
                        parts = self._by_parts(text, duty=duty)
                        unknown += [] if parts else text.split()
                        text = parts
                elif word == "and":
                    text = "和" if words else ""
                else:
                    text = self._number(word, before)
                    unknown += [] if text or self._is_idle(word) else [_as_word(word)]
                if text and text != last:
                    words, last = words + text, text
            if words.strip("和"):
                said.append(_Said(words.strip("和"), segment.within, bool(self._scopes(segment))))
        return Phrase(_joined(said), tuple(unknown))

    def _by_parts(self, said: str, *, duty: bool) -> str:
        """A general name that the document does not print, in the shorter names within it;
        empty where one of them is not printed beside the others, or a word is left."""
        words = [word for word in said.split() if word != ","]
        names: list[list[Name]] = [[]]
        at = 0
        while at < len(words):
            found = self.english.name_at(words[at:] if at else words[:-1]) if words[1:] else None
            if found is None:
                if words[at] not in _OF | _WITHIN:
                    return ""
                names.append([])
                at += 1
            else:
                names[-1].append(replace(found[0], said=" ".join(words[at : at + found[1]])))
                at += found[1]
        meant = choose([name for part in reversed(names) for name in part], self.lexicon, duty=duty)
        return "" if any(one.isascii() for one in meant) else "".join(meant)

    def _number(self, word: str, before: str) -> str:
        """A number in digits; a number of things where a label prints it: 等8个信息系统."""
        number = number_of(word)
        if number is None and not word.isdigit():
            return ""
        if number is None and (len(word) > _MOST_DIGITS or _NAME.fullmatch(before)):
            return word
        said = f"{number or word}个"
        labels = self.lexicon.by_pair if self.lexicon else None
        printed = labels is None or all(said[i : i + 2] in labels for i in range(len(said) - 1))
        return said if printed else ""

    def _named(self, word: str) -> list[Name]:
        if _NAME.fullmatch(word):
            return [self.marked.name(word)]
        return [_PROJECT] if word in ("project", "projects") else []

    def _before_organ(self, word: str, segment: _Segment) -> bool:
        """Whether a word of little content belongs to the name of a department: district."""
        after = segment.words[segment.words.index(word) + 1 :]
        name = self._named(word)[0]
        return name.soft and any(n.organ for w in after[:1] for n in self._named(w))

    def _scopes(self, segment: _Segment) -> list[Name]:
        return [n for word in segment.words for n in self._named(word) if n.subject]

    def _is_idle(self, word: str) -> bool:
        """Whether a word says nothing, or names the region that the document is of."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9'.,]*", word):
            return True
        if self.lexicon and word.removesuffix("'s") in self.lexicon.latin_regions:
            return True
        return stem(word) in self.english.common_stems


@dataclass(frozen=True, slots=True)
class _Segment:
    words: tuple[str, ...]
    within: bool
    """Whether it is what the words before it are a part of."""


@dataclass(frozen=True, slots=True)
class _Said:
    words: str
    within: bool
    scope: bool


def _as_word(unknown: str) -> str:
    """What is not understood, as a word: numbers of things are looked for in English."""
    return f"number {unknown}" if unknown.isdigit() else unknown


def _segments(span: str) -> list[_Segment]:
    """The parts of a phrase between its prepositions."""
    found: list[_Segment] = []
    words: list[str] = []
    within = False
    for word in span.split():
        if word in _WITHIN or word in _OF:
            found.append(_Segment(tuple(words), within))
            words, within = [], word in _WITHIN
        else:
            words.append(word)
    return [*found, _Segment(tuple(words), within)]


def _joined(said: list[_Said]) -> str:
    """The parts in the Chinese order: what the others are a part of comes first."""
    text = ""
    for part in reversed(said):
        if any(part.words in other.words for other in said if other is not part):
            continue
        text += part.words
        if part.within and part.scope and part is not said[0]:
            text += SCOPE
    return text


def _without_doubles(span: str, marked: Marked) -> str:
    """The phrase with what it says both in English and in Chinese said in Chinese alone."""
    words = span.split()
    for i, word in enumerate(words):
        bracketed = words[i - 1 : i] == ["("] and _NAME.fullmatch(word)
        if bracketed and marked.name(word).literal:
            start = i - 1
            while start and words[start - 1] not in _WITHIN | _OF | {","}:
                start -= 1
            kept = [w for w in words[start : i - 1] if not _NAME.fullmatch(w)]
            return " ".join([*words[:start], *kept, *words[i:]])
    return span

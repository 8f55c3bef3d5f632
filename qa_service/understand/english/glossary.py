"""The English words of `prompts/english.yaml`, ready for looking up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_service.errors import SettingError
from qa_service.prompt_files import read_prompt
from qa_service.understand.english.stems import base, stem

FILE = "english.yaml"
ARTICLES = {"the", "a", "an"}
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?'?")

Names = dict[str, tuple[str, ...]]
"""Chinese words to the English ones that mean them."""


@dataclass(frozen=True, slots=True)
class Name:
    """An English name: what it means in Chinese, the first choice first, and of which lists."""

    means: tuple[str, ...]
    subject: bool = False
    """Whether it names a subject, a sum, a column or a term of the glossary."""
    soft: bool = False
    """Whether it says nothing where the document does not print it beside the other words."""
    general: bool = False
    """Whether it is a general word, which says nothing where the document does not print it."""
    organ: bool = False
    """Whether it names a department."""
    literal: bool = False
    """Whether the question itself says it in Chinese."""
    said: str = ""
    """The words of the question."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One way to say a Chinese word: its words singular, and the word."""

    words: tuple[str, ...]
    means: str
    section: str


class English(BaseModel):
    """The lists of the file, one field each."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    functional: Names
    economic: Names
    budget: Names
    tables: Names
    prose: Names
    organs: Names
    words: Names
    telling: Names
    counters: Names
    soft: Names
    common: tuple[str, ...]

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """The words that say nothing about what is meant, as words are compared."""
        return frozenset(stem(part) for word in self.common for part in _TOKEN.findall(word))

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The same words as they are listed."""
        return frozenset(self.common)

    @cached_property
    def _index(self) -> dict[tuple[str, ...], tuple[_Said, ...]]:
        found: dict[tuple[str, ...], list[_Said]] = {}
        for section in (*_SECTIONS, "soft"):
            names: Names = getattr(self, section)
            for means, ways in names.items():
                for way in ways:
                    tokens = [t for t in _TOKEN.findall(way.lower()) if t not in ARTICLES]
                    said = _Said(tuple(map(base, tokens)), means, section)
                    found.setdefault(tuple(map(stem, tokens)), []).append(said)
        return {stems: tuple(ways) for stems, ways in found.items()}

    @cached_property
    def _longest(self) -> dict[str, int]:
        """The most words of a name that begins with a word."""
        found: dict[str, int] = {}
        for stems in self._index:
            found[stems[0]] = max(found.get(stems[0], 0), len(stems))
        return found

    def name_at(self, tokens: Sequence[str]) -> tuple[Name, int] | None:
        """The longest name that the words begin with, and how many of them it takes.

        A name that is said as the file has it wins over one of the same stem: building
        is a house, build is not. So does a common word: planned is no plan.
        """
        stems = tuple(map(stem, tokens[: self._longest.get(stem(tokens[0]), 0)]))
        for size in range(len(stems), 0, -1):
            ways = self._index.get(stems[:size])
            if ways:
                words = tuple(map(base, tokens[:size]))
                exact = tuple(way for way in ways if way.words == words)
                if exact or size > 1 or tokens[0] not in self.common_words:
                    return _name(exact or ways), size
        return None


_SECTIONS = ("functional", "economic", "budget", "tables", "prose", "organs", "words", "telling")
_SUBJECTS = {"functional", "economic", "budget", "prose"}


def _name(ways: tuple[_Said, ...]) -> Name:
    means = tuple(dict.fromkeys(way.means for way in ways))
    sections = {way.section for way in ways}
    return Name(
        means,
        subject=bool(sections & _SUBJECTS),
        soft="soft" in sections,
        general=sections == {"words"},
        organ="organs" in sections,
    )


@cache
def load_english() -> English:
    """The glossary. Raises SettingError that names the entry that cannot be used."""
    found = read_prompt(FILE)
    try:
        return English.model_validate(found)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingError(f"prompts/{FILE} 的 {where} 不能用：{first['msg']}") from problem

"""An English question with each name of the glossary as one character.

So the patterns of sentences see a name as a whole, whatever words it is made of.
Chinese words inside the question are names as well, which mean themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa_service.understand.english.glossary import ARTICLES, English, Name

_FIRST = 0xE000
NAME = "[\ue000-\uf8ff]"
"""A pattern of one marked name."""
_HAN = r"[\u3400-\u9fff“”《》（）、·]*[\u3400-\u9fff]+[\u3400-\u9fff“”《》（）、·]*"
_TOKEN = re.compile(rf"{_HAN}|[a-z0-9]+(?:[.,]\d+)*(?:'[a-z]+)?|[^\sa-z0-9]")
_WORD = re.compile(r"[a-z][a-z0-9]*(?:'[a-z]+)?|\d+[a-z]+")
_SHORT = re.compile(r"\b(what|who|there|it|how|that|where)'s\b")
_SKIPPED = {",", '"'}
"""What may stand between the words of a name: culture, tourism and sports."""
_KEPT = frozenset({"project", "projects"})
"""Words that patterns look for, so that they are marked only as a part of a longer name."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of a question, lower-case, and its names in their order."""

    spoken: str
    """The sentence as it was asked."""
    text: str
    names: tuple[Name, ...]

    def name(self, char: str) -> Name:
        """The name that a character of the text stands for."""
        return self.names[ord(char) - _FIRST]


def mark(text: str, english: English, kept: frozenset[str] = _KEPT) -> Marked:
    """The question with its names marked, without articles; quotes and marks stand apart.

    The words `kept` are marked only as parts of longer names, so that patterns see them.
    """
    spoken = re.sub(r"[’‘`]", "'", re.sub(NAME, " ", text.lower()))
    spoken = _SHORT.sub(r"\1 is", spoken)
    spoken = re.sub(r"(?<=[a-z0-9])[-–_/](?=[a-z])|(?<=[a-z])[-–_/](?=[0-9])", " ", spoken)
    spoken = spoken.replace("&", " and ").replace("“", '"').replace("”", '"')
    tokens = [t for t in _TOKEN.findall(spoken) if t not in ARTICLES and t != "'"]
    names: list[Name] = []
    marked: list[str] = []
    at = 0
    while at < len(tokens):
        name, size = _name_at(tokens, at, english, kept)
        if name is None:
            marked.append(tokens[at])
        else:
            marked.append(chr(_FIRST + len(names)))
            names.append(replace(name, said=" ".join(tokens[at : at + size])))
        at += size
    return Marked(text, " ".join(marked), tuple(names))


def _name_at(
    tokens: list[str], at: int, english: English, kept: frozenset[str]
) -> tuple[Name | None, int]:
    """The name that begins at a token, and how many tokens it takes."""
    if re.search(r"[\u3400-\u9fff]", tokens[at]):
        return Name((tokens[at],), subject=True, literal=True), 1
    if not _WORD.fullmatch(tokens[at]):
        return None, 1
    places = [i for i in range(at, len(tokens)) if tokens[i] not in _SKIPPED]
    words: list[str] = []
    for i in places:
        if not re.fullmatch(r"[a-z0-9]+(?:'[a-z]+)?", tokens[i]):
            break
        words.append(tokens[i])
    found = english.name_at(words)
    if found is None or (found[1] == 1 and tokens[at] in kept):
        return None, 1
    return found[0], places[found[1] - 1] + 1 - at

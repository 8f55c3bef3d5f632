"""A text to its clauses: the smallest pieces that say something by themselves."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]?")
_PIECE = re.compile(r"(?:[^，,：:]|(?<=\d)[,:](?=\d))+[，,：:]?")
_LEAST = 6
"""A piece with fewer characters belongs to the next one."""
_LONG = 24
"""A sentence of more characters is told by its pieces as well."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of the text with their marks, in order."""
    return tuple(found.strip() for found in _SENTENCE.findall(text) if found.strip())


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of the text begins and ends, so that together they are all of it."""
    ends = [found.end() for found in _SENTENCE.finditer(text) if found.group(0).strip()]
    if not ends:
        return ((0, len(text)),) if text else ()
    ends[-1] = len(text)
    return tuple(zip((0, *ends), ends, strict=False))


def clauses(text: str) -> tuple[str, ...]:
    """The sentences of the text and the pieces of its long ones, each once, in order.

    Empty where the text is one short sentence, which says nothing that the text does not.
    """
    found: list[str] = []
    for sentence in sentences(text):
        found.append(sentence)
        if len(sentence) > _LONG:
            found += _pieces(sentence)
    kept = tuple(dict.fromkeys(piece for piece in found if len(piece) >= _LEAST))
    return () if kept == (text.strip(),) else kept


def _pieces(sentence: str) -> list[str]:
    found: list[str] = []
    begun = ""
    for piece in _PIECE.findall(sentence):
        begun += piece
        if len(begun) >= _LEAST + 1:
            found.append(begun.strip("，,：: "))
            begun = ""
    return [*found, begun.strip()] if begun else found

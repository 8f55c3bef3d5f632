"""BM25 over the words and characters of a document's passages: the only importer of bm25s."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.labels import plain
from qa_service.words import words

Scores = NDArray[np.float32]

logging.getLogger("bm25s").setLevel(logging.WARNING)


def characters(text: str) -> list[str]:
    """The characters of a text and its pairs of neighbouring ones."""
    bare = plain(text)
    return [*bare, *(bare[i : i + 2] for i in range(len(bare) - 1))]


def whole_words(text: str) -> list[str]:
    """The words of a text, without its punctuation."""
    return [bare for word in words(text) if (bare := plain(word))]


class Bm25:
    """BM25 scores of all texts at once."""

    def __init__(self, texts: Sequence[str], cut: Callable[[str], list[str]]) -> None:
        self._cut = cut
        self._size = len(texts)
        cut_texts = [cut(text) or [""] for text in texts]
        self._index = bm25s.BM25(method="lucene")
        if any(any(one) for one in cut_texts):  # bm25s cannot index nothing
            self._index.index(cut_texts, show_progress=False)
        counts: dict[str, int] = {}
        for one in cut_texts:
            for token in set(one) - {""}:
                counts[token] = counts.get(token, 0) + 1
        self._rarity = {
            token: float(np.log(1 + (self._size - n + 0.5) / (n + 0.5)))
            for token, n in counts.items()
        }
        self._unseen = float(np.log(1 + (self._size + 0.5) / 0.5))

    def scores(self, text: str, more: Iterable[str] = ()) -> Scores:
        """The score of each text beside the most that the question could score, below 1.

        A text that holds each token once scores about 0.45; one without any of them, 0.
        `more` are tokens that the question means besides those that it says.
        """
        said = list(dict.fromkeys(self._cut(text)))
        most = sum(self._rarity.get(token, self._unseen) for token in said)
        tokens = list(dict.fromkeys((*said, *more)))
        known = [token for token in tokens if token in self._rarity]
        if not known or not most:
            return np.zeros(self._size, dtype=np.float32)
        found: Scores = self._index.get_scores(known)
        return found / most

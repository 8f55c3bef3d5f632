"""The shipped encoder's two halves: what words mean, and what they mean in their order.

The first half is a table: the mean of the vectors of a text's words. The second is a small
transformer (four layers, 384 numbers) over the pieces of the text. Both are made unit length, and
joined with a weight each; the cosine of two texts is then the weighted sum of both cosines.

The transformer also tells what each piece of a text means where it stands, so that a question can
be held against a passage piece by piece.

A folder of such a model holds `model.safetensors`, in which a matrix is rounded to 8 bits with one
scale a row, `words.json` and `pieces.json`, the tokenizers of both halves, and
`config_reading_model.json`. It is read and run with numpy alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

CONFIG_FILE = "config_reading_model.json"
WEIGHTS_FILE = "model.safetensors"
WORDS_FILE = "words.json"
PIECES_FILE = "pieces.json"
FILES = (CONFIG_FILE, WEIGHTS_FILE, WORDS_FILE, PIECES_FILE)
SCALE = ".scale"
"""Ends the name of the scales of a rounded matrix, one a row."""
TABLE = "words.table"
MATCHING, MATCHING_BIAS, COUNTS = "matching.weight", "matching.bias", "matching.counts"
"""What cuts down what the last layer says of a piece; what each piece counts in a question."""

Matrix: TypeAlias = NDArray[np.float32]

_MOST = 127
"""The largest number that 8 bits hold beside its negative."""
_GELU = np.float32(math.sqrt(2 / math.pi))


@dataclass(frozen=True, slots=True)
class Shape:
    """What `config_reading_model.json` says."""

    heads: int
    longest: int
    """So many pieces of a text are read, the marks of its beginning and end among them."""
    begin: int
    end: int
    epsilon: float
    word_weight: float
    """What the first half counts, 0 to 1; the second counts the rest."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer; `asking` makes queries, keys and values at once."""

    asking: tuple[Matrix, Matrix]
    attended: tuple[Matrix, Matrix]
    norm: tuple[Matrix, Matrix]
    inner: tuple[Matrix, Matrix]
    outer: tuple[Matrix, Matrix]
    last_norm: tuple[Matrix, Matrix]


@dataclass(frozen=True, slots=True)
class Pieces:
    """What each piece of a text means where it stands."""

    vectors: Matrix
    """One row of length 1 a piece."""
    counts: Matrix
    """What each piece counts in a question, more than 0."""


class ReadingModel:
    """Texts to vectors of length 1. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Reads the folder. Raises OSError, ValueError, KeyError or what the vendors raise.

        From then on the process multiplies matrices on one core. They are small, and shared out
        among cores that have other work to do they wait for each other: seconds for milliseconds.
        """
        threadpool_limits(limits=1, user_api="blas")
        self.shape = Shape(**json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8")))
        weights = _widened(load_file(folder / WEIGHTS_FILE))
        self._table = weights[TABLE]
        self._words = _tokenizer(folder / WORDS_FILE)
        self._pieces = _tokenizer(folder / PIECES_FILE)
        self._embedded = weights["pieces.table"]
        self._places = weights["places"]
        self._norm = (weights["norm.weight"], weights["norm.bias"])
        count = sum(name.endswith(".inner.weight") for name in weights)
        self._layers = [_layer(weights, number) for number in range(count)]
        self.dimensions = self._table.shape[1] + self._embedded.shape[1]
        self.known = len(self._embedded)
        """How many pieces it tells apart."""
        self._counts = weights.get(COUNTS)
        if self._counts is not None:
            self._matching = (np.ascontiguousarray(weights[MATCHING].T), weights[MATCHING_BIAS])

    def run(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 a text; a text that holds nothing known is zero in either half."""
        read = map(self.states, texts)
        return self._joined(texts, [states.mean(axis=0) for _, states in read])

    def run_with_pieces(self, text: str) -> tuple[Matrix, Pieces | None]:
        """The one row of the text as `run` gives it, and its pieces where they were learned."""
        ids, states = self.states(text)
        row = self._joined([text], [states.mean(axis=0)])[0]
        return row, self._matched(ids, states[1:-1])

    def pieces(self, text: str) -> Pieces | None:
        """The pieces of the text; none where the model never learned to match them."""
        ids, states = self.states(text)
        return self._matched(ids, states[1:-1])

    def _matched(self, ids: list[int], states: Matrix) -> Pieces | None:
        if self._counts is None:
            return None
        return Pieces(_unit(_linear(states, self._matching)), self._counts[ids])

    def _joined(self, texts: Sequence[str], of_order: Sequence[Matrix]) -> Matrix:
        share = self.shape.word_weight
        halves = [
            _unit(self._of_words(texts)) * np.float32(math.sqrt(share)),
            _unit(np.asarray(of_order, np.float32).reshape(len(texts), self._embedded.shape[1]))
            * np.float32(math.sqrt(1 - share)),
        ]
        return np.concatenate(halves, axis=1)

    def _of_words(self, texts: Sequence[str]) -> Matrix:
        vectors = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        encodings = self._words.encode_batch(list(texts), add_special_tokens=False)
        for row, encoding in zip(vectors, encodings, strict=True):
            if encoding.ids:
                self._table[encoding.ids].mean(axis=0, out=row)
        return vectors

    def states(self, text: str) -> tuple[list[int], Matrix]:
        """The numbers of the text's pieces, and what the last layer says of each.

        Before and behind them the states hold the marks of the text's beginning and end. Texts are
        read one by one: a text has the same states, to the last bit, in any company. One that holds
        no piece has one state of zeros.
        """
        epsilon = self.shape.epsilon
        ids = self._pieces.encode(text, add_special_tokens=False).ids[: self.shape.longest - 2]
        if not ids:
            return [], np.zeros((1, self._embedded.shape[1]), dtype=np.float32)
        marked = [self.shape.begin, *ids, self.shape.end]
        states = _normal(self._embedded[marked] + self._places[: len(marked)], self._norm, epsilon)
        for layer in self._layers:
            states = self._through(layer, states)
        return ids, states

    def _through(self, layer: _Layer, states: Matrix) -> Matrix:
        length, size = states.shape
        heads, epsilon = self.shape.heads, self.shape.epsilon
        asked = _linear(states, layer.asking).reshape(length, 3, heads, size // heads)
        query, key, value = asked.transpose(1, 2, 0, 3)
        scores = query @ key.swapaxes(-1, -2)
        scores *= np.float32(1 / math.sqrt(size // heads))
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        heard = (scores @ value).astype(np.float32, copy=False).transpose(1, 0, 2)
        told = _linear(heard.reshape(length, size), layer.attended)
        states = _normal(told + states, layer.norm, epsilon)
        inner = _gelu(_linear(states, layer.inner))
        return _normal(_linear(inner, layer.outer) + states, layer.last_norm, epsilon)


def save_weights(weights: dict[str, Matrix], folder: Path, *, added: bool = False) -> None:
    """Writes the weights; matrices are rounded to 8 bits with one scale a row.

    `added` keeps all others that the folder holds, to the last bit.
    """
    path = folder / WEIGHTS_FILE
    written: dict[str, NDArray[np.generic]] = load_file(path) if added else {}
    for name, values in weights.items():
        if values.ndim == 1:
            written[name] = values.astype(np.float32)
            continue
        scale = np.abs(values).max(axis=1) / _MOST
        scale[scale == 0] = 1
        written[name] = np.rint(values / scale[:, None]).astype(np.int8)
        written[name + SCALE] = scale.astype(np.float32)
    path.write_bytes(save(written))


def _widened(stored: dict[str, NDArray[np.generic]]) -> dict[str, Matrix]:
    wide: dict[str, Matrix] = {name: values.astype(np.float32) for name, values in stored.items()}
    for name in [name for name in wide if name.endswith(SCALE)]:
        wide[name.removesuffix(SCALE)] *= wide.pop(name)[:, None]
    return wide


def _layer(weights: dict[str, Matrix], number: int) -> _Layer:
    def part(name: str) -> tuple[Matrix, Matrix]:
        weight, bias = (weights[f"layer.{number}.{name}.{kind}"] for kind in ("weight", "bias"))
        return (weight if weight.ndim == 1 else np.ascontiguousarray(weight.T)), bias

    return _Layer(*map(part, ("asking", "attended", "norm", "inner", "outer", "last_norm")))


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _linear(states: Matrix, part: tuple[Matrix, Matrix]) -> Matrix:
    weight, bias = part
    found: Matrix = states @ weight
    found += bias
    return found


def _normal(states: Matrix, part: tuple[Matrix, Matrix], epsilon: float) -> Matrix:
    states = (states - states.mean(axis=-1, keepdims=True)).astype(np.float32, copy=False)
    spread = np.square(states).mean(axis=-1, keepdims=True) + np.float32(epsilon)
    states *= (1 / np.sqrt(spread)).astype(np.float32, copy=False)
    states *= part[0]
    states += part[1]
    return states


def _gelu(values: Matrix) -> Matrix:
    """The smooth step of a transformer, by its tanh formula."""
    inside = values * values
    inside *= np.float32(0.044715)
    inside += 1
    inside *= values
    inside *= _GELU
    np.tanh(inside, out=inside)
    inside += 1
    inside *= values
    inside *= np.float32(0.5)
    return inside


def _unit(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths < 1e-9, 1, lengths)).astype(np.float32, copy=False)

"""Everyday words beside those of budgets: read from a package's file, joined to their vectors."""

from __future__ import annotations

import gzip
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from index.train_encoder.everyday import Everyday, read_everyday, with_everyday
from index.train_encoder.units import UNKNOWN, counts_of, make_tokenizer, rarity_weights


def written(folder: Path, found: object) -> Path:
    """A file as the package ships it."""
    path = folder / "test.model"
    with gzip.open(path, "wb") as file:
        pickle.dump(found, file)
    return path


def vectors(words: dict[str, list[float]]) -> list[str]:
    return [f"{word} {' '.join(map(str, numbers))}" for word, numbers in words.items()]


def some(count: int = 12, width: int = 8) -> dict[str, list[float]]:
    """Words with numbers that differ in all directions; 花费 is nearly 开销."""
    rng = np.random.default_rng(0)
    found = {f"词{i}": rng.normal(size=width).tolist() for i in range(count)}
    found["开销"] = rng.normal(size=width).tolist()
    found["花费"] = [x + 0.01 for x in found["开销"]]
    return found


def test_words_are_read_with_vectors_of_length_one(tmp_path: Path) -> None:
    read = read_everyday(written(tmp_path, (vectors(some()), {}, {})))
    assert "开销" in read.words
    assert np.allclose(np.linalg.norm(read.vectors, axis=1), 1, atol=1e-5)
    one, other = (read.vectors[read.words.index(w)] for w in ("开销", "花费"))
    assert one @ other > 0.95


def test_a_file_that_would_run_something_is_not_read(tmp_path: Path) -> None:
    class Runs:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    with pytest.raises(pickle.UnpicklingError):
        read_everyday(written(tmp_path, (Runs(), {}, {})))


def test_new_words_are_frequent_and_not_known_already() -> None:
    everyday = Everyday(("开销", "花费", "预算", "hello", "不存在的怪词"), np.eye(5, dtype="f4"))
    found = dict(everyday.new_words(frozenset({"预算"})))
    assert set(found) == {"开销", "花费"}
    assert all(0 < share < 1 for share in found.values())


def test_a_word_without_neighbours_starts_near_a_word_of_the_same_meaning() -> None:
    read = some()
    pieces = [UNKNOWN, *read]
    rng = np.random.default_rng(1)
    table = np.asarray([*read.values()], dtype=np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    everyday = Everyday(tuple(read), table)
    domain = rng.normal(size=(len(pieces), 6)).astype(np.float32)
    domain /= np.linalg.norm(domain, axis=1, keepdims=True)
    counts = np.asarray([0, *[50.0] * (len(read) - 1), 0], dtype=np.float32)
    parts = sparse.csr_matrix((len(pieces), len(pieces)), dtype=np.float32)
    rarity = np.ones(len(pieces), dtype=np.float32)
    start = with_everyday(domain, everyday, pieces, parts, counts, rarity)
    unit = start / np.maximum(np.linalg.norm(start, axis=1, keepdims=True), 1e-9)
    nearest = np.argsort(-(unit @ unit[-1]))[1]
    assert pieces[nearest] == "开销"


def test_a_word_common_elsewhere_weighs_little() -> None:
    tokenizer = make_tokenizer([], ["预算"] * 4, lambda _known: [("我们", 0.01), ("拍板", 1e-6)])
    vocabulary = tokenizer.get_vocab()
    ids = [np.asarray([vocabulary["预算"]])]
    weights = rarity_weights(counts_of(ids, len(vocabulary)), vocabulary)
    assert weights[vocabulary["我们"]] < weights[vocabulary["拍板"]]

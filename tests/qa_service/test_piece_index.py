"""A question against passages, piece by piece."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoder import Pieces
from index.piece_store import LENGTH, Bytes
from index.reading_model import Matrix
from qa_service.piece_index import PieceIndex

SIZE = 8
RNG = np.random.default_rng(5)


def vectors(count: int) -> Matrix:
    drawn = RNG.normal(size=(count, SIZE)).astype(np.float32)
    rows: Matrix = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return rows


def stored(rows: Matrix) -> Bytes:
    return np.rint(rows * LENGTH).astype(np.int8)


PASSAGES = {name: vectors(count) for name, count in (("one", 1), ("two", 7), ("three", 3))}


@pytest.fixture
def index() -> PieceIndex:
    return PieceIndex({name: stored(rows) for name, rows in PASSAGES.items()})


def test_each_piece_finds_its_nearest_and_counts_its_part(index: PieceIndex) -> None:
    question = Pieces(vectors(4), np.asarray([1, 2, 3, 4], dtype=np.float32))
    expected = {
        name: float(question.counts @ (question.vectors @ rows.T).max(axis=1)) / 10
        for name, rows in PASSAGES.items()
    }
    assert index.met(question) == pytest.approx(expected, abs=0.01)


def test_a_passage_that_says_the_same_is_met_wholly(index: PieceIndex) -> None:
    question = Pieces(PASSAGES["two"][:3], np.ones(3, dtype=np.float32))
    met = index.met(question)
    assert max(met, key=met.__getitem__) == "two"
    assert met["two"] == pytest.approx(1, abs=0.01)


def test_passages_meet_a_question_alike_in_any_company(index: PieceIndex) -> None:
    question = Pieces(vectors(2), np.ones(2, dtype=np.float32))
    alone = PieceIndex({"three": stored(PASSAGES["three"])})
    assert alone.met(question)["three"] == pytest.approx(index.met(question)["three"], abs=1e-5)


def test_nothing_is_met_where_nothing_is_said(index: PieceIndex) -> None:
    nothing = Pieces(np.zeros((0, SIZE), dtype=np.float32), np.zeros(0, dtype=np.float32))
    assert index.met(nothing) == {}
    assert PieceIndex({}).met(Pieces(vectors(1), np.ones(1, dtype=np.float32))) == {}

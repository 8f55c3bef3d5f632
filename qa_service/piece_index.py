"""A question against the passages of one document, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from index.encoder import Pieces
from index.piece_store import LENGTH, Bytes


class PieceIndex:
    """How far each passage meets a question: each piece of it, the piece that comes nearest."""

    def __init__(self, pieces: Mapping[str, Bytes]) -> None:
        """`pieces` are those of the passages by their ids, as `read_pieces` gives them."""
        kept = {passage_id: rows for passage_id, rows in pieces.items() if len(rows)}
        self._ids = tuple(kept)
        self._starts = np.cumsum([0, *(len(rows) for rows in kept.values())])[:-1]
        self._rows = np.concatenate(list(kept.values())) if kept else None

    def met(self, question: Pieces) -> dict[str, float]:
        """Passage id to how near it comes to the pieces of the question, -1 to 1.

        That is the mean of the cosine similarities of each piece's nearest, by what it counts.
        """
        if self._rows is None or not len(question.counts):
            return {}
        shares = question.counts / question.counts.sum()
        near = question.vectors @ self._rows.astype(np.float32).T
        best = np.maximum.reduceat(near, self._starts, axis=1)
        found = (shares @ best) / np.float32(LENGTH)
        return dict(zip(self._ids, found.tolist(), strict=True))

"""What the pieces of passages mean: one byte a number, a row of length 127 a piece.

A document has a file of its own, which holds the pieces of each passage under its id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.chroma_store import indexed_text
from index.encoder import Encoder
from index.errors import IndexDamaged
from index.records import Passage

LENGTH = 127
"""How long a row is that stands for a vector of length 1."""

Bytes: TypeAlias = NDArray[np.int8]


def write_pieces(
    folder: Path,
    document_ids: Sequence[str],
    passages: Sequence[tuple[str, Passage]],
    encoder: Encoder,
) -> None:
    """Writes the files of the documents, of which (document id, passage) are all passages.

    They are empty where the encoder does not tell pieces.
    """
    folder.mkdir(exist_ok=True)
    own: dict[str, list[Passage]] = defaultdict(list)
    for document_id, passage in passages:
        own[document_id].append(passage)
    for document_id in document_ids:
        packed: dict[str, Any] = {**packed_pieces(own[document_id], encoder)}
        with _file(folder, document_id).open("wb") as file:
            np.savez(file, **packed)


def packed_pieces(passages: Sequence[Passage], encoder: Encoder) -> dict[str, Bytes]:
    """Passage id to its pieces, one row each; empty where the encoder does not tell them."""
    read = ((passage.id, encoder.pieces(indexed_text(passage))) for passage in passages)
    return {
        passage_id: np.rint(found.vectors * LENGTH).astype(np.int8)
        for passage_id, found in read
        if found is not None and len(found.vectors)
    }


def read_pieces(folder: Path, document_id: str) -> dict[str, Bytes]:
    """Passage id to its pieces, one row each, of the document. Raises IndexDamaged."""
    try:
        with np.load(_file(folder, document_id), allow_pickle=False) as held:
            return dict(held)
    except (OSError, ValueError, BadZipFile) as problem:
        raise IndexDamaged(
            f"索引 {folder.parent} 不完整（{document_id} 的段落向量）。"
            "重新建立：budget-qa index --fresh 文件…"
        ) from problem


def _file(folder: Path, document_id: str) -> Path:
    return folder / f"{document_id}.npz"

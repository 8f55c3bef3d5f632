"""Passages in Chroma through langchain-chroma, embedded by our own encoder.

The only importer of chromadb and langchain_chroma. Chroma's default embedding
is never used and its telemetry is off.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import chromadb
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from index.errors import BudgetIndexError, IndexDamaged
from index.labels import plain
from index.records import Passage

COLLECTION = "passages"
_BATCH = 32
_SAYS_NOTHING = {"", "无", "注无"}


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage near to a question, with the cosine similarity of the two (-1 to 1)."""

    passage_id: str
    similarity: float


def indexed_text(passage: Passage) -> str:
    """The text that stands for the passage in a search: what it is about, then what it says."""
    return f"{passage.title}：{passage.text}" if passage.title else passage.text


def says_something(passage: Passage) -> bool:
    """Whether the passage is worth finding; 注：无 and the line that leads to a table are not."""
    return plain(passage.text) not in _SAYS_NOTHING and not passage.text.endswith(("：", ":"))


class PassageVectors:
    """The vectors of one index: written at a build, read by questions."""

    def __init__(self, folder: Path, encoder: Embeddings) -> None:
        self._own: TemporaryDirectory[str] | None = None
        with _translated(folder):
            client = chromadb.PersistentClient(
                path=str(self._openable(folder)),
                settings=Settings(anonymized_telemetry=False, is_persistent=True),
            )
            self._chroma = Chroma(
                client=client,
                collection_name=COLLECTION,
                embedding_function=encoder,
                collection_metadata={"hnsw:space": "cosine"},
            )
        self._folder = folder

    def close(self) -> None:
        """Removes the copy that was made of vectors which may not be written."""
        if self._own is not None:
            self._own.cleanup()
            self._own = None

    def _openable(self, folder: Path) -> Path:
        """The folder, or a copy of one that may not be written: Chroma writes when it opens."""
        if not folder.exists() or _writable(folder):
            return folder
        self._own = TemporaryDirectory(prefix="budget-qa-")
        copy = Path(self._own.name) / folder.name
        shutil.copytree(folder, copy, copy_function=shutil.copyfile)
        return copy

    def replace(
        self,
        document_ids: Iterable[str],
        passages: Sequence[tuple[str, Passage]],
        advance: Callable[[int], None],
    ) -> None:
        """Takes out the documents' passages and puts the given (document id, passage) in."""
        for document_id in document_ids:
            self._chroma.delete(where={"document_id": document_id})
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            self._chroma.add_texts(
                [indexed_text(p) for _, p in batch],
                [{"document_id": d, "kind": p.kind.value, "section": p.section} for d, p in batch],
                ids=[p.id for _, p in batch],
            )
            advance(len(batch))

    def nearest(
        self, vector: list[float], count: int, document_ids: Sequence[str] | None = None
    ) -> tuple[PassageHit, ...]:
        """The passages nearest to the vector, best first."""
        where = {"document_id": {"$in": list(document_ids)}} if document_ids else None
        with _translated(self._folder):
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(
                vector,
                k=count,
                filter=where,  # type: ignore[arg-type]
            )
        return tuple(PassageHit(d.id or "", 1.0 - distance) for d, distance in found)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Faults of Chroma, which raises what its parts raise, as a damaged index."""
    try:
        yield
    except BudgetIndexError:
        raise
    except Exception as problem:
        raise IndexDamaged(
            f"段落索引 {folder} 无法读写（{type(problem).__name__}）。"
            "重新建立：budget-qa index --fresh 文件…"
        ) from problem


def _writable(folder: Path) -> bool:
    return all(os.access(path, os.W_OK) for path in (folder, *folder.rglob("*")))

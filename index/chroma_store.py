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

from index.clauses import clauses
from index.errors import BudgetIndexError, IndexDamaged
from index.labels import plain
from index.records import Passage, PassageKind

COLLECTION = "passages"
_BATCH = 32
_LOOKED_AT, _LINKS = 600, 48
"""How widely Chroma searches: all entries of one document, so that the same question finds the
same passages each time."""
_SORTS = {
    PassageKind.GOAL: "项目绩效目标",
    PassageKind.GLOSSARY: "名词解释",
    PassageKind.DUTY: "主要职责",
    PassageKind.NOTE: "备注",
}
"""What stands before passages of a kind; before others stands the heading of their section."""
_CLAUSE = "#"
"""What stands between a passage's id and the number of its clause, in the id of an entry."""
_SAYS_NOTHING = {"", "无", "注无"}


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage near to a question, or a clause of one, with the cosine similarity (-1 to 1)."""

    passage_id: str
    similarity: float
    clause: int = 0
    """The number of the clause that is so near, from 1; 0 where it is the whole passage."""

    @property
    def whole(self) -> bool:
        """Whether it is the whole passage that is so near, not a clause of it."""
        return self.clause == 0


def indexed_text(passage: Passage) -> str:
    """The text that stands for the passage in a search: what it is about, then what it says."""
    return _about(passage) + passage.text


def indexed_clauses(passage: Passage) -> tuple[str, ...]:
    """The clauses of the passage as they stand in a search, each with what the passage is about."""
    about = _about(passage)
    return tuple(about + clause for clause in clauses(passage.text))


def _about(passage: Passage) -> str:
    """Where the passage stands in a budget, and the project or term that it is about."""
    where = _SORTS.get(passage.kind, passage.section)
    return f"{where}：{passage.title}：" if passage.title else f"{where}："


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
                collection_metadata={
                    "hnsw:space": "cosine",
                    "hnsw:search_ef": _LOOKED_AT,
                    "hnsw:construction_ef": _LOOKED_AT,
                    "hnsw:M": _LINKS,
                },
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
            entries = [entry for d, p in batch for entry in _entries(d, p)]
            self._chroma.add_texts(
                [entry.text for entry in entries],
                [
                    {"document_id": e.document_id, "passage_id": e.passage_id, "whole": e.whole}
                    for e in entries
                ],
                ids=[entry.id for entry in entries],
            )
            advance(len(batch))

    def nearest(
        self, vector: list[float], count: int, document_ids: Sequence[str] | None = None
    ) -> tuple[PassageHit, ...]:
        """The passages and clauses nearest to the vector, best first."""
        where = {"document_id": {"$in": list(document_ids)}} if document_ids else None
        with _translated(self._folder):
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(
                vector,
                k=count,
                filter=where,  # type: ignore[arg-type]
            )
        return tuple(
            PassageHit(d.metadata["passage_id"], 1.0 - distance, _clause_of(d.id or ""))
            for d, distance in found
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is indexed of a passage: itself, or one of its clauses."""

    id: str
    document_id: str
    passage_id: str
    text: str
    whole: bool


def _entries(document_id: str, passage: Passage) -> Iterator[_Entry]:
    yield _Entry(passage.id, document_id, passage.id, indexed_text(passage), True)
    for number, text in enumerate(indexed_clauses(passage), 1):
        yield _Entry(f"{passage.id}{_CLAUSE}{number}", document_id, passage.id, text, False)


def _clause_of(entry_id: str) -> int:
    """The number of the clause that the entry is, 0 for a whole passage."""
    _, mark, number = entry_id.rpartition(_CLAUSE)
    return int(number) if mark else 0


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

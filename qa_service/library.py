"""What the service has open: the stores of one index and what is kept ready of its documents."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from index.chroma_store import PassageVectors
from index.encoder import Encoder
from index.piece_store import read_pieces
from index.records import BudgetDocument, Finding
from index.sqlite_store import BudgetStore
from qa_service.errors import ServiceError
from qa_service.passage_index import PassageIndex
from qa_service.piece_index import PieceIndex
from qa_service.retrievers import HybridRetriever, MeaningRetriever, WordRetriever
from qa_service.understand.lexicon import Lexicon, build_lexicon
from qa_service.understand.vocabulary import Vocabulary

_DOCUMENTS_READY = 64


@dataclass(frozen=True, slots=True)
class Ready:
    """One document with all that questions about it are matched against."""

    document: BudgetDocument
    lexicon: Lexicon
    passages: PassageIndex
    retriever: HybridRetriever
    findings: dict[str, tuple[Finding, ...]]
    """What the build's checks found, by the rows that it touches."""


class Library:
    """Read access to one index; safe to use from several threads."""

    def __init__(
        self,
        store: BudgetStore,
        vectors: PassageVectors,
        pieces: Path,
        encoder: Encoder,
        vocabulary: Vocabulary,
    ) -> None:
        self.store = store
        self.vectors = vectors
        self.pieces = pieces
        self.encoder = encoder
        self._vocabulary = vocabulary
        self.documents = store.documents()
        self._ready: OrderedDict[str, Ready] = OrderedDict()
        self._lock = Lock()

    def ready(self, document_id: str) -> Ready:
        """The document, made ready at its first use and kept while it is among the last used."""
        with self._lock:
            found = self._ready.get(document_id)
            if found is None:
                found = self._prepare(document_id)
                self._ready[document_id] = found
                if len(self._ready) > _DOCUMENTS_READY:
                    self._ready.popitem(last=False)
            self._ready.move_to_end(document_id)
            return found

    def lexicon(self, document_id: str) -> Lexicon:
        """The lexicon of one document."""
        return self.ready(document_id).lexicon

    def _prepare(self, document_id: str) -> Ready:
        document = self.store.document(document_id)
        if document is None:
            raise ServiceError(f"索引里没有编号为 {document_id} 的文件")
        lexicon = build_lexicon(document, self._vocabulary)
        passages = PassageIndex(document.passages, self._vocabulary)
        pieces = PieceIndex(read_pieces(self.pieces, document_id))
        meaning = MeaningRetriever(
            vectors=self.vectors, encoder=self.encoder, document_id=document_id, pieces=pieces
        )
        retriever = HybridRetriever(meaning=meaning, words=WordRetriever(passages=passages))
        return Ready(document, lexicon, passages, retriever, _by_row(document.findings))


def _by_row(findings: tuple[Finding, ...]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        for row_id in dict.fromkeys(finding.row_ids):
            found[row_id] = (*found.get(row_id, ()), finding)
    return found

"""What retrieval finds on held-out documents: `python -m tests.bench.recall --texts DIR`.

Each held-out document of the encoder's training is indexed by itself and asked the questions
that were written about it. Printed is the recall of the encoder alone, of BM25 alone and of both
together. The shipped encoder was trained without these documents and their questions.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer

from index.chroma_store import PassageVectors
from index.encoder import Encoder, load_encoder
from index.piece_store import packed_pieces
from index.records import Passage, PassageKind, Place
from index.train_encoder.__main__ import SAMPLES, split
from index.train_encoder.questions import QUESTIONS, Asked, read_questions, sort_of
from index.train_encoder.reading import Document, departments_of, read_documents
from qa_service.passage_index import PassageIndex
from qa_service.piece_index import PieceIndex
from qa_service.retrievers import HybridRetriever, MeaningRetriever, WordRetriever, scores_of
from qa_service.understand.vocabulary import load_vocabulary

_SHOWN = (1, 3, 5, 10)
_LEAST = 12


@dataclass(frozen=True)
class Searched:
    """One document with its retrievers, and the questions about it."""

    name: str
    ids: dict[str, str]
    """The text of a passage to its id."""
    retriever: HybridRetriever
    asked: tuple[Asked, ...]


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description="Recall on held-out documents.")
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--encoder", default=None)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    documents = read_documents(options.texts, departments_of(SAMPLES))
    _, held_out = split(documents, options.seed)
    asked = read_questions(QUESTIONS, held_out)
    encoder = load_encoder(options.encoder)
    with tempfile.TemporaryDirectory() as folder:
        searched = list(_searched(held_out, asked, encoder, Path(folder)))
        _recall(searched)


def _searched(
    documents: Sequence[Document], asked: Sequence[Asked], encoder: Encoder, folder: Path
) -> Iterator[Searched]:
    vectors = PassageVectors(folder, encoder)
    vocabulary = load_vocabulary()
    for document in documents:
        own = tuple(one for one in asked if one.document == document.name)
        passages = tuple(_passages(document, own))
        vectors.replace((), [(document.name, p) for p in passages], lambda _count: None)
        meaning = MeaningRetriever(
            vectors=vectors,
            encoder=encoder,
            document_id=document.name,
            pieces=PieceIndex(packed_pieces(passages, encoder)),
        )
        words = WordRetriever(passages=PassageIndex(passages, vocabulary))
        ids = {p.text: p.id for p in reversed(passages)}
        yield Searched(document.name, ids, HybridRetriever(meaning=meaning, words=words), own)
    vectors.close()


def _passages(document: Document, asked: Sequence[Asked]) -> Iterator[Passage]:
    """The document's paragraphs and what is asked about, each once."""
    titles = {one.text: one.title for one in asked}
    titles |= {p.right: p.left for p in document.pairs if p.kind in ("goal", "term")}
    terms = {p.right for p in document.pairs if p.kind == "term"}
    texts = dict.fromkeys((*titles, *document.paragraphs))
    for number, text in enumerate(t for t in texts if len(t) >= _LEAST):
        kind = PassageKind.EXPLANATION
        if titles.get(text):
            kind = PassageKind.GLOSSARY if text in terms else PassageKind.GOAL
        where = sort_of(text)
        key = f"{document.name}-p{number}"
        yield Passage(key, kind, where, None, titles.get(text), text, Place(None, 1))


def _recall(searched: Sequence[Searched]) -> None:
    ranks: dict[str, list[int]] = {"encoder alone": [], "BM25 alone": [], "hybrid": []}
    for one in searched:
        for question in one.asked:
            right = one.ids[question.text]
            found = one.retriever.invoke(question.question)
            orders = {
                "encoder alone": sorted(found, key=lambda d: -_meaning(d)),
                "BM25 alone": sorted(found, key=lambda d: -scores_of(d).characters),
                "hybrid": found,
            }
            for name, order in orders.items():
                ids = [d.id for d in order]
                ranks[name].append(ids.index(right) if right in ids else len(ids))
    for name, places in ranks.items():
        shares = "  ".join(f"@{k} {np.mean(np.asarray(places) < k):.3f}" for k in _SHOWN)
        typer.echo(f"{name:14} {len(places)} questions  recall {shares}")


def _meaning(document: object) -> float:
    return scores_of(document).meaning  # type: ignore[arg-type]


if __name__ == "__main__":
    main()

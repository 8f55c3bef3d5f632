"""The passages of one document for a question, as langchain retrievers.

    MeaningRetriever   near in meaning, whole or in a clause (Chroma), and piece by piece
    WordRetriever      the same words and characters (BM25), everyday words as what they mean
    HybridRetriever    both, each passage with all its scores, best first

A found passage is a langchain document whose id is the passage's; its scores are metadata.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.chroma_store import PassageVectors
from index.encoder import Encoder
from qa_service.passage_index import PassageIndex
from qa_service.piece_index import PieceIndex

NEAREST = 80
"""How many passages and clauses are asked of Chroma."""
_WHOLE, _CLAUSE, _MET, _CHARACTERS, _WORDS = 1.0, 1.5, 2.0, 3.0, 0.3


@dataclass(frozen=True, slots=True)
class Scores:
    """How a passage was found; what did not find it is 0."""

    whole: float = 0.0
    """Cosine similarity of the passage and the question."""
    clause: float = 0.0
    """The same of the passage's best clause."""
    characters: float = 0.0
    """BM25 over characters and pairs of them, as `Bm25.scores` counts."""
    words: float = 0.0
    """BM25 over words, likewise."""
    met: float = 0.0
    """How near in meaning the passage comes to each piece of the question, -1 to 1."""
    number: int = 0
    """The number of the best clause, from 1, as `clauses` counts; 0 where none is near."""

    @property
    def parts(self) -> tuple[float, float, float, float, float]:
        """What each of the five ways says."""
        return self.whole, self.clause, self.met, self.characters, self.words

    @property
    def meaning(self) -> float:
        """What the encoder alone says."""
        return self.whole + self.clause + _MET * self.met

    @property
    def wording(self) -> float:
        """What BM25 alone says."""
        return self.characters + self.words

    @property
    def together(self) -> float:
        """All of them as one score."""
        return self.unmatched + _MET * self.met

    @property
    def unmatched(self) -> float:
        """The same without the pieces, about 0 to 4."""
        return (
            _WHOLE * self.whole
            + _CLAUSE * self.clause
            + _CHARACTERS * self.characters
            + _WORDS * self.words
        )


class _ScoringRetriever(BaseRetriever):
    """A langchain retriever whose documents are passages with their scores."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @abstractmethod
    def found(self, query: str) -> dict[str, Scores]:
        """Passage id to its scores."""

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        return [
            Document(page_content="", id=passage_id, metadata={"scores": scores})
            for passage_id, scores in self.found(query).items()
        ]


class MeaningRetriever(_ScoringRetriever):
    """Passages that are near to the question in meaning."""

    vectors: PassageVectors
    encoder: Encoder
    document_id: str
    pieces: PieceIndex
    nearest: int = NEAREST

    def found(self, query: str) -> dict[str, Scores]:
        """Passage id to its scores, nearest first.

        Where no pieces are known, the whole passage counts for them.
        """
        vector, asked = self.encoder.embed_question(query)
        met = self.pieces.met(asked) if asked else {}
        hits = self.vectors.nearest(vector, self.nearest, [self.document_id])
        whole: dict[str, float] = {}
        clause: dict[str, float] = {}
        number: dict[str, int] = {}
        for hit in hits:
            near = whole if hit.whole else clause
            near[hit.passage_id] = max(near.get(hit.passage_id, 0.0), hit.similarity)
            if not hit.whole:
                number.setdefault(hit.passage_id, hit.clause)
        last = max(hits[-1].similarity, 0.0) if hits else 0.0
        return {
            passage_id: Scores(
                whole=whole.get(passage_id, last),
                clause=max(clause.get(passage_id, last), whole.get(passage_id, last)),
                met=met.get(passage_id, whole.get(passage_id, last)),
                number=number.get(passage_id, 0),
            )
            for passage_id in dict.fromkeys((*(hit.passage_id for hit in hits), *met))
        }


class WordRetriever(_ScoringRetriever):
    """Passages that share words and characters with the question."""

    passages: PassageIndex

    def found(self, query: str) -> dict[str, Scores]:
        """Passage id to its scores, in printed order."""
        return {
            passage_id: Scores(characters=characters, words=words)
            for passage_id, (characters, words) in self.passages.word_scores(query).items()
        }


class HybridRetriever(_ScoringRetriever):
    """Passages found by meaning or by words, each with all its scores, best first."""

    meaning: MeaningRetriever
    words: WordRetriever

    def found(self, query: str) -> dict[str, Scores]:
        """Passage id to all its scores, best first."""
        said = self.words.found(query)
        near = self.meaning.found(query)
        floor = min((scores.whole for scores in near.values()), default=0.0)
        missed, unsaid = Scores(whole=floor, clause=floor, met=floor), Scores()
        together: list[tuple[float, str, Scores]] = []
        for passage_id in dict.fromkeys((*near, *said)):
            meant, worded = near.get(passage_id, missed), said.get(passage_id, unsaid)
            scores = replace(meant, characters=worded.characters, words=worded.words)
            together.append((-scores.together, passage_id, scores))
        together.sort(key=lambda one: one[:2])
        return {passage_id: scores for _, passage_id, scores in together}


def scores_of(document: Document) -> Scores:
    """The scores of a passage that a retriever found."""
    scores: Scores = document.metadata["scores"]
    return scores

"""How often the right passage of a document comes first, or among five, for texts about it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from index.train_encoder.reading import Document, han_count
from index.train_encoder.units import Matrix

KINDS = ("goal", "term", "heading", "neighbours")

Embed: TypeAlias = Callable[[Sequence[str]], Matrix]


@dataclass(frozen=True)
class Recall:
    """Shares of ``cases`` whose right passage is the first, or one of the first five."""

    name: str
    cases: int
    at_1: float
    at_5: float

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.cases} cases, recall@1 {self.at_1:.3f}, recall@5 {self.at_5:.3f}"
        )


def recall(name: str, ranks: Sequence[int]) -> Recall:
    """The shares, of how many passages stood before the right one."""
    places = np.asarray(ranks)
    return Recall(name, len(ranks), float(np.mean(places < 1)), float(np.mean(places < 5)))


def passages_of(document: Document) -> list[str]:
    """What is searched: the document's paragraphs, goals and definitions, short ones left out."""
    declared = [pair.right for pair in document.pairs if pair.kind in ("goal", "term")]
    return [t for t in dict.fromkeys([*document.paragraphs, *declared]) if han_count(t) >= 12]


def character_bigrams(document: Document) -> Embed:
    """The yardstick: tf-idf of pairs of characters, fitted to the document that is searched."""
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), sublinear_tf=True)
    vectorizer.fit(passages_of(document))
    return lambda texts: vectorizer.transform(texts).toarray().astype(np.float32)


def rank_of_pairs(document: Document, kind: str, embed: Embed) -> list[int]:
    """For each pair, how many passages stand before the right one.

    A passage that only repeats the asking text or holds the right one is left out.
    """
    pairs = [pair for pair in document.pairs if pair.kind == kind]
    if not pairs:
        return []
    rights = sorted({pair.right for pair in pairs})
    others = [text for text in passages_of(document) if text not in set(rights)]
    vectors = embed([*rights, *others])
    asked = embed([pair.left for pair in pairs])
    ranks = []
    for pair, query in zip(pairs, asked, strict=True):
        scores = vectors @ query
        own = scores[rights.index(pair.right)]
        for place, text in enumerate(others, start=len(rights)):
            if pair.left in text or pair.right in text:
                scores[place] = -1
        ranks.append(int((scores > own).sum()) if own > 0 else len(scores))
    return ranks


def rank_of_questions(
    document: Document, questions: Sequence[tuple[str, str]], embed: Embed
) -> list[int]:
    """For each question, how many passages stand before the first that holds the expected words."""
    passages = passages_of(document)
    vectors = embed(passages)
    ranks = []
    for question, expected in questions:
        scores = vectors @ embed([question])[0]
        order = np.argsort(-scores, kind="stable")
        places = [n for n, at in enumerate(order) if expected in passages[at] and scores[at] > 0]
        ranks.append(min(places, default=len(passages)))
    return ranks


def measure(
    documents: Sequence[Document], embed_with: Callable[[Document], Embed], questions: Path | None
) -> list[Recall]:
    """Recall over ``documents`` for each kind of pair, then for the questions of a tsv file."""
    found = []
    for kind in KINDS:
        ranks = [r for one in documents for r in rank_of_pairs(one, kind, embed_with(one))]
        if ranks:
            found.append(recall(kind, ranks))
    if questions is not None:
        with questions.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        ranks = []
        for one in documents:
            asked = [(r["question"], r["expected"]) for r in rows if r["document"] == one.name]
            ranks += rank_of_questions(one, asked, embed_with(one)) if asked else []
        if ranks:
            found.append(recall("everyday questions", ranks))
    return found

"""The passages of one document, ready for matching by their words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from index.chroma_store import indexed_text, says_something
from index.labels import plain
from index.records import Passage, PassageKind
from qa_service.bm25 import Bm25, characters, whole_words
from qa_service.understand.entries import Form, make_form
from qa_service.understand.meanings import meanings_of
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import GENERIC, Weighed

_RUN = 5
"""So many characters of a title in a row are said on purpose."""
_FEW = 1
"""A run that more titles hold tells none of them."""


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage with the forms of its text, of what it is about, and of its section."""

    passage: Passage
    text: Form
    title: Form | None
    section: Form


class PassageIndex:
    """Scores a question against each passage by the words and characters that they share."""

    def __init__(self, passages: tuple[Passage, ...], vocabulary: Vocabulary) -> None:
        kept = [p for p in passages if says_something(p)]
        self.entries = tuple(
            PassageEntry(
                p, make_form(p.text), make_form(p.title) if p.title else None, make_form(p.section)
            )
            for p in kept
        )
        self.by_id = {entry.passage.id: entry for entry in self.entries}
        self._of_row: dict[str, list[str]] = {}
        for passage in kept:
            if passage.row_id is not None:
                self._of_row.setdefault(passage.row_id, []).append(passage.id)
        self.places = {entry.passage.id: place for place, entry in enumerate(self.entries)}
        counts = Counter(
            pair
            for entry in self.entries
            for pair in entry.text.pairs | (entry.title.pairs if entry.title else frozenset())
        )
        self._vocabulary = vocabulary
        texts = [indexed_text(entry.passage) for entry in self.entries]
        self._characters = Bm25(texts, characters)
        self._words = Bm25(texts, whole_words)
        runs: dict[str, set[str]] = {}
        for entry in self.entries:
            title = entry.title.text if entry.title else ""
            for start in range(len(title) - _RUN + 1):
                runs.setdefault(title[start : start + _RUN], set()).add(entry.passage.id)
        self._by_run = {run: frozenset(passages) for run, passages in runs.items()}
        size = len(self.entries)
        self._rarity = {pair: math.log((size + 1) / (n + 0.5)) for pair, n in counts.items()}
        self._unseen = math.log((size + 1) / 0.5)

    def of_rows(self, row_ids: Iterable[str]) -> list[str]:
        """The ids of the passages that stand in the rows, in printed order."""
        found = {one for row_id in row_ids for one in self._of_row.get(row_id, ())}
        return sorted(found, key=self.places.__getitem__)

    def beside(self, passage_id: str, step: int) -> list[PassageEntry]:
        """The passage so many places behind the one of the id in its section; empty for none.

        What stands beside a project's goal is told by the table alone, which has rows without one.
        """
        place = self.places.get(passage_id)
        if place is None or step == 0:
            return [] if place is None else [self.entries[place]]
        told = self.entries[place].passage
        if told.kind is PassageKind.GOAL or not 0 <= place + step < len(self.entries):
            return []
        other = self.entries[place + step]
        alike = (other.passage.section, other.passage.kind) == (told.section, told.kind)
        return [other] if alike else []

    def told_by_a_run(self, question: str) -> frozenset[str]:
        """The passages whose titles share a run of characters with the question that few others do.

        大数据平台 tells its project from all others, 政务服务 tells none.
        """
        found: set[str] = set()
        for start in range(len(question) - _RUN + 1):
            passages = self._by_run.get(question[start : start + _RUN], frozenset())
            if len({self.by_id[p].title for p in passages}) <= _FEW:
                found |= passages
        return frozenset(found)

    def wording(self, question: str) -> int:
        """The characters of the question that say what is asked, not about what, as bits."""
        return self._vocabulary.wording.mask(question)

    def word_scores(self, question: str) -> dict[str, tuple[float, float]]:
        """Passage id to its BM25 scores over characters and over words; of no score, left out.

        Everyday words count as the terms that they may mean as well.
        """
        meant = {t for m in meanings_of(plain(question), self._vocabulary) for t in m.terms}
        pairs = [pair for term in sorted(meant) for pair in characters(term)[len(term) :]]
        terms = [word for term in sorted(meant) for word in whole_words(term)]
        by_characters = self._characters.scores(question, pairs)
        by_words = self._words.scores(question, terms)
        return {
            entry.passage.id: (float(one), float(other))
            for entry, one, other in zip(self.entries, by_characters, by_words, strict=True)
            if one > 0 or other > 0
        }

    def shared(self, question: Weighed) -> dict[str, float]:
        """Passage id to the share of the question's rarity that the passage holds, 0 to 1."""
        rarity = [
            self._rarity.get(pair, self._unseen)
            if min(question.weights[i], question.weights[i + 1]) > GENERIC
            else 0.0
            for i, pair in enumerate(question.pairs)
        ]
        total = sum(rarity)
        if total == 0:
            return {}
        found: dict[str, float] = {}
        for entry in self.entries:
            mask = question.mask(entry.text) | question.mask(entry.section)
            if entry.title:
                mask |= question.mask(entry.title)
            held = sum(r for i, r in enumerate(rarity) if r and mask >> i & 3 == 3)
            if held:
                found[entry.passage.id] = held / total
        return found

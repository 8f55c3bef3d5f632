"""The passages of one document, ready for matching by their words."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from index.chroma_store import says_something
from index.records import Passage
from qa_service.understand.lexicon import Form, make_form
from qa_service.understand.weighed import GENERIC, Weighed


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage with the forms of its text, of what it is about, and of its section."""

    passage: Passage
    text: Form
    title: Form | None
    section: Form


class PassageIndex:
    """Scores a question against each passage by the rare characters that they share."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        kept = [p for p in passages if says_something(p)]
        self.entries = tuple(
            PassageEntry(
                p, make_form(p.text), make_form(p.title) if p.title else None, make_form(p.section)
            )
            for p in kept
        )
        self.by_id = {entry.passage.id: entry for entry in self.entries}
        counts = Counter(
            pair
            for entry in self.entries
            for pair in entry.text.pairs | (entry.title.pairs if entry.title else frozenset())
        )
        size = len(self.entries)
        self._rarity = {pair: math.log((size + 1) / (n + 0.5)) for pair, n in counts.items()}
        self._unseen = math.log((size + 1) / 0.5)

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

"""Everyday words of the vocabulary that mean nothing the index holds."""

from __future__ import annotations

from collections.abc import Iterable

from index.labels import plain
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.vocabulary import Synonym, Vocabulary


def idle_words(vocabulary: Vocabulary, lexicons: Iterable[Lexicon]) -> tuple[Synonym, ...]:
    """The entries of which no term stands in a label, column, fact or title that is indexed.

    They do no harm: other documents may hold the terms. A term that is never
    found in any document is most often misspelt.
    """
    held = "#".join(
        name
        for lexicon in lexicons
        for name in (*lexicon.terms, *lexicon.by_label, *lexicon.titles)
    )
    return tuple(
        synonym
        for synonym in vocabulary.synonyms
        if not any(plain(term) in held for term in synonym.mean)
    )

"""The vocabulary: entries that offer choices stand for all their wordings."""

from __future__ import annotations

import pytest

from qa_service.understand.vocabulary import load_vocabulary


@pytest.mark.parametrize("word", ["从贵到便宜", "由高往低", "大的在前"])
def test_choices_are_spelt_out(word: str) -> None:
    assert word in load_vocabulary().ranking.down


def test_no_choice_is_left_as_it_was_written() -> None:
    vocabulary = load_vocabulary()
    lists = (vocabulary.ranking.down, vocabulary.ranking.up, vocabulary.function_words)
    assert not [word for words in lists for word in words if "|" in word]
    said = [word for synonym in vocabulary.synonyms for word in synonym.say]
    assert not [word for word in said if "|" in word]

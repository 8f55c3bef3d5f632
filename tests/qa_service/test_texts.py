"""The texts that people edit: each is complete, and what cannot be used is named."""

from __future__ import annotations

import pytest

from index.records import PassageKind
from qa_service.replies import FIELDS, load_replies, say
from qa_service.types import Language, MissingKind, Operation
from qa_service.understand.vocabulary import load_vocabulary


@pytest.mark.parametrize("language", Language)
def test_every_reply_is_there_in_every_language(language: Language) -> None:
    assert load_replies(language).keys() == FIELDS.keys()


def test_a_reply_is_filled_in() -> None:
    assert say(Language.ZH, "missing_year", said="2019年") == "已收录的文件里没有“2019年”的预算。"


@pytest.mark.parametrize("kind", MissingKind)
def test_each_thing_missing_has_its_reply(kind: MissingKind) -> None:
    assert f"missing_{kind.value}" in FIELDS


def test_the_vocabulary_speaks_of_known_kinds_and_operations() -> None:
    vocabulary = load_vocabulary()
    assert set(vocabulary.description_cues) <= set(PassageKind)
    assert set(vocabulary.operation_cues) <= set(Operation)


def test_no_everyday_word_is_empty() -> None:
    for synonym in load_vocabulary().synonyms:
        assert all(synonym.say), synonym
        assert all(synonym.mean), synonym

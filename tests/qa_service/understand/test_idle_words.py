"""Which everyday words mean nothing that is indexed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.understand.idle_words import idle_words
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.vocabulary import Synonym, load_vocabulary
from qa_service.wiring import open_service


@pytest.fixture(scope="module")
def lexicon(sample_settings: Settings) -> Iterator[Lexicon]:
    with open_service(sample_settings) as service:
        yield service.library.lexicon(service.library.documents[0].id)


def test_a_misspelt_meaning_is_told_and_a_held_one_is_not(lexicon: Lexicon) -> None:
    held = Synonym(say=("请客吃饭",), mean=("公务接待",))
    misspelt = Synonym(say=("请客",), mean=("公务接侍",))
    vocabulary = load_vocabulary().model_copy(update={"synonyms": (held, misspelt)})
    assert idle_words(vocabulary, [lexicon]) == (misspelt,)


def test_the_shipped_words_mean_much_of_what_one_department_prints(lexicon: Lexicon) -> None:
    vocabulary = load_vocabulary()
    assert len(vocabulary.synonyms) - len(idle_words(vocabulary, [lexicon])) > 100

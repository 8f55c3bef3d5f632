"""What is no question about a budget: greetings, thanks, other topics."""

from __future__ import annotations

from enum import StrEnum

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.cue_words import cue_words
from qa_service.understand.vocabulary import Vocabulary

_MOST_REST = 2


class SmallTalk(StrEnum):
    """Sorts of talk that are answered without the index."""

    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT = "about"
    OUT_OF_SCOPE = "out_of_scope"


def small_talk(question: NormalisedQuestion, vocabulary: Vocabulary) -> SmallTalk | None:
    """The sort of small talk that the whole question is, or None."""
    text = question.plain or plain(question.original)
    for sort, cues in (
        (SmallTalk.ABOUT, vocabulary.about_service),
        (SmallTalk.GREETING, vocabulary.greetings),
        (SmallTalk.THANKS, vocabulary.parting),
    ):
        if not cue_words(cues).stand_in(text):
            continue
        for cue in map(plain, cues):
            if cue in text and len(text.replace(cue, "")) <= _MOST_REST:
                return sort
    if cue_words(vocabulary.out_of_scope_cues).stand_in(text):
        return SmallTalk.OUT_OF_SCOPE
    return None

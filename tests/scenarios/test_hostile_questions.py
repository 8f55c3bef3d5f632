"""Whatever is asked: no exception, no claim without proof, nothing of an attack in the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.ask import MOST_CHARACTERS
from qa_service.errors import InvalidQuestion
from qa_service.types import Question
from qa_service.wiring import Service
from tests.hostile.payloads import PAYLOADS, TELLTALES, Payload
from tests.hostile.proof import faults
from tests.hostile.questions import KINDS, field, hostile_question
from tests.hostile.run import judge

COUNT = 1710
"""How many hostile questions a test run asks; `python -m tests.hostile` asks more."""
SEED = 2024
EACH = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ATTACKS = [payload for group in PAYLOADS.values() for payload in group]
QUESTION = "2024年“三公”经费预算是多少？"

Check = Callable[[str], None]


@pytest.fixture
def check(service: Service) -> Check:
    """Asks, and fails where the answer is wrong."""

    def asked(text: str) -> None:
        if not 1 <= len(text.strip()) <= MOST_CHARACTERS:
            with pytest.raises(InvalidQuestion):
                service.ask(Question(text))
            return
        answer = service.ask(Question(text))
        assert faults(answer, service.library) == ()

    return asked


@pytest.mark.parametrize(
    "kind", range(len(KINDS)), ids=[f"{n} {k}" for n, (k, _) in enumerate(KINDS)]
)
def test_hostile_questions_get_proved_answers_or_none(service: Service, kind: int) -> None:
    numbers = range(kind, COUNT, len(KINDS))
    failures = [text for n in numbers for text in judge(n, SEED, service).failures]
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("payload", ATTACKS, ids=lambda payload: ascii(payload.text)[1:30])
def test_an_attack_alone_or_around_a_question_leaves_no_trace(
    check: Check, payload: Payload
) -> None:
    for text in (payload.text, payload.text + QUESTION, QUESTION + payload.text):
        check(text)


@EACH
@given(text=st.text(max_size=120))
def test_any_text_of_unicode(check: Check, text: str) -> None:
    check(text)


@EACH
@given(words=st.lists(st.sampled_from((*field().cues, *field().labels)), max_size=9))
def test_any_words_of_the_field(check: Check, words: list[str]) -> None:
    check("".join(words)[:500])


@EACH
@given(text=st.text(st.sampled_from(field().alphabet), max_size=60))
def test_any_letters_of_the_field(check: Check, text: str) -> None:
    check(text)


def test_the_same_number_is_the_same_question() -> None:
    assert hostile_question(11, SEED) == hostile_question(11, SEED)
    assert hostile_question(11, SEED) != hostile_question(11, SEED + 1)


def test_no_telltale_of_an_attack_is_printed_by_the_document(service: Service) -> None:
    """Else a true quotation would be taken for an echo."""
    for head in service.library.documents:
        document = service.library.ready(head.id).document
        texts = [p.text for p in document.passages]
        texts += [row.printed for table in document.tables for row in table.rows]
        assert not [t for t in TELLTALES if any(t in text for text in texts)]

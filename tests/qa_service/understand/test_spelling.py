"""Typing errors are mended, and nothing else."""

from __future__ import annotations

import pytest

from qa_service.types import Language, NormalisedQuestion
from qa_service.understand.entries import pairs_of
from qa_service.understand.spelling import build_spelling, mend
from qa_service.understand.vocabulary import load_vocabulary

TERMS = ("事业运行", "其他社会保障缴费", "财政拨款收入", "2023年大厅改造")
PRINTED = "事业运行其他社会保障缴费财政拨款收入收支总体情况2023年大厅改造"
SPELLING = build_spelling(TERMS, ("天河区档案局",), frozenset(pairs_of(PRINTED)), load_vocabulary())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("事业运形是多少", "事业运行是多少"),
        ("其它社会保障激费", "其他社会保障缴费"),
        ("收入预蒜", "收入预算"),
        ("天河区档按局", "天河区档案局"),
    ],
)
def test_a_misspelt_term_is_mended(typed: str, meant: str) -> None:
    assert mend(_question(typed), SPELLING).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "事业运行是多少",
        "财政拨款收支总体情况",  # one character off a term, but printed itself
        "白云区档案局",  # another place, not a typing error
        "2022年大厅改造",  # a digit is never a typing error
    ],
)
def test_what_may_be_meant_is_left_alone(typed: str) -> None:
    assert mend(_question(typed), SPELLING).text == typed


def _question(text: str) -> NormalisedQuestion:
    return NormalisedQuestion(text, text, text, Language.ZH)

"""English questions, as the Chinese ones that they ask."""

from __future__ import annotations

import pytest

from qa_service.understand.english import read_english
from qa_service.understand.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "What percentage of total expenditure goes to project expenditure?",
            "项目支出占支出总计的百分之几",
        ),
        ("How many projects exceed 1 million yuan?", "金额超过100万元的项目有几个？"),
        ("Which are the top three projects?", "金额最多的3个项目是哪些？"),
        ("Which project receives the second largest allocation?", "金额第2多的项目是哪个？"),
        (
            "What is the difference between electricity and water?",
            "电费和水费相差多少",
        ),
    ],
)
def test_what_is_done_with_amounts_is_kept(question: str, asked: str) -> None:
    assert read_english(question, load_vocabulary()) == asked


def test_an_unknown_word_stays_where_an_amount_is_asked_for() -> None:
    asked = read_english("How much is spent on electricity for stadiums?", load_vocabulary())
    assert "电费" in asked
    assert "stadiums" in asked


def test_the_year_is_kept() -> None:
    asked = read_english("How much was spent on training in 2019?", load_vocabulary())
    assert asked.startswith("2019年")

"""BM25 over characters and words: what is counted, and how texts compare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from qa_service.bm25 import Bm25, characters, whole_words
from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question
from qa_service.wiring import build_index, open_service
from tests.conftest import Silent
from tests.index.written import small_budget

TEXTS = [
    "公务接待费指按规定开支的各类公务接待费用",
    "公务用车购置及运行维护费",
    "负责养老服务体系建设",
    "公务出国的国际旅费",
]


@pytest.fixture(scope="module")
def by_characters() -> Bm25:
    return Bm25(TEXTS, characters)


# --- what is counted ---


def test_a_text_is_its_characters_and_pairs_of_neighbours() -> None:
    assert characters("接待 费") == ["接", "待", "费", "接待", "待费"]


def test_width_case_and_punctuation_are_not_counted() -> None:
    assert characters("ＡＩ、平台！") == characters("ai平台")
    assert whole_words("公务接待费，（养老）。") == ["公务", "接待费", "养老"]


@pytest.mark.parametrize("text", ["", " ", "。！？"])
def test_nothing_is_counted_of_a_text_without_words(text: str) -> None:
    assert characters(text) == []
    assert whole_words(text) == []


# --- scores ---


def test_the_text_that_says_the_most_of_a_question_scores_highest(by_characters: Bm25) -> None:
    scores = by_characters.scores("接待费")
    assert scores[0] > max(scores[1], scores[3])
    assert scores[2] == 0


def test_a_rare_word_tells_more_than_a_common_one(by_characters: Bm25) -> None:
    scores = by_characters.scores("公务养老")
    assert int(scores.argmax()) == 2


def test_what_no_text_says_scores_nothing_and_makes_the_rest_less(by_characters: Bm25) -> None:
    assert not by_characters.scores("龘靐").any()
    assert 0 < by_characters.scores("养老龘靐")[2] < by_characters.scores("养老")[2]


@pytest.mark.parametrize("question", ["", "。", " "])
def test_a_question_without_words_scores_nothing(by_characters: Bm25, question: str) -> None:
    assert by_characters.scores(question).tolist() == [0.0] * len(TEXTS)


@pytest.mark.parametrize("cut", [characters, whole_words])
@pytest.mark.parametrize("question", [*TEXTS, "养老", "养" * 500, "公务" * 200])
def test_a_score_lies_between_0_and_1_however_long_the_question(
    cut: Callable[[str], list[str]], question: str
) -> None:
    scores = Bm25(TEXTS, cut).scores(question)
    assert np.isfinite(scores).all()
    assert scores.min() >= 0
    assert scores.max() <= 1


def test_to_say_a_word_again_changes_nothing(by_characters: Bm25) -> None:
    once = Bm25(TEXTS, whole_words).scores("养老")
    assert Bm25(TEXTS, whole_words).scores("养老，养老") == pytest.approx(once)
    assert by_characters.scores("养养养")[2] <= by_characters.scores("养")[2]


def test_what_a_question_means_counts_beside_what_it_says(by_characters: Bm25) -> None:
    said = by_characters.scores("请客")
    meant = by_characters.scores("请客", ["接待"])
    assert not said.any()
    assert meant.tolist().index(max(meant)) == 0
    assert meant[0] < by_characters.scores("接待")[0]


def test_what_is_both_said_and_meant_counts_once(by_characters: Bm25) -> None:
    assert by_characters.scores("接待", ["接待"]) == pytest.approx(by_characters.scores("接待"))


def test_the_order_of_the_texts_changes_no_score() -> None:
    forward = Bm25(TEXTS, characters).scores("公务接待费")
    backward = Bm25(TEXTS[::-1], characters).scores("公务接待费")
    assert backward[::-1] == pytest.approx(forward)


def test_a_text_without_words_scores_nothing() -> None:
    assert Bm25(["。", "负责养老"], characters).scores("养老。")[0] == 0
    assert Bm25(["。", ""], characters).scores("养老").tolist() == [0, 0]


# --- no texts at all ---


def test_no_texts_have_no_scores() -> None:
    assert Bm25([], characters).scores("养老").tolist() == []


def test_a_budget_of_tables_alone_is_answered_about(tmp_path: Path) -> None:
    lines = small_budget().split("\n")
    prose = ("（一）", "注：", "2024年本部门")
    tables = "\n".join(line for line in lines if not line.startswith(prose))
    (tmp_path / "甲.txt").write_text(tables, "utf-8")
    settings = Settings(
        index_dir=tmp_path / "index", feedback_file=tmp_path / "feedback.jsonl", rate_limit=0
    )
    (document,) = build_index(settings, [tmp_path / "甲.txt"], Silent()).indexed
    assert document.passages == ()
    with open_service(settings) as service:
        answer = service.ask(Question("一般公共服务支出是多少？"))
    assert answer.status is AnswerStatus.ANSWERED

"""A text to its clauses, and how they are indexed beside the passage that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.chroma_store import (
    PassageVectors,
    indexed_clauses,
    indexed_text,
    says_something,
)
from index.clauses import clauses, sentence_spans, sentences
from index.encoder import Encoder
from index.records import Passage, PassageKind, Place

SENTENCE = "负责贯彻执行国家关于政务服务的方针政策，组织起草全区政务服务规划，并组织实施。"


def passage(
    text: str,
    number: int = 1,
    *,
    kind: PassageKind = PassageKind.DUTY,
    title: str | None = None,
    document: str = "d1",
) -> Passage:
    """A passage of a section called 概况."""
    place = Place(page=1, line=number)
    return Passage(f"{document}-p{number}", kind, "概况", None, title, text, place)


# --- a text to its clauses ---


def test_sentences_keep_their_marks_and_their_order() -> None:
    text = "负责养老。组织采购；推进改革！\n谁来办？还有呢"
    assert sentences(text) == ("负责养老。", "组织采购；", "推进改革！", "谁来办？", "还有呢")


@pytest.mark.parametrize("text", ["", " ", "\n", "。", "；；。"])
def test_a_text_without_words_has_no_clauses(text: str) -> None:
    assert sentences(text) == ()
    assert clauses(text) == ()


@pytest.mark.parametrize("text", ["负责养老服务。", " 负责养老服务。\n", "负责养老，扶幼。"])
def test_one_short_sentence_says_nothing_that_the_text_does_not(text: str) -> None:
    assert clauses(text) == ()


def test_a_long_sentence_is_told_by_its_pieces_as_well() -> None:
    assert clauses(SENTENCE) == (
        SENTENCE,
        "负责贯彻执行国家关于政务服务的方针政策",
        "组织起草全区政务服务规划",
        "并组织实施。",
    )


def test_short_sentences_are_not_taken_apart() -> None:
    text = "负责养老服务，推进改革。组织药品采购，开展检查。"
    assert clauses(text) == sentences(text)


def test_a_piece_of_few_characters_belongs_to_the_next_one() -> None:
    text = "包括：办公费，印刷费，水费，电费，机关事业单位的差旅费以及各类会议费。"
    found = clauses(text)
    assert "包括：办公费" in found
    assert all(len(piece) >= 6 for piece in found)


def test_what_is_said_twice_is_one_clause() -> None:
    assert clauses("负责养老服务。组织采购。负责养老服务。") == ("负责养老服务。",)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (
            "本部门收入预算合计1,234.56万元，比上年增加1.50万元，增长0.12个百分点。",
            "本部门收入预算合计1,234.56万元",
        ),
        (
            "服务大厅工作日的上午9:00至下午17:30对外办公，节假日另行通知。",
            "服务大厅工作日的上午9:00至下午17:30对外办公",
        ),
    ],
)
def test_a_number_with_its_separators_stays_whole(text: str, piece: str) -> None:
    assert piece in clauses(text)


def test_every_clause_stands_in_the_text() -> None:
    text = f"{SENTENCE}其中：负责婚姻登记，养老服务；指导各街道开展政务服务工作，考核监督。"
    assert all(clause in text for clause in clauses(text))


# --- what is indexed of a passage ---


def test_what_a_passage_is_about_stands_before_it_and_before_each_clause() -> None:
    goal = passage(SENTENCE, kind=PassageKind.GOAL, title="食堂外包项目")
    about = "项目绩效目标：食堂外包项目："
    assert indexed_text(goal) == about + SENTENCE
    assert indexed_clauses(goal) == tuple(about + clause for clause in clauses(SENTENCE))


def test_a_passage_of_no_sort_of_its_own_is_told_by_its_section() -> None:
    explained = passage("收入减少。", kind=PassageKind.EXPLANATION)
    assert indexed_text(explained) == "概况：收入减少。"
    assert indexed_clauses(explained) == ()


@pytest.mark.parametrize("text", ["无", "注：无。", "无。", "。", "具体情况如下：", "如下表:"])
def test_a_passage_that_says_nothing_is_not_worth_finding(text: str) -> None:
    assert not says_something(passage(text))
    assert says_something(passage(f"{text}负责养老服务。"))


# --- clauses beside passages in the store ---


@pytest.fixture
def vectors(tmp_path: Path, encoder: Encoder) -> PassageVectors:
    return PassageVectors(tmp_path / "chroma", encoder)


MANY = (
    "承担贯彻执行国家方针政策的日常工作，负责婚姻登记管理，推进婚俗改革，"
    "组织公路养护及道路设施维修工程，开展全市人口普查和统计报表工作。"
)


def put(vectors: PassageVectors, *passages: Passage) -> int:
    """Puts the passages in the place of those of their document; how many steps were told."""
    steps: list[int] = []
    vectors.replace(["d1"], [("d1", one) for one in passages], steps.append)
    return sum(steps)


def test_a_passage_is_indexed_once_whole_and_once_for_each_clause(
    vectors: PassageVectors, encoder: Encoder
) -> None:
    short, long = passage("负责养老服务。", 1), passage(MANY, 2)
    assert put(vectors, short, long) == 2
    hits = vectors.nearest(encoder.embed_query("婚姻登记"), 50)
    assert sorted(hit.passage_id for hit in hits if hit.whole) == ["d1-p1", "d1-p2"]
    assert [hit.passage_id for hit in hits if not hit.whole] == ["d1-p2"] * len(clauses(MANY))


def test_a_question_about_one_clause_is_nearer_to_it_than_to_the_passage(
    vectors: PassageVectors, encoder: Encoder
) -> None:
    put(vectors, passage(MANY, 1))
    best, *others = vectors.nearest(encoder.embed_query("修路"), 50)
    assert not best.whole
    (whole,) = [hit for hit in others if hit.whole]
    assert best.similarity > whole.similarity


def test_hits_come_best_first_with_similarities(vectors: PassageVectors, encoder: Encoder) -> None:
    put(vectors, passage(MANY, 1), passage("负责养老服务。", 2))
    found = [hit.similarity for hit in vectors.nearest(encoder.embed_query("养老"), 50)]
    assert found == sorted(found, reverse=True)
    assert all(-1 <= similarity <= 1.00001 for similarity in found)


def test_the_text_itself_is_as_near_as_can_be(vectors: PassageVectors, encoder: Encoder) -> None:
    one = passage("负责养老服务。")
    put(vectors, one)
    (hit,) = vectors.nearest(encoder.embed_query(indexed_text(one)), 1)
    assert hit.whole
    assert hit.similarity == pytest.approx(1, abs=1e-4)


def test_a_document_that_is_replaced_leaves_no_clause_behind(
    vectors: PassageVectors, encoder: Encoder
) -> None:
    put(vectors, passage(MANY, 1))
    put(vectors, passage("负责养老服务。", 1))
    (hit,) = vectors.nearest(encoder.embed_query("修路"), 50)
    assert (hit.passage_id, hit.whole) == ("d1-p1", True)


def test_a_document_is_searched_alone(vectors: PassageVectors, encoder: Encoder) -> None:
    other = passage(MANY, 1, document="d2")
    vectors.replace([], [("d1", passage(MANY, 1)), ("d2", other)], lambda _: None)
    hits = vectors.nearest(encoder.embed_query("修路"), 50, ["d2"])
    assert {hit.passage_id for hit in hits} == {"d2-p1"}
    assert len(hits) == 1 + len(clauses(MANY))


@pytest.mark.parametrize(
    "text", ["负责养老。 组织采购；\n推进改革！。", "没有句号", "。；", "一。\n"]
)
def test_the_spans_of_sentences_are_all_of_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentence_spans(text)) == text


def test_each_sentence_has_its_span() -> None:
    text = "负责养老。组织采购；推进改革"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["负责养老。", "组织采购；", "推进改革"]
    assert sentence_spans("") == ()

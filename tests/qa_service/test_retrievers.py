"""The retrievers: near in meaning, alike in words, and both together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.documents import Document

from index.chroma_store import PassageVectors, says_something
from index.clauses import clauses
from index.encoder import Encoder, load_encoder
from index.piece_store import packed_pieces
from index.records import Passage, PassageKind, Place
from qa_service.passage_index import PassageIndex
from qa_service.piece_index import PieceIndex
from qa_service.retrievers import (
    HybridRetriever,
    MeaningRetriever,
    Scores,
    WordRetriever,
    scores_of,
)
from qa_service.understand.vocabulary import load_vocabulary

LONG = (
    "承担贯彻执行国家方针政策的日常工作，负责婚姻登记管理，推进婚俗改革，"
    "组织公路养护及道路设施维修工程，开展全市人口普查和统计报表工作。"
)


def passage(name: str, text: str, kind: PassageKind, title: str | None = None) -> Passage:
    return Passage(name, kind, "概况", None, title, text, Place(page=1, line=1))


OWN = (
    passage("long", LONG, PassageKind.DUTY),
    passage("old", "负责养老服务体系建设，促进养老服务产业发展。", PassageKind.DUTY),
    passage("host", "指按规定开支的各类公务接待费用。", PassageKind.GLOSSARY, "公务接待费"),
    passage("drugs", "组织实施药品、医用耗材集中带量采购。", PassageKind.DUTY),
    passage("nothing", "注：无。", PassageKind.NOTE),
)
ANOTHER = passage("another", "负责养老服务体系建设，促进养老服务产业发展。", PassageKind.DUTY)

Meaning = Callable[..., MeaningRetriever]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def meaning(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Meaning:
    """Makes a retriever over two documents' vectors, which are written once."""
    folder: Path = tmp_path_factory.mktemp("vectors") / "chroma"
    vectors = PassageVectors(folder, encoder)
    given = [("own", one) for one in OWN if says_something(one)]
    vectors.replace([], [*given, ("other", ANOTHER)], lambda _: None)

    pieces = PieceIndex(packed_pieces([one for _, one in given], encoder))

    def made(document: str = "own", nearest: int = 80) -> MeaningRetriever:
        return MeaningRetriever(
            vectors=vectors,
            encoder=encoder,
            document_id=document,
            pieces=pieces if document == "own" else PieceIndex({}),
            nearest=nearest,
        )

    return made


@pytest.fixture(scope="module")
def by_words() -> WordRetriever:
    return WordRetriever(passages=PassageIndex(OWN, load_vocabulary()))


def found(documents: list[Document]) -> dict[str, Scores]:
    """Passage id to scores, in the order that they were found."""
    assert len({d.id for d in documents}) == len(documents)
    return {d.id or "": scores_of(d) for d in documents}


# --- scores ---


@pytest.mark.parametrize(
    "more",
    [
        Scores(0.2, 0.1, 0.1, 0.1, 0.1),
        Scores(0.1, 0.2, 0.1, 0.1, 0.1),
        Scores(0.1, 0.1, 0.2, 0.1, 0.1),
        Scores(0.1, 0.1, 0.1, 0.2, 0.1),
        Scores(0.1, 0.1, 0.1, 0.1, 0.2),
    ],
)
def test_every_way_to_be_found_counts(more: Scores) -> None:
    assert more.together > Scores(0.1, 0.1, 0.1, 0.1, 0.1).together


def test_what_the_encoder_alone_says_counts_all_its_ways() -> None:
    less = Scores(whole=0.1, clause=0.1, met=0.1)
    for more in (replace(less, whole=0.2), replace(less, clause=0.2), replace(less, met=0.2)):
        assert more.meaning > less.meaning


def test_what_nothing_found_scores_nothing() -> None:
    assert Scores().together == 0


# --- near in meaning ---


@pytest.mark.parametrize(
    ("question", "right"), [("结婚登记", "long"), ("老人养老找谁", "old"), ("买药", "drugs")]
)
def test_the_passage_that_is_meant_is_nearest(meaning: Meaning, question: str, right: str) -> None:
    scores = found(meaning().invoke(question))
    assert max(scores, key=lambda name: scores[name].together) == right


def test_only_the_document_that_is_asked_about_is_searched(meaning: Meaning) -> None:
    assert set(found(meaning().invoke("养老"))) == {"long", "old", "host", "drugs"}
    assert set(found(meaning("other").invoke("养老"))) == {"another"}
    assert meaning("no such document").invoke("养老") == []


def test_a_clause_is_at_least_as_near_as_its_passage(meaning: Meaning) -> None:
    scores = found(meaning().invoke("修路"))
    assert all(one.clause >= one.whole for one in scores.values())
    assert scores["long"].clause > scores["long"].whole
    assert scores["host"].clause == scores["host"].whole


def test_the_clause_that_is_nearest_is_told_by_its_number(meaning: Meaning) -> None:
    scores = found(meaning().invoke("修路"))["long"]
    clause = clauses(LONG)[scores.number - 1]
    assert clause in LONG
    (hit,) = meaning(nearest=1).vectors.nearest(meaning().encoder.embed_query("修路"), 1, ["own"])
    assert (hit.passage_id, hit.clause) == ("long", scores.number)


def test_the_passage_that_meets_each_piece_of_the_question_is_the_one_that_is_meant(
    meaning: Meaning,
) -> None:
    scores = found(meaning().invoke("老人养老找谁"))
    assert max(scores, key=lambda name: scores[name].met) == "old"
    assert all(-1 <= one.met <= 1 for one in scores.values())


def test_where_no_pieces_are_known_the_whole_passage_counts_for_them(meaning: Meaning) -> None:
    for one in found(meaning("other").invoke("养老")).values():
        assert one.met == one.whole


def test_meaning_says_nothing_about_words(meaning: Meaning) -> None:
    scores = found(meaning().invoke("养老"))
    assert {(one.characters, one.words) for one in scores.values()} == {(0.0, 0.0)}


def test_a_passage_that_one_clause_found_is_no_nearer_as_a_whole_than_the_last_hit(
    meaning: Meaning, encoder: Encoder
) -> None:
    retriever = meaning(nearest=1)
    (hit,) = retriever.vectors.nearest(encoder.embed_query("修路"), 1, ["own"])
    assert not hit.whole
    scores = found(retriever.invoke("修路"))
    assert {(one.whole, one.clause) for one in scores.values()} == {(hit.similarity,) * 2}
    assert [name for name, one in scores.items() if one.number] == ["long"]
    assert scores["long"].number == hit.clause


@pytest.mark.parametrize("question", ["", "？？", "龘"])
def test_a_question_of_no_meaning_is_no_fault(meaning: Meaning, question: str) -> None:
    for score in found(meaning().invoke(question)).values():
        assert -1 <= score.whole <= score.clause <= 1


# --- alike in words ---


def test_only_passages_that_share_something_are_found_by_words(by_words: WordRetriever) -> None:
    scores = found(by_words.invoke("养老服务"))
    assert max(scores, key=lambda name: scores[name].characters) == "old"
    assert all(one.characters > 0 or one.words > 0 for one in scores.values())
    assert {(one.whole, one.clause) for one in scores.values()} == {(0.0, 0.0)}
    assert by_words.invoke("龘靐") == []


def test_everyday_words_count_as_what_they_mean(by_words: WordRetriever) -> None:
    scores = found(by_words.invoke("请客吃饭"))
    assert max(scores, key=lambda name: scores[name].together) == "host"


def test_what_a_passage_is_about_is_searched_with_it(by_words: WordRetriever) -> None:
    assert "old" in found(by_words.invoke("主要职责"))
    assert "host" not in found(by_words.invoke("主要职责"))


def test_a_passage_that_says_nothing_is_never_found(
    meaning: Meaning, by_words: WordRetriever
) -> None:
    hybrid = HybridRetriever(meaning=meaning(), words=by_words)
    assert "nothing" not in found(hybrid.invoke("注：无"))


# --- both ---


def test_each_passage_has_all_its_scores_best_first(
    meaning: Meaning, by_words: WordRetriever
) -> None:
    question = "养老服务归谁管"
    hybrid = found(HybridRetriever(meaning=meaning(), words=by_words).invoke(question))
    near, said = found(meaning().invoke(question)), found(by_words.invoke(question))
    assert next(iter(hybrid)) == "old"
    for name, scores in hybrid.items():
        words = said.get(name, Scores())
        assert scores == replace(near[name], characters=words.characters, words=words.words)
    order = [scores.together for scores in hybrid.values()]
    assert order == sorted(order, reverse=True)


def test_a_passage_that_only_words_found_is_as_far_as_the_farthest_that_meaning_found(
    meaning: Meaning, by_words: WordRetriever
) -> None:
    question = "养老服务和药品采购"
    (near,) = found(meaning("other").invoke(question)).values()
    hybrid = found(HybridRetriever(meaning=meaning("other"), words=by_words).invoke(question))
    assert {"old", "drugs", "another"} <= set(hybrid)
    for name, one in hybrid.items():
        if name != "another":
            assert (one.whole, one.clause, one.met) == (near.whole,) * 3


def test_nothing_is_found_of_a_document_that_is_not_there(meaning: Meaning) -> None:
    empty = WordRetriever(passages=PassageIndex(OWN[:1], load_vocabulary()))
    assert HybridRetriever(meaning=meaning("none"), words=empty).invoke("龘") == []


def test_the_same_question_finds_the_same(meaning: Meaning, by_words: WordRetriever) -> None:
    hybrid = HybridRetriever(meaning=meaning(), words=by_words)
    assert hybrid.invoke("婚姻登记") == hybrid.invoke("婚姻登记")


# --- a title told by a run of its characters ---


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("大数据平台用来做什么", {"data"}),
        ("排队叫号系统用来做什么", {"queue"}),
        ("建设实施项目用来做什么", set()),  # two titles hold it
        ("数据平台", set()),  # too short to be said on purpose
        ("", set()),
    ],
)
def test_a_run_that_one_title_alone_holds_tells_its_passages(question: str, told: set[str]) -> None:
    passages = (
        passage("data", "汇聚数据。", PassageKind.GOAL, "政务大数据平台建设实施项目"),
        passage("queue", "街道叫号。", PassageKind.GOAL, "街道排队叫号系统建设实施项目"),
        passage("host", "公务接待。", PassageKind.GLOSSARY),
    )
    assert PassageIndex(passages, load_vocabulary()).told_by_a_run(question) == told

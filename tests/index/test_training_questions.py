"""The questions that the encoder is trained on, and what they teach it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from evals.cases import load_cases
from index.labels import plain
from index.train_encoder import question_tuning
from index.train_encoder.question_tuning import tune_on_questions
from index.train_encoder.questions import QUESTIONS, Asked, digest, read_questions
from index.train_encoder.reading import Document, Pair
from index.train_encoder.tuning import Composed, embed_bags
from index.train_encoder.units import (
    counts_of,
    make_tokenizer,
    parts_matrix,
    rarity_weights,
    text_of,
    token_ids,
)

CASES = Path(__file__).parents[2] / "evals" / "cases"
MEASURED = Path(__file__).with_name("everyday_questions.tsv")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


# --- the file ---


@pytest.fixture(scope="module")
def written() -> list[dict[str, str]]:
    return rows_of(QUESTIONS)


def test_there_are_questions_enough_about_passages_enough(written: list[dict[str, str]]) -> None:
    assert len({plain(row["question"]) for row in written}) >= 3_000
    assert len({(row["document"], row["passage"]) for row in written}) >= 1_000
    assert len({row["passage"] for row in written}) >= 1_000
    assert len({row["document"] for row in written}) >= 100


def test_every_line_names_document_passage_and_question(written: list[dict[str, str]]) -> None:
    for row in written:
        assert set(row) == {"document", "passage", "question"}, row
        assert re.fullmatch("[0-9a-f]{12}", row["document"] or ""), row
        assert re.fullmatch("[0-9a-f]{12}", row["passage"] or ""), row
        assert plain(row["question"] or ""), row


def test_no_passage_is_asked_the_same_question_twice(written: list[dict[str, str]]) -> None:
    asked = [(row["document"], row["passage"], plain(row["question"])) for row in written]
    assert len(set(asked)) == len(asked)


def test_no_question_repeats_one_that_the_project_is_measured_on(
    written: list[dict[str, str]],
) -> None:
    measured = {plain(said) for case in load_cases([CASES]) for said in case.asked}
    measured |= {plain(row["question"]) for row in rows_of(MEASURED)}
    assert len(measured) > 300
    assert [row for row in written if plain(row["question"]) in measured] == []


# --- questions with their passages ---


DUTY = "(一)负责婚姻登记管理,推进婚俗改革。"
PROSE = "本年收入减少,主要原因是压减一般性支出。"
GOAL = "保障工作人员早午餐供应。"
TERM = "指按规定开支的各类公务接待费用。"
READ = Document(
    "0123456789ab",
    (DUTY, PROSE, GOAL),
    (),
    (
        Pair("goal", "食堂外包项目", GOAL),
        Pair("term", "公务接待费", TERM),
        Pair("halves", "本年收入减少", "主要原因是压减一般性支出。"),
    ),
)


def asked_in(folder: Path, *lines: tuple[str, str, str]) -> list[Asked]:
    """What is read of a file with these lines: document, passage's text, question."""
    path = folder / "questions.tsv"
    drawn = [f"{document}\t{digest(text)}\t{question}" for document, text, question in lines]
    path.write_text("\n".join(["document\tpassage\tquestion", *drawn]) + "\n", "utf-8")
    return read_questions(path, [READ])


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (DUTY, "主要职责:"),
        (PROSE, "情况说明:"),
        (GOAL, "项目绩效目标:食堂外包项目:"),
        (TERM, "名词解释:公务接待费:"),
        ("主要原因是压减一般性支出。", "情况说明:"),
    ],
)
def test_a_passage_is_read_as_an_index_would_hold_it(tmp_path: Path, text: str, about: str) -> None:
    (one,) = asked_in(tmp_path, (READ.name, text, "怎么回事"))
    assert (one.document, one.question, one.text) == (READ.name, "怎么回事", text)
    assert one.passage == about + text


def test_questions_keep_their_order_and_their_quotation_marks(tmp_path: Path) -> None:
    found = asked_in(
        tmp_path,
        (READ.name, GOAL, '"食堂"归谁管'),
        (READ.name, DUTY, "去哪领证"),
        (READ.name, GOAL, "早餐管不管"),
    )
    assert [one.question for one in found] == ['"食堂"归谁管', "去哪领证", "早餐管不管"]


def test_width_does_not_count_in_a_question(tmp_path: Path) -> None:
    (one,) = asked_in(tmp_path, (READ.name, DUTY, "ＡＩ能办吗？"))
    assert one.question == "AI能办吗?"


def test_questions_about_texts_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    assert asked_in(tmp_path, (READ.name, "负责别的。", "谁管"), ("other", DUTY, "谁管")) == []


# --- what they teach ---

TOPICS = {
    "负责{}婚姻登记管理,推进婚俗改革": ("结婚证在哪里领", "结婚要带什么", "想结婚"),
    "组织{}公路养护及道路设施维修": ("马路坑洼找谁修", "门口马路破了", "马路谁来弄"),
    "指导{}养老服务体系建设": ("老人没人照顾怎么办", "爷爷奶奶谁照顾", "照顾老人"),
    "监督{}药品质量安全": ("吃药放心吗", "药店卖假药", "买到假药"),
    "拟订{}义务教育发展规划": ("小孩上学怎么报名", "孩子上学找谁", "小孩上学"),
    "推进{}住房保障体系": ("买不起房怎么办", "想租便宜的房", "买房"),
    "管理{}户籍身份证件": ("户口怎么迁", "户口本丢了", "迁户口"),
    "统筹{}生活垃圾分类处置": ("扔东西往哪扔", "楼下太臭", "东西往哪扔"),
}
"""Passages of each department, and two questions to learn from with a third to be tried on."""
AREAS = ("东山", "西湖", "南海", "北碚", "中原")
UNSEEN = "新城"
FEW = 16
WIDTH = 24


def department(area: str) -> Document:
    """A document with a duty for each topic, each paired with the heading of another wording."""
    duties = tuple(topic.format(area) + "。" for topic in TOPICS)
    pairs = tuple(Pair("heading", duty[:6], duty) for duty in duties)
    return Document(area, duties, (), pairs)


def asked_about(document: Document, which: slice) -> list[Asked]:
    return [
        Asked(document.name, question, "主要职责", None, text)
        for text, questions in zip(document.paragraphs, TOPICS.values(), strict=True)
        for question in questions[which]
    ]


class Trained:
    """A tiny model: before it was tuned, and after."""

    def __init__(self, seed: int) -> None:
        documents = [department(area) for area in AREAS]
        asked = [one for document in documents for one in asked_about(document, slice(0, 2))]
        pairs = [pair for document in documents for pair in document.pairs]
        texts = [text for document in documents for text in text_of(document)]
        questions = [one.question for one in asked]
        self.tokenizer = make_tokenizer(documents, questions)
        parts = parts_matrix(self.tokenizer)
        rng = np.random.default_rng(seed)
        start = rng.normal(size=(parts.shape[0], WIDTH)).astype(np.float32)
        start /= np.linalg.norm(start, axis=1, keepdims=True)
        sequences = token_ids(self.tokenizer, [*texts, *questions])
        counts = counts_of(sequences, parts.shape[0])
        rarity = rarity_weights(counts, self.tokenizer.get_vocab())
        self._model = Composed(start, parts, rarity)
        self.before = self.table()
        tune_on_questions(self._model, self.tokenizer, asked, pairs, seed)
        self.after = self.table()

    def table(self) -> bytes:
        """The rows that would be shipped."""
        found: bytes = self._model.rows().detach().numpy().tobytes()
        return found

    def ranks(self, table: bytes, asked: Sequence[Asked]) -> list[int]:
        """How many passages of the unseen department stand before the right one."""
        rows = torch.from_numpy(np.frombuffer(table, np.float32).reshape(-1, WIDTH).copy())
        texts = [one.passage for one in asked]
        questions = token_ids(self.tokenizer, [one.question for one in asked])
        passages = embed_bags(rows, token_ids(self.tokenizer, texts))
        scores = (embed_bags(rows, questions) @ passages.T).numpy()
        return [int((row > row[place]).sum()) for place, row in enumerate(scores)]


@pytest.fixture(scope="module")
def few() -> Iterator[None]:
    """Batches that a handful of documents fills, and steps that always come to the same."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(question_tuning, "BATCH", FEW)
        yield
    torch.use_deterministic_algorithms(before)


@pytest.fixture(scope="module")
def trained(few: None) -> Trained:  # noqa: ARG001
    return Trained(seed=0)


def test_the_right_passage_comes_nearer_to_wordings_never_seen(trained: Trained) -> None:
    """In a department that was not trained on, asked in words that were not trained on."""
    asked = asked_about(department(UNSEEN), slice(2, 3))
    before = trained.ranks(trained.before, asked)
    after = trained.ranks(trained.after, asked)
    assert sum(after) < sum(before) / 2
    assert after.count(0) > before.count(0)


@pytest.mark.usefixtures("few")
def test_the_same_seed_gives_the_same_bytes(trained: Trained) -> None:
    again = Trained(seed=0)
    assert again.before == trained.before
    assert again.after == trained.after != trained.before


def test_too_few_questions_for_one_step_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_tuning, "BATCH", 1_000)
    with pytest.raises(ValueError, match="1000 questions"):
        Trained(seed=0)

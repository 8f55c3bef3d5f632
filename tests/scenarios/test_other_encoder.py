"""Another encoder is set, the index is built anew with it, and questions are answered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from index import generations
from index.build import SAMPLES
from index.encoder import SHIPPED, load_encoder
from index.errors import IndexOutdated
from qa_service.settings import Settings, load_settings
from qa_service.types import AnswerStatus, Question, Route
from qa_service.wiring import build_index, open_service
from tests.conftest import Silent

DIMENSIONS = 24
MODULES = (
    ("", "sentence_transformer.modules.static_embedding.StaticEmbedding"),
    ("1_Normalize", "base.modules.normalize.Normalize"),
)


def tiny_model(folder: Path, seed: int) -> Path:
    """A static sentence-transformers model in the folder: chance vectors of the characters.

    The files are those that `SentenceTransformer.save` writes; to run it takes seconds.
    """
    (sample,) = SAMPLES.glob("*.txt")
    characters = sorted({c for c in sample.read_text("utf-8") if not c.isspace()})
    known = {"[UNK]": 0} | {c: n for n, c in enumerate(characters, 1)}
    tokenizer = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    table = np.random.default_rng(seed).normal(size=(len(known), DIMENSIONS))
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": table.astype(np.float32)}, folder / "model.safetensors")
    name = "config_sentence_transformers.json"
    shutil.copyfile(SHIPPED / name, folder / name)
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.{kind}"}
        for number, (path, kind) in enumerate(MODULES)
    ]
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model."""
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny", seed=0)


@pytest.fixture
def shipped(tmp_path: Path, sample_settings: Settings) -> Settings:
    """Settings over a copy of the sample's index, which the shipped encoder built."""
    copy = shutil.copytree(sample_settings.index_dir, tmp_path / "index")
    return sample_settings.model_copy(update={"index_dir": copy})


@pytest.fixture
def other(shipped: Settings, model: Path) -> Settings:
    """The same index, with the tiny model set."""
    return shipped.model_copy(update={"encoder": str(model)})


def encoder_of(settings: Settings) -> str:
    return generations.current(settings.index_dir).manifest().encoder


def test_the_encoder_is_set_by_its_variable(monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    monkeypatch.setenv("BUDGET_QA_ENCODER", str(model))
    settings = load_settings()
    assert settings.encoder == str(model)
    encoder = load_encoder(settings.encoder)
    assert encoder.identity.startswith("tiny:")
    assert encoder.dimensions == DIMENSIONS != load_encoder().dimensions


def test_an_index_of_another_encoder_is_refused_with_the_command_that_mends_it(
    other: Settings, model: Path
) -> None:
    tiny = load_encoder(str(model)).identity
    with pytest.raises(IndexOutdated, match="budget-qa index --reencode") as refused:
        open_service(other)
    assert encoder_of(other) in str(refused.value)
    assert tiny in str(refused.value)


def test_documents_are_not_added_to_an_index_of_another_encoder(other: Settings) -> None:
    before = generations.current(other.index_dir)
    with pytest.raises(IndexOutdated, match="budget-qa index --reencode"):
        build_index(other, (), Silent())
    assert generations.current(other.index_dir) == before


@pytest.mark.parametrize(
    ("question", "route", "words"),
    [
        ("公务接待费是多少？", Route.NUMERIC, "1.00万元"),
        ("网上中介服务超市归谁管？", Route.NARRATIVE, "公共资源交易管理"),
        ("什么是其他收入？", Route.NARRATIVE, "存款利息收入"),
    ],
)
def test_an_index_encoded_anew_is_answered_from(
    reencoded: Settings, question: str, route: Route, words: str
) -> None:
    with open_service(reencoded) as service:
        answer = service.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.route is route
    assert words in answer.text
    assert answer.citations


@pytest.fixture(scope="module")
def reencoded(
    tmp_path_factory: pytest.TempPathFactory, sample_settings: Settings, model: Path
) -> Settings:
    """Settings with the tiny model over the sample's index, encoded anew by it."""
    copy = tmp_path_factory.mktemp("reencoded") / "index"
    shutil.copytree(sample_settings.index_dir, copy)
    settings = sample_settings.model_copy(update={"index_dir": copy, "encoder": str(model)})
    assert build_index(settings, (), Silent(), reencode=True).published
    return settings


def test_to_encode_anew_changes_the_vectors_and_no_row(
    reencoded: Settings, sample_settings: Settings, model: Path
) -> None:
    assert encoder_of(reencoded) == load_encoder(str(model)).identity
    old = generations.current(sample_settings.index_dir)
    new = generations.current(reencoded.index_dir)
    assert new.sqlite.read_bytes() == old.sqlite.read_bytes()


def test_the_shipped_encoder_is_refused_in_its_turn(reencoded: Settings) -> None:
    back = reencoded.model_copy(update={"encoder": None})
    with pytest.raises(IndexOutdated, match="budget-qa index --reencode"):
        open_service(back)


def test_another_model_of_the_same_name_is_another_encoder(
    reencoded: Settings, tmp_path: Path
) -> None:
    namesake = tiny_model(tmp_path / "tiny", seed=1)
    with pytest.raises(IndexOutdated, match="budget-qa index --reencode"):
        open_service(reencoded.model_copy(update={"encoder": str(namesake)}))


def test_an_index_is_built_from_nothing_with_the_encoder_that_is_set(
    tmp_path: Path, model: Path
) -> None:
    settings = Settings(
        index_dir=tmp_path / "index",
        feedback_file=tmp_path / "feedback.jsonl",
        rate_limit=0,
        encoder=str(model),
    )
    assert build_index(settings, (), Silent()).published
    assert encoder_of(settings).startswith("tiny:")
    with open_service(settings) as service:
        answer = service.ask(Question("主要职责第九条是什么？"))
    assert answer.status is AnswerStatus.ANSWERED
    assert "重点项目代办" in answer.text

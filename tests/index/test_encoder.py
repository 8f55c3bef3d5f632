"""The shipped encoder, as it is loaded by the service: no network, no stand-in."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoder import SHIPPED, Encoder, load_encoder
from index.errors import EncoderError


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_loads_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the shipped encoder asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert load_encoder().identity.startswith("shipped:")


def test_says_what_it_is(encoder: Encoder) -> None:
    assert len(encoder.identity) == len("shipped:") + 12
    assert encoder.identity == load_encoder().identity
    assert encoder.dimensions == len(encoder.embed_query("公务接待费"))


TEXTS = ["公务接待费", "请客吃饭", "5G ＩＤＣ", "龘", "？？", " ", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_has_a_vector_of_length_one(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.embed_query(text)) == pytest.approx(1, abs=1e-5)


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.embed_documents([]) == []


def test_the_same_text_has_the_same_vector_alone_in_a_batch_and_in_threads(
    encoder: Encoder,
) -> None:
    texts = ["三公经费", "政府采购预算", "机关运行经费"] * 20
    alone = [encoder.embed_query(text) for text in texts]
    assert encoder.embed_documents(texts) == alone
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(encoder.embed_query, texts)) == alone


def test_letters_are_alike_in_any_width_and_case(encoder: Encoder) -> None:
    assert encoder.embed_query("ＡＩ平台") == encoder.embed_query("ai平台")


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("接待客人的钱", "公务接待费指按规定开支的各类公务接待费用"),
        ("出国的花费", "因公出国（境）费用反映公务出国的国际旅费、住宿费、培训费"),
        ("老人养老找谁", "负责养老服务体系建设，促进养老服务产业发展"),
        ("结婚登记", "负责婚姻登记管理，推进婚俗改革"),
        ("修路", "公路养护及道路设施维修工程"),
    ],
)
def test_the_related_passage_is_the_nearest(encoder: Encoder, question: str, right: str) -> None:
    passages = [
        "公务接待费指按规定开支的各类公务接待费用",
        "因公出国（境）费用反映公务出国的国际旅费、住宿费、培训费",
        "负责养老服务体系建设，促进养老服务产业发展",
        "负责婚姻登记管理，推进婚俗改革",
        "公路养护及道路设施维修工程",
        "组织实施药品、医用耗材集中带量采购",
        "拟订全市统计报表制度，组织实施人口普查",
    ]
    scores = np.array(encoder.embed_documents(passages)) @ np.array(encoder.embed_query(question))
    assert passages[int(scores.argmax())] == right


def test_a_copy_in_another_folder_gives_the_same_vectors(encoder: Encoder, tmp_path: Path) -> None:
    copy = load_encoder(str(shutil.copytree(SHIPPED, tmp_path / "copy")))
    assert copy.identity == "copy:" + encoder.identity.removeprefix("shipped:")
    assert copy.embed_query("政务服务大厅") == encoder.embed_query("政务服务大厅")


def test_an_unknown_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    missing = tmp_path / "nothing-here"
    with pytest.raises(EncoderError, match=r"nothing-here.*请改为"):
        load_encoder(str(missing))


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    broken = shutil.copytree(SHIPPED, tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"not a table")
    with pytest.raises(EncoderError, match="broken"):
        load_encoder(str(broken))


def test_sentence_transformers_gives_the_same_vectors(encoder: Encoder) -> None:
    """In a process of its own: the library takes seconds to import and sets global state."""
    texts = ["公务接待费", "请客吃饭", "负责养老服务体系建设，促进养老服务产业发展。", "2024年"]
    script = (
        "import json, sys\n"
        "from sentence_transformers import SentenceTransformer\n"
        "from index.encoder import SHIPPED\n"
        "library = SentenceTransformer(str(SHIPPED), device='cpu', trust_remote_code=True)\n"
        "print(json.dumps(library.encode(sys.argv[1:]).tolist()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *texts],
        capture_output=True,
        text=True,
        check=True,
        cwd=SHIPPED.parents[1],
    )
    theirs = np.array(json.loads(done.stdout.splitlines()[-1]))
    assert np.array(encoder.embed_documents(texts)) == pytest.approx(theirs, abs=1e-6)
